//! Browsers that a policy trusts for a while after a proof.

use crate::Method;
use crate::values::{bounded::bounded, named::named};

/// The setting that lets users have a browser remembered, so that they are not asked in it again
/// for some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RememberBrowser {
    pub days: TrustDays,
    pub earned_by: EarnedBy,
}

/// The proofs that a browser is trusted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EarnedBy {
    /// A code, or a passkey.
    Any,
    /// A passkey alone: a code can be typed into a page that pretends to be another.
    PhishingResistant,
}

bounded! {
    /// The days for which a browser is trusted: 1 to 90, from the proof on, however often it is
    /// used.
    TrustDays(u8) from 1 to 90: "remember_browser.days", "must be 1 to 90";
}

impl TrustDays {
    pub const fn seconds(self) -> i64 {
        self.0 as i64 * crate::limits::DAY_SECONDS
    }
}

impl RememberBrowser {
    /// The setting that a form begins with.
    pub const USUAL: Self = Self { days: TrustDays(30), earned_by: EarnedBy::Any };
}

impl EarnedBy {
    /// Returns true if a proof by this method earns trust.
    pub const fn takes(self, method: Method) -> bool {
        match (self, method) {
            (_, Method::RecoveryCode) => false,
            (Self::Any, Method::AuthenticatorApp | Method::Email | Method::Sms)
            | (Self::Any | Self::PhishingResistant, Method::Passkey) => true,
            (Self::PhishingResistant, Method::AuthenticatorApp | Method::Email | Method::Sms) => {
                false
            }
        }
    }
}

named! {
    EarnedBy { Any: "any", PhishingResistant: "phishing_resistant" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trust_lasts_from_one_day_to_ninety() {
        for days in [0, 91, u8::MAX] {
            assert!(TrustDays::parse(days).is_err(), "{days}");
        }
        assert_eq!(TrustDays::parse(1).unwrap().seconds(), 86_400);
        assert_eq!(TrustDays::parse(90), Ok(TrustDays::MOST));
    }

    #[test]
    fn only_passkeys_resist_phishing_and_recovery_codes_earn_nothing() {
        let earning = |earned_by: EarnedBy| -> Vec<Method> {
            Method::ALL.into_iter().filter(|method| earned_by.takes(*method)).collect()
        };
        assert_eq!(earning(EarnedBy::PhishingResistant), [Method::Passkey]);
        assert!(!earning(EarnedBy::Any).contains(&Method::RecoveryCode));
        assert!(earning(EarnedBy::Any).contains(&Method::Email));
    }
}
