//! The words of settings, as in the API; `on` and `off` for what is true or false.

use crate::{
    Country, Locale, Named, Timestamp,
    policy::{
        AfterReset, CodeLifetime, DestinationSource, EmailFallback, EnforcementKind,
        EnrolmentProof, Grace, RecoveryCodesPolicy, RememberBrowser, SelfService, SwitchedBy,
        TextNeeds, WhenOff, WhenOnAgain,
    },
    portal::{Audience, Colour, LogoId},
    settings::{Currency, Price},
};

pub(super) trait Word {
    fn word(self) -> String;
}

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
    Timestamp: |moment| moment.unix().to_string();
    &str: str::to_owned;
    Colour: |colour| colour.to_string();
    LogoId: |logo| logo.to_string();
    Country: String::from;
    Currency: String::from;
    Price: String::from;
    &Locale: ToString::to_string;
    CodeLifetime: |lifetime| lifetime.seconds().to_string();
    EnforcementKind: named;
    Grace: |grace| grace.to_string();
    SwitchedBy: named;
    WhenOff: named;
    WhenOnAgain: named;
    TextNeeds: named;
    AfterReset: named;
    EmailFallback: named;
    EnrolmentProof: named;
    SelfService: named;
    RecoveryCodesPolicy: named;
    RememberBrowser: |RememberBrowser { days, earned_by }| {
        format!("{} days by {}", u8::from(days), earned_by.name())
    };
    DestinationSource: named;
    Audience: named;
}

fn named(choice: impl Named) -> String {
    choice.name().to_owned()
}
