use portcullis_domain::portal::Sending;
use portcullis_http::wire::admin::SendingDocument;

use crate::{
    FieldRefused, Fields, Reader, Words,
    portal_form::view::{Input, InputKind},
};

pub fn inputs(words: &Words) -> Vec<Input> {
    let input = |name, label, hint: Option<&str>, kind| {
        let hint = hint.map(|hint| words.say(hint)).unwrap_or_default();
        Input { name, label: words.say(label), hint, kind }
    };
    let hint = Some("console-sending-email-hint");
    vec![
        input("email_from", "console-settings-email-from", hint, InputKind::Email),
        input("sms_from", "console-settings-sms-from", None, InputKind::Text),
        input("emails_per_day", "console-settings-emails-day", None, InputKind::Number),
        input("texts_per_day", "console-settings-texts", None, InputKind::Number),
    ]
}

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
    let request = SendingDocument {
        email_from: form.filled("email_from")?,
        sms_from: form.filled("sms_from")?,
        emails_per_day: cap(&mut form, "emails_per_day")?,
        texts_per_day: cap(&mut form, "texts_per_day")?,
    };
    form.end()?;
    match Sending::try_from(&request) {
        Ok(_) => Ok(request),
        Err(wrong) => Err(FieldRefused::said(wrong.what, format!("{wrong}."))),
    }
}

fn cap(form: &mut Reader, field: &'static str) -> Result<Option<u32>, FieldRefused> {
    let number = |text: String| text.parse();
    let wrong = |_| FieldRefused::at(field, "console-refused-number");
    form.filled(field)?.map(number).transpose().map_err(wrong)
}
