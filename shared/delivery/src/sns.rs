//! Text messages through Amazon SNS.

use aws_sdk_sns::{Client, config::retry::RetryConfig, types::MessageAttributeValue};

use portcullis_messages::TextMessage;

use crate::{SendReport, Transport, outcome, ses::one_try};

/// Amazon SNS, with the number or sender id messages come from.
#[derive(Clone, Debug)]
pub struct Sns {
    client: Client,
    from: Option<String>,
}

impl Sns {
    /// SNS under this configuration, with one try per send.
    pub fn new(aws: &aws_config::SdkConfig) -> Self {
        let config = aws_sdk_sns::config::Builder::from(aws)
            .retry_config(RetryConfig::disabled())
            .timeout_config(one_try());
        Self { client: Client::from_conf(config.build()), from: None }
    }

    pub(crate) const fn client(&self) -> &Client {
        &self.client
    }

    /// The same, sending from this number or sender id.
    #[must_use]
    pub fn from(&self, from: Option<String>) -> Self {
        Self { client: self.client.clone(), from }
    }
}

impl Transport<TextMessage> for Sns {
    async fn send(&self, message: &TextMessage) -> SendReport {
        let text = |value: &str| {
            MessageAttributeValue::builder().data_type("String").string_value(value).build()
        };
        let mut publish =
            self.client.publish().phone_number(message.to.e164()).message(message.text.as_str());
        if let Ok(kind) = text("Transactional") {
            publish = publish.message_attributes("AWS.SNS.SMS.SMSType", kind);
        }
        if let Some(from) = &self.from {
            let number = from.starts_with('+');
            let name = if number { "AWS.MM.SMS.OriginationNumber" } else { "AWS.SNS.SMS.SenderID" };
            if let Ok(from) = text(from) {
                publish = publish.message_attributes(name, from);
            }
        }
        match publish.send().await {
            Ok(_) => SendReport::SENT,
            Err(error) => outcome::of_aws(&error),
        }
    }
}
