use portcullis_domain::{Code, Malformed};
use portcullis_http::wire::{PasskeyProof, UsedPasskey};

use crate::{FieldRefused, Fields};

/// The field with the URL to which the form goes afterwards.
pub const TO: &str = "proof_to";
pub const CODE: &str = "proof_code";
/// The field with the answer of the browser that used a passkey.
pub const PASSKEY: &str = "proof_passkey";

/// The second step as it was done on the page.
#[derive(Debug)]
pub enum Given {
    Code(Code),
    Passkey(Box<PasskeyProof>),
}

/// The field that names a secret of the form, which is filled in again.
pub const AGAIN: &str = "proof_again";

/// The fields in which a secret is typed, with the keys of their labels. No page ever holds what
/// was typed.
pub const SECRETS: [(&str, &str); 5] = [
    ("auth_token", "console-settings-auth-token"),
    ("client_secret", "console-settings-client-secret"),
    ("current", "console-password-current"),
    ("new", "console-password-new"),
    ("password", "console-password"),
];

/// Returns the secrets that were typed into the form, or that the page asked for again.
pub(super) fn secrets(fields: &Fields) -> Vec<(&'static str, &'static str)> {
    let typed = |name: &str| !fields.value(name).is_empty() || fields.holds(AGAIN, name);
    SECRETS.into_iter().filter(|(name, _)| typed(name)).collect()
}

/// Returns true for a field of the page that asks for the second step, which no other form has.
pub fn is_own(name: &str) -> bool {
    [TO, CODE, PASSKEY, AGAIN].contains(&name)
}

/// Reads the code or the passkey, and the page of the console to which the form goes afterwards.
pub fn read(fields: &Fields) -> Result<(Given, String), FieldRefused> {
    let mut form = fields.read();
    let to = form.text(TO)?;
    let inside = to.strip_prefix("/console/").is_some_and(|rest| {
        rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%/".contains(&b))
    });
    if !inside || to == "/console/proof" {
        return Err(FieldRefused::form());
    }
    for (name, _) in secrets(fields) {
        if form.filled(name)?.is_none() {
            return Err(FieldRefused::at(name, "console-refused-again"));
        }
    }
    let used = fields.value(PASSKEY);
    if !used.is_empty() {
        let used = serde_json::from_str::<UsedPasskey>(used).map_err(|_| FieldRefused::form())?;
        let used = used.read().map_err(|_| FieldRefused::form())?;
        return Ok((Given::Passkey(Box::new(used)), to));
    }
    let wrong = |_: Malformed| FieldRefused::at(CODE, "problem-malformed-code");
    Ok((Given::Code(Code::parse(&form.text(CODE)?).map_err(wrong)?), to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s33_admin_session_every_field_that_hides_what_is_typed_is_a_secret() {
        let sources = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
        let (mut folders, mut hidden) = (vec![std::path::PathBuf::from(sources)], vec![]);
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|html| html == "html") {
                    let page = std::fs::read_to_string(&path).unwrap();
                    let inputs = page.lines().filter(|line| line.contains("type=\"password\""));
                    let names = inputs.map(|line| {
                        let (_, rest) = line.split_once("name=\"").unwrap();
                        rest.split('"').next().unwrap().to_owned()
                    });
                    hidden.extend(names.filter(|name| name != "{{ name }}"));
                }
            }
        }
        hidden.sort();
        assert_eq!(hidden, SECRETS.map(|(name, _)| name));
    }

    #[test]
    fn s33_admin_session_a_secret_that_was_typed_is_filled_in_again() {
        let read = |pairs: &[(&str, &str)]| {
            let own = [(TO, "/console/settings"), (CODE, "123456")];
            read(&Fields::of(own.iter().chain(pairs).copied())).map(|(_, to)| to)
        };
        let again = (AGAIN, "client_secret");
        let refused = FieldRefused::at("client_secret", "console-refused-again");
        assert_eq!(read(&[again, ("client_secret", " ")]), Err(refused));
        assert!(read(&[again]).is_err());
        assert!(read(&[again, ("client_secret", "typed")]).is_ok());
        assert!(read(&[("client_secret", "")]).is_ok(), "blank keeps the present one");
    }

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
            FieldRefused::at(CODE, "problem-malformed-code")
        );
    }
}
