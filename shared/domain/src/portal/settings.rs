//! The settings of the system, for all portals: providers, countries, caps.

mod finding;
mod prices;
mod readiness;
mod twilio;

pub use finding::{Finding, FindingCode, Severity};
pub use prices::{Cost, Currency, Estimate, Price, Prices};
pub use readiness::{EmailUsage, ReadyItem, ReadyLine, ReadyState, readiness};
pub use twilio::{SmsSender, TwilioIds};

pub use crate::values::Channel;

use crate::{Acted, Country, Email, Method, Policy, Sealed, UnknownMembers, limits, passkey::RpId};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The address emails come from; none, and email is not offered.
    pub email_from: Option<Email>,
    /// The provider of text messages. Without one, SMS is not offered.
    pub sms: Option<SmsProvider>,
    pub countries: Vec<Country>,
    pub caps: Caps,
    /// The domain of passkeys, for portals without one of their own; the service's host if there is
    /// none.
    pub passkey_domain: Option<RpId>,
    /// The prices of messages, if an operator set them. Nothing is decided by them.
    pub prices: Option<Prices>,
    /// Raised when a backup is restored, so that no recovery code counts again that was used since
    /// the backup.
    pub restore_number: u32,
    pub acted: Acted,
    pub unknown: UnknownMembers,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SmsProvider {
    Sns {
        /// The origination number or sender id.
        from: Option<String>,
    },
    Twilio {
        /// The account, if the client id is an API key.
        account: Option<String>,
        /// The account or API key that signs in.
        client_id: String,
        client_secret: Sealed,
        /// The account's Auth Token, which its reports are signed with, if the client id is an API
        /// key; else it is the secret.
        auth_token: Option<Sealed>,
        /// The number or messaging service messages come from.
        from: String,
    },
}

/// Daily caps on messages with codes and links, counted per UTC day; to destinations that are not
/// confirmed yet they are counted apart, each against the same number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caps {
    /// Text messages to one block of ten thousand numbers.
    pub texts_per_prefix_per_day: u32,
    pub texts_per_portal_per_day: u32,
    pub emails_per_portal_per_day: u32,
}

impl SmsProvider {
    /// Returns true if its reports on messages can be checked.
    pub fn signs_reports(&self) -> bool {
        match self {
            Self::Sns { .. } => false,
            Self::Twilio { account, client_id, auth_token, .. } => {
                auth_token.is_some()
                    || TwilioIds::parse(account.as_deref(), client_id)
                        .is_ok_and(|ids| !ids.is_api_key())
            }
        }
    }
}

impl Default for Caps {
    fn default() -> Self {
        Self {
            texts_per_prefix_per_day: limits::TEXTS_PER_PREFIX_PER_DAY,
            texts_per_portal_per_day: limits::TEXTS_PER_PORTAL_PER_DAY,
            emails_per_portal_per_day: limits::EMAILS_PER_PORTAL_PER_DAY,
        }
    }
}

impl Settings {
    /// Returns true if a method can be used at all: the app needs no provider.
    pub const fn can_deliver(&self, method: Method) -> bool {
        match method.channel() {
            None => true,
            Some(Channel::Email) => self.email_from.is_some(),
            Some(Channel::Sms) => self.sms.is_some(),
        }
    }

    /// Returns true if text messages may go to a country: on the system's list, and on the policy's
    /// where it has one.
    pub fn allows_country(&self, policy: &Policy, country: Option<Country>) -> bool {
        country.is_some_and(|country| {
            let narrowed =
                policy.allowed_countries.is_empty() || policy.allowed_countries.contains(&country);
            self.countries.contains(&country) && narrowed
        })
    }
}
