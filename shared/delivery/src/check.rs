//! Checks with the providers if messages can be sent, without sending one.

mod ses;
mod sns;
mod twilio;

use aws_sdk_sesv2::error::ProvideErrorMetadata;
use aws_smithy_runtime_api::client::{orchestrator::HttpResponse, result::SdkError};
use portcullis_domain::{
    Channel, Email,
    settings::{Finding, FindingCode, Severity},
};
use std::error::Error;

/// The permissions to send that the stack was deployed with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deployment {
    pub email_identity: Option<String>,
    pub sends_by_sns: bool,
}

impl Deployment {
    /// Reads the template's parameters `EmailIdentity` and `SmsProvider`, as the environment has
    /// them.
    pub fn from_environment() -> Self {
        let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self {
            email_identity: set("EMAIL_IDENTITY"),
            sends_by_sns: set("SMS_PROVIDER").as_deref() == Some("sns"),
        }
    }

    fn may_send_from(&self, from: &Email) -> bool {
        self.email_identity.as_deref().is_some_and(|identity| {
            identities_of(from).iter().any(|name| name.eq_ignore_ascii_case(identity))
        })
    }
}

/// The identities that can cover an address, the narrowest first: itself, its domain, and the
/// domains above that one (Amazon SES Developer Guide, "Verified identities": a domain covers its
/// subdomains, and the settings of the most specific verified identity are used). A top-level
/// domain is nobody's identity.
fn identities_of(from: &Email) -> Vec<String> {
    let address = &*from.as_sent();
    let mut domain = address.rsplit_once('@').map_or(address, |(_, domain)| domain);
    let mut identities = vec![address.to_owned()];
    while domain.contains('.') {
        identities.push(domain.to_lowercase());
        domain = domain.split_once('.').map_or("", |(_, above)| above);
    }
    identities
}

/// A call to an AWS service that gave no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ServiceError {
    Denied,
    Silent,
}

impl ServiceError {
    /// Reads the error of a call. Services name a missing permission in different ways (AWS,
    /// "Common errors": SES `AccessDeniedException`, SNS `AuthorizationError`).
    fn of<E>(error: &SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        let code = error.as_service_error().and_then(ProvideErrorMetadata::code);
        match code {
            Some(code) if code.starts_with("AccessDenied") || code.starts_with("Authorization") => {
                Self::Denied
            }
            Some(_) | None => Self::Silent,
        }
    }

    fn finding(self, channel: Channel, service: &str, action: &str) -> Finding {
        match self {
            Self::Denied => Finding::blocks(
                channel,
                FindingCode::Permission,
                format!(
                    "The function policy-admin lacks the permission {action}, so nobody can tell whether messages would be sent. Allow it to the function's role, or deploy the stack's template again."
                ),
            ),
            Self::Silent => Finding::blocks(
                channel,
                FindingCode::TwilioFailure,
                format!("{service} did not answer {action}. Try again in a moment."),
            ),
        }
    }
}

/// Returns true if a finding makes sending impossible.
pub fn is_blocked(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_narrowest_identity_comes_first_and_no_top_level_domain_is_one() {
        let from = Email::parse("No-Reply@mail.Portal.example").unwrap();
        assert_eq!(
            identities_of(&from),
            ["No-Reply@mail.Portal.example", "mail.portal.example", "portal.example"]
        );
    }

    #[test]
    fn a_stack_without_an_identity_may_send_from_no_address() {
        let from = Email::parse("no-reply@mail.portal.example").unwrap();
        let deployed = |identity: Option<&str>| Deployment {
            email_identity: identity.map(str::to_owned),
            sends_by_sns: false,
        };
        for (identity, may) in [
            (None, false),
            (Some("other.example"), false),
            (Some("ortal.example"), false),
            (Some("other@mail.portal.example"), false),
            (Some("portal.example"), true),
            (Some("mail.portal.example"), true),
            (Some("no-reply@mail.portal.example"), true),
        ] {
            assert_eq!(deployed(identity).may_send_from(&from), may, "{identity:?}");
        }
    }
}
