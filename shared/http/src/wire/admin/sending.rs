//! A portal's own senders and daily caps.

use portcullis_domain::{Malformed, portal::Sending};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::FindingView;

/// A portal's own senders and daily caps. One that is `null` is the service's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendingDocument {
    /// The address that its emails come from, under the verified identity of the deployment.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(example = "no-reply@acme.example.com", required = true)]
    pub email_from: Option<String>,
    /// The number, short code, name or messaging service (`MG...`) that its text messages come
    /// from.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(example = "ACME", required = true)]
    pub sms_from: Option<String>,
    /// The most emails with codes and links in a day. The service's cap holds if it is lower.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(example = 5000, required = true)]
    pub emails_per_day: Option<u32>,
    /// The most text messages with codes in a day. The service's cap holds if it is lower.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(example = 500, required = true)]
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

impl TryFrom<&SendingDocument> for Sending {
    type Error = Malformed;

    fn try_from(document: &SendingDocument) -> Result<Self, Malformed> {
        let SendingDocument { email_from, sms_from, emails_per_day, texts_per_day } = document;
        Self::parse(email_from.as_deref(), sms_from.as_deref(), *emails_per_day, *texts_per_day)
    }
}

/// The saved senders and caps, and the findings of the providers about new senders.
#[derive(Serialize, ToSchema)]
pub struct SendingSaved {
    /// The senders and caps as they are now.
    pub sending: SendingDocument,
    /// Findings that limit sending, or that could not be checked.
    pub findings: Vec<FindingView>,
}
