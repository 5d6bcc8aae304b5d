//! The words of settings, as in the API; `on` and `off` for what is true or false.

use crate::{
    Country, Locale,
    policy::{
        AfterReset, CodeLifetime, DestinationSource, EmailFallback, Enforcement, SwitchedBy,
        WhenOff, WhenOnAgain,
    },
    portal::{Audience, Colour},
};

/// A value that is written in one short word.
pub(super) trait Word {
    /// The word.
    fn word(self) -> String;
}

/// Implements [`Word`] for types with a function that gives it.
macro_rules! words {
    ($($type:ty: $word:expr;)*) => {
        $(impl Word for $type {
            fn word(self) -> String {
                let word: fn($type) -> String = $word;
                word(self)
            }
        })*
    };
}

words! {
    bool: |on| if on { "on".to_owned() } else { "off".to_owned() };
    u32: |number| number.to_string();
    &str: str::to_owned;
    Colour: |colour| colour.to_string();
    Country: String::from;
    &Locale: ToString::to_string;
    CodeLifetime: |lifetime| lifetime.seconds().to_string();
}

/// Implements [`Word`] for settings with one word for each choice.
macro_rules! choices {
    ($($type:ident { $($choice:ident: $word:literal),+ })*) => {
        $(impl Word for $type {
            fn word(self) -> String {
                let word = match self { $(Self::$choice => $word),+ };
                word.to_owned()
            }
        })*
    };
}

choices! {
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;

    #[test]
    fn a_choice_is_told_in_the_word_of_the_api() {
        fn same<T: Word + Serialize + Copy>(choices: &[T]) {
            for choice in choices {
                assert_eq!(serde_json::to_value(choice).unwrap(), choice.word());
            }
        }
        same(&[Enforcement::Required, Enforcement::OptOut]);
        same(&[SwitchedBy::Nobody, SwitchedBy::Provider, SwitchedBy::PortalAdmin]);
        same(&[WhenOff::ChallengeEnrolled, WhenOff::ChallengeNobody]);
        same(&[WhenOnAgain::KeepEnrolments, WhenOnAgain::EnrolAgain]);
        same(&[AfterReset::Open, AfterReset::EmailedLink]);
        same(&[EmailFallback::Forbidden, EmailFallback::Allowed, EmailFallback::AllowedAsDefault]);
        same(&[DestinationSource::Directory, DestinationSource::User]);
        same(&[Audience::Clients, Audience::Staff]);
    }
}
