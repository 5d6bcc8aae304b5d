//! The counters that a message passes on its way, narrowest first.

use portcullis_domain::{
    Destination, Purpose, Settings, Timestamp, WriteId, limits,
    sign_in::challenge::{Dispatch, SendOutcome},
};
use portcullis_keys::Keyring;
use portcullis_store::{Counted, Counter, UserKey};

use crate::{AppContext, CommandError, Delivered, time_limit::leaves_time_to_send};

/// The counters of one message.
pub(crate) fn counters(
    keyring: &Keyring,
    user_key: &UserKey,
    dispatch: &Dispatch,
    settings: &Settings,
    now: Timestamp,
) -> Vec<Counter> {
    let hash = keyring.destination_hash(&dispatch.to);
    let mut counters = match dispatch.purpose {
        Purpose::Enrolment => vec![
            Counter::daily(
                &format!("tried#{}#{}", user_key.portal, user_key.locator),
                limits::NEW_DESTINATIONS_PER_DAY,
                now,
            )
            .of_different(hash.to_string()),
            Counter::hourly(&format!("unconfirmed#{hash}"), limits::UNCONFIRMED_PER_HOUR, now),
        ],
        Purpose::SignIn => vec![confirmed(keyring, &dispatch.to, now)],
    };
    counters.extend(texts(keyring, user_key, &dispatch.to, settings, now));
    counters
}

/// The counters of a message to a destination that is known to be the user's.
pub(crate) fn counters_of_confirmed(
    keyring: &Keyring,
    user_key: &UserKey,
    to: &Destination,
    settings: &Settings,
    now: Timestamp,
) -> Vec<Counter> {
    let mut counters = vec![confirmed(keyring, to, now)];
    counters.extend(texts(keyring, user_key, to, settings, now));
    counters
}

fn confirmed(keyring: &Keyring, to: &Destination, now: Timestamp) -> Counter {
    let limit = match to {
        Destination::Email(_) => limits::EMAILS_PER_HOUR,
        Destination::Sms(_) => limits::TEXTS_PER_HOUR,
    };
    Counter::hourly(&format!("confirmed#{}", keyring.destination_hash(to)), limit, now)
}

/// The daily caps on text messages.
fn texts(
    keyring: &Keyring,
    user_key: &UserKey,
    to: &Destination,
    settings: &Settings,
    now: Timestamp,
) -> Vec<Counter> {
    let Destination::Sms(phone) = to else { return vec![] };
    let prefix = keyring.prefix_hash(phone.prefix());
    let caps = settings.caps;
    vec![
        Counter::daily(&format!("prefix#{prefix}"), caps.texts_per_prefix_per_day, now),
        Counter::daily(&format!("texts#{}", user_key.portal), caps.texts_per_portal_per_day, now),
    ]
}

/// Passes the counters and then sends, once, if there is time left to write down what became of it;
/// a sure non-send gives the counters back.
pub(crate) async fn counted(
    context: &AppContext,
    counters: &[Counter],
    send: impl Future<Output = SendOutcome>,
) -> Result<Delivered, CommandError> {
    if let Some(until) = count(context, counters).await? {
        return Ok(Delivered { outcome: SendOutcome::NotSent, limit: Some(until) });
    }
    let outcome = if leaves_time_to_send(context.deadline(), context.now()) {
        send.await
    } else {
        tracing::error!("nothing was sent: the table took too long to leave time for a send");
        SendOutcome::NotSent
    };
    if outcome == SendOutcome::NotSent {
        give_back(context, counters).await?;
    }
    Ok(Delivered { outcome, limit: None })
}

/// Passes the counters; the first that is full gives back those before it, and tells until when.
async fn count(
    context: &AppContext,
    counters: &[Counter],
) -> Result<Option<Timestamp>, CommandError> {
    for (passed, counter) in counters.iter().enumerate() {
        let write = WriteId::new(context.random()?);
        let counted = context.store().count(counter, write).await;
        if let Counted::Over { until } = counted? {
            give_back(context, counters.get(..passed).unwrap_or_default()).await?;
            return Ok(Some(until));
        }
    }
    Ok(None)
}

/// Gives back what was counted for a message that was not sent.
async fn give_back(context: &AppContext, counters: &[Counter]) -> Result<(), CommandError> {
    for counter in counters {
        context.store().uncount(counter).await?;
    }
    Ok(())
}
