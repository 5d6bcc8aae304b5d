use portcullis_domain::{Code, Email, Malformed};

use crate::{FieldRefused, Fields};

/// Reads the address that a code is to be sent to.
pub fn address(fields: &Fields) -> Result<String, FieldRefused> {
    let mut form = fields.read();
    let address = form.parsed("address", Email::parse)?;
    form.end()?;
    let missing = || FieldRefused::at("address", "console-refused-missing");
    Ok(address.ok_or_else(missing)?.as_str().to_owned())
}

/// Reads the code that was sent.
pub fn code(fields: &Fields) -> Result<Code, FieldRefused> {
    let mut form = fields.read();
    let code = form.text("code")?;
    form.end()?;
    let refused = |_: Malformed| FieldRefused::at("code", "problem-malformed-code");
    Code::parse(&code).map_err(refused)
}
