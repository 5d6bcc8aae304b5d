//! One user's item, and the rules run on it by two releases in turns: this one, and a next one that
//! knows more. The next one writes format 2; it exists in tests alone.

use portcullis_domain::{
    Acted, Code, ContactUpdate, Decision, DecisionContext, Device, DisplayName, Email, KeyVersion,
    Locale, Locator, Nonce, OrganisationId, Portal, PortalId, RandomBytes, RecoverySetId, Refusal,
    Settings, SignInId, StateChange, Timestamp, UnknownBound, UnknownMembers, User, UserId,
    UserState, WriteKind,
    account::{self, Actor, WhoAsks},
    admin::Reach,
    passkey::ServiceAddress,
    policy::Preset,
    portal::{LogDays, PortalSalt, Profile, Sending},
    sign_in::{
        Acr, Event, Remember, SignInView, confirm,
        enrol::{self, Enrol, Enrolling},
        open::{self, Open},
        verify::{self, Guess, Typed},
    },
    user::{RecoveryCodes, TrustedBrowser},
};

use super::portal_keys::{Keys, shown, totp};
use crate::{
    StoreError, UserKey,
    item::{Item, user_item, user_state},
    recent_writes::RecentWrites,
};

const LOCATOR: Locator = Locator::new([0xab; 16]);
/// The kinds of the next release: a passkey, and a default of another sort.
pub(crate) const PASSKEY: u16 = 40;
pub(crate) const NEXT_DEFAULT: u16 = 41;

/// The release that handles a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Release {
    This,
    Next,
}

/// Why a command had no answer.
#[derive(Debug)]
pub(crate) enum Refused {
    Rules(Refusal),
    NewerRelease,
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self::Rules(refusal)
    }
}

pub(crate) struct OneUser {
    pub(crate) now: Timestamp,
    pub(crate) portal: Portal,
    pub(crate) item: Option<Item>,
    id: UserId,
    pub(crate) opened: u32,
    drawn: u64,
    secret: String,
}

impl OneUser {
    /// Nobody yet, in a portal of this preset.
    pub(crate) fn new(preset: Preset) -> Self {
        let portal = Portal {
            id: PortalId::parse("acme-portal").unwrap(),
            profile: Profile {
                enrolment_url: Some("https://portal.example/enrol".to_owned()),
                ..Profile::plain("Acme")
            },
            policy: preset.policy(),
            generation: 3,
            salt: PortalSalt::new([0; 16]),
            trust_not_before: None,
            share: None,
            log_days: LogDays::MOST,
            sending: Sending::default(),
            keys: vec![],
            acted: Acted::default(),
            unknown: UnknownMembers::default(),
        };
        let id = UserId::parse("b2f7c1d4-5e6a-4b8c-9d0e-1f2a3b4c5d6e").unwrap();
        let now = Timestamp::from_unix(1_893_456_000);
        let (opened, drawn) = (0, 7);
        Self { now, portal, item: None, id, opened, drawn, secret: String::new() }
    }

    /// Somebody who set up an app some time ago.
    pub(crate) fn with_app(preset: Preset) -> Self {
        let mut user = Self::new(preset);
        let id = user.open(Release::This).unwrap().id;
        user.enrol(Release::This, &id);
        user.now = user.now.plus(86_400);
        user
    }

    /// The user as this release reads the item.
    pub(crate) fn user(&self) -> User {
        match user_state(self.item.as_ref()).unwrap() {
            Some(UserState::Known(user)) => *user,
            other => panic!("{other:?}"),
        }
    }

    /// Changes the item as the next release does.
    pub(crate) fn as_next(&mut self, change: impl FnOnce(&mut User)) {
        let mut user = self.user();
        change(&mut user);
        let state = UserState::Known(Box::new(user));
        self.put(Release::Next, &StateChange { state, entries: vec![], kind: WriteKind::Visited });
    }

    /// Gives the user a set of recovery codes, of which these were used.
    pub(crate) fn give_codes(&mut self, used: u16) {
        let mut user = self.user();
        user.recovery_codes = Some(RecoveryCodes {
            version: KeyVersion(1),
            set: RecoverySetId::new([0x5a; 8]),
            used,
            made_at: self.now,
            restore: 0,
            epoch: user.epoch,
            generation: self.portal.generation,
        });
        self.keep(user);
    }

    /// Has a browser trusted from now on.
    pub(crate) fn trust(&mut self, trusted: TrustedBrowser) {
        let mut user = self.user();
        user.trusted_browsers.push(TrustedBrowser { since: self.now, ..trusted });
        self.keep(user);
    }

    fn keep(&mut self, user: User) {
        let state = UserState::Known(Box::new(user));
        let kind = WriteKind::RecoveryAccepted;
        self.put(Release::This, &StateChange { state, entries: vec![], kind });
    }

