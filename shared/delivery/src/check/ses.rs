//! Asks SES if messages can be sent from an address.

use portcullis_domain::{
    Channel, Email,
    settings::{EmailUsage, Finding, FindingCode},
};

use super::{Deployment, ServiceError, identities_of};
use crate::Ses;

/// The part of the daily quota, in percent, from which little is left.
const NEARLY_USED_UP: f64 = 80.0;

/// The facts of `GetAccount` that matter for sending (Amazon SES API v2 Reference).
#[derive(Clone, Debug, PartialEq)]
struct Account {
    production_access: bool,
    sending_enabled: bool,
    enforcement: String,
    /// Messages within 24 hours; a negative number stands for no limit.
    quota: f64,
    sent: f64,
}

impl Ses {
    /// Asks for the account and for the identity that covers the address.
    /// Returns what was found, and the use of the quota if the account said it.
    pub async fn check(
        &self,
        from: &Email,
        deployment: &Deployment,
    ) -> (Vec<Finding>, Option<EmailUsage>) {
        let (account, identity, reports) =
            tokio::join!(self.account(), self.identity(from), self.reports());
        let usage = account
            .as_ref()
            .ok()
            .map(|account| EmailUsage { sent: account.sent, quota: account.quota });
        let mut findings = match account {
            Ok(account) => account.findings(),
            Err(error) => vec![error.finding(Channel::Email, "SES", "ses:GetAccount")],
        };
        findings.extend(match identity {
            Ok(Some(_)) => None,
            Ok(None) => Some(unverified(from)),
            Err(error) => Some(error.finding(Channel::Email, "SES", "ses:GetEmailIdentity")),
        });
        findings.extend(reports);
        if !deployment.may_send_from(from) {
            let detail = match &deployment.email_identity {
                None => "The stack was deployed without EmailIdentity, so no function has the permission ses:SendEmail. Deploy it again with EmailIdentity set to this address or its domain.".to_owned(),
                Some(identity) => format!("The stack was deployed with EmailIdentity={identity}, which does not cover this address, so no function has the permission ses:SendEmail for it. Deploy it again with EmailIdentity set to this address or its domain, or choose an address under {identity}."),
            };
            findings.push(Finding::blocks(Channel::Email, FindingCode::Permission, detail));
        }
        (findings, usage)
    }

    async fn account(&self) -> Result<Account, ServiceError> {
        let account =
            self.client().get_account().send().await.map_err(|error| ServiceError::of(&error))?;
        let quota = account.send_quota();
        Ok(Account {
            production_access: account.production_access_enabled(),
            sending_enabled: account.sending_enabled(),
            enforcement: account.enforcement_status().unwrap_or_default().to_owned(),
            // An answer without a quota says nothing of one.
            quota: quota.map_or(-1.0, |quota| quota.max24_hour_send()),
            sent: quota.map_or(0.0, |quota| quota.sent_last24_hours()),
        })
    }

    /// Returns why nobody would learn what becomes of messages. They are sent all the same.
    async fn reports(&self) -> Option<Finding> {
        let not_reported =
            |detail: &str| Some(Finding::limits(Channel::Email, FindingCode::NotReported, detail));
        let Some(set) = self.configuration_set() else {
            return not_reported(
                "The functions were deployed without a configuration set, so SES reports neither bounces nor complaints. Deploy the stack's template again, with EmailIdentity set.",
            );
        };
        let asked = self.client().get_configuration_set_event_destinations();
        let asked = asked.configuration_set_name(set).send().await;
        let destinations = match asked {
            Ok(answer) => answer.event_destinations.unwrap_or_default(),
            Err(error) if error.as_service_error().is_some_and(|e| e.is_not_found_exception()) => {
                return not_reported(
                    "The configuration set of the stack is gone, and SES refuses every message that names it. Deploy the stack's template again.",
                );
            }
            Err(error) => {
                let action = "ses:GetConfigurationSetEventDestinations";
                let Finding { detail, .. } =
                    ServiceError::of(&error).finding(Channel::Email, "SES", action);
                // Reports may come all the same, as those of a test message would show.
                let code = FindingCode::NotReported;
                return Some(Finding::unchecked(Channel::Email, code, detail));
            }
        };
        let reports =
            destinations.iter().any(|to| to.enabled() && to.event_bridge_destination().is_some());
        if reports {
            return None;
        }
        not_reported(
            "The configuration set of the stack does not report to EventBridge, so that nobody learns which messages come back. Enable its event destination in SES, or deploy the stack's template again.",
        )
    }

