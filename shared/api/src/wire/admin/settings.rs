//! The system's settings: where messages come from, how texts are sent, and where they may go.

use portcullis_domain::{Caps, Settings, SmsProvider};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The settings, whole. A provider stands there with all it needs, or not at all.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSettings {
    /// The address emails come from, verified with SES; without it email is not offered.
    #[serde(default)]
    #[schema(example = "no-reply@example.com")]
    pub email_from: Option<String>,
    /// How text messages are sent; without it SMS is not offered.
    #[serde(default)]
    pub sms: Option<NewSmsProvider>,
    /// Countries text messages may go to, as two-letter codes.
    #[serde(default)]
    #[schema(example = json!(["NZ", "AU"]))]
    pub countries: Vec<String>,
    /// Daily caps on text messages.
    #[serde(default)]
    #[schema(value_type = CapsDocument, required = false)]
    pub caps: Caps,
}

/// Daily caps on text messages.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the rules' own type")]
pub struct CapsDocument {
    /// To one block of ten thousand numbers.
    texts_per_prefix_per_day: u32,
    /// From one portal.
    texts_per_portal_per_day: u32,
}

/// A provider of text messages.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "provider", rename_all = "snake_case", deny_unknown_fields)]
pub enum NewSmsProvider {
    /// Amazon SNS.
    Sns {
        /// The origination number or sender id.
        #[serde(default)]
        from: Option<String>,
    },
    /// Twilio Messages.
    Twilio {
        /// The account id.
        client_id: String,
        /// The secret, write-only; left out, the one that is set stays, for the same account.
        #[serde(default)]
        client_secret: Option<String>,
        /// The number or messaging service messages come from.
        from: String,
    },
}

/// What is set, without secrets.
#[derive(Serialize, ToSchema)]
pub struct SettingsView {
    /// The address emails come from.
    pub email_from: Option<String>,
    /// How text messages are sent.
    pub sms: Option<SmsProviderView>,
    /// Countries text messages may go to.
    pub countries: Vec<String>,
    /// Daily caps on text messages.
    #[schema(value_type = CapsDocument)]
    pub caps: Caps,
}

/// A provider, without its secret.
#[derive(Serialize, ToSchema)]
#[serde(tag = "provider", rename_all = "snake_case")]
pub enum SmsProviderView {
    /// Amazon SNS.
    Sns {
        /// The origination number or sender id.
        from: Option<String>,
    },
    /// Twilio Messages.
    Twilio {
        /// The account id.
        client_id: String,
        /// A secret is set.
        client_secret_set: bool,
        /// The number or messaging service messages come from.
        from: String,
    },
}

impl From<&Settings> for SettingsView {
    fn from(settings: &Settings) -> Self {
        let sms = settings.sms.clone().map(|provider| match provider {
            SmsProvider::Sns { from } => SmsProviderView::Sns { from },
            SmsProvider::Twilio { client_id, from, .. } => {
                SmsProviderView::Twilio { client_id, client_secret_set: true, from }
            }
        });
        Self {
            email_from: settings.email_from.as_ref().map(|email| email.as_str().to_owned()),
            sms,
            countries: settings.countries.iter().map(|country| String::from(*country)).collect(),
            caps: settings.caps,
        }
    }
}
