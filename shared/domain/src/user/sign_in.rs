//! One sign-in of one user: everything between the password and the answer.

mod event;
mod pending;
mod reached;
mod role;

pub use event::{Acr, Event, MaxAge};
pub use pending::{Pending, Place};
pub use reached::{EssentialAcr, ReachedAcr};
pub use role::Role;

use super::PasskeyUse;
use crate::values::named::named;
use crate::{
    BrowserId, Bucket, DestinationHash, Device, KeyVersion, Method, Nonce, Policy, Purpose,
    RecoverySetId, SignInKey, Strength, TextHash, Timestamp, UnknownMembers, limits,
    portal::{ReturnTo, ShownBy},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// The random part of its id.
    pub key: SignInKey,
    pub nonce: Nonce,
    pub event: Event,
    /// The least that a step-up asks for; nothing to any other event.
    pub acr: Acr,
    /// The age of a trusted browser's proof from which a new one is asked for, if the portal
    /// bounds it.
    pub max_age: Option<MaxAge>,
    /// The hash of the text that the user confirms, if a step-up has one.
    pub text: Option<TextHash>,
    /// The classes that are essential, if it was begun by OpenID Connect. Its nonce is the code
    /// challenge then.
    pub oidc: Option<EssentialAcr>,
    pub expires_at: Timestamp,
    pub progress: Progress,
    /// The URL the hosted prompt sends the browser back to; `None` if the portal shows its own
    /// screens.
    pub return_to: Option<ReturnTo>,
    /// The key its prompt's secrets are derived under, from the moment a browser opened it.
    pub browser: Option<KeyVersion>,
    /// The browser it takes place in, if that one got in before.
    pub known_browser: Option<BrowserId>,
    /// The known browser, if it brought a good token of trust.
    pub trusted_in: Option<BrowserId>,
    /// The device: the one the prompt was opened on, else the one that the portal told of.
    pub device: Option<Device>,
    /// The ground on which the user enrols, or skips that.
    pub ground: Ground,
    pub fetched: Option<Fetched>,
    /// The user chose the app where email would go at once.
    pub chose_app: bool,
    /// The user chose a passkey where a code was sent.
    pub chose_passkey: bool,
    /// The user chose to enter a recovery code.
    pub chose_recovery: bool,
    /// The recovery codes that were made in it, until the user continues.
    pub made_codes: Option<RecoverySetId>,
    pub wrong: u8,
    pub sends: u8,
    pub last_send: Option<Timestamp>,
    /// Codes issued in it, over all methods and destinations; never restarts.
    pub issued: u16,
    /// Passkeys accepted in it: each proof is of a challenge of its own.
    pub passkeys: u8,
    /// The last codes issued, at most [`limits::GOOD_CODES`].
    pub challenges: Vec<Challenge>,
    /// The numbers of those that were typed when they had just expired, which cost no guess.
    pub late: Vec<u16>,
    pub pending: Option<Pending>,
    /// The method that the user chose to enrol last, unless a code by another way was asked for
    /// since.
    pub enrolling: Option<Method>,
    /// The settings were opened in it, though it was begun to sign in.
    pub opened_settings: bool,
    /// The changes of the settings that were made in it, after the proof.
    pub managed: Managed,
    pub unknown: UnknownMembers,
}

/// The first time a portal fetched a result, and the API key it used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    pub at: Timestamp,
    pub key: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    Open,
    /// The user may enrol, after the code of a method that left the policy, a ticket, a bypass code
    /// or a recovery code.
    MayEnrol,
    Done(Acceptance),
    Dead,
}

/// The stage of a sign-in: its event, its pages, how far it has come, and on which ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    pub event: Event,
    pub shown_by: ShownBy,
    pub acr: Acr,
    pub text: Option<TextHash>,
    pub progress: Progress,
    pub ground: Ground,
    pub trusted_in: Option<BrowserId>,
    pub max_age: Option<MaxAge>,
}

impl Stage {
    /// Returns true if a proof by this method, of what is bound or in the contact record, does for
    /// a step-up.
    pub fn takes(self, policy: &Policy, method: Method) -> bool {
        let confirms = self.text.is_none() || policy.text_needs.takes(method);
        self.acr.takes(method) && confirms
    }

