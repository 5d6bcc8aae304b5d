use portcullis_domain::{Malformed, portal::LogDays};
use portcullis_http::wire::admin::LogDaysRequest;

use crate::{
    FieldRefused, Fields, Words,
    portal_form::view::{Input, InputKind},
};

pub fn inputs(words: &Words) -> Vec<Input> {
    let (label, hint) = (
        words.say("console-log-days-days"),
        words.fill("console-log-days-hint").with("usual", LogDays::USUAL.days()),
    );
    vec![Input { name: "days", label, hint: hint.into(), kind: InputKind::Number }]
}

pub fn fields_of(days: LogDays) -> Fields {
    Fields::of([("days", days.days().to_string())])
}

/// Reads the days.
pub fn read(fields: &Fields) -> Result<LogDaysRequest, FieldRefused> {
    let mut form = fields.read();
    let number = |text: &str| {
        let why = "must be a whole number from 30 to 400";
        text.parse().map_err(|_| Malformed { what: "days", why }).and_then(LogDays::parse)
    };
    let days = form.parsed("days", number)?;
    let days = days.ok_or_else(|| FieldRefused::at("days", "console-refused-missing"))?;
    form.end()?;
    Ok(LogDaysRequest { days: days.days() })
}
