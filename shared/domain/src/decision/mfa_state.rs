//! The part of a user's state that decides. It is small enough for a portal's list of users, and
//! the only way to the facts.

use crate::values::named::named;
use crate::{
    Country, Day, DecisionContext, Method, Policy, Portal, Settings, Timestamp, User,
    decision::{
        self, Bound, BoundPasskey, Demand, EmailDefaultState, EmailFirst, Facts, PasskeyState,
        Rule, Switch, has_recovered, trust_in_force,
    },
    passkey::RelyingParty,
    policy::{
        AfterReset, DestinationSource, EmailFallback, Enforcement, EnrolmentProof, MethodPolicy,
        MethodSettings, RecoveryCodesPolicy, SelfService, WhenOff,
    },
    settings::Channel,
    user::{
        GraceLeft, GraceState,
        sign_in::{Event, Ground, Progress, Stage},
    },
};

/// Everything about one user that the decision looks at. Short names: it stands in the item and in
/// the index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MfaState {
    /// The methods that are bound, each with the portal's generation at that moment.
    pub bound: Vec<(Method, u32)>,
    /// Bound things and defaults that only a newer release knows: the numbers of the
    /// kinds, each with the portal's generation at that moment.
    pub unknown_bound: Vec<(u16, u32)>,
    /// The kinds of passkeys that are bound, each kind once.
    pub passkeys: Vec<BoundPasskey>,
    pub skipped: Option<u32>,
    pub email_default: Option<u32>,
    /// The address it was made for is no longer the one of the contact record.
    pub replaced: bool,
    pub verified_email: bool,
    /// The country of the number in the contact record, if it has one.
    pub phone: Option<Country>,
    pub reset: bool,
    pub disabled: bool,
    pub frozen: bool,
    /// A link or a bypass code has to open the next enrolment, whatever the policy says.
    pub link_forced: bool,
    /// The portal's generation and the restore number of recovery codes that are left. A list does
    /// not have them.
    pub recovery: Option<(u32, u32)>,
    /// The use of the time that policies give to set something up.
    pub grace: GraceState,
    /// The day on which the user last got in, while nothing is bound.
    pub last_in: Option<Day>,
    /// The last reminder to set something up, for a day and while nothing is set up.
    pub reminded: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListedState {
    Frozen,
    Disabled,
    NoWayIn,
    ResetPending,
    Enrolled,
    EmailDefault,
    Skipped,
    /// Bound in an older generation of the portal only.
    Stale,
    /// Nothing to enrol: the contact record has a destination.
    Ready,
    NotEnrolled,
}

impl ListedState {
    /// Every state, in the order in which they are looked for.
    pub const ALL: [Self; 10] = [
        Self::Frozen,
        Self::Disabled,
        Self::NoWayIn,
        Self::ResetPending,
        Self::Enrolled,
        Self::EmailDefault,
        Self::Skipped,
        Self::Stale,
        Self::Ready,
        Self::NotEnrolled,
    ];

    /// Returns true if the user has chosen a method, and that counts.
    pub const fn has_method(self) -> bool {
        match self {
            Self::Enrolled | Self::EmailDefault => true,
            Self::Frozen
            | Self::Disabled
            | Self::NoWayIn
            | Self::ResetPending
            | Self::Skipped
            | Self::Stale
            | Self::Ready
            | Self::NotEnrolled => false,
        }
    }
}

impl ListedState {
    /// The states of users who cannot get in until somebody helps them.
    pub const SHUT_OUT: [Self; 3] = [Self::Frozen, Self::Disabled, Self::NoWayIn];

    /// Returns true if the user cannot get in until somebody helps.
    pub const fn is_shut_out(self) -> bool {
        match self {
            Self::Frozen | Self::Disabled | Self::NoWayIn => true,
            Self::ResetPending
            | Self::Enrolled
            | Self::EmailDefault
            | Self::Skipped
            | Self::Stale
            | Self::Ready
            | Self::NotEnrolled => false,
        }
    }
}

