use portcullis_domain::{
    Bucket, DecisionContext, Destination, ListedState, MfaState, SignIn, Timestamp, User,
    decision::{PasskeyState, Rule},
    dry_run::Configuration,
    sign_in::{Event, ListedBrowser, MethodOptions, Progress, Stage},
    user::Authenticator,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{GraceLeftView, as_document, users::StateName};
use crate::{
    wire::{
        ActivityView, DeviceView, EventName, MethodName, OptionView, PasskeyUseName,
        RecoveryCodesView, TrustedBrowserView, UserStatusName,
    },
    words::{self, Sentence},
};

/// A user, without secrets.
#[derive(Serialize, ToSchema)]
pub struct UserDetail {
    /// The portal's id of the user.
    #[schema(example = "u-1842")]
    pub id: String,
    /// The state of the user in the list.
    #[serde(serialize_with = "as_document::<StateName, _, _>")]
    #[schema(value_type = StateName)]
    pub state: ListedState,
    /// The contact record, masked.
    pub contact: ContactView,
    /// The authenticators of every generation.
    pub authenticators: Vec<AuthenticatorView>,
    /// The answer of the next sign-in, and the reason.
    pub next_sign_in: NextSignIn,
    /// The rest of the time to set something up, if the next sign-in can be skipped because of it.
    pub grace: Option<GraceLeftView>,
    /// Unix time at which the user skipped.
    pub skipped_at: Option<i64>,
    /// Unix time at which email became the default.
    pub email_default_at: Option<i64>,
    /// Unix time of the reset, if nothing was enrolled since.
    pub reset_at: Option<i64>,
    /// Unix time before which the portal should end the user's own sessions.
    pub sessions_not_before: Option<i64>,
    /// Unix time at which somebody said by the link of a notice that a change was not theirs. No
    /// sign-in works until a reset.
    pub frozen_at: Option<i64>,
    /// Unix time at which the authenticators were disabled.
    pub disabled_at: Option<i64>,
    /// The counters.
    pub counters: CountersView,
    /// A bypass code that was not used yet.
    pub bypass: Option<BypassView>,
    /// The recovery codes, if they count.
    pub recovery_codes: Option<RecoveryCodesView>,
    /// The browsers in which the user is not asked now, the oldest first.
    pub trusted_browsers: Vec<TrustedBrowserView>,
    /// Sign-ins that have not ended.
    pub sign_ins: Vec<OpenSignInView>,
    /// The last entries, newest first.
    pub activity: Vec<ActivityView>,
}

/// The contact record, masked.
#[derive(Serialize, ToSchema)]
pub struct ContactView {
    /// The name.
    pub display_name: Option<String>,
    /// The address, masked.
    #[schema(example = "test*****.co.nz")]
    pub email: Option<String>,
    /// True if the portal has verified the address.
    pub email_verified: bool,
    /// The number, masked.
    #[schema(example = "+64*****89")]
    pub phone: Option<String>,
    /// True if the last number given could not be kept.
    pub phone_rejected: bool,
    /// The customer company.
    pub organization: Option<String>,
    /// The language to write in.
    pub locale: Option<String>,
}

/// An authenticator, without its secret.
#[derive(Serialize, ToSchema)]
pub struct AuthenticatorView {
    /// Its id.
    #[schema(example = "5tGdL2qWc0Y")]
    pub id: String,
    /// The name that the user gave it, if there is one.
    pub name: Option<String>,
    /// Its method.
    pub method: MethodName,
    /// The masked destination of its codes.
    pub to: Option<String>,
    /// Unix time at which it was bound.
    pub bound_at: i64,
    /// True if it belongs to the portal's present generation; an older one no longer counts.
    pub current: bool,
    /// The use of it, if it is a passkey.
    pub passkey: Option<PasskeyUseName>,
}

/// The answer of the next sign-in.
#[derive(Serialize, ToSchema)]
pub struct NextSignIn {
    /// The answer.
    pub status: UserStatusName,
    /// The reason, in a sentence.
    #[schema(
        value_type = String,
        example = "The user has bound a method of the policy, and is asked for its code."
    )]
    pub why: Sentence,
    /// The reason in a browser that is trusted, if the user has one: the user is not asked there.
    #[schema(value_type = Option<String>)]
    pub in_trusted_browser: Option<Sentence>,
    /// The options that would be on offer.
    pub options: Vec<OptionView>,
}

/// The counters: those of browsers that got in before, and those of everybody else.
#[derive(Serialize, ToSchema)]
pub struct CountersView {
    /// Browsers that never got in.
    pub strangers: BucketView,
    /// Browsers that got in before.
    pub known_browsers: BucketView,
}

