//! The strictness of a policy, with the time it gives users to set something up.

use portcullis_domain::{
    Day, Malformed,
    policy::{Enforcement, Grace, GraceDays, GraceSignIns},
    user::GraceLeft,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The choice whether users may decline to enrol.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum EnforcementDocument {
    /// They may not. If there is a grace, they may until it is over.
    Required {
        /// The time to set something up, for users who never had anything bound; null gives none.
        grace: Option<GraceDocument>,
    },
    /// They may, and are not asked again.
    OptOut {},
}

/// The time that users have to set something up: until it is over, they may skip that.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GraceDocument {
    /// For everybody through this day.
    Until(DayDocument),
    /// For so many sign-ins of each user.
    SignIns(GraceSignInsDocument),
    /// For so many days after the day of a user's first sign-in under it; the last one is included.
    Days(GraceDaysDocument),
}

/// A day in Coordinated Universal Time; as the end of a grace, it is the last day included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, format = Date, example = "2026-12-12")]
pub struct DayDocument(pub Day);

impl TryFrom<String> for DayDocument {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        Day::parse(&text).map(Self)
    }
}

impl From<DayDocument> for String {
    fn from(DayDocument(day): DayDocument) -> Self {
        day.to_string()
    }
}

/// Declares a number of a grace.
macro_rules! number {
    ($($(#[$attribute:meta])* $name:ident of $type:ident;)*) => {
        $(#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
        #[serde(try_from = "u8", into = "u8")]
        $(#[$attribute])*
        pub struct $name(pub $type);

        impl TryFrom<u8> for $name {
            type Error = Malformed;

            fn try_from(number: u8) -> Result<Self, Malformed> {
                $type::parse(number).map(Self)
            }
        }

        impl From<$name> for u8 {
            fn from($name(number): $name) -> Self {
                number.number()
            }
        })*
    };
}

number! {
    /// The number of sign-ins in which a user may skip.
    #[schema(value_type = u8, minimum = 1, maximum = 20)]
    GraceSignInsDocument of GraceSignIns;
    /// The number of days in which a user may skip.
    #[schema(value_type = u8, minimum = 1, maximum = 90)]
    GraceDaysDocument of GraceDays;
}

/// The rest of the time that a user has to set something up.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GraceLeftView {
    /// Through this day.
    Until(DayDocument),
    /// For so many more sign-ins.
    SignIns(u8),
}

impl From<GraceLeft> for GraceLeftView {
    fn from(left: GraceLeft) -> Self {
        match left {
            GraceLeft::Until(last) => Self::Until(DayDocument(last)),
            GraceLeft::SignIns(left) => Self::SignIns(left),
        }
    }
}

impl From<Grace> for GraceDocument {
    fn from(grace: Grace) -> Self {
        match grace {
            Grace::Until(day) => Self::Until(DayDocument(day)),
            Grace::SignIns(sign_ins) => Self::SignIns(GraceSignInsDocument(sign_ins)),
            Grace::Days(days) => Self::Days(GraceDaysDocument(days)),
        }
    }
}

impl From<GraceDocument> for Grace {
    fn from(document: GraceDocument) -> Self {
        match document {
            GraceDocument::Until(DayDocument(day)) => Self::Until(day),
            GraceDocument::SignIns(GraceSignInsDocument(sign_ins)) => Self::SignIns(sign_ins),
            GraceDocument::Days(GraceDaysDocument(days)) => Self::Days(days),
        }
    }
}

impl From<Enforcement> for EnforcementDocument {
    fn from(enforcement: Enforcement) -> Self {
        match enforcement {
            Enforcement::Required { grace } => {
                Self::Required { grace: grace.map(GraceDocument::from) }
            }
            Enforcement::OptOut => Self::OptOut {},
        }
    }
}

impl From<EnforcementDocument> for Enforcement {
    fn from(document: EnforcementDocument) -> Self {
        match document {
            EnforcementDocument::Required { grace } => {
                Self::Required { grace: grace.map(Grace::from) }
            }
            EnforcementDocument::OptOut {} => Self::OptOut,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: serde_json::Value) -> Option<Enforcement> {
        serde_json::from_value::<EnforcementDocument>(value).ok().map(Enforcement::from)
    }

    #[test]
    fn g1_each_grace_is_written_as_it_is_read() {
        for (grace, text) in [
            (json!(null), "none"),
            (json!({ "until": "2026-12-12" }), "until 2026-12-12"),
            (json!({ "sign_ins": 3 }), "3 sign-ins"),
            (json!({ "days": 14 }), "14 days"),
        ] {
            let document = json!({ "type": "required", "grace": grace });
            let read = read(document.clone()).unwrap();
            let said = read.grace().map_or_else(|| "none".to_owned(), |grace| grace.to_string());
            assert_eq!(said, text);
            assert_eq!(json!(EnforcementDocument::from(read)), document);
        }
        assert_eq!(
            json!(EnforcementDocument::from(Enforcement::OptOut)),
            json!({"type":"opt_out"})
        );
        assert_eq!(read(json!({ "type": "required" })), Some(Enforcement::REQUIRED));
    }

    #[test]
    fn g1_a_grace_that_is_none_of_them_is_refused() {
        for grace in [
            json!({}),
            json!("until"),
            json!({ "until": "2026-02-29" }),
            json!({ "until": 20 }),
            json!({ "sign_ins": 0 }),
            json!({ "sign_ins": 21 }),
            json!({ "days": 91 }),
            json!({ "days": -1 }),
            json!({ "days": 14, "sign_ins": 3 }),
            json!({ "weeks": 2 }),
        ] {
            assert_eq!(read(json!({ "type": "required", "grace": grace })), None, "{grace}");
        }
        assert_eq!(read(json!({ "type": "opt_out", "grace": null })), None);
        assert_eq!(read(json!("required")), None);
    }
}
