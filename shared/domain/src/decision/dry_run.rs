//! The dry run of a policy: its effect on a portal's users, before it is saved.

use crate::values::named::named;
use crate::{
    MfaState, Portal, Settings,
    decision::{AllowedReason, DeniedReason, NextStep},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consequence {
    NoWayIn,
    MustEnrol,
    AskedNoMore,
    /// A remembered skip stops counting.
    SkipEnds,
}

/// An effect of a change of policy on one user; several may hold.
pub fn consequences(
    before: &Portal,
    after: &Portal,
    settings: &Settings,
    mfa_state: &MfaState,
) -> Vec<Consequence> {
    let was = mfa_state.rule(before, settings).next_step();
    let becomes = mfa_state.rule(after, settings).next_step();
    let begins = |is: fn(NextStep) -> bool| is(becomes) && !is(was);
    let skip_ends = was == NextStep::Allowed(AllowedReason::Skipped) && becomes != was;
    [
        (Consequence::NoWayIn, begins(has_no_way_in)),
        (Consequence::MustEnrol, begins(must_enrol)),
        (Consequence::AskedNoMore, begins(NextStep::is_allowed)),
        (Consequence::SkipEnds, skip_ends),
    ]
    .into_iter()
    .filter_map(|(consequence, holds)| holds.then_some(consequence))
    .collect()
}

fn has_no_way_in(next_step: NextStep) -> bool {
    match next_step {
        NextStep::Denied(DeniedReason::NoUsableMethod | DeniedReason::NoVerifiedEmail) => true,
        NextStep::Denied(
            DeniedReason::Frozen
            | DeniedReason::Disabled
            | DeniedReason::NothingToManage
            | DeniedReason::CannotStepUp,
        )
        | NextStep::Allowed(_)
        | NextStep::Challenge
        | NextStep::ChallengeThenEnrol(_)
        | NextStep::Enrol { .. }
        | NextStep::CheckEmail => false,
    }
}

fn must_enrol(next_step: NextStep) -> bool {
    match next_step {
        NextStep::Enrol { .. } | NextStep::ChallengeThenEnrol(_) | NextStep::CheckEmail => true,
        NextStep::Allowed(_) | NextStep::Challenge | NextStep::Denied(_) => false,
    }
}

named! {
    Consequence {
        NoWayIn: "no_way_in", MustEnrol: "must_enrol", AskedNoMore: "asked_no_more",
        SkipEnds: "skip_ends"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Acted, PortalId, Timestamp, UnknownMembers, User, UserId,
        policy::Preset,
        portal::{PortalSalt, Profile},
        user::Mark,
    };

    fn portal(preset: Preset) -> Portal {
        Portal {
            id: PortalId::parse("acme").unwrap(),
            profile: Profile::plain("Acme"),
            policy: preset.policy(),
            generation: 1,
            salt: PortalSalt::new([0; 16]),
            keys: vec![],
            acted: Acted::default(),
            unknown: UnknownMembers::default(),
        }
    }

    fn user() -> User {
        User::new(PortalId::parse("acme").unwrap(), UserId::parse("anna").unwrap())
    }

    fn of(user: &User, before: Preset, after: Preset) -> Vec<Consequence> {
        consequences(&portal(before), &portal(after), &Settings::default(), &MfaState::of(user))
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
