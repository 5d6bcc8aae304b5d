//! Asking providers for everything that sending needs, without sending a message.

use portcullis_delivery::Deployment;
use portcullis_domain::{
    Channel, Settings, SmsProvider,
    settings::{EmailUsage, Finding, FindingCode, ReadyLine, readiness},
};
use portcullis_keys::Keyring;

use crate::MessageSender;

impl MessageSender {
    /// Returns why Twilio is not asked to report on messages. They are sent all the same.
    fn twilio_reports(&self, provider: &SmsProvider) -> Option<Finding> {
        let detail = match (&self.callback_origin, provider.signs_reports()) {
            (Some(_), true) => return None,
            (None, _) => {
                "The service has no domain of its own, so Twilio is not asked to report which text messages do not arrive. Deploy the stack with DomainName and CertificateArn."
            }
            (Some(_), false) => {
                "The account's Auth Token is not set, so reports of Twilio could not be checked, and it is not asked for any. Enter auth_token: an API key cannot stand in for it."
            }
        };
        Some(Finding::limits(Channel::Sms, FindingCode::NotReported, detail))
    }

    /// Asks the providers whether they would take messages under these settings, and says what was
    /// found.
    pub async fn check(
        &self,
        keyring: &Keyring,
        settings: &Settings,
        deployment: &Deployment,
    ) -> Vec<Finding> {
        self.examine(keyring, settings, deployment).await.0
    }

    /// Does the same, and says line by line what is ready.
    pub async fn readiness(
        &self,
        keyring: &Keyring,
        settings: &Settings,
        deployment: &Deployment,
    ) -> Vec<ReadyLine> {
        let (findings, usage) = self.examine(keyring, settings, deployment).await;
        readiness(settings, &findings, usage)
    }

    async fn examine(
        &self,
        keyring: &Keyring,
        settings: &Settings,
        deployment: &Deployment,
    ) -> (Vec<Finding>, Option<EmailUsage>) {
        let ((mut findings, usage), texts) = tokio::join!(
            self.check_email(settings, deployment),
            self.check_texts(keyring, settings, deployment)
        );
        findings.extend(texts);
        (findings, usage)
    }

    async fn check_email(
        &self,
        settings: &Settings,
        deployment: &Deployment,
    ) -> (Vec<Finding>, Option<EmailUsage>) {
        match &settings.email_from {
            None => {
                let finding = Finding::limits(
                    Channel::Email,
                    FindingCode::NotConfigured,
                    "No address is set that emails come from, so codes by email and mailed links are not offered. Set email_from to use them.",
                );
                (vec![finding], None)
            }
            Some(from) => self.ses.check(from, deployment).await,
        }
    }

    async fn check_texts(
        &self,
        keyring: &Keyring,
        settings: &Settings,
        deployment: &Deployment,
    ) -> Vec<Finding> {
        match &settings.sms {
            None => vec![Finding::limits(
                Channel::Sms,
                FindingCode::NotConfigured,
                "No provider of text messages is set, so codes by text message are not offered. Set sms to use them.",
            )],
            Some(SmsProvider::Sns { .. }) => self.sns.check(deployment).await,
            Some(provider @ SmsProvider::Twilio { from, .. }) => {
                match self.twilio(keyring, provider) {
                    Some(twilio) => {
                        let mut findings = twilio.check(from).await;
                        findings.extend(self.twilio_reports(provider));
                        findings
                    }
                    None => vec![Finding::blocks(
                        Channel::Sms,
                        FindingCode::Credentials,
                        "The stored Twilio secret or ids cannot be read. Enter account, client id and secret again.",
                    )],
                }
            }
        }
    }
}
