use portcullis_domain::{Code, Malformed};

use crate::{FieldRefused, Fields};

/// The field with the URL to which the form goes afterwards.
pub const TO: &str = "proof_to";
pub const CODE: &str = "proof_code";

/// Returns true for a field of the page that asks for the second step, which no other form has.
pub fn is_own(name: &str) -> bool {
    [TO, CODE].contains(&name)
}

/// Reads the code, and the page of the console to which the form goes afterwards.
pub fn read(fields: &Fields) -> Result<(Code, String), FieldRefused> {
    let mut form = fields.read();
    let to = form.text(TO)?;
    let inside = to.strip_prefix("/console/").is_some_and(|rest| {
        rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%/".contains(&b))
    });
    if !inside || to == "/console/proof" {
        return Err(FieldRefused::form());
    }
    let wrong =
        |Malformed { why, .. }: Malformed| FieldRefused::at(CODE, format!("The code {why}."));
    Ok((Code::parse(&form.text(CODE)?).map_err(wrong)?, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s22_a_form_continues_inside_the_console_and_nowhere_else() {
        let read = |to: &str| read(&Fields::of([(TO, to), (CODE, "123 456"), ("reason", "x")]));
        assert!(read("/console/admins/jo/reset").is_ok());
        for wrong in [
            "",
            "/console",
            "/console/proof",
            "https://evil.example/",
            "//evil.example/console/",
            "/console/\r\nx: y",
            "/console/?a=b",
            "/console/\\evil",
        ] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
        let typed = Fields::of([(TO, "/console/admins"), (CODE, "abc")]);
        assert_eq!(
            super::read(&typed).unwrap_err(),
            FieldRefused::at(CODE, "The code must be 6 digits.")
        );
    }
}