/// The counters of one bucket.
#[derive(Serialize, ToSchema)]
pub struct BucketView {
    /// Wrong codes since the last success.
    pub wrong_in_a_row: u16,
    /// Those of them within 24 hours.
    pub wrong_in_a_day: usize,
    /// Wrong codes within 30 days.
    pub wrong_in_a_month: u16,
    /// True if no code is checked now.
    pub locked: bool,
    /// Unix time until which no code is checked; none if that does not end by itself.
    pub locked_until: Option<i64>,
    /// Sign-ins opened within the hour.
    pub opened_in_an_hour: u16,
    /// Codes sent within the hour.
    pub sent_in_an_hour: u16,
}

/// A bypass code that was not used yet.
#[derive(Serialize, ToSchema)]
pub struct BypassView {
    /// Unix time at which it expires.
    pub expires_at: i64,
}

/// The progress of a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProgressName {
    Open,
    MayEnrol,
    Done,
    Dead,
}

/// A sign-in that has not ended. Its id is left out, because anyone who has it could open its
/// prompt.
#[derive(Serialize, ToSchema)]
pub struct OpenSignInView {
    /// Unix time at which it was opened.
    pub opened_at: i64,
    /// Its progress.
    pub progress: ProgressName,
    /// The event that brought the user here.
    pub event: EventName,
    /// Unix time at which it ends.
    pub expires_at: i64,
    /// The device.
    pub device: Option<DeviceView>,
    /// The number of attempts left.
    pub attempts_left: u8,
    /// The number of codes that can still be sent.
    pub sends_left: u8,
}

impl UserDetail {
    pub fn of(context: &DecisionContext<'_>, user: &User) -> Self {
        let mfa_state = MfaState::of(user);
        let running = user.sign_ins.iter().filter(|sign_in| context.now < sign_in.expires_at);
        Self {
            id: user.id.to_string(),
            state: mfa_state.state(context.portal, context.settings),
            contact: ContactView::of(user),
            authenticators: user
                .authenticators
                .iter()
                .map(|bound| AuthenticatorView::of(bound, context))
                .collect(),
            next_sign_in: NextSignIn::of(context, user, &mfa_state),
            grace: mfa_state
                .grace_in(context.portal, context.settings, context.now)
                .map(GraceLeftView::from),
            skipped_at: user.opt_out.map(|mark| mark.at.unix()),
            email_default_at: user.email_default.map(|mark| mark.at.unix()),
            reset_at: user.reset_at.map(|at| at.unix()),
            sessions_not_before: user.sessions_not_before.map(|at| at.unix()),
            frozen_at: user.frozen_at.map(|at| at.unix()),
            disabled_at: user.disabled_at.map(|at| at.unix()),
            counters: CountersView::of(user, context.now),
            bypass: user
                .bypass(context.now)
                .map(|bypass| BypassView { expires_at: bypass.expires_at.unix() }),
            recovery_codes: RecoveryCodesView::of(context, user),
            trusted_browsers: TrustedBrowserView::all(context, user, None),
            sign_ins: running.map(OpenSignInView::of).collect(),
            activity: user.activity.iter().rev().map(|e| ActivityView::of(context, e)).collect(),
        }
    }
}

impl UserDetail {
    /// Returns true if one of them can be removed, because another one stays.
    pub fn has_several_current(&self) -> bool {
        self.authenticators.iter().filter(|bound| bound.current).count() > 1
    }
}

impl ContactView {
    fn of(user: &User) -> Self {
        let contact = &user.contact;
        Self {
            display_name: contact.display_name.as_ref().map(ToString::to_string),
            email: contact.email.as_ref().map(|email| email.address.masked().to_string()),
            email_verified: contact.verified_email().is_some(),
            phone: contact.phone.clone().map(|p| Destination::Sms(p).masked().to_string()),
            phone_rejected: contact.phone_rejected,
            organization: contact.organisation.as_ref().map(ToString::to_string),
            locale: contact.locale.as_ref().map(ToString::to_string),
        }
    }
}

impl AuthenticatorView {
    fn of(bound: &Authenticator, context: &DecisionContext<'_>) -> Self {
        let DecisionContext { portal, settings, service, .. } = *context;
        let parties = Configuration { portal, settings, service }.relying_parties();
        Self {
            id: bound.id.to_string(),
            name: bound.name.as_ref().map(|name| name.as_str().to_owned()),
            method: bound.method().into(),
            to: bound.destination().map(|to| to.masked().to_string()),
            bound_at: bound.bound_at.unix(),
            current: bound.generation == portal.generation,
            passkey: bound
                .passkey()
                .map(|_| PasskeyState::of_bound(bound, portal, &parties).into()),
        }
    }
}

