//! One user of one portal, served by the rules alone: what the table, the keys and the providers do
//! elsewhere is done here in memory.

use crate::{
    answers::{ours, proof, refused, status, update},
    portal_keys::{Keys, shown},
};
use portcullis_domain::{
    Acted, BrowserToken, Buckets, Decision, DecisionContext, Email, FullWindow, Locator, Named,
    Portal, PortalId, RandomBytes, Refusal, Settings, SignInId, SignInKey, SmsProvider,
    StateChange, Timestamp, TransactionText, TypedPhone, UnknownMembers, User, UserId, UserState,
    account::{self, Actor, WhoAsks},
    admin::Reach,
    passkey::ServiceAddress,
    policy::{EnrolmentProof, Preset},
    portal::{LogDays, PortalSalt, Profile, Sending},
    sign_in::{
        AskedPasskey, NewPasskey, Remember, SignInView, challenge, confirm, enrol, enrol::Enrol,
        open, skip, verify, verify::Guess,
    },
    user::{Failures, FreezeLink, PasswordChange, Tombstone},
};
use portcullis_model::{Act, Answer, Claims, Contact, Given, Message, Method, Persona};
use std::{cell::Cell, collections::BTreeMap};

mod openings;
mod passkeys;
mod settings;
mod trust;

const LOCATOR: Locator = Locator::new([7; 16]);

/// Everything one user needs.
#[derive(Clone)]
pub struct World {
    pub now: Timestamp,
    pub portal: Portal,
    pub settings: Settings,
    pub service: ServiceAddress,
    stored: Option<User>,
    tombstone: Option<Tombstone>,
    pub full: Option<FullWindow>,
    /// The text that the caller hands over with each command.
    pub text: Option<TransactionText>,
    sign_ins: Vec<SignInKey>,
    drawn: Cell<u64>,
    pub messages: Vec<Message>,
    secret: Option<String>,
    browser_token: Option<String>,
    recovery_codes: Vec<String>,
    claims: Option<Claims>,
    /// The last questions for passkeys that were shown, by the number of the sign-in.
    to_use: BTreeMap<usize, AskedPasskey>,
    to_make: BTreeMap<usize, NewPasskey>,
    notices: Vec<(String, String)>,
    links: Vec<(String, FreezeLink)>,
}

/// The user's destinations.
pub fn persona() -> Persona {
    let email = |n: usize| format!("user{n}@example.com");
    let phone = |n: usize| format!("+6421123450{n}");
    Persona { emails: std::array::from_fn(email), phones: std::array::from_fn(phone) }
}

impl World {
    pub fn new(preset: &str) -> Self {
        let enrolment_url = Some("https://portal.example/enrol".to_owned());
        let nz = portcullis_domain::Country::parse("NZ").unwrap();
        let settings = Settings {
            email_from: Email::parse("codes@example.com").ok(),
            sms: Some(SmsProvider::Sns { from: None }),
            countries: vec![nz],
            ..Settings::default()
        };
        let portal = Portal {
            id: PortalId::parse("acme").unwrap(),
            profile: Profile { enrolment_url, ..Profile::plain("Acme") },
            policy: Preset::parse(preset).unwrap().policy(),
            generation: 1,
            salt: PortalSalt::new([0; 16]),
            trust_not_before: None,
            share: None,
            log_days: LogDays::MOST,
            sending: Sending::default(),
            keys: vec![],
            acted: Acted::default(),
            unknown: UnknownMembers::default(),
        };
        Self {
            now: Timestamp::from_unix(1_800_000_600),
            portal,
            settings,
            service: ServiceAddress::of("https://mfa.example.com"),
            stored: None,
            tombstone: None,
            full: None,
            text: None,
            sign_ins: vec![],
            browser_token: None,
            drawn: Cell::new(0),
            messages: vec![],
            secret: None,
            recovery_codes: vec![],
            claims: None,
            to_use: BTreeMap::new(),
            to_make: BTreeMap::new(),
            notices: vec![],
            links: vec![],
        }
    }

