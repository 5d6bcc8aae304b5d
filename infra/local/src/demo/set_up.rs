//! A first start makes an operator, one demo portal for each preset, and one admin of each other
//! role, all through the product's own admin calls.

use axum::Router;
use portcullis_domain::{PortalId, WriteId};
use portcullis_store::{
    LogoChange, PortalChange, PortalRecord, PortalState, Record, Store, StoreError,
};
use serde_json::{Value, json};
use std::{fs, path::Path};

use super::{
    Demo, DemoAdmin, DemoPortal,
    admin_client::{AdminClient, text},
    name_of,
};
use crate::{
    address::by_name,
    clock::LocalClock,
    error::LocalError,
    options::DemoAdmins,
    random::{random, random_hex},
};

/// Returns the page of a demo portal's site that a mailed link leads to.
fn enrolment_url(base: &str, portal: &str) -> String {
    format!("{base}/demo/{portal}/enrol")
}

/// Returns the addresses that browsers come back to: the demo portal's site by both names of this
/// machine, one that gives text messages a domain to be bound to, and those of the command line.
fn return_urls(base: &str, portal: &str, own: &[String]) -> Vec<String> {
    let site = format!("{base}/demo/{portal}/back");
    let by_name = by_name(&site);
    let demo = [site, "https://portal.example/back".to_owned(), by_name];
    demo.into_iter().chain(own.iter().cloned()).collect()
}

impl Demo {
    /// Makes everything at the first start.
    pub(crate) async fn set_up(
        &mut self,
        gateway: Router,
        clock: &LocalClock,
        base: &str,
        admins: DemoAdmins,
        file: Option<&Path>,
    ) -> Result<(), LocalError> {
        let client = AdminClient { gateway, clock: clock.clone() };
        let (first, password) = (random_hex::<12>()?, random_hex::<12>()?);
        let operator = json!({ "name": "operator", "password": first });
        client.call(&self.set_up_secret, "POST", "/v1/admin/set-up", None, Some(operator)).await?;
        let (session, totp_secret) = client.sign_in("operator", &first).await?;
        client.choose_password(&session, &first, &password).await?;
        let (name, role) = ("operator".to_owned(), json!({ "role": "operator" }));
        self.admins = vec![DemoAdmin { name, role, password, totp_secret }];
        self.make_portals(&client, &session, base).await?;
        if admins == DemoAdmins::OneOfEachRole {
            self.make_admins(&client, &session).await?;
        }
        self.session = Some(session);
        match file {
            Some(file) => fs::write(file, serde_json::to_vec_pretty(self).unwrap_or_default())
                .map_err(LocalError::Folder),
            None => Ok(()),
        }
    }

    async fn make_portals(
        &mut self,
        client: &AdminClient,
        session: &str,
        base: &str,
    ) -> Result<(), LocalError> {
        let settings = json!({
            "email_from": "no-reply@portal.example", "sms": { "provider": "sns", "from": "Portal" },
            "countries": ["AU", "DE", "GB", "NL", "NZ", "US"],
        });
        let path = "/v1/admin/settings";
        client.call(session, "PUT", path, Some("\"none\""), Some(settings)).await?;
        let presets = client.call(session, "GET", "/v1/admin/presets", None, None).await?;
        let presets = presets.as_array().into_iter().flatten();
        for preset in presets.filter_map(|preset| preset.get("name")?.as_str()) {
            let id = preset.replace('_', "-");
            let profile = json!({
                "description": name_of(&id), "audience": "clients", "default_country": "NZ",
                "support": "Call 0800 123 456", "enrolment_url": enrolment_url(base, &id),
                "return_urls": return_urls(base, &id, &self.return_urls),
            });
            // Demo portals do everything with one key, and clocks move by years.
            let scopes = ["sign_in", "contacts", "reset", "erase"];
            let key = json!({ "description": "Demo", "scopes": scopes, "never_expires": true });
            let portal = json!({ "id": id, "profile": profile, "preset": preset, "key": key });
            let made =
                client.call(session, "POST", "/v1/admin/portals", None, Some(portal)).await?;
            let key = text(&made, "api_key");
            self.portals.push(DemoPortal { id, preset: preset.to_owned(), key });
        }
        Ok(())
    }

    /// Lets the portals of an earlier start know where their sites are now: the port may be another
    /// one.
    pub(crate) async fn move_to(&self, store: &Store, base: &str) -> Result<(), LocalError> {
        let failed = |error: StoreError| LocalError::Demo(error.to_string());
        for demo in &self.portals {
            let id =
                PortalId::parse(&demo.id).map_err(|error| LocalError::Demo(error.to_string()))?;
            let record = PortalRecord(&id);
            let before = record.read(store).await.map_err(failed)?;
            let Some(stored) = before.clone().active() else { continue };
            let mut portal = stored.value;
            portal.profile.enrolment_url = Some(enrolment_url(base, &demo.id));
            portal.profile.return_urls = return_urls(base, &demo.id, &self.return_urls);
            let state = PortalState::Active(Box::new(portal));
            let change = PortalChange { state, logo: LogoChange::Stays, entries: None };
            let write = WriteId::new(random()?);
            record.write(store, &before, change, write).await.map_err(failed)?;
        }
        Ok(())
    }

    async fn make_admins(&mut self, client: &AdminClient, session: &str) -> Result<(), LocalError> {
        let roles = [
            ("technician", json!({ "role": "technician", "portals": ["managed", "always-on"] })),
            ("portal-admin", json!({ "role": "portal_admin", "portal": "authenticator-app" })),
            (
                "org-admin",
                json!({ "role": "org_admin", "portal": "sms-enrolment", "organization": "acme" }),
            ),
            ("auditor", json!({ "role": "auditor" })),
        ];
        for (name, role) in roles {
            let admin = make_admin(client, session, name, role, random_hex::<12>()?).await?;
            self.admins.push(admin);
        }
        Ok(())
    }
}

/// Makes an admin who has signed in once, and has changed the first password to this one.
async fn make_admin(
    client: &AdminClient,
    operator: &str,
    name: &str,
    role: Value,
    password: String,
) -> Result<DemoAdmin, LocalError> {
    let admin = json!({ "name": name, "role": role });
    let made = client.call(operator, "POST", "/v1/admin/admins", None, Some(admin)).await?;
    let first = text(&made, "password");
    let (session, totp_secret) = client.sign_in(name, &first).await?;
    client.choose_password(&session, &first, &password).await?;
    Ok(DemoAdmin { name: name.to_owned(), role, password, totp_secret })
}
