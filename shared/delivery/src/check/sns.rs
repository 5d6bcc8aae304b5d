//! What SNS says about sending text messages.

use portcullis_domain::{
    Channel,
    settings::{Finding, FindingCode},
};

use super::{Deployment, ServiceError};
use crate::Sns;

/// The spending limit of an account that never asked for another, in US dollars a month (Amazon SNS Developer Guide,
/// "Requesting increases to your monthly Amazon SNS SMS spending quota").
const DEFAULT_LIMIT: f64 = 1.0;

impl Sns {
    /// Asks for the sandbox and the spending limit. Neither shows in an answer to `Publish`, which takes such messages
    /// and does not deliver them.
    pub async fn check(&self, deployment: &Deployment) -> Vec<Finding> {
        let mut findings = vec![];
        let (sandbox, attributes) = tokio::join!(
            async { self.client().get_sms_sandbox_account_status().send().await },
            async { self.client().get_sms_attributes().send().await }
        );
        match sandbox {
            Ok(status) if status.is_in_sandbox() => findings.push(Finding::limits(
                Channel::Sms,
                FindingCode::Sandbox,
                "SNS is in its SMS sandbox in this Region: only numbers that are verified there get text messages, and others get none without an error. Move the account out of the sandbox before users sign in.",
            )),
            Ok(_) => {}
            Err(error) => {
                let action = "sns:GetSMSSandboxAccountStatus";
                findings.push(ServiceError::of(&error).finding(Channel::Sms, "SNS", action));
            }
        }
        match attributes {
            Ok(answer) => {
                let limit = answer.attributes().and_then(|all| all.get("MonthlySpendLimit"));
                findings.extend(spend_finding(limit.map(String::as_str)));
            }
            Err(error) => {
                let action = "sns:GetSMSAttributes";
                findings.push(ServiceError::of(&error).finding(Channel::Sms, "SNS", action));
            }
        }
        if !deployment.sends_by_sns {
            findings.push(Finding::blocks(
                Channel::Sms,
                FindingCode::Permission,
                "The stack was deployed without SmsProvider=sns, so no function has the permission sns:Publish. Deploy it again with SmsProvider=sns.",
            ));
        }
        findings
    }
}

/// Judges the monthly spending limit. An account that never set one has the default.
fn spend_finding(limit: Option<&str>) -> Option<Finding> {
    let after = "SNS then takes messages and delivers none, without an error. Request a higher spending quota, and set MonthlySpendLimit to it.";
    let limits = |detail| Some(Finding::limits(Channel::Sms, FindingCode::SpendLimit, detail));
    let amount = match limit {
        None => Some(DEFAULT_LIMIT),
        Some(text) => text.trim().parse::<f64>().ok(),
    };
    match amount {
        Some(amount) if amount <= 0.0 => Some(Finding::blocks(
            Channel::Sms,
            FindingCode::SpendLimit,
            "The monthly spending limit of SNS is 0 US dollars, so no text message is delivered. Set MonthlySpendLimit to what you mean to spend.",
        )),
        Some(amount) if amount <= DEFAULT_LIMIT => limits(format!(
            "The monthly spending limit of SNS is 1 US dollar, the default, which a few dozen text messages reach. {after}"
        )),
        Some(_) => None,
        None => limits(format!(
            "The monthly spending limit of SNS cannot be read. Look at MonthlySpendLimit in SNS: when it is reached, {after}"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portcullis_domain::settings::Severity;

    #[test]
    fn a_limit_of_one_dollar_is_named_as_the_default_and_none_at_all_blocks() {
        let found = |limit| spend_finding(limit).map(|finding| finding.severity);
        for (limit, wanted) in [
            (None, Some(Severity::Limits)),
            (Some("1"), Some(Severity::Limits)),
            (Some("1.00"), Some(Severity::Limits)),
            (Some("0"), Some(Severity::Blocks)),
            (Some("many"), Some(Severity::Limits)),
            (Some("500"), None),
        ] {
            assert_eq!(found(limit), wanted, "{limit:?}");
        }
        assert!(spend_finding(Some("1")).unwrap().detail.contains("the default"));
    }
}