    /// Nothing was proven yet but the password.
    pub const fn begun(event: Event, shown_by: ShownBy) -> Self {
        Self {
            event,
            acr: Acr::Delivered,
            text: None,
            shown_by,
            progress: Progress::Open,
            ground: Ground::PasswordAlone,
            trusted_in: None,
            max_age: None,
        }
    }
}

/// The ground on which something is changed in a sign-in: what was proven in it before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ground {
    /// Nothing but the password.
    #[default]
    PasswordAlone,
    AppCode,
    EmailCode,
    SmsCode,
    MailedLink,
    BypassCode,
    RecoveryCode,
    Passkey,
}

impl Ground {
    /// Returns the ground that a proof by this method is.
    pub const fn code(method: Method) -> Self {
        match method {
            Method::AuthenticatorApp => Self::AppCode,
            Method::Email => Self::EmailCode,
            Method::Sms => Self::SmsCode,
            Method::Passkey => Self::Passkey,
            Method::RecoveryCode => Self::RecoveryCode,
        }
    }
}

/// The way a user got in, as the assertion says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acceptance {
    pub at: Timestamp,
    pub mfa: Mfa,
    pub method: Option<Method>,
    pub role: Option<Role>,
    pub generation: u32,
    /// The things that the passkey showed, if it was one.
    pub passkey: Option<PasskeyUse>,
    /// The moment of the proof, if an earlier one stands for it.
    pub proven_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mfa {
    Done,
    /// The user chose to skip, which counts until the user says otherwise.
    Skipped,
    NotRequired,
    Bypass,
    /// The browser is trusted, by an earlier proof.
    TrustedBrowser,
    /// The user has time to set something up, and used some of it.
    Grace,
}

/// One code that was issued. The code itself is never stored: it is derived from this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Challenge {
    pub n: u16,
    pub version: KeyVersion,
    pub method: Method,
    pub purpose: Purpose,
    /// Keyed hash of where it went: a changed destination kills it.
    pub destination: DestinationHash,
    pub expires_at: Timestamp,
}

/// The changes of the settings in one sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Managed {
    /// Each kind of change once, in the order in which they were made first.
    pub kinds: Vec<SettingsChange>,
    pub changes: u8,
    pub last_at: Option<Timestamp>,
    /// True once what is bound was changed elsewhere, since when the proof allows no changes.
    pub ended: bool,
}

/// A kind of change that users make in their settings, as the assertion says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsChange {
    AuthenticatorAdded,
    AuthenticatorRemoved,
    AuthenticatorRenamed,
    DefaultUnset,
    RecoveryCodesMade,
    TrustEnded,
}

impl Managed {
    pub(crate) fn note(&mut self, kind: SettingsChange, now: Timestamp) {
        if !self.kinds.contains(&kind) {
            self.kinds.push(kind);
        }
        self.last_at = Some(now);
    }
}

impl Acceptance {
    /// Returns the strength of the proof that it was.
    pub const fn strength(&self) -> Strength {
        match (self.mfa, self.method, self.role) {
            (Mfa::Bypass, _, _) => Strength::Vouched,
            (Mfa::Skipped | Mfa::NotRequired | Mfa::TrustedBrowser | Mfa::Grace, _, _)
            | (Mfa::Done, None, _) => Strength::PasswordAlone,
            (Mfa::Done, Some(method), Some(role)) => role.strength(method),
            (Mfa::Done, Some(method), None) => method.strength(),
        }
    }

    /// Returns true if it proves that a text was confirmed, and not only who confirmed something.
    pub fn binds_text(&self) -> bool {
        self.mfa == Mfa::Done && self.method.is_some_and(Method::binds_text)
    }

    /// Returns the ground that it is for a change of what is bound.
    pub const fn ground(&self) -> Ground {
        match (self.mfa, self.method) {
            (Mfa::Bypass, _) => Ground::BypassCode,
            (Mfa::Done, Some(method)) => Ground::code(method),
            (Mfa::Done, None)
            | (Mfa::Skipped | Mfa::NotRequired | Mfa::TrustedBrowser | Mfa::Grace, _) => {
                Ground::PasswordAlone
            }
        }
    }
}

impl SignIn {
    pub const fn stage(&self) -> Stage {
        let Self { event, acr, text, progress, ground, trusted_in, max_age, .. } = *self;
        let shown_by = self.shown_by();
        Stage { event, acr, text, shown_by, progress, ground, trusted_in, max_age }
    }

    pub const fn shown_by(&self) -> ShownBy {
        match self.return_to {
            Some(_) => ShownBy::Prompt,
            None => ShownBy::Portal,
        }
    }

