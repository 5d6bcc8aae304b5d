//! Email through Amazon SES, version 2 of its API.

use aws_sdk_sesv2::{
    Client,
    config::{retry::RetryConfig, timeout::TimeoutConfig},
    types::{Body, Content, Destination, EmailContent, Message, MessageHeader, MessageTag},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use portcullis_domain::{Named, user::SentMessage};
use std::{sync::Arc, time::Duration};

use portcullis_messages::EmailMessage;

use crate::{SEND_SECONDS, SendReport, Transport, outcome};

/// The headers that keep programs from answering: RFC 3834, section 5, and Exchange's own
/// (MS-OXCMAIL), which still lets reports through of what was not delivered.
const HEADERS: [(&str, &str); 2] = [
    ("Auto-Submitted", "auto-generated"),
    ("X-Auto-Response-Suppress", "DR, RN, NRN, OOF, AutoReply"),
];

/// Amazon SES, with the configuration set that it reports by, and the message to report on.
#[derive(Clone, Debug)]
pub struct Ses {
    client: Client,
    configuration_set: Option<Arc<str>>,
    about: Option<SentMessage>,
}

impl Ses {
    /// SES under this configuration, with one try per send.
    pub fn new(aws: &aws_config::SdkConfig) -> Self {
        let config = aws_sdk_sesv2::config::Builder::from(aws)
            .retry_config(RetryConfig::disabled())
            .timeout_config(one_try());
        Self { client: Client::from_conf(config.build()), configuration_set: None, about: None }
    }

    /// The same, with a configuration set that each message names.
    #[must_use]
    pub fn with_configuration_set(self, name: Option<&str>) -> Self {
        Self { configuration_set: name.map(Arc::from), ..self }
    }

    /// The same, for a message that reports find again.
    #[must_use]
    pub fn about(&self, about: Option<SentMessage>) -> Self {
        Self { about, ..self.clone() }
    }

    pub(crate) fn configuration_set(&self) -> Option<&str> {
        self.configuration_set.as_deref()
    }

    pub(crate) const fn client(&self) -> &Client {
        &self.client
    }
}

/// The message tags (API v2 Reference, "MessageTag": ASCII letters, digits, `_` and `-`, fewer than
/// 256 characters). Only the last is read here again, because it carries a keyed hash; the others
/// are for whoever looks at events in the account.
fn tags(about: &SentMessage) -> Vec<MessageTag> {
    let tag = |name: &str, value: String| MessageTag::builder().name(name).value(value).build();
    let all = [
        tag("portal", about.portal.to_string()),
        tag("locator", about.locator.to_string()),
        tag("what", about.kind.name().to_owned()),
        tag("channel", about.channel.as_str().to_owned()),
        tag(MESSAGE_TAG, about.to_string()),
    ];
    all.into_iter().filter_map(Result::ok).collect()
}

/// The tag that names a message, with a keyed hash.
pub const MESSAGE_TAG: &str = "message";

pub(crate) fn one_try() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(2))
        .operation_timeout(Duration::from_secs(SEND_SECONDS))
        .build()
}

impl Transport<EmailMessage> for Ses {
    async fn send(&self, message: &EmailMessage) -> SendReport {
        let content = |data: &str| Content::builder().data(data).charset("UTF-8").build();
        let (Ok(subject), Ok(text), Ok(html)) =
            (content(&message.subject), content(&message.text), content(&message.html))
        else {
            return SendReport::not_sent("ConstructionFailure");
        };
        let headers: Result<Vec<_>, _> = HEADERS
            .iter()
            .map(|(name, value)| MessageHeader::builder().name(*name).value(*value).build())
            .collect();
        let Ok(headers) = headers else { return SendReport::not_sent("ConstructionFailure") };
        let body = Body::builder().text(text).html(html).build();
        let simple =
            Message::builder().subject(subject).body(body).set_headers(Some(headers)).build();
        // Tags are for events, which there are none of without a configuration set.
        let reported = self.configuration_set.as_ref().zip(self.about.as_ref());
        let sent = self
            .client
            .send_email()
            .set_configuration_set_name(self.configuration_set.as_deref().map(str::to_owned))
            .set_email_tags(reported.map(|(_, about)| tags(about)))
            .from_email_address(mailbox(&message.from_name, &message.from.as_sent()))
            .destination(Destination::builder().to_addresses(message.to.as_sent()).build())
            .content(EmailContent::builder().simple(simple).build())
            .send()
            .await;
        match sent {
            Ok(_) => SendReport::SENT,
            Err(error) => outcome::of_aws(&error),
        }
    }
}

/// A name and an address as one header value: words outside ASCII as encoded words (RFC 2047,
/// section 2), each within its 75 characters; others as a quoted string (RFC 5322, section 3.2.4).
fn mailbox(name: &str, address: &str) -> String {
    if name.is_ascii() {
        let quoted: String = name
            .chars()
            .flat_map(|c| matches!(c, '"' | '\\').then_some('\\').into_iter().chain([c]))
            .collect();
        return format!("\"{quoted}\" <{address}>");
    }
    let mut words = Vec::new();
    let mut word = String::new();
    for c in name.chars() {
        if word.len() + c.len_utf8() > 42 {
            words.push(std::mem::take(&mut word));
        }
        word.push(c);
    }
    words.push(word);
    let encoded: Vec<String> =
        words.iter().map(|word| format!("=?UTF-8?B?{}?=", BASE64_STANDARD.encode(word))).collect();
    format!("{} <{address}>", encoded.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s14_a_name_cannot_break_out_of_the_header() {
        assert_eq!(mailbox("Acme \"Inc\" \\", "a@b.example"), r#""Acme \"Inc\" \\" <a@b.example>"#);
        let encoded = mailbox(&"Müller & Søn — Portal 客户 ".repeat(3), "a@b.example");
        assert!(encoded.is_ascii());
        assert!(encoded.split(' ').all(|word| word.len() <= 75), "{encoded}");
    }
}
