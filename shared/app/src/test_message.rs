//! Test messages, with which an operator sees that the settings work.

use portcullis_delivery::ErrorCode;
use portcullis_domain::{Destination, Locale, Portal, Timestamp, sign_in::challenge::SendOutcome};
use portcullis_store::{Snapshot, UserKey};

use crate::{
    AppContext, CommandError, MessageSender,
    message_sender::{Content, Way},
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
        read: &Snapshot,
        portal: &Portal,
        to: &Destination,
        locale: Option<&Locale>,
    ) -> Result<TestOutcome, CommandError> {
        let (keyring, now) = (context.keyring().await?, context.now());
        let settings = &read.sending_settings();
        let counters = counters_of_proven(&keyring, user_key, to, settings, now);
        let mut error = None;
        let user = read.user.as_ref().map(|user| (user, user_key.locator));
        let way = Way { profile: &portal.profile, settings, to, locale, user };
        let sending = async {
            let report = self.deliver(&keyring, way, Content::Test, now).await;
            error = report.error;
            report.outcome
        };
        let delivered = counted(context, &counters, sending).await?;
        Ok(TestOutcome { outcome: delivered.outcome, error, limit: delivered.limit })
    }
}