    /// Binds a passkey, and saves a default of the next release.
    pub(crate) fn bind_next(&mut self) {
        let generation = self.portal.generation;
        self.as_next(|user| {
            let bound =
                |kind, value: &str| UnknownBound { kind, generation, value: value.to_owned() };
            user.unknown_bound =
                vec![bound(PASSKEY, r#"{"spki":"MFkw","uses":0}"#), bound(NEXT_DEFAULT, "[1,{}]")];
            user.unknown = UnknownMembers::new(vec![member("handled", "0")]);
        });
    }

    fn put(&mut self, release: Release, change: &StateChange) {
        let write = portcullis_domain::WriteId::new(std::array::from_fn(|_| self.byte()));
        let key = UserKey { portal: self.portal.id.clone(), locator: LOCATOR };
        let before = self.item.as_ref().map(RecentWrites::of).unwrap_or_default();
        let mut item = user_item(&key, change, &before, write).unwrap();
        if release == Release::Next {
            let format = aws_sdk_dynamodb::types::AttributeValue::N("2".to_owned());
            item.insert("format".to_owned(), format);
        }
        self.item = Some(item);
    }

    fn byte(&mut self) -> u8 {
        self.drawn = self.drawn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(99);
        self.drawn.to_be_bytes()[1]
    }

    /// Reads, decides and writes, as the table's command does.
    pub(crate) fn run<T>(
        &mut self,
        release: Release,
        decide: impl Fn(&DecisionContext<'_>, Option<User>) -> Result<Decision<T>, Refusal>,
    ) -> Result<T, Refused> {
        let random_bytes = RandomBytes::new(&std::array::from_fn(|_| self.byte()));
        let (known, tombstone) = match user_state(self.item.as_ref()) {
            Ok(Some(UserState::Known(user))) => (Some(*user), None),
            Ok(Some(UserState::Erased(tombstone))) => (None, Some(*tombstone)),
            Ok(None) => (None, None),
            Err(StoreError::NewerRelease { .. }) => return Err(Refused::NewerRelease),
            Err(error) => panic!("{error:?}"),
        };
        let needs_newer = known.as_ref().is_some_and(|user| user.needs_a_newer_release(self.now));
        if release == Release::This && needs_newer {
            return Err(Refused::NewerRelease);
        }
        let settings = Settings::default();
        let service = ServiceAddress::of("https://mfa.example.com");
        let context = DecisionContext {
            portal: &self.portal,
            settings: &settings,
            service: &service,
            keys: &Keys,
            now: self.now,
            random_bytes: &random_bytes,
            full: None,
            tombstone: tombstone.as_ref(),
            asked_language: None,
            text: None,
        };
        let Decision { change, answer } = decide(&context, known)?;
        if let Some(mut change) = change {
            if let (Release::Next, UserState::Known(user)) = (release, &mut change.state) {
                count_up(user);
            }
            self.put(release, &change);
        }
        Ok(answer?)
    }

    pub(crate) fn open(&mut self, release: Release) -> Result<SignInView, Refused> {
        self.opened += 1;
        let open = Open {
            user: self.id.clone(),
            contact: contact(),
            event: Event::Login,
            acr: Acr::Delivered,
            max_age: None,
            oidc: None,
            nonce: Nonce::parse(&format!("nonce-{:016}", self.opened)).unwrap(),
            ticket: None,
            return_url: None,
            browser_token: None,
            code: None,
            device: Device::seen(Some("Windows NT Edg/"), Some("2001:db8:1234::1")),
        };
        let opened =
            self.run(release, |context, user| open::open_sign_in(context, user, LOCATOR, &open))?;
        Ok(opened.view)
    }

    /// Types the code of the app.
    pub(crate) fn verify(
        &mut self,
        release: Release,
        id: &SignInId,
    ) -> Result<SignInView, Refused> {
        let code = totp(&self.secret, self.now.unix() / 30);
        let typed = Typed::Code(Code::parse(&code).unwrap());
        let guess =
            Guess { typed, method: None, make_email_default: false, remember: Remember::Nothing };
        self.run(release, |context, user| verify::verify_code(context, user, id, &guess))
    }

    /// Sets up an app.
    pub(crate) fn enrol(&mut self, release: Release, id: &SignInId) {
        let started = self
            .run(release, |context, user| enrol::start_enrolment(context, user, id, &Enrol::App));
        let Enrolling::Shown(view) = started.unwrap() else { panic!() };
        self.secret = shown(&view.app_key().unwrap().secret);
        let code = Code::parse(&totp(&self.secret, self.now.unix() / 30)).unwrap();
        self.run(release, |context, user| confirm::confirm_enrolment(context, user, id, &code))
            .unwrap();
    }

    pub(crate) fn reset(&mut self, release: Release) -> Result<(), Refused> {
        let (id, actor) = (self.id.clone(), actor());
        self.run(release, |context, user| {
            account::reset(context, user, &id, &actor, &WhoAsks::Unsaid)
        })
        .map(drop)
    }

    /// Erases the user.
    pub(crate) fn erase(&mut self, release: Release) -> Result<(), Refused> {
        let (id, actor) = (self.id.clone(), actor());
        self.run(release, |context, user| account::erase(context, user, &id, &actor))
    }
}

fn actor() -> Actor {
    Actor { by: None, reach: Reach::Portal, reason: None, form: None }
}

/// The contact fields that portals usually know and send each time.
fn contact() -> ContactUpdate {
    ContactUpdate {
        display_name: Some(DisplayName::parse("Anna van der Berg").ok()),
        email: Some(Email::parse("anna.vanderberg@example.com").ok()),
        email_verified: Some(true),
        phone: None,
        organisation: Some(OrganisationId::parse("north-harbour").ok()),
        locale: Some(Locale::parse("en-NZ").ok()),
    }
}

/// A member that is not known to this release.
pub(crate) fn member(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// The next release counts every command in two places of its own.
fn count_up(user: &mut User) {
    let more = |text: &str| (text.parse::<u32>().unwrap() + 1).to_string();
    let members = user.unknown.found().iter();
    let counted = members.map(|(name, value)| match name.as_str() {
        "handled" => (name.clone(), more(value)),
        _ => (name.clone(), value.clone()),
    });
    user.unknown = UnknownMembers::new(counted.collect());
    for bound in user.unknown_bound.iter_mut().filter(|bound| bound.kind == PASSKEY) {
        let uses = bound.value.split_once(r#""uses":"#).unwrap().1.trim_end_matches('}');
        bound.value = format!(r#"{{"spki":"MFkw","uses":{}}}"#, more(uses));
    }
}
