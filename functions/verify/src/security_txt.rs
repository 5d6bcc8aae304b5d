//! `/.well-known/security.txt` (RFC 9116): where to report a vulnerability of this deployment.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use portcullis_domain::{Day, Malformed, Timestamp, passkey::Origin};
use portcullis_http::{Problem, ProblemCode};

use crate::AppState;

/// The path, fixed by RFC 9116, section 3.
pub(crate) const PATH: &str = "/.well-known/security.txt";

/// The days for which the file is good, from the day it is read (section 2.5.5: less than a year is
/// recommended). The contact is a parameter of the deployment, so each answer says it anew.
const GOOD_FOR_DAYS: u8 = 180;

const NO_CONTACT: &str = "This deployment names no contact for reports of vulnerabilities. Its operator sets the parameter SecurityContact, and deploys again.";

/// The contact for reports of vulnerabilities, and the address of the rules for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityTxt {
    contact: String,
    policy: Option<String>,
}

impl SecurityTxt {
    /// Reads a contact (section 2.5.3) and the address of the rules (section 2.5.7); an empty
    /// text is none. Without a contact there is no file.
    ///
    /// # Errors
    /// [`Malformed`] for what is no such address: it would be another field, or none.
    pub fn parse(contact: &str, policy: &str) -> Result<Option<Self>, Malformed> {
        let wrong = |what, why| Malformed { what, why };
        let is_graphic = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
        let begins = |text: &str, starts: &[&str]| {
            starts.iter().any(|start| text.len() > start.len() && text.starts_with(start))
        };
        let is_address = |text: &str, starts: &[&str]| is_graphic(text) && begins(text, starts);
        if !policy.is_empty() && !is_address(policy, &["https://"]) {
            return Err(wrong("SECURITY_POLICY", "must be empty or begin with https://"));
        }
        if contact.is_empty() {
            return Ok(None);
        }
        if !is_address(contact, &["mailto:", "https://", "tel:"]) {
            let why = "must be empty or begin with mailto:, https:// or tel:";
            return Err(wrong("SECURITY_CONTACT", why));
        }
        let policy = Some(policy).filter(|policy| !policy.is_empty()).map(str::to_owned);
        Ok(Some(Self { contact: contact.to_owned(), policy }))
    }

    /// Returns the file. It names its own address if the service has a domain of its own: only
    /// there can a reader know that it belongs to it (section 2.5.2).
    fn text(&self, service: Option<&Origin>, now: Timestamp) -> String {
        let Self { contact, policy } = self;
        let mut lines = vec![
            format!("Contact: {contact}"),
            format!("Expires: {}T00:00:00Z", Day::of(now).plus(GOOD_FOR_DAYS)),
        ];
        lines.extend(service.map(|origin| format!("Canonical: {}{PATH}", origin.as_str())));
        lines.extend(policy.as_ref().map(|policy| format!("Policy: {policy}")));
        lines.iter().map(|line| format!("{line}\n")).collect()
    }
}

/// Shows the file. A deployment without a contact says so.
pub(crate) async fn show(
    State(AppState { context, security_txt }): State<AppState>,
) -> Result<Response, Problem> {
    let file = security_txt.ok_or_else(|| Problem::new(ProblemCode::UnknownRoute, NO_CONTACT))?;
    let text = file.text(context.service().origin(), context.now());
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    let kept = (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    Ok(([kind, kept], text).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);

    #[test]
    fn the_file_has_the_fields_of_the_standard_and_only_those_that_are_known() {
        let origin = Origin::parse("https://mfa.example.com").unwrap();
        let policy = "https://example.com/reports";
        let whole = SecurityTxt::parse("mailto:security@example.com", policy).unwrap().unwrap();
        assert_eq!(
            whole.text(Some(&origin), NOW),
            "Contact: mailto:security@example.com\n\
             Expires: 2027-07-14T00:00:00Z\n\
             Canonical: https://mfa.example.com/.well-known/security.txt\n\
             Policy: https://example.com/reports\n"
        );
        let least = SecurityTxt::parse("https://example.com/report", "").unwrap().unwrap();
        assert_eq!(
            least.text(None, NOW),
            "Contact: https://example.com/report\nExpires: 2027-07-14T00:00:00Z\n"
        );
        assert_eq!(SecurityTxt::parse("", ""), Ok(None));
        assert_eq!(SecurityTxt::parse("", policy), Ok(None));
    }

    #[test]
    fn s23_an_address_that_would_be_another_field_or_none_is_refused() {
        for wrong in [
            "security@example.com",
            "mailto:",
            "http://example.com",
            "mailto:a@example.com\nCanonical: https://evil.example",
            "mailto:a b@example.com",
        ] {
            assert!(SecurityTxt::parse(wrong, "").is_err(), "{wrong:?}");
            assert!(SecurityTxt::parse("mailto:a@example.com", wrong).is_err(), "{wrong:?}");
        }
    }
}