    /// Returns the narrowest verified identity that covers the address. DKIM is not needed to send.
    async fn identity(&self, from: &Email) -> Result<Option<String>, ServiceError> {
        for identity in identities_of(from) {
            let asked = self.client().get_email_identity().email_identity(&identity).send().await;
            match asked {
                Ok(known) if known.verified_for_sending_status() => return Ok(Some(identity)),
                Ok(_) => {}
                Err(error)
                    if error.as_service_error().is_some_and(|e| e.is_not_found_exception()) => {}
                Err(error) => return Err(ServiceError::of(&error)),
            }
        }
        Ok(None)
    }
}

fn unverified(from: &Email) -> Finding {
    let domain = identities_of(from).get(1).cloned().unwrap_or_default();
    Finding::blocks(
        Channel::Email,
        FindingCode::IdentityUnverified,
        format!(
            "SES does not send from this address. Verify {domain} or the address itself in SES, in the Region of this stack, and try again."
        ),
    )
}

impl Account {
    fn findings(&self) -> Vec<Finding> {
        let mut findings = vec![];
        if !self.sending_enabled || self.enforcement == "SHUTDOWN" {
            findings.push(Finding::blocks(
                Channel::Email,
                FindingCode::Paused,
                "SES has paused sending for this account and Region. Read the account dashboard of SES, resolve what it names, and resume sending there.",
            ));
        } else if self.enforcement == "PROBATION" {
            findings.push(Finding::limits(
                Channel::Email,
                FindingCode::UnderReview,
                "SES has this account under review and may pause it. Read the account dashboard of SES and resolve what it names.",
            ));
        }
        if !self.production_access {
            findings.push(Finding::limits(
                Channel::Email,
                FindingCode::Sandbox,
                format!(
                    "SES is in its sandbox in this Region: only addresses and domains that are verified in SES get mail, at most {} messages in 24 hours. Request production access in SES before users sign in.",
                    self.quota
                ),
            ));
        }
        findings.extend(self.quota_finding());
        findings
    }

    fn quota_finding(&self) -> Option<Finding> {
        if self.quota < 0.0 {
            return None;
        }
        let used = format!("{} of {} messages", self.sent, self.quota);
        if self.sent >= self.quota {
            let detail = format!(
                "The SES quota is used up: {used} were sent in the last 24 hours, and SES refuses more until some of them are older. Request a higher quota in Service Quotas."
            );
            return Some(Finding::blocks(Channel::Email, FindingCode::Quota, detail));
        }
        (self.sent * 100.0 >= self.quota * NEARLY_USED_UP).then(|| {
            let detail = format!(
                "The SES quota is nearly used up: {used} were sent in the last 24 hours. Request a higher quota in Service Quotas."
            );
            Finding::limits(Channel::Email, FindingCode::Quota, detail)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portcullis_domain::settings::Severity;

    #[test]
    fn each_state_of_an_account_has_its_finding() {
        use {FindingCode as C, Severity as S};
        let healthy = Account {
            production_access: true,
            sending_enabled: true,
            enforcement: "HEALTHY".to_owned(),
            quota: 50_000.0,
            sent: 0.0,
        };
        let found = |account: Account| -> Vec<(FindingCode, Severity)> {
            account.findings().into_iter().map(|f| (f.code, f.severity)).collect()
        };
        let is =
            |enforcement: &str| Account { enforcement: enforcement.to_owned(), ..healthy.clone() };
        let sent = |sent| Account { sent, ..healthy.clone() };
        assert_eq!(found(healthy.clone()), []);
        assert_eq!(found(is("SHUTDOWN")), [(C::Paused, S::Blocks)]);
        assert_eq!(found(is("PROBATION")), [(C::UnderReview, S::Limits)]);
        let paused = Account { sending_enabled: false, ..healthy.clone() };
        assert_eq!(found(paused), [(C::Paused, S::Blocks)]);
        let sandbox = Account { production_access: false, quota: 200.0, ..healthy.clone() };
        assert_eq!(found(sandbox), [(C::Sandbox, S::Limits)]);
        assert_eq!(found(sent(39_999.0)), []);
        assert_eq!(found(sent(40_000.0)), [(C::Quota, S::Limits)]);
        assert_eq!(found(sent(50_000.0)), [(C::Quota, S::Blocks)]);
        assert_eq!(found(Account { quota: -1.0, ..sent(1e9) }), []);
    }
}
