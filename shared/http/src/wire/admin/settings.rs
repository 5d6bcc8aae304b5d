use portcullis_domain::{
    Caps, Channel, Settings, SmsProvider, limits,
    settings::{Finding, ReadyLine, ReadyState},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{OutcomeName, as_document, of_document};
use crate::wire::{FindingName, ReadyItemName, ReadyStateName, SeverityName};

/// All settings. A provider comes with everything it needs, or is left out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSettings {
    /// The sender address of emails, verified with SES; if left out, email is not offered.
    #[serde(default)]
    #[schema(example = "no-reply@example.com")]
    pub email_from: Option<String>,
    /// The provider of text messages; if left out, SMS is not offered.
    #[serde(default)]
    pub sms: Option<NewSmsProvider>,
    /// Countries text messages may go to, as two-letter codes.
    #[serde(default)]
    #[schema(example = json!(["NZ", "AU"]))]
    pub countries: Vec<String>,
    /// Daily caps on messages.
    #[serde(default, deserialize_with = "of_document::<NewCaps, _, _>")]
    #[schema(value_type = CapsDocument, required = false)]
    pub caps: Caps,
    /// The domain that passkeys are made for, unless a portal has its own: this service's domain,
    /// or one that it lies below. If left out, the service's host. Another domain makes every
    /// passkey useless that was made for this one.
    #[serde(default)]
    #[schema(example = "example.com")]
    pub passkey_domain: Option<String>,
}

/// Daily caps on messages with codes and links. Those to destinations that are being enrolled are
/// counted apart, each against the same number.
#[derive(Serialize, ToSchema)]
pub struct CapsDocument {
    /// Text messages a day to one block of 10,000 numbers.
    texts_per_prefix_per_day: u32,
    /// Text messages a day from one portal.
    texts_per_portal_per_day: u32,
    /// Emails a day from one portal.
    #[schema(required = false, default = 20_000)]
    emails_per_portal_per_day: u32,
}

impl From<Caps> for CapsDocument {
    fn from(caps: Caps) -> Self {
        let Caps { texts_per_prefix_per_day, texts_per_portal_per_day, emails_per_portal_per_day } =
            caps;
        Self { texts_per_prefix_per_day, texts_per_portal_per_day, emails_per_portal_per_day }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewCaps {
    texts_per_prefix_per_day: u32,
    texts_per_portal_per_day: u32,
    emails_per_portal_per_day: Option<u32>,
}

impl From<NewCaps> for Caps {
    fn from(caps: NewCaps) -> Self {
        let NewCaps {
            texts_per_prefix_per_day,
            texts_per_portal_per_day,
            emails_per_portal_per_day,
        } = caps;
        let emails_per_portal_per_day =
            emails_per_portal_per_day.unwrap_or(limits::EMAILS_PER_PORTAL_PER_DAY);
        Self { texts_per_prefix_per_day, texts_per_portal_per_day, emails_per_portal_per_day }
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
        /// The secret of that id, write-only. If left out, the present one stays, if the ids are
        /// the same.
        #[serde(default)]
        client_secret: Option<String>,
        /// As it was read: it says nothing here.
        #[serde(default)]
        client_secret_set: Option<bool>,
        /// The account's Auth Token, write-only, with which Twilio signs its reports on messages;
        /// left out if `client_id` is the account, whose secret it is. If left out with an API key,
        /// the present one stays, if the account is the same.
        #[serde(default)]
        auth_token: Option<String>,
        /// As it was read: it says nothing here.
        #[serde(default)]
        auth_token_set: Option<bool>,
        /// The number, messaging service (`MG...`), short code or name that messages come from.
        from: String,
    },
}

/// The settings, without secrets.
#[derive(Serialize, ToSchema)]
pub struct SettingsView {
    /// The sender address of emails.
    pub email_from: Option<String>,
    /// The provider of text messages.
    pub sms: Option<SmsProviderView>,
    /// Countries text messages may go to.
    pub countries: Vec<String>,
    /// Daily caps on messages.
    #[serde(serialize_with = "as_document::<CapsDocument, _, _>")]
    #[schema(value_type = CapsDocument)]
    pub caps: Caps,
    /// The domain that passkeys are made for, if it is not the service's host.
    pub passkey_domain: Option<String>,
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
        /// True if a secret is set.
        client_secret_set: bool,
        /// True if the token is known that Twilio signs its reports with.
        auth_token_set: bool,
        /// The number, messaging service (`MG...`), short code or name that messages come from.
        from: String,
    },
}

impl From<&Settings> for SettingsView {
    fn from(settings: &Settings) -> Self {
        let auth_token_set = settings.sms.as_ref().is_some_and(SmsProvider::signs_reports);
        let sms = settings.sms.clone().map(|provider| match provider {
            SmsProvider::Sns { from } => SmsProviderView::Sns { from },
            SmsProvider::Twilio { account, client_id, from, .. } => SmsProviderView::Twilio {
                account,
                client_id,
                client_secret_set: true,
                auth_token_set,
                from,
            },
        });
        Self {
            email_from: settings.email_from.as_ref().map(|email| email.as_str().to_owned()),
            sms,
            countries: settings.countries.iter().map(|country| String::from(*country)).collect(),
            caps: settings.caps,
            passkey_domain: settings.passkey_domain.clone().map(String::from),
        }
    }
}

/// The saved settings, and the findings of the providers.
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

/// A finding about a channel.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FindingView {
    /// The channel.
    pub channel: ChannelName,
    /// A stable name.
    pub code: FindingName,
    /// `blocks` if no message can be sent, `limits` if some can, `unchecked` if only a test message
    /// can show it.
    pub severity: SeverityName,
    /// The finding, and what to do about it.
    pub detail: String,
}