    /// The same where an emailed code comes before the first enrolment.
    pub fn with_email_first(preset: &str) -> Self {
        let mut world = Self::new(preset);
        world.portal.policy.enrolment_proof = EnrolmentProof::EmailedCode;
        world
    }

    /// A user who has set up an app, a step ago; and its secret.
    pub fn with_app(preset: &str) -> (Self, String) {
        let mut world = Self::new(preset);
        world.open(0);
        let secret = world.perform(&Act::Enrol(0, Method::App, None)).secret.unwrap();
        let code = crate::portal_keys::totp(&secret, world.now.unix() / 30);
        assert_eq!(world.perform(&Act::Confirm(0, code)).answer, Answer::Verified("allowed"));
        world.now = world.now.plus(30);
        (world, secret)
    }

    /// A verified address and a number.
    pub fn contact() -> Contact {
        Contact {
            email: Some("anna@example.com".to_owned()),
            verified: true,
            phone: Some("+64211234500".to_owned()),
        }
    }

    /// Types a code, to be judged against a method where one is named.
    pub fn verify(&mut self, n: usize, code: &str, by: Option<Method>) -> Answer {
        let code = code.to_owned();
        self.perform(&Act::Verify { sign_in: n, code, by, make_default: false }).answer
    }

    /// Changes what is stored of the user.
    pub fn change(&mut self, change: impl Fn(&mut User)) {
        let mut user = self.user().unwrap();
        change(&mut user);
        self.stored = Some(user);
    }

    /// Begins every count anew, also that of an erased user, so that no limit holds.
    pub fn clear_counters(&mut self) {
        if let Some(user) = &mut self.stored {
            (user.failures, user.disabled_at) = (Failures::default(), None);
            (user.opened, user.sent) = (Buckets::default(), Buckets::default());
        }
        if let Some(erased) = &mut self.tombstone {
            (erased.failures, erased.disabled_at) = (Failures::default(), None);
            (erased.opened, erased.sent) = (Buckets::default(), Buckets::default());
        }
    }

    pub fn user(&self) -> Option<User> {
        self.stored.clone()
    }

    /// Returns the last activity in the user's item.
    pub fn activity(&self) -> Vec<String> {
        let word = |entry: &portcullis_domain::user::Entry| entry.kind.name().to_owned();
        self.user().map(|user| user.activity.iter().map(word).collect()).unwrap_or_default()
    }

    /// Returns the destinations at which the user was notified of changes to who can get in.
    pub fn notices(&self) -> Vec<(String, String)> {
        let mut notices = self.notices.clone();
        notices.sort();
        notices
    }

    /// Does it, and says what came of it.
    pub fn perform(&mut self, act: &Act) -> Given {
        (self.messages, self.secret) = (vec![], None);
        (self.browser_token, self.claims) = (None, None);
        self.recovery_codes.clear();
        let answer = self.act(act).unwrap_or_else(|refusal| refused(&refusal, self.now));
        Given {
            answer,
            messages: std::mem::take(&mut self.messages),
            secret: self.secret.take(),
            recovery_codes: std::mem::take(&mut self.recovery_codes),
            browser_token: self.browser_token.take(),
            claims: self.claims.take(),
        }
    }

