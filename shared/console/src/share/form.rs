use portcullis_domain::{Malformed, portal::Share};
use portcullis_http::wire::admin::ShareRequest;

use crate::{
    FieldRefused, Fields, Words,
    portal_form::view::{Input, InputKind},
};

pub fn inputs(words: &Words) -> Vec<Input> {
    let usual = Share::default().per_minute();
    let (label, hint) = (
        words.say("console-share-per-minute"),
        words.fill("console-share-hint").with("usual", usual),
    );
    vec![Input { name: "per_minute", label, hint: hint.into(), kind: InputKind::Number }]
}

pub fn fields_of(share: Option<Share>) -> Fields {
    let per_minute = share.map(|share| share.per_minute().to_string());
    Fields::of([("per_minute", per_minute.unwrap_or_default())])
}

/// Reads the share; a blank one is the usual one.
pub fn read(fields: &Fields) -> Result<ShareRequest, FieldRefused> {
    let mut form = fields.read();
    let number = |text: &str| {
        let why = "must be a whole number, or blank for the usual share";
        text.parse().map_err(|_| Malformed { what: "per_minute", why }).and_then(Share::parse)
    };
    let share = form.parsed("per_minute", number)?;
    form.end()?;
    Ok(ShareRequest { per_minute: share.map(Share::per_minute) })
}
