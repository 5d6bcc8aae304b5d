//! Choices that have one name each: the same in the API, in the table and in the log.

use crate::{
    ListedState, Method, Purpose,
    dry_run::Consequence,
    policy::{
        AfterReset, DestinationSource, EmailFallback, Enforcement, SwitchedBy, WhenOff, WhenOnAgain,
    },
    portal::Audience,
    sign_in::{Mfa, Role},
};

/// One of several choices, each with a name.
pub trait Named: Copy + 'static {
    /// Every choice.
    const ALL: &'static [Self];

    /// Returns the name of this choice.
    fn name(self) -> &'static str;

    /// Returns the choice of this name, if there is one.
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|choice| choice.name() == name)
    }
}

/// Implements [`Named`], with a name for each choice.
macro_rules! named {
    ($($type:ident { $($choice:ident: $name:literal),+ $(,)? })*) => {
        $(impl $crate::Named for $type {
            const ALL: &'static [Self] = &[$(Self::$choice),+];

            fn name(self) -> &'static str {
                match self { $(Self::$choice => $name),+ }
            }
        })*
    };
}
pub(crate) use named;

named! {
    Enforcement { Required: "required", OptOut: "opt_out" }
    SwitchedBy { Nobody: "nobody", Provider: "provider", PortalAdmin: "portal_admin" }
    WhenOff { ChallengeEnrolled: "challenge_enrolled", ChallengeNobody: "challenge_nobody" }
    WhenOnAgain { KeepEnrolments: "keep_enrolments", EnrolAgain: "enrol_again" }
    AfterReset { Open: "open", EmailedLink: "emailed_link" }
    EmailFallback {
        Forbidden: "forbidden", Allowed: "allowed", AllowedAsDefault: "allowed_as_default"
    }
    DestinationSource { Directory: "directory", User: "user" }
    Audience { Clients: "clients", Staff: "staff" }
    Mfa { Done: "done", Skipped: "skipped", NotRequired: "not_required", Bypass: "bypass" }
    Consequence {
        NoWayIn: "no_way_in", MustEnrol: "must_enrol", AskedNoMore: "asked_no_more",
        SkipEnds: "skip_ends"
    }
    ListedState {
        Disabled: "disabled",
        NoWayIn: "no_way_in",
        ResetPending: "reset_pending",
        Enrolled: "enrolled",
        EmailDefault: "email_default",
        Skipped: "skipped",
        Stale: "stale",
        Ready: "ready",
        NotEnrolled: "not_enrolled",
    }
    Role {
        Bound: "bound", Old: "old", Directory: "directory", Fallback: "fallback", Enrol: "enrol"
    }
}

impl Named for Method {
    const ALL: &'static [Self] = &Self::ALL;

    fn name(self) -> &'static str {
        self.as_str()
    }
}

impl Named for Purpose {
    const ALL: &'static [Self] = &[Self::SignIn, Self::Enrolment];

    fn name(self) -> &'static str {
        self.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::user::EntryKind;
    use std::collections::BTreeSet;

    fn each_has_a_name_of_its_own<T: Named + std::fmt::Debug + PartialEq>() {
        for choice in T::ALL {
            assert_eq!(T::from_name(choice.name()), Some(*choice));
        }
        let names: BTreeSet<_> = T::ALL.iter().map(|choice| choice.name()).collect();
        assert_eq!(names.len(), T::ALL.len(), "{names:?}");
        assert_eq!(T::from_name("none of them"), None);
    }

    #[test]
    fn every_choice_is_found_by_its_name_and_by_no_other() {
        each_has_a_name_of_its_own::<Enforcement>();
        each_has_a_name_of_its_own::<SwitchedBy>();
        each_has_a_name_of_its_own::<WhenOff>();
        each_has_a_name_of_its_own::<WhenOnAgain>();
        each_has_a_name_of_its_own::<AfterReset>();
        each_has_a_name_of_its_own::<EmailFallback>();
        each_has_a_name_of_its_own::<DestinationSource>();
        each_has_a_name_of_its_own::<Audience>();
        each_has_a_name_of_its_own::<Consequence>();
        each_has_a_name_of_its_own::<ListedState>();
        each_has_a_name_of_its_own::<Mfa>();
        each_has_a_name_of_its_own::<Role>();
        each_has_a_name_of_its_own::<Method>();
        each_has_a_name_of_its_own::<Purpose>();
        each_has_a_name_of_its_own::<EntryKind>();
    }
}