    /// Reads, decides and writes, as the table's command does.
    pub fn run<T>(
        &mut self,
        decide: impl Fn(&DecisionContext<'_>, Option<User>) -> Result<Decision<T>, Refusal>,
    ) -> Result<T, Refusal> {
        let random_bytes = RandomBytes::new(&std::array::from_fn(|_| {
            self.drawn
                .set(self.drawn.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(99));
            self.drawn.get().to_be_bytes()[1]
        }));
        let context = DecisionContext {
            portal: &self.portal,
            settings: &self.settings,
            service: &self.service,
            keys: &Keys,
            now: self.now,
            random_bytes: &random_bytes,
            tombstone: self.tombstone.as_ref(),
            full: self.full,
            asked_language: None,
            text: self.text.as_ref(),
        };
        let before = self.user();
        let Decision { change, answer } = decide(&context, before.clone())?;
        let Some(StateChange { state, entries, kind: _ }) = change else { return answer };
        let after = match &state {
            UserState::Known(user) => Some(&**user),
            UserState::Erased(_) => None,
        };
        for entry in entries.iter().filter(|entry| entry.kind.changes_who_gets_in()) {
            let word = entry.kind.name().to_owned();
            for to in User::notified_destinations(entry.kind, before.as_ref(), after) {
                self.notices.push((word.clone(), to.normalised()));
            }
            self.issue_links(entry, before.as_ref(), after);
        }
        (self.stored, self.tombstone) = match state {
            UserState::Known(user) => (Some(*user), None),
            UserState::Erased(tombstone) => (None, Some(*tombstone)),
        };
        answer
    }

    pub fn id(&self, n: usize) -> SignInId {
        SignInId::new(self.portal.id.clone(), LOCATOR, self.sign_ins[n], &Keys)
    }

    fn act(&mut self, act: &Act) -> Result<Answer, Refusal> {
        let user = UserId::parse("anna").unwrap();
        let actor = Actor { by: None, reach: Reach::Portal, reason: None, form: None };
        match act {
            Act::Wait(seconds) => self.now = self.now.plus(*seconds),
            Act::Open { sign_in, ticket, contact, browser } => {
                let browser = browser.as_deref().and_then(|text| BrowserToken::parse(text).ok());
                return self.open_here(*sign_in, ticket.as_deref(), contact, browser);
            }
            Act::OpenWithCode { sign_in, contact, browser, code } => {
                let browser = browser.as_deref().and_then(|text| BrowserToken::parse(text).ok());
                return self.open_and_verify(*sign_in, contact, browser, code);
            }
            Act::Look(n) => {
                let id = self.id(*n);
                let looked = self.run(|context, user| open::look(context, user, &id))?;
                return Ok(self.seen(*n, &looked));
            }
            Act::OpenSettings { sign_in, contact, browser } => {
                let browser = browser.as_deref().and_then(|text| BrowserToken::parse(text).ok());
                return self.open_settings_in(*sign_in, contact, browser);
            }
            Act::StepUp { sign_in, contact, browser, acr } => {
                let browser = browser.as_deref().and_then(|text| BrowserToken::parse(text).ok());
                return self.step_up_in(*sign_in, contact, browser, *acr);
            }
            Act::Remove(n, which) => return self.remove(*n, *which),
            Act::RenewCodes(n) => return self.renew_codes(*n),
            Act::Freeze { link, .. } => self.press(*link)?,
            Act::UsePasskey(n, press) => return self.use_passkey(*n, press),
            Act::MakePasskey(n, press) => return self.make_passkey(*n, press),
            Act::AnswerOffer(n, accepts) => return self.answer_offer(*n, *accepts),
            Act::SetPasskeyTerms(terms) => self.set_passkey_terms(*terms),
            Act::SetMethods(passkeys, own) => self.set_methods(*passkeys, *own),
            Act::VerifyAndTrust(n, code) => return self.verify_and_trust(*n, code),
            Act::UsePasskeyAndTrust(n, press) => return self.use_passkey_and_trust(*n, press),
            Act::SetTrust(terms) => self.set_trust(*terms),
            Act::SetGrace(terms) => self.set_grace(*terms),
            Act::MoveTo(domain) => self.move_to(*domain),
            Act::Challenge(n, method) => return self.challenge(*n, *method),
            Act::Verify { sign_in, code, by, make_default } => {
                let id = self.id(*sign_in);
                let guess = Guess {
                    typed: verify::Typed::parse(code)?,
                    method: by.map(ours),
                    make_email_default: *make_default,
                    remember: Remember::Nothing,
                };
                let view =
                    self.run(|context, user| verify::verify_code(context, user, &id, &guess))?;
                return Ok(self.verified(&view));
            }
            Act::Enrol(n, method, to) => return self.enrol(*n, *method, to.as_deref()),
            Act::Confirm(n, code) => {
                let (id, code) = (self.id(*n), portcullis_domain::Code::parse(code)?);
                let view = self
                    .run(|context, user| confirm::confirm_enrolment(context, user, &id, &code))?;
                return Ok(self.verified(&view));
            }
            Act::Skip(n) => {
                let id = self.id(*n);
                let skipped = self.run(|context, user| skip::skip_enrolment(context, user, &id))?;
                return Ok(self.seen(*n, &skipped));
            }
            Act::OptIn => self.run(|context, known| account::opt_in(context, known, &user))?,
            Act::UnsetDefault => {
                self.run(|context, known| account::unset_default(context, known, &user))
                    .map(drop)?;
            }
            Act::SetContact(contact) => {
                let update = update(contact);
                self.run(|context, known| {
                    account::replace_contact(
                        context,
                        known,
                        &user,
                        &update,
                        None,
                        account::ChangedBy::User,
                    )
                })
                .map(drop)?;
            }
            Act::ChangePassword { contact, at, by } => {
                let (update, at) = (update(contact), Timestamp::from_unix(*at));
                let change = PasswordChange::told(at, proof(*by), self.now)?;
                self.run(|context, known| {
                    account::replace_contact(
                        context,
                        known,
                        &user,
                        &update,
                        Some(change),
                        account::ChangedBy::User,
                    )
                })
                .map(drop)?;
            }
            Act::Reset => self
                .run(|context, known| {
                    account::reset(context, known, &user, &actor, &WhoAsks::Unsaid)
                })
                .map(drop)?,
            Act::Unlock => self
                .run(|context, known| account::unlock(context, known, &user, &actor))
                .map(drop)?,
            Act::ClearSkip => {
                self.run(|context, known| account::clear_skip(context, known, &user, &actor))
                    .map(drop)?;
            }
            Act::IssueBypass => {
                let issued = |context: &DecisionContext<'_>, known| {
                    account::issue_bypass(context, known, &user, &actor)
                };
                self.secret = Some(self.run(issued)?.0.grouped());
            }
            Act::Erase => {
                self.run(|context, known| account::erase(context, known, &user, &actor))?
            }
            Act::Switch(on) => {
                let role = portcullis_domain::admin::Role::Operator;
                self.portal = self.portal.clone().switched(*on, &role)?;
            }
        }
        Ok(Answer::Done)
    }

