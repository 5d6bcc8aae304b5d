//! The dry run of a change: its effect on a portal's users, before it is saved.

use crate::values::named::named;
use crate::{
    Day, Method, MfaState, Portal, Settings, Timestamp,
    decision::{
        AllowedReason, DeniedReason, EmailDefaultState, Facts, FirstProof, NextStep, PasskeyState,
        rule,
    },
    passkey::{RelyingParty, ServiceAddress},
    policy::{EmailFallback, WhenBound},
};

/// The things that decide about a portal's users, as they are or as they would be saved.
#[derive(Clone, Copy, Debug)]
pub struct Configuration<'a> {
    pub portal: &'a Portal,
    pub settings: &'a Settings,
    pub service: &'a ServiceAddress,
}

impl Configuration<'_> {
    /// Returns the parties in force, on all pages that the portal has.
    pub fn relying_parties(&self) -> Vec<RelyingParty> {
        self.portal.relying_parties(self.settings, self.service)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consequence {
    /// Nothing that is bound or on record gets the user in. A recovery code may: a list does not
    /// know who has kept some.
    NoWayIn,
    MustEnrol,
    AskedNoMore,
    /// A remembered skip stops counting.
    SkipEnds,
    /// Nothing weaker than a passkey is offered any more.
    HeldToPasskeys,
    /// No passkey of the user can be used any more.
    PasskeysStop,
    /// The policy has passkeys, and the user has none. It is counted, and is no change by itself.
    NoPasskey,
    /// The policy gives a grace, and the user would have no authenticator at its end if nothing
    /// were done until then. It is counted, and is no change by itself.
    NothingSetUp,
    /// The same, and the user got in within the last week.
    NothingSetUpAndActive,
}

impl Consequence {
    /// Returns true if saving changes something for the user.
    pub const fn is_change(self) -> bool {
        match self {
            Self::NoWayIn
            | Self::MustEnrol
            | Self::AskedNoMore
            | Self::SkipEnds
            | Self::HeldToPasskeys
            | Self::PasskeysStop => true,
            Self::NoPasskey | Self::NothingSetUp | Self::NothingSetUpAndActive => false,
        }
    }
}

/// The effects of a change on one user; several may hold.
pub fn consequences<'a>(
    before: Configuration<'a>,
    after: Configuration<'a>,
    mfa_state: &'a MfaState,
    now: Timestamp,
) -> Vec<Consequence> {
    let (was, becomes) = (Outlook::of(before, mfa_state), Outlook::of(after, mfa_state));
    let begins = |is: fn(&Outlook<'a>) -> bool| is(&becomes) && !is(&was);
    let skip_ends = was.next_step == NextStep::Allowed(AllowedReason::Skipped)
        && becomes.next_step != was.next_step;
    [
        (Consequence::NoWayIn, begins(Outlook::has_no_way_in)),
        (Consequence::MustEnrol, begins(Outlook::must_enrol)),
        (Consequence::AskedNoMore, begins(|outlook| outlook.next_step.is_allowed())),
        (Consequence::SkipEnds, skip_ends),
        (Consequence::HeldToPasskeys, begins(Outlook::is_held_to_passkeys)),
        (Consequence::PasskeysStop, was.passkeys.is_usable() && !becomes.passkeys.is_usable()),
        (Consequence::NoPasskey, becomes.lacks_passkey()),
        (Consequence::NothingSetUp, becomes.has_nothing_set_up()),
        (
            Consequence::NothingSetUpAndActive,
            becomes.has_nothing_set_up() && mfa_state.got_in_lately(now),
        ),
    ]
    .into_iter()
    .filter_map(|(consequence, holds)| holds.then_some(consequence))
    .collect()
}

impl MfaState {
    /// Returns true if the user got in within the last seven days.
    fn got_in_lately(&self, now: Timestamp) -> bool {
        self.last_in.is_some_and(|day| Day::of(now) <= day.plus(7))
    }
}

/// The next sign-in of a user, under a configuration.
struct Outlook<'a> {
    under: Configuration<'a>,
    mfa_state: &'a MfaState,
    facts: Facts,
    next_step: NextStep,
    passkeys: PasskeyState,
}

impl<'a> Outlook<'a> {
    fn of(under: Configuration<'a>, mfa_state: &'a MfaState) -> Self {
        let Configuration { portal, settings, .. } = under;
        let facts = mfa_state.facts(portal, settings);
        Self {
            under,
            mfa_state,
            facts,
            next_step: rule(&facts).next_step(),
            passkeys: mfa_state.passkey_state(portal, &under.relying_parties()),
        }
    }

    fn has_no_way_in(&self) -> bool {
        match self.next_step {
            NextStep::Denied(DeniedReason::NoUsableMethod | DeniedReason::NoVerifiedEmail) => true,
            NextStep::Challenge => !self.can_prove(),
            NextStep::ChallengeThenEnrol(FirstProof::OldMethod) => !self.can_prove_by_old(),
            NextStep::Denied(
                DeniedReason::Frozen
                | DeniedReason::Disabled
                | DeniedReason::NothingToManage
                | DeniedReason::CannotStepUp,
            )
            | NextStep::Allowed(_)
            | NextStep::ChallengeThenEnrol(FirstProof::EmailedCode | FirstProof::RecoveryCode)
            | NextStep::Enrol { .. }
            | NextStep::CheckEmail => false,
        }
    }

