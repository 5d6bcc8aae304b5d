use portcullis_domain::{Malformed, portal::Sending};
use portcullis_http::wire::admin::SendingDocument;

use crate::{FieldRefused, Fields};

pub fn fields_of(sending: &Sending) -> Fields {
    let SendingDocument { email_from, sms_from, emails_per_day, texts_per_day } = sending.into();
    let number = |cap: Option<u32>| cap.map(|cap| cap.to_string()).unwrap_or_default();
    Fields::of([
        ("email_from", email_from.unwrap_or_default()),
        ("sms_from", sms_from.unwrap_or_default()),
        ("emails_per_day", number(emails_per_day)),
        ("texts_per_day", number(texts_per_day)),
    ])
}

/// Reads senders and caps; a blank one is the service's.
pub fn read(fields: &Fields) -> Result<SendingDocument, FieldRefused> {
    let mut form = fields.read();
    let number = |what| {
        let why = "must be a whole number, or blank for the service's cap";
        move |text: &str| text.parse::<u32>().map_err(|_| Malformed { what, why })
    };
    let request = SendingDocument {
        email_from: form.filled("email_from")?,
        sms_from: form.filled("sms_from")?,
        emails_per_day: form.parsed("emails_per_day", number("emails_per_day"))?,
        texts_per_day: form.parsed("texts_per_day", number("texts_per_day"))?,
    };
    form.end().map(|()| request)
}