    fn verified(&mut self, view: &SignInView) -> Answer {
        self.browser_token = view.browser_token.as_ref().map(BrowserToken::expose);
        self.keep_shown(view);
        Answer::Verified(status(&view.status).0)
    }

    fn challenge(&mut self, n: usize, method: Method) -> Result<Answer, Refusal> {
        let id = self.id(n);
        match self.run(|context, user| challenge::request_code(context, user, &id, ours(method)))? {
            challenge::Asked::Chosen(view) => Ok(self.chosen(n, &view)),
            challenge::Asked::Code(dispatch) => self.sent(&dispatch),
        }
    }

    fn enrol(&mut self, n: usize, method: Method, to: Option<&str>) -> Result<Answer, Refusal> {
        let enrol = match (method, to) {
            (Method::Email, Some(to)) => Enrol::Email(Email::parse(to)?),
            (Method::Sms, Some(to)) => Enrol::Sms(TypedPhone::new(to.to_owned())),
            (Method::Passkey, _) => Enrol::Passkey,
            _ => Enrol::App,
        };
        let id = self.id(n);
        match self.run(|context, user| enrol::start_enrolment(context, user, &id, &enrol))? {
            enrol::Enrolling::Shown(view) if method == Method::Passkey => Ok(self.making(n, &view)),
            enrol::Enrolling::Shown(view) => {
                self.secret = Some(shown(&view.app_key().unwrap().secret));
                Ok(Answer::Secret)
            }
            enrol::Enrolling::Delivered(dispatch) => self.sent(&dispatch),
        }
    }
}