    pub fn is_open(&self) -> bool {
        match self.progress {
            Progress::Open | Progress::MayEnrol => true,
            Progress::Done(_) | Progress::Dead => false,
        }
    }

    /// Returns true if users change their settings in it, once they are in.
    pub const fn allows_changes(&self) -> bool {
        self.event.allows_changes() || self.opened_settings
    }

    /// Opens the settings in it, once the user is in.
    pub(crate) fn open_settings(&mut self) {
        self.opened_settings = true;
        if let Progress::Done(acceptance) = self.progress {
            self.extend(&acceptance);
        }
    }

    /// Returns true if the user is in, to change the settings.
    pub fn changes_settings(&self) -> bool {
        match self.progress {
            Progress::Done(_) => self.allows_changes(),
            Progress::Open | Progress::MayEnrol | Progress::Dead => false,
        }
    }

    /// Ends it with the user in, which kills every code of it. A result can be fetched for a while
    /// also where the sign-in's time is nearly over.
    pub(crate) fn finish(&mut self, acceptance: Acceptance) {
        self.challenges.clear();
        self.late.clear();
        self.pending = None;
        self.enrolling = None;
        self.progress = Progress::Done(acceptance);
        self.extend(&acceptance);
    }

    fn extend(&mut self, acceptance: &Acceptance) {
        let changes_until = self.changes_until(acceptance);
        self.expires_at = self.expires_at.max(changes_until);
        if self.return_to.is_some() {
            self.expires_at = self.expires_at.max(changes_until.plus(limits::RESULT_SECONDS));
        }
    }

    /// Lets the user enrol, on this ground.
    pub(crate) fn let_enrol(&mut self, ground: Ground) {
        self.progress = Progress::MayEnrol;
        self.ground = ground;
    }

    pub const fn bucket(&self) -> Bucket {
        match self.known_browser {
            Some(_) => Bucket::Known,
            None => Bucket::Strangers,
        }
    }

    /// The order in which sign-ins make room for another: what nobody needs any more, then what
    /// nothing has come of yet, then the others.
    pub(crate) fn worth(&self, now: Timestamp) -> u8 {
        let begun = self.browser.is_some() || self.sends > 0 || self.pending.is_some();
        match self.progress {
            Progress::Dead => 0,
            Progress::Done(_) if self.fetched.is_some() => 0,
            Progress::Done(at) if now.since(self.changes_until(&at)) >= limits::RESULT_SECONDS => 0,
            Progress::Open if !begun => 1,
            Progress::Open | Progress::MayEnrol | Progress::Done(_) => 2,
        }
    }

    /// Returns the moment until which changes can be made in it, if it is for them; else the moment
    /// it was done.
    fn changes_until(&self, acceptance: &Acceptance) -> Timestamp {
        let seconds = if self.allows_changes() { limits::MANAGE_SECONDS } else { 0 };
        acceptance.at.plus(seconds)
    }

    pub const fn guesses_left(&self) -> u8 {
        limits::WRONG_PER_SIGN_IN.saturating_sub(self.wrong)
    }

    /// Returns true if a code was not accepted in it.
    pub const fn has_refused(&self) -> bool {
        self.wrong > 0 || !self.late.is_empty()
    }

    pub const fn sends_left(&self) -> u8 {
        limits::SENDS_PER_SIGN_IN.saturating_sub(self.sends)
    }

    pub fn resend_after(&self) -> Option<Timestamp> {
        self.last_send.map(|at| at.plus(limits::RESEND_SECONDS))
    }
}

named! {
    Ground {
        PasswordAlone: "password_alone", AppCode: "app_code", EmailCode: "email_code",
        SmsCode: "sms_code", MailedLink: "mailed_link", BypassCode: "bypass_code",
        RecoveryCode: "recovery_code", Passkey: "passkey",
    }
    SettingsChange {
        AuthenticatorAdded: "authenticator_added", AuthenticatorRemoved: "authenticator_removed",
        AuthenticatorRenamed: "authenticator_renamed", DefaultUnset: "default_unset",
        RecoveryCodesMade: "recovery_codes_made", TrustEnded: "trust_ended",
    }
    Mfa {
        Done: "done", Skipped: "skipped", NotRequired: "not_required", Bypass: "bypass",
        TrustedBrowser: "trusted_browser", Grace: "grace",
    }
}
