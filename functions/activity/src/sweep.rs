//! The sweep: sends the digests that are due, and the notices of sends that never finished.

use portcullis_app::CommandError;
use portcullis_store::NoticesKey;

use crate::ActivityHandler;

/// Sends what is due, those that wait longest first, until the invocation has no time for another
/// message; the next sweep goes on from there. One that fails keeps none of the others waiting.
///
/// # Errors
/// [`CommandError`] if the list could not be read, or if one of them failed.
pub async fn sweep(handler: &ActivityHandler) -> Result<(), CommandError> {
    let (mut after, mut outcome) = (None, Ok(()));
    loop {
        let (due, next) = handler.context.due_notices(after).await?;
        for key in due {
            if !handler.context.has_time_to_send() {
                tracing::warn!("some notices are left for the next sweep");
                return outcome;
            }
            if let Err(error) = send_due(handler, &key).await {
                tracing::error!(%error, cause = ?error.cause, "a notice failed and will be tried again");
                outcome = Err(error);
            }
        }
        match next {
            Some(next) => after = Some(next),
            None => return outcome,
        }
    }
}

/// Sends what is due for one destination, and says what was not as it should be. What may be sent
/// twice is said before it is sent: a process that ends after the message would never say it.
async fn send_due(handler: &ActivityHandler, key: &NoticesKey) -> Result<(), CommandError> {
    let ActivityHandler { context, sender, .. } = handler;
    let portal = &key.user_key.portal;
    let Some(due) = context.claim_due(key).await? else { return Ok(()) };
    handler.say("NoticesRepeated", due.claimed_before, portal);
    handler.say("NoticesGivenUp", sender.send_due(context, key, due).await?, portal);
    Ok(())
}
