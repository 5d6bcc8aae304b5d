//! What a first start makes through the product's own admin calls: an operator, one demo portal for each preset, and one
//! admin of each other role.

mod call;

use axum::Router;
use call::Office;
use portcullis_domain::{PortalId, WriteId};
use portcullis_store::{Store, StoreError, Trail};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{fs, path::Path};

use crate::{DemoAdmins, LocalClock, LocalError, start::random};

/// What a script needs to know of a start.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Demo {
    /// The set-up secret, which made the operator.
    pub set_up_secret: String,
    /// The admins, the operator first.
    pub admins: Vec<DemoAdmin>,
    /// The portals.
    pub portals: Vec<DemoPortal>,
    /// The operator's session, at the first start.
    #[serde(skip)]
    pub session: Option<String>,
}

/// A demo admin.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DemoAdmin {
    /// The name to sign in with.
    pub name: String,
    /// What the admin may do, and where.
    pub role: Value,
    /// The password.
    pub password: String,
    /// The key of the authenticator app, in base32.
    pub totp_secret: String,
}

/// A demo portal.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DemoPortal {
    /// Its id.
    pub id: String,
    /// The preset its policy was made from.
    pub preset: String,
    /// The API key of its back end.
    pub key: String,
}

/// The page of a demo portal's site that a mailed link leads to.
fn enrolment_url(base: &str, portal: &str) -> String {
    format!("{base}/demo/{portal}/enrol")
}

/// Where browsers come back to: the demo portal's site, and one that gives text messages a domain to be bound to.
fn return_urls(base: &str, portal: &str) -> Vec<String> {
    vec![format!("{base}/demo/{portal}/back"), "https://portal.example/back".to_owned()]
}

fn random_text<const N: usize>() -> Result<String, LocalError> {
    Ok(random::<N>()?.iter().map(|byte| format!("{byte:02x}")).collect())
}

impl Demo {
    /// What an earlier start left in a file; or a new secret, and nothing yet.
    pub(crate) fn load(file: Option<&Path>) -> Result<Self, LocalError> {
        match file.and_then(|file| fs::read(file).ok()) {
            Some(bytes) => serde_json::from_slice(&bytes)
                .map_err(|_| LocalError::KeyFile(file.unwrap_or(Path::new("")).to_owned())),
            None => {
                let set_up_secret = random_text::<20>()?;
                Ok(Self { set_up_secret, admins: vec![], portals: vec![], session: None })
            }
        }
    }

    /// Each portal's id and API key.
    pub(crate) fn keys(&self) -> Vec<(String, String)> {
        self.portals.iter().map(|portal| (portal.id.clone(), portal.key.clone())).collect()
    }

    /// Makes everything at the first start.
    pub(crate) async fn set_up(
        &mut self,
        gateway: Router,
        clock: &LocalClock,
        base: &str,
        admins: DemoAdmins,
        file: Option<&Path>,
    ) -> Result<(), LocalError> {
        let office = Office { gateway, clock: clock.clone() };
        let password = random_text::<12>()?;
        let operator = json!({ "name": "operator", "password": password });
        office.call(&self.set_up_secret, "POST", "/v1/admin/set-up", None, Some(operator)).await?;
        let (session, totp_secret) = office.sign_in("operator", &password).await?;
        let (name, role) = ("operator".to_owned(), json!({ "role": "operator" }));
        self.admins = vec![DemoAdmin { name, role, password, totp_secret }];
        self.make_portals(&office, &session, base).await?;
        if admins == DemoAdmins::OneOfEachRole {
            self.make_admins(&office, &session).await?;
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
        office: &Office,
        session: &str,
        base: &str,
    ) -> Result<(), LocalError> {
        let settings = json!({
            "email_from": "no-reply@portal.example", "sms": { "provider": "sns", "from": "Portal" },
            "countries": ["AU", "DE", "GB", "NL", "NZ", "US"],
        });
        let path = "/v1/admin/settings";
        office.call(session, "PUT", path, Some("\"none\""), Some(settings)).await?;
        let presets = office.call(session, "GET", "/v1/admin/presets", None, None).await?;
        let presets = presets.as_array().into_iter().flatten();
        for preset in presets.filter_map(|preset| preset.get("name")?.as_str()) {
            let id = preset.replace('_', "-");
            let profile = json!({
                "description": format!("Demo {}", id.replace('-', " ")), "audience": "clients", "default_country": "NZ",
                "support": "Call 0800 123 456", "enrolment_url": enrolment_url(base, &id),
                "return_urls": return_urls(base, &id),
            });
            let portal = json!({ "id": id, "profile": profile, "preset": preset });
            let made =
                office.call(session, "POST", "/v1/admin/portals", None, Some(portal)).await?;
            let key = call::text(&made, "api_key");
            self.portals.push(DemoPortal { id, preset: preset.to_owned(), key });
        }
        Ok(())
    }

    /// Lets the portals of an earlier start know where their sites are now: the port may be another one.
    pub(crate) async fn move_to(&self, store: &Store, base: &str) -> Result<(), LocalError> {
        let failed = |error: StoreError| LocalError::Demo(error.to_string());
        for demo in &self.portals {
            let id =
                PortalId::parse(&demo.id).map_err(|error| LocalError::Demo(error.to_string()))?;
            let Some(stored) = store.portal(&id).await.map_err(failed)? else { continue };
            let mut portal = stored.value;
            portal.profile.enrolment_url = Some(enrolment_url(base, &demo.id));
            portal.profile.return_urls = return_urls(base, &demo.id);
            let (write, trail) = (WriteId::new(random()?), Trail { portal: id, entries: vec![] });
            store.put_portal(&portal, &stored.write, write, &trail).await.map_err(failed)?;
        }
        Ok(())
    }

    async fn make_admins(&mut self, office: &Office, session: &str) -> Result<(), LocalError> {
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
            let admin = office.make_admin(session, name, role, random_text::<12>()?).await?;
            self.admins.push(admin);
        }
        Ok(())
    }
}