impl MfaState {
    pub fn of(user: &User) -> Self {
        Self {
            bound: user.authenticators.iter().map(|a| (a.method(), a.generation)).collect(),
            unknown_bound: user.unknown_bound.iter().map(|b| (b.kind, b.generation)).collect(),
            passkeys: BoundPasskey::of(user),
            skipped: user.opt_out.map(|mark| mark.generation),
            email_default: user.email_default.map(|default| default.generation),
            replaced: user.email_default.is_some_and(|default| default.replaced),
            verified_email: user.contact.verified_email().is_some(),
            phone: user.contact.phone.as_ref().and_then(|phone| phone.country()),
            reset: user.reset_at.is_some(),
            disabled: user.disabled_at.is_some(),
            frozen: user.frozen_at.is_some(),
            link_forced: user.link_only_to.is_some(),
            recovery: user
                .recovery_codes
                .filter(|codes| codes.epoch == user.epoch && codes.left() > 0)
                .map(|codes| (codes.generation, codes.restore)),
            grace: user.grace,
            last_in: user.last_in_with_nothing_bound(),
            reminded: user.reminded_at,
        }
    }

    /// Returns the facts that do not depend on the time, so no grace is among them.
    pub fn facts(&self, portal: &Portal, settings: &Settings) -> Facts {
        let (policy, generation) = (&portal.policy, portal.generation);
        let email_default = self.email_default_in(portal, settings);
        let stale = self.bound.iter().any(|(_, of)| *of != generation)
            || self.unknown_bound.iter().any(|(_, of)| *of != generation)
            || self.email_default.is_some_and(|of| of != generation);
        let begins_again = self.reset || stale || email_default == EmailDefaultState::Doubtful;
        Facts {
            frozen: self.frozen,
            disabled: self.disabled,
            demand: Demand::None,
            policy: match (policy.enabled, policy.enforcement) {
                (true, Enforcement::Required { .. }) => Switch::Required,
                (true, Enforcement::OptOut) => Switch::OptOut,
                (false, Enforcement::Required { .. } | Enforcement::OptOut) => {
                    Switch::Off(policy.when_off)
                }
            },
            bound: self.bound_in(portal),
            directory: policy.methods.iter().any(|m| self.has_destination(m, portal, settings)),
            email_default,
            skipped: self.skipped == Some(generation),
            can_enrol: policy.methods.iter().any(MethodPolicy::is_enrolled_by_users),
            link_needed: self.link_forced
                || (policy.after_reset == AfterReset::EmailedLink && begins_again),
            email_first: match policy.enrolment_proof {
                EnrolmentProof::None => EmailFirst::No,
                EnrolmentProof::EmailedCode if self.email_reaches(settings) => EmailFirst::Needed,
                EnrolmentProof::EmailedCode => EmailFirst::Impossible,
            },
            recovery: self.recovers_in(portal, settings),
            trusted: false,
            grace: false,
        }
    }

    /// Returns true if recovery codes are left that stand in for what is bound. While the policy is
    /// off nobody enrols, so they help nobody then who has to.
    fn recovers_in(&self, portal: &Portal, settings: &Settings) -> bool {
        let policy = &portal.policy;
        let is_asked = match policy.when_off {
            _ if policy.enabled => true,
            WhenOff::ChallengeEnrolled => !self.disabled,
            WhenOff::ChallengeNobody => false,
        };
        let counts = self.recovery == Some((portal.generation, settings.restore_number));
        let is_wanted = policy.recovery_codes != RecoveryCodesPolicy::Off
            && policy.methods.iter().any(MethodPolicy::is_enrolled_by_users);
        counts && is_wanted && is_asked && self.bound_in(portal) != Bound::Nothing
    }

    /// Returns the facts at a moment.
    pub fn facts_at(&self, portal: &Portal, settings: &Settings, now: Timestamp) -> Facts {
        let grace = self.grace_left(&portal.policy, now).is_some();
        Facts { grace, ..self.facts(portal, settings) }
    }