    fn must_enrol(&self) -> bool {
        match self.next_step {
            NextStep::Enrol { .. } | NextStep::ChallengeThenEnrol(_) | NextStep::CheckEmail => true,
            NextStep::Allowed(_) | NextStep::Challenge | NextStep::Denied(_) => false,
        }
    }

    /// Returns true if the policy gives a grace, and the user has to enrol at its end.
    fn has_nothing_set_up(&self) -> bool {
        self.under.portal.policy.enforcement.grace().is_some() && self.must_enrol()
    }

    fn is_held_to_passkeys(&self) -> bool {
        self.next_step == NextStep::Challenge && self.insists() && self.passkeys.is_usable()
    }

    fn lacks_passkey(&self) -> bool {
        let policy = &self.under.portal.policy;
        policy.enabled && policy.has(Method::Passkey) && self.passkeys == PasskeyState::NoPasskey
    }

    /// Returns true if passkeys are all that counts, as they do for a user who has bound one.
    fn insists(&self) -> bool {
        let passkeys = self.under.portal.policy.passkeys();
        let insists = match passkeys.map(|passkeys| passkeys.when_bound) {
            Some(WhenBound::Insist) => true,
            Some(WhenBound::Prefer) | None => false,
        };
        insists && self.passkeys != PasskeyState::NoPasskey
    }

    fn can_prove(&self) -> bool {
        let policy = &self.under.portal.policy;
        if self.insists() {
            return self.passkeys.is_usable();
        }
        let has_default = self.facts.email_default == EmailDefaultState::Usable;
        let falls_back = match policy.email_fallback() {
            EmailFallback::Forbidden => has_default,
            EmailFallback::Allowed | EmailFallback::AllowedAsDefault => true,
        };
        self.can_use(|method| !policy.enabled || policy.has(method))
            || (policy.enabled && self.facts.directory)
            || (falls_back && self.mfa_state.email_reaches(self.under.settings))
    }

    /// Returns true if the strongest of what is bound can be used: a weaker one opens no enrolment.
    fn can_prove_by_old(&self) -> bool {
        let strongest = self.mfa_state.methods(self.under.portal).map(Method::strength).max();
        match strongest {
            Some(strongest) => self.can_use(|method| method.strength() == strongest),
            None => self.facts.email_default == EmailDefaultState::OutsidePolicy,
        }
    }

    /// Returns true if one of the bound methods that count can be used.
    fn can_use(&self, counts: impl Fn(Method) -> bool) -> bool {
        let Configuration { portal, settings, .. } = self.under;
        let is_usable = |method: Method| {
            let is_passkey = method == Method::Passkey;
            if is_passkey { self.passkeys.is_usable() } else { settings.can_deliver(method) }
        };
        self.mfa_state.methods(portal).any(|method| counts(method) && is_usable(method))
    }
}

named! {
    Consequence {
        NoWayIn: "no_way_in", MustEnrol: "must_enrol", AskedNoMore: "asked_no_more",
        SkipEnds: "skip_ends", HeldToPasskeys: "held_to_passkeys", PasskeysStop: "passkeys_stop",
        NoPasskey: "no_passkey", NothingSetUp: "nothing_set_up",
        NothingSetUpAndActive: "nothing_set_up_and_active",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Acted, PortalId, Timestamp, UnknownMembers, User, UserId,
        policy::Preset,
        portal::{LogDays, PortalSalt, Profile, Sending},
        user::Mark,
    };

    fn portal(preset: Preset) -> Portal {
        Portal {
            id: PortalId::parse("acme").unwrap(),
            profile: Profile::plain("Acme"),
            policy: preset.policy(),
            generation: 1,
            salt: PortalSalt::new([0; 16]),
            trust_not_before: None,
            share: None,
            log_days: LogDays::MOST,
            sending: Sending::default(),
            keys: vec![],
            acted: Acted::default(),
            unknown: UnknownMembers::default(),
        }
    }

    fn user() -> User {
        User::new(PortalId::parse("acme").unwrap(), UserId::parse("anna").unwrap())
    }

    fn of(user: &User, before: Preset, after: Preset) -> Vec<Consequence> {
        let (before, after) = (portal(before), portal(after));
        let (settings, service) = (Settings::default(), ServiceAddress::default());
        let under = |portal| Configuration { portal, settings: &settings, service: &service };
        let now = Timestamp::from_unix(0);
        consequences(under(&before), under(&after), &MfaState::of(user), now)
    }

    #[test]
    fn a_policy_that_asks_for_a_destination_nobody_has_leaves_no_way_in() {
        let end = of(&user(), Preset::AuthenticatorApp, Preset::AlwaysOn);
        assert_eq!(end, [Consequence::NoWayIn]);
    }

    #[test]
    fn a_skip_ends_where_skipping_is_no_longer_allowed() {
        let at = Timestamp::from_unix(0);
        let skipped = User { opt_out: Some(Mark { generation: 1, at }), ..user() };
        let end = of(&skipped, Preset::EmailEnrolmentOptOut, Preset::AuthenticatorApp);
        assert_eq!(end, [Consequence::MustEnrol, Consequence::SkipEnds]);
        let same = of(&skipped, Preset::EmailEnrolmentOptOut, Preset::SmsEnrolmentOptOut);
        assert_eq!(same, []);
    }
}
