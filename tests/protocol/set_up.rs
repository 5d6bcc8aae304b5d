//! The portal and the user of a world, made by the product's own commands.

use super::world::World;
use portcullis_domain::{
    Acted, Code, ContactUpdate, DecisionContext, Email, Nonce, Portal, Settings, UnknownMembers,
    WriteId,
    policy::Preset,
    portal::{LogDays, PortalSalt, Profile, Sending},
    sign_in::{
        Acr, Event, confirm,
        enrol::{self, Enrol, Enrolling},
        open::{self, Open},
    },
};
use portcullis_keys::WrappedKeyring;
use portcullis_store::{
    LogoChange, PortalChange, PortalRecord, PortalState, Record, Replacement, SettingsRecord,
    StoredPortal,
};
use std::sync::atomic::Ordering;

impl World {
    pub(super) async fn set_up(&mut self) {
        let (context, write) = (&self.handler.context, WriteId::new([0; 12]));
        let state = PortalState::Active(Box::new(Portal {
            id: self.caller.0.clone(),
            profile: Profile::plain("Acme"),
            policy: Preset::AuthenticatorAppWithEmail.policy(),
            generation: 1,
            salt: PortalSalt::new([0; 16]),
            trust_not_before: None,
            share: None,
            log_days: LogDays::MOST,
            sending: Sending::default(),
            keys: vec![],
            acted: Acted::default(),
            unknown: UnknownMembers::default(),
        }));
        let portal = PortalChange { state, logo: LogoChange::Stays, entries: None };
        let record = PortalRecord(&self.caller.0);
        record.write(context.store(), &StoredPortal::Unused, portal, write).await.unwrap();
        let email_from = Email::parse("codes@example.com").ok();
        let settings = Settings { email_from, ..Settings::default() };
        let settings = Replacement { value: settings, entries: None };
        SettingsRecord.write(context.store(), &None, settings, write).await.unwrap();
        let keyring = WrappedKeyring::make(&self.kms, "key", [0; 12], context.now()).await.unwrap();
        let keyring = Replacement { value: keyring, entries: None };
        context.store().found_keyring(&keyring, write).await.unwrap();

        self.open("nonce-of-the-first").await;
        self.enrol().await;
        // The code that confirmed the app is used up: the next ones are of a later step.
        self.clock.fetch_add(60, Ordering::Relaxed);
        self.sign_ins.clear();
        self.open("nonce-of-the-second").await;
        self.open("nonce-of-the-third").await;
    }

    async fn open(&mut self, nonce: &str) {
        let context = &self.handler.context;
        let locator = context.keyring().await.unwrap().locator(&self.caller.0, &self.user);
        let open = Open {
            user: self.user.clone(),
            contact: ContactUpdate {
                email: Some(Email::parse("anna@example.com").ok()),
                email_verified: Some(true),
                ..ContactUpdate::default()
            },
            event: Event::Login,
            acr: Acr::Delivered,
            max_age: None,
            oidc: None,
            nonce: Nonce::parse(nonce).unwrap(),
            ticket: None,
            return_url: None,
            browser_token: None,
            code: None,
            device: None,
        };
        let decide =
            |context: &DecisionContext<'_>, user| open::open_sign_in(context, user, locator, &open);
        let opened = context.command(&self.caller, locator, None, decide).await.unwrap().0;
        self.sign_ins.push(opened.view.id);
    }

    async fn enrol(&mut self) {
        let id = &self.sign_ins[0];
        let start = |context: &DecisionContext<'_>, user| {
            enrol::start_enrolment(context, user, id, &Enrol::App)
        };
        let started = self.handler.context.on_sign_in(&self.caller, id, start).await.unwrap().0;
        let Enrolling::Shown(view) = started else { panic!("no secret is shown") };
        let key = view.app_key().unwrap();
        self.secret = key.secret.expose().to_vec();
        let code = Code::parse(&self.code(0)).unwrap();
        let confirm = |context: &DecisionContext<'_>, user| {
            confirm::confirm_enrolment(context, user, id, &code)
        };
        self.handler.context.on_sign_in(&self.caller, id, confirm).await.unwrap();
    }
}