impl NextSignIn {
    fn of(context: &DecisionContext<'_>, user: &User, mfa_state: &MfaState) -> Self {
        let rule = mfa_state.rule(context.portal, context.settings, context.now);
        let locked = user.failures.has_lock(context.now);
        let stage = Stage::begun(Event::Login, context.portal.usual_pages());
        let offered = MethodOptions::of(context, user, stage);
        let recovery = offered.recovery.then(OptionView::recovery_code);
        let why = match (locked, offered.recovery && context.portal.policy.enabled) {
            (true, _) if offered.outlast_locks() => words::LOCKED_PASSKEY_REASON,
            (true, true) => words::LOCKED_RECOVERY_REASON,
            (true, false) => words::LOCKED_REASON,
            (false, _) => words::rule_reason(rule),
        };
        Self {
            status: if locked { UserStatusName::Locked } else { rule.next_step().into() },
            why: Sentence::of(why),
            in_trusted_browser: (!ListedBrowser::all(context, user).is_empty())
                .then(|| Sentence::of(words::rule_reason(Rule::Trusted))),
            options: offered.list.iter().map(OptionView::from).chain(recovery).collect(),
        }
    }
}

impl CountersView {
    fn of(user: &User, now: Timestamp) -> Self {
        let of = |bucket| BucketView::of(user, bucket, now);
        Self { strangers: of(Bucket::Strangers), known_browsers: of(Bucket::Known) }
    }

    /// Returns both, each with its name.
    pub fn by_browser(&self) -> [(&'static str, &BucketView); 2] {
        [("known_browsers", &self.known_browsers), ("strangers", &self.strangers)]
    }

    /// Returns true if there is a lock to lift.
    pub const fn has_lock(&self) -> bool {
        self.strangers.locked || self.known_browsers.locked
    }
}

impl BucketView {
    fn of(user: &User, bucket: Bucket, now: Timestamp) -> Self {
        let (codes, lock) = (user.failures.codes().of(bucket), user.failures.lock_of(bucket, now));
        Self {
            wrong_in_a_row: codes.in_a_row,
            wrong_in_a_day: codes.within_a_day(now),
            wrong_in_a_month: codes.within_a_month(now),
            locked: lock.is_some(),
            locked_until: lock.and_then(|lock| lock.until).map(Timestamp::unix),
            opened_in_an_hour: user.opened.of(bucket).count(now),
            sent_in_an_hour: user.sent.of(bucket).count(now),
        }
    }
}

impl OpenSignInView {
    fn of(sign_in: &SignIn) -> Self {
        Self {
            opened_at: sign_in.key.opened_at().unix(),
            progress: match sign_in.progress {
                Progress::Open => ProgressName::Open,
                Progress::MayEnrol => ProgressName::MayEnrol,
                Progress::Done(_) => ProgressName::Done,
                Progress::Dead => ProgressName::Dead,
            },
            event: sign_in.event.into(),
            expires_at: sign_in.expires_at.unix(),
            device: sign_in.device.map(DeviceView::from),
            attempts_left: sign_in.guesses_left(),
            sends_left: sign_in.sends_left(),
        }
    }
}

/// All data about a user, for the user: unmasked, and without secrets.
#[derive(Serialize, ToSchema)]
pub struct ExportedUser {
    /// The data that an admin sees.
    #[serde(flatten)]
    pub detail: UserDetail,
    /// The address.
    pub email: Option<String>,
    /// The number.
    pub phone: Option<String>,
    /// The destinations that the user enrolled.
    pub enrolled_destinations: Vec<String>,
}

impl ExportedUser {
    pub fn of(context: &DecisionContext<'_>, user: &User) -> Self {
        let whole = |to: &Destination| match to {
            Destination::Email(address) => address.as_str().to_owned(),
            Destination::Sms(phone) => phone.e164().to_owned(),
        };
        let contact = &user.contact;
        let bound = user.authenticators.iter().filter_map(Authenticator::destination);
        Self {
            detail: UserDetail::of(context, user),
            email: contact.email.as_ref().map(|email| email.address.as_str().to_owned()),
            phone: contact.phone.as_ref().map(|phone| phone.e164().to_owned()),
            enrolled_destinations: bound.map(|to| whole(&to)).collect(),
        }
    }
}
