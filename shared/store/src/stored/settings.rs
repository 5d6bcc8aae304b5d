//! The system's settings.

use portcullis_domain::{
    CallingCode, Caps, Email, Malformed, Sealed, Settings, SmsProvider, limits,
    passkey::RpId,
    settings::{Currency, Price, Prices},
};
use serde::{Deserialize, Serialize};

use super::{
    Stored,
    acted::StoredActed,
    is_default,
    members::members,
    value::{StoredCountries, StoredSealed, Text},
};

members! {
    pub(crate) struct StoredSettings {
        "email_from" email_from: Option<Text<Email>>,
        "sms" sms: Option<StoredProvider>,
        /// Beside the provider, whose form older releases know whole.
        "twilio_auth_token" auth_token: Option<StoredSealed>,
        "countries" countries: StoredCountries,
        "caps" caps: StoredCaps,
        "passkey_domain" passkey_domain: Option<String>,
        "prices" prices: Option<StoredPrices>,
        "restore_number" restore_number: u32,
        "acted" acted: StoredActed,
    }
}

impl Stored for Settings {
    type Form = StoredSettings;
}

impl From<&Settings> for StoredSettings {
    fn from(settings: &Settings) -> Self {
        let Settings {
            email_from,
            sms,
            countries,
            caps,
            passkey_domain,
            prices,
            restore_number,
            acted,
            unknown,
        } = settings;
        Self {
            email_from: email_from.clone().map(Text),
            sms: sms.as_ref().map(StoredProvider::from),
            auth_token: match sms {
                Some(SmsProvider::Twilio { auth_token, .. }) => {
                    auth_token.as_ref().map(StoredSealed::from)
                }
                Some(SmsProvider::Sns { .. }) | None => None,
            },
            countries: countries.as_slice().into(),
            caps: caps.into(),
            passkey_domain: passkey_domain.clone().map(String::from),
            prices: prices.as_ref().map(StoredPrices::from),
            restore_number: *restore_number,
            acted: acted.into(),
            unknown: unknown.clone(),
        }
    }
}

impl TryFrom<StoredSettings> for Settings {
    type Error = Malformed;

    fn try_from(stored: StoredSettings) -> Result<Self, Malformed> {
        if stored.unknown.need_a_newer_release() {
            return Err(Malformed { what: "the settings", why: "need a newer release" });
        }
        let mut sms = stored.sms.map(SmsProvider::try_from).transpose()?;
        if let Some(SmsProvider::Twilio { auth_token, .. }) = &mut sms {
            *auth_token = stored.auth_token.map(Sealed::try_from).transpose()?;
        }
        Ok(Self {
            email_from: stored.email_from.map(Text::value),
            sms,
            countries: stored.countries.try_into()?,
            caps: stored.caps.into(),
            passkey_domain: stored.passkey_domain.map(RpId::stored).transpose()?,
            prices: stored.prices.map(Prices::try_from).transpose()?,
            restore_number: stored.restore_number,
            acted: stored.acted.into(),
            unknown: stored.unknown,
        })
    }
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "provider", rename_all = "snake_case", deny_unknown_fields)]
enum StoredProvider {
    Sns {
        #[serde(default, skip_serializing_if = "is_default")]
        from: Option<String>,
    },
    Twilio {
        #[serde(default, skip_serializing_if = "is_default")]
        account: Option<String>,
        client_id: String,
        client_secret: StoredSealed,
        from: String,
    },
}

impl From<&SmsProvider> for StoredProvider {
    fn from(provider: &SmsProvider) -> Self {
        match provider {
            SmsProvider::Sns { from } => Self::Sns { from: from.clone() },
            SmsProvider::Twilio { account, client_id, client_secret, auth_token: _, from } => {
                Self::Twilio {
                    account: account.clone(),
                    client_id: client_id.clone(),
                    client_secret: client_secret.into(),
                    from: from.clone(),
                }
            }
        }
    }
}

impl TryFrom<StoredProvider> for SmsProvider {
    type Error = Malformed;

    fn try_from(stored: StoredProvider) -> Result<Self, Malformed> {
        Ok(match stored {
            StoredProvider::Sns { from } => Self::Sns { from },
            StoredProvider::Twilio { account, client_id, client_secret, from } => Self::Twilio {
                account,
                client_id,
                client_secret: client_secret.try_into()?,
                auth_token: None,
                from,
            },
        })
    }
}

#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredCaps {
    texts_per_prefix_per_day: u32,
    texts_per_portal_per_day: u32,
    /// Older settings have none.
    #[serde(default)]
    emails_per_portal_per_day: Option<u32>,
}

impl From<&Caps> for StoredCaps {
    fn from(caps: &Caps) -> Self {
        let Caps { texts_per_prefix_per_day, texts_per_portal_per_day, emails_per_portal_per_day } =
            *caps;
        let emails_per_portal_per_day = Some(emails_per_portal_per_day);
        Self { texts_per_prefix_per_day, texts_per_portal_per_day, emails_per_portal_per_day }
    }
}

impl From<StoredCaps> for Caps {
    fn from(stored: StoredCaps) -> Self {
        let emails = stored.emails_per_portal_per_day;
        Self {
            texts_per_prefix_per_day: stored.texts_per_prefix_per_day,
            texts_per_portal_per_day: stored.texts_per_portal_per_day,
            emails_per_portal_per_day: emails.unwrap_or(limits::EMAILS_PER_PORTAL_PER_DAY),
        }
    }
}

/// Prices are in millionths of the currency.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredPrices {
    currency: Text<Currency>,
    #[serde(default, skip_serializing_if = "is_default")]
    email: Option<u32>,
    #[serde(default, skip_serializing_if = "is_default")]
    text: Option<u32>,
    #[serde(default, skip_serializing_if = "is_default")]
    texts_to: Vec<(Text<CallingCode>, u32)>,
}

impl From<&Prices> for StoredPrices {
    fn from(Prices { currency, email, text, texts_to }: &Prices) -> Self {
        Self {
            currency: Text(*currency),
            email: email.map(Price::millionths),
            text: text.map(Price::millionths),
            texts_to: texts_to.iter().map(|(to, price)| (Text(*to), price.millionths())).collect(),
        }
    }
}

impl TryFrom<StoredPrices> for Prices {
    type Error = Malformed;

    fn try_from(stored: StoredPrices) -> Result<Self, Malformed> {
        let StoredPrices { currency, email, text, texts_to } = stored;
        let price = |millionths: Option<u32>| millionths.map(Price::from_millionths).transpose();
        let to = |(code, price): (Text<CallingCode>, u32)| {
            Ok((code.value(), Price::from_millionths(price)?))
        };
        let texts_to: Result<_, Malformed> = texts_to.into_iter().map(to).collect();
        Self::new(currency.value(), price(email)?, price(text)?, texts_to?)
    }
}
