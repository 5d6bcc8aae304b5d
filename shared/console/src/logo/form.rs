use portcullis_domain::Malformed;

use crate::{FieldRefused, Fields};

pub fn fill(etag: String) -> Fields {
    Fields::of([("etag", etag)])
}

/// Reads the version of the portal, and the file; none if the logo is to be removed.
pub fn read(
    fields: &Fields,
    file: Option<Vec<u8>>,
) -> Result<(String, Option<Vec<u8>>), FieldRefused> {
    let mut form = fields.read();
    let etag = form.hidden("etag")?;
    let removes = form.is_ticked("remove")?;
    form.end()?;
    match (file.filter(|file| !file.is_empty()), removes) {
        (Some(_), true) => Err(FieldRefused::at("logo", "console-refused-logo-both")),
        (Some(file), false) => Ok((etag, Some(file))),
        (None, true) => Ok((etag, None)),
        (None, false) => Err(FieldRefused::at("logo", "console-refused-logo-none")),
    }
}

pub fn refused(malformed: Malformed) -> FieldRefused {
    FieldRefused::said("logo", format!("{malformed}."))
}
