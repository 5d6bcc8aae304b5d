//! The system's settings: where messages come from, how texts are sent, and where they may go.

use portcullis_domain::{Caps, Channel, Settings, SmsProvider, settings::Finding};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{as_document, of_document};

/// The settings, whole. A provider stands there with all it needs, or not at all.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSettings {
    /// The address emails come from, verified with SES; without it email is not offered.
    #[serde(default)]
    #[schema(example = "no-reply@example.com")]
    pub email_from: Option<String>,
    /// The provider of text messages; without it SMS is not offered.
    #[serde(default)]
    pub sms: Option<NewSmsProvider>,
    /// Countries text messages may go to, as two-letter codes.
    #[serde(default)]
    #[schema(example = json!(["NZ", "AU"]))]
    pub countries: Vec<String>,
    /// Daily caps on text messages.
    #[serde(default, deserialize_with = "of_document::<NewCaps, _, _>")]
    #[schema(value_type = CapsDocument, required = false)]
    pub caps: Caps,
}

/// Daily caps on text messages.
#[derive(Serialize, ToSchema)]
pub struct CapsDocument {
    /// To one block of ten thousand numbers.
    texts_per_prefix_per_day: u32,
    /// From one portal.
    texts_per_portal_per_day: u32,
}

impl From<Caps> for CapsDocument {
    fn from(caps: Caps) -> Self {
        let Caps { texts_per_prefix_per_day, texts_per_portal_per_day } = caps;
        Self { texts_per_prefix_per_day, texts_per_portal_per_day }
    }
}

/// Daily caps as they shall be; an unknown field is refused.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewCaps {
    texts_per_prefix_per_day: u32,
    texts_per_portal_per_day: u32,
}

impl From<NewCaps> for Caps {
    fn from(caps: NewCaps) -> Self {
        let NewCaps { texts_per_prefix_per_day, texts_per_portal_per_day } = caps;
        Self { texts_per_prefix_per_day, texts_per_portal_per_day }
    }
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
        /// The account, `AC...`; needed if `client_id` is an API key, else left out.
        #[serde(default)]
        account: Option<String>,
        /// The id that signs in: the account, `AC...`, or an API key, `SK...`.
        client_id: String,
        /// The secret of that id, write-only; left out, the one that is set stays, for the same
        /// ids.
        #[serde(default)]
        client_secret: Option<String>,
        /// The number, messaging service (`MG...`), short code or name that messages come from.
        from: String,
    },
}

/// The settings, without secrets.
#[derive(Serialize, ToSchema)]
pub struct SettingsView {
    /// The address emails come from.
    pub email_from: Option<String>,
    /// The provider of text messages.
    pub sms: Option<SmsProviderView>,
    /// Countries text messages may go to.
    pub countries: Vec<String>,
    /// Daily caps on text messages.
    #[serde(serialize_with = "as_document::<CapsDocument, _, _>")]
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
        /// The account, `AC...`, if an API key signs in.
        #[serde(skip_serializing_if = "Option::is_none")]
        account: Option<String>,
        /// The id that signs in: the account, `AC...`, or an API key, `SK...`.
        client_id: String,
        /// A secret is set.
        client_secret_set: bool,
        /// The number, messaging service (`MG...`), short code or name that messages come from.
        from: String,
    },
}

impl From<&Settings> for SettingsView {
    fn from(settings: &Settings) -> Self {
        let sms = settings.sms.clone().map(|provider| match provider {
            SmsProvider::Sns { from } => SmsProviderView::Sns { from },
            SmsProvider::Twilio { account, client_id, from, .. } => {
                SmsProviderView::Twilio { account, client_id, client_secret_set: true, from }
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

/// The saved settings, and the providers' findings about them.
#[derive(Serialize, ToSchema)]
pub struct SettingsSaved {
    /// The settings as they are now.
    #[serde(flatten)]
    pub settings: SettingsView,
    /// Findings that limit sending, or that could not be checked.
    pub findings: Vec<FindingView>,
}

/// The providers' findings about the present settings.
#[derive(Serialize, ToSchema)]
pub struct SettingsChecked {
    /// Findings that limit sending, or that could not be checked; empty if there is nothing to do.
    pub findings: Vec<FindingView>,
}

/// One thing that was found about a way to send messages.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FindingView {
    /// The way to send that it concerns: `email` or `sms`.
    #[schema(value_type = ChannelName)]
    pub channel: &'static str,
    /// A stable name: `account_unchecked`, `credentials`, `identity_unverified`, `no_answer`,
    /// `not_configured`, `number_unknown`, `number_without_sms`, `paused`, `permission`, `quota`,
    /// `sandbox`, `sender_unchecked`, `spend_limit` or `under_review`; more may be added.
    #[schema(example = "sandbox")]
    pub code: &'static str,
    /// `blocks` if no message can be sent, `limits` if some can, `unchecked` if only a test message
    /// shows it.
    #[schema(value_type = SeverityName)]
    pub severity: &'static str,
    /// The finding, and what to do about it.
    pub detail: String,
}

/// The effect of a finding on sending.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum SeverityName {
    /// No message can be sent; settings with such a finding are not saved.
    Blocks,
    /// Messages can be sent, to fewer people or not as many as needed.
    Limits,
    /// The provider has no way to ask; a test message shows it.
    Unchecked,
}

impl From<&Finding> for FindingView {
    fn from(finding: &Finding) -> Self {
        Self {
            channel: finding.channel.as_str(),
            code: finding.code.as_str(),
            severity: finding.severity.as_str(),
            detail: finding.detail.clone(),
        }
    }
}

/// A way to send messages.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChannelName {
    /// Email.
    Email,
    /// Text messages.
    Sms,
}

impl From<ChannelName> for Channel {
    fn from(name: ChannelName) -> Self {
        match name {
            ChannelName::Email => Self::Email,
            ChannelName::Sms => Self::Sms,
        }
    }
}

/// Asks for a test message. It goes to the operator's own address or number on record, never to
/// another.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TestRequest {
    /// The way to send it.
    pub channel: ChannelName,
}

/// A test message that the provider took.
#[derive(Serialize, ToSchema)]
pub struct TestMessage {
    /// `sent`, or `unknown` if the provider did not say.
    #[schema(example = "sent")]
    pub outcome: &'static str,
    /// The masked destination.
    #[schema(example = "joan*****.example")]
    pub to: String,
}