    /// The row of the table that fits, in a sign-in that begins now.
    pub fn rule(&self, portal: &Portal, settings: &Settings, now: Timestamp) -> Rule {
        decision::rule(&self.facts_at(portal, settings, now))
    }

    /// Returns the rest of the grace of a user whose next sign-in is let through by it.
    pub fn grace_in(
        &self,
        portal: &Portal,
        settings: &Settings,
        now: Timestamp,
    ) -> Option<GraceLeft> {
        let is_met = self.rule(portal, settings, now) == Rule::Grace;
        self.grace_left(&portal.policy, now).filter(|_| is_met)
    }

    /// Returns the rest of the time that the policy gives the user to set something up. It gives
    /// none to a user who had something bound before, in any generation of the portal.
    pub fn grace_left(&self, policy: &Policy, now: Timestamp) -> Option<GraceLeft> {
        let is_given = policy.enabled && !self.is_guarded();
        let grace = policy.enforcement.grace().filter(|_| is_given)?;
        self.grace.left(grace, now)
    }

    pub fn state(&self, portal: &Portal, settings: &Settings) -> ListedState {
        let facts = self.facts(portal, settings);
        let rule = decision::rule(&facts);
        if self.frozen {
            ListedState::Frozen
        } else if self.disabled {
            ListedState::Disabled
        } else if rule.leaves_no_way_in() {
            ListedState::NoWayIn
        } else if self.reset {
            ListedState::ResetPending
        } else if facts.bound != Bound::Nothing {
            ListedState::Enrolled
        } else if facts.email_default != EmailDefaultState::No {
            ListedState::EmailDefault
        } else if facts.skipped {
            ListedState::Skipped
        } else if !self.bound.is_empty() || !self.unknown_bound.is_empty() {
            ListedState::Stale
        } else if facts.directory {
            ListedState::Ready
        } else {
            ListedState::NotEnrolled
        }
    }

    /// The methods bound in this generation of the portal.
    pub fn methods(&self, portal: &Portal) -> impl Iterator<Item = Method> {
        let generation = portal.generation;
        self.bound.iter().filter(move |(_, of)| *of == generation).map(|(method, _)| *method)
    }

    /// Returns the use of the passkeys bound in this generation of the portal, if these parties are
    /// in force.
    pub fn passkey_state(&self, portal: &Portal, parties: &[RelyingParty]) -> PasskeyState {
        PasskeyState::of(&self.passkeys, portal, parties)
    }

    fn email_default_in(&self, portal: &Portal, settings: &Settings) -> EmailDefaultState {
        let policy = &portal.policy;
        let allowed = !policy.enabled || policy.email_fallback() == EmailFallback::AllowedAsDefault;
        let usable = !self.replaced && self.email_reaches(settings);
        if self.email_default != Some(portal.generation) {
            EmailDefaultState::No
        } else if !usable {
            EmailDefaultState::Doubtful
        } else if allowed {
            EmailDefaultState::Usable
        } else {
            EmailDefaultState::OutsidePolicy
        }
    }

    fn bound_in(&self, portal: &Portal) -> Bound {
        let mut methods = self.methods(portal).peekable();
        let known = methods.peek().is_some();
        if methods.any(|method| portal.policy.has(method)) {
            Bound::InPolicy
        } else if self.unknown_bound.iter().any(|(_, of)| *of == portal.generation) {
            Bound::Unknown
        } else if known {
            Bound::OutsidePolicy
        } else {
            Bound::Nothing
        }
    }

    /// Returns true if a code can go to the verified address.
    pub(super) fn email_reaches(&self, settings: &Settings) -> bool {
        self.verified_email && settings.can_deliver(Method::Email)
    }

