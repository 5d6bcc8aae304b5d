//! A portal's own senders and daily caps.

use portcullis_domain::portal::Sending;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A portal's own senders and daily caps; `null` for those of the service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendingDocument {
    /// The address that its emails come from, under the verified identity of the deployment.
    #[serde(default)]
    #[schema(example = "no-reply@acme.example.com")]
    pub email_from: Option<String>,
    /// The number, short code, name or messaging service that its text messages come from.
    #[serde(default)]
    pub sms_from: Option<String>,
    /// The most emails with codes and links in a day, never more than the service's cap.
    #[serde(default)]
    pub emails_per_day: Option<u32>,
    /// The most text messages with codes in a day, never more than the service's cap.
    #[serde(default)]
    pub texts_per_day: Option<u32>,
}

impl From<&Sending> for SendingDocument {
    fn from(sending: &Sending) -> Self {
        let Sending { email_from, sms_from, emails_per_day, texts_per_day } = sending;
        Self {
            email_from: email_from.as_ref().map(|email| email.as_str().to_owned()),
            sms_from: sms_from.clone(),
            emails_per_day: *emails_per_day,
            texts_per_day: *texts_per_day,
        }
    }
}
