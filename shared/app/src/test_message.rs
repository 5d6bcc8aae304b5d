//! Test messages, with which an operator sees that the settings work.

use portcullis_delivery::{ErrorCode, SendReport};
use portcullis_domain::{
    Destination, Locale, Portal, Settings, Timestamp, sign_in::challenge::SendOutcome,
};
use portcullis_store::UserKey;

use portcullis_messages::{EmailTemplate, TextMessage};

use crate::{
    AppContext, CommandError, MessageSender,
    quotas::{counted, counters_of_proven},
};

#[derive(Clone, Debug)]
pub struct TestOutcome {
    pub outcome: SendOutcome,
    /// The provider's name for the error, if there was one.
    pub error: Option<ErrorCode>,
    /// The end of the window whose limit was met, if one was.
    pub limit: Option<Timestamp>,
}

impl MessageSender {
    /// Sends a test message to a destination that is known to be the operator's. It is counted like
    /// every other message.
    pub async fn send_test(
        &self,
        context: &AppContext,
        user_key: &UserKey,
        portal: &Portal,
        settings: &Settings,
        (to, locale): (&Destination, Option<&Locale>),
    ) -> Result<TestOutcome, CommandError> {
        let (keyring, now) = (context.keyring().await?, context.now());
        let counters = counters_of_proven(keyring, user_key, to, settings, now);
        let mut error = None;
        let sending = async {
            let profile = &portal.profile;
            let report = match (to, &settings.email_from, &settings.sms) {
                (Destination::Email(to), Some(from), _) => {
                    let template = EmailTemplate { profile, from, to, locale };
                    self.email(&template.with_test(), now).await
                }
                (Destination::Sms(to), _, Some(provider)) => {
                    let message = TextMessage::with_test(profile, locale, to);
                    self.text(keyring, provider, &message, now).await
                }
                (Destination::Email(_), None, _) | (Destination::Sms(_), _, None) => {
                    SendReport::not_sent("NotConfigured")
                }
            };
            error = report.error;
            report.outcome
        };
        let delivered = counted(context, &counters, sending).await?;
        Ok(TestOutcome { outcome: delivered.outcome, error, limit: delivered.limit })
    }
}