    pub(super) fn has_destination(
        &self,
        method: &MethodPolicy,
        portal: &Portal,
        settings: &Settings,
    ) -> bool {
        let MethodSettings { method, source, .. } = method.settings();
        if source != Some(DestinationSource::Directory) {
            return false;
        }
        settings.can_deliver(method)
            && match method.channel() {
                Some(Channel::Email) => self.verified_email,
                Some(Channel::Sms) => settings.allows_country(&portal.policy, self.phone),
                None => false,
            }
    }
}

impl Facts {
    /// Reads the facts off a user, in a sign-in that has come this far.
    pub fn gather(context: &DecisionContext<'_>, user: &User, stage: Stage) -> Self {
        let state = MfaState::of(user);
        let facts = state.facts_at(context.portal, context.settings, context.now);
        let demand = demand(context, user, &state, stage);
        // A recovery code stands for what is lost: it steps nobody up.
        let recovery = facts.recovery && stage.event != Event::StepUp;
        let trusted = trust_in_force(context, user, stage).is_some();
        let facts = Self { demand, recovery, trusted, ..facts };
        let may_enrol = match stage.ground {
            _ if stage.progress != Progress::MayEnrol => false,
            Ground::RecoveryCode => has_recovered(context, stage),
            Ground::PasswordAlone
            | Ground::AppCode
            | Ground::EmailCode
            | Ground::SmsCode
            | Ground::MailedLink
            | Ground::BypassCode
            | Ground::Passkey => true,
        };
        if may_enrol {
            // Nothing stands before the enrolment any more in this sign-in.
            let may = Self {
                bound: Bound::Nothing,
                email_default: EmailDefaultState::No,
                link_needed: false,
                email_first: EmailFirst::No,
                recovery: false,
                trusted: false,
                ..facts
            };
            match stage.ground {
                // Nor does anything else lead past it.
                Ground::RecoveryCode => Self {
                    disabled: false,
                    policy: Switch::Required,
                    directory: false,
                    grace: false,
                    ..may
                },
                Ground::PasswordAlone
                | Ground::AppCode
                | Ground::EmailCode
                | Ground::SmsCode
                | Ground::MailedLink
                | Ground::BypassCode
                | Ground::Passkey => may,
            }
        } else if facts.email_first == EmailFirst::Needed && context.holds_address(user) {
            Self { email_first: EmailFirst::Impossible, ..facts }
        } else {
            facts
        }
    }
}

fn demand(context: &DecisionContext<'_>, user: &User, state: &MfaState, stage: Stage) -> Demand {
    match (stage.event, context.portal.policy.self_service) {
        (Event::Login | Event::Invitation, _) => Demand::None,
        (Event::Manage, SelfService::WithProof) => Demand::Manage,
        (Event::Manage, SelfService::Off) => Demand::Unmet,
        (Event::StepUp, _) if can_step_up(context, user, state, stage) => Demand::StepUp,
        (Event::StepUp, _) => Demand::CannotStepUp,
    }
}

/// Returns true if the user has something of the policy that is as strong as a step-up asks for.
/// What has left the policy does not count, nor does a code that stands in for something else, or
/// a new address that the policy holds.
fn can_step_up(context: &DecisionContext<'_>, user: &User, state: &MfaState, stage: Stage) -> bool {
    let policy = &context.portal.policy;
    let takes = |method| stage.takes(policy, method);
    let is_held = |method| method == Method::Email && context.holds_address(user);
    let by_record = policy.methods.iter().any(|of_policy| {
        let method = of_policy.method();
        takes(method)
            && !is_held(method)
            && state.has_destination(of_policy, context.portal, context.settings)
    });
    by_record || state.methods(context.portal).any(|method| policy.has(method) && takes(method))
}

named! {
    ListedState {
        Frozen: "frozen", Disabled: "disabled", NoWayIn: "no_way_in", ResetPending: "reset_pending",
        Enrolled: "enrolled", EmailDefault: "email_default", Skipped: "skipped", Stale: "stale",
        Ready: "ready", NotEnrolled: "not_enrolled",
    }
}