impl From<&Finding> for FindingView {
    fn from(finding: &Finding) -> Self {
        Self {
            channel: finding.channel.into(),
            code: finding.code.into(),
            severity: finding.severity.into(),
            detail: finding.detail.clone(),
        }
    }
}

/// The readiness to send, line by line.
#[derive(Serialize, ToSchema)]
pub struct ReadinessView {
    /// True if every line is ready.
    pub ready: bool,
    /// Each thing that sending needs, by channel.
    pub lines: Vec<ReadyLineView>,
}

/// One thing that sending needs.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReadyLineView {
    /// The channel.
    pub channel: ChannelName,
    /// The thing, by a stable name.
    pub item: ReadyItemName,
    /// Its state.
    pub state: ReadyStateName,
    /// A sentence on what was found, and what to do next.
    pub detail: String,
}

impl From<Vec<ReadyLine>> for ReadinessView {
    fn from(lines: Vec<ReadyLine>) -> Self {
        let ready = lines.iter().all(|line| line.state == ReadyState::Ready);
        let view = |line: ReadyLine| ReadyLineView {
            channel: line.channel.into(),
            item: line.item.into(),
            state: line.state.into(),
            detail: line.detail,
        };
        Self { ready, lines: lines.into_iter().map(view).collect() }
    }
}

/// A channel for messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChannelName {
    Email,
    Sms,
}

impl From<Channel> for ChannelName {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::Email => Self::Email,
            Channel::Sms => Self::Sms,
        }
    }
}

impl From<ChannelName> for Channel {
    fn from(name: ChannelName) -> Self {
        match name {
            ChannelName::Email => Self::Email,
            ChannelName::Sms => Self::Sms,
        }
    }
}

/// Requests a test message. It goes to the operator's own address or number on record, and to no
/// other.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TestRequest {
    /// The channel.
    pub channel: ChannelName,
}

/// A test message that the provider accepted.
#[derive(Serialize, ToSchema)]
pub struct TestMessage {
    /// The outcome; `unknown` if the provider did not say.
    pub outcome: OutcomeName,
    /// The masked destination.
    #[schema(example = "joan*****.example")]
    pub to: String,
}
