//! Codes that are sent outside of a sign-in.

use portcullis_domain::{
    DecisionContext, Instead, Locator, Refusal, User,
    account::destination_check::{self, CheckDispatch},
    decision::SendOutcome,
};
use portcullis_messages::CodeText;

use crate::{
    AppContext, Caller, Cause, Charged, CommandError, MessageSender,
    caller::language,
    message_sender::{Content, Way},
    quotas::counted,
};

impl MessageSender {
    /// Counts, sends and writes down, as for the code of a sign-in. Returns `Sent` or `Unknown`.
    ///
    /// # Errors
    /// [`Refusal::SendLimit`] if a limit was met, [`Cause::NotSent`] if it was surely not sent.
    pub async fn send_check(
        &self,
        context: &AppContext,
        caller: &impl Caller,
        locator: Locator,
        Charged { after: charged, counters }: Charged,
        dispatch: &CheckDispatch,
    ) -> Result<SendOutcome, CommandError> {
        let (keyring, now) = (context.keyring().await?, context.now());
        let settings = &charged.sending_settings();
        let delivered = counted(context, &counters, async {
            let Some(portal) = &charged.portal else { return SendOutcome::NotSent };
            let to = &dispatch.to;
            let user = charged.user.as_ref();
            let locale = language(caller, portal, user);
            let user = user.map(|user| (user, locator));
            let way = Way { profile: &portal.profile, settings, to, locale, user };
            let minutes = (dispatch.expires_at.since(now) + 59) / 60;
            let (code, purpose) = (&dispatch.code, dispatch.purpose);
            let text = CodeText { code, purpose, minutes, host: None, about: None };
            self.deliver(&keyring, way, Content::Code(text), now).await.outcome
        });
        let delivered = delivered.await?;
        let record = |context: &DecisionContext<'_>, user: Option<User>| {
            let user = user.ok_or(Refusal::UnknownUser)?;
            Ok(destination_check::record(context, user, dispatch, delivered.outcome))
        };
        context.command(caller, locator, Some(charged), record).await?;
        match (delivered.outcome, delivered.limit) {
            (SendOutcome::NotSent, Some(until)) => {
                Err(context.error(Refusal::SendLimit { until, instead: Instead::Nothing }))
            }
            (SendOutcome::NotSent, None) => Err(Cause::NotSent { others: vec![] }.into()),
            (outcome @ (SendOutcome::Sent | SendOutcome::Unknown), _) => Ok(outcome),
        }
    }
}
