//! The counters that a message passes on its way: the user's own, the portal's, and then those that
//! portals share. They are read before anything is written, and counted before it is sent.

use portcullis_domain::{
    CanonicalAddress, Destination, FullWindow, SendClass, Settings, Timestamp, WriteId, limits,
    sign_in::{Outgoing, challenge::SendOutcome},
};
use portcullis_keys::Keyring;
use portcullis_store::{Counted, Counter, Snapshot, Tally, UserKey};

use crate::{AppContext, CommandError, time_limit::leaves_time_to_send};

/// The state a command left, with the counters of the message that it is to send.
#[derive(Debug)]
pub struct Charged {
    pub(crate) after: Snapshot,
    pub(crate) counters: Vec<Counter>,
}

/// A counter, with the part of its limit that the message may use.
struct Quota {
    counter: Counter,
    part: Part,
}

/// The part of a limit that a message may use.
#[derive(Clone, Copy)]
enum Part {
    Whole,
    /// The part that is not kept for proven destinations.
    Open,
    /// The same of a day, where what is kept depends on the days before.
    OpenOfDay,
}

/// The counters of a message. Destinations that are not confirmed have counters of their own.
fn quotas(
    keyring: &Keyring,
    user_key: &UserKey,
    Outgoing { to, class }: &Outgoing,
    settings: &Settings,
    now: Timestamp,
) -> Vec<Quota> {
    let address = keyring.address_hash(&CanonicalAddress::from(to));
    let (caps, portal) = (settings.caps, &user_key.portal);
    let (hour, day) = match class {
        SendClass::Unconfirmed | SendClass::Proven => (Part::Whole, Part::Whole),
        SendClass::Known => (Part::Open, Part::OpenOfDay),
    };
    let (confirmed, kind, own) = match class {
        SendClass::Unconfirmed => {
            ("unconfirmed", "unconfirmed-", Some(limits::UNCONFIRMED_PER_HOUR))
        }
        SendClass::Known | SendClass::Proven => ("confirmed", "", None),
    };
    let hourly = |limit: u32| {
        let what = format!("{confirmed}#{address}");
        Quota { counter: Counter::hourly(&what, own.unwrap_or(limit), now), part: hour }
    };
    let daily = |what: &str, limit: u32| {
        let what = format!("{kind}{what}");
        Quota { counter: Counter::daily(&what, limit, now), part: day }
    };
    let tried = own.map(|_| {
        let what = format!("tried#{portal}#{}", user_key.locator);
        let counter = Counter::daily(&what, limits::NEW_DESTINATIONS_PER_DAY, now);
        Quota { counter: counter.of_different(address.to_string()), part: Part::Whole }
    });
    let shared = match to {
        Destination::Email(_) => vec![
            daily(&format!("emails#{portal}"), caps.emails_per_portal_per_day),
            hourly(limits::EMAILS_PER_HOUR),
        ],
        Destination::Sms(phone) => {
            let prefix = keyring.prefix_hash(phone.prefix());
            vec![
                daily(&format!("texts#{portal}"), caps.texts_per_portal_per_day),
                hourly(limits::TEXTS_PER_HOUR),
                daily(&format!("prefix#{prefix}"), caps.texts_per_prefix_per_day),
            ]
        }
    };
    tried.into_iter().chain(shared).collect()
}

/// The counters of a message to a destination that is known to be the user's.
pub(crate) fn counters_of_proven(
    keyring: &Keyring,
    user_key: &UserKey,
    to: &Destination,
    settings: &Settings,
    now: Timestamp,
) -> Vec<Counter> {
    let outgoing = Outgoing { to: to.clone(), class: SendClass::Proven };
    let quotas = quotas(keyring, user_key, &outgoing, settings, now);
    quotas.into_iter().map(|quota| quota.counter).collect()
}

/// The counters of a message as they stand; there are none where there is no message.
#[derive(Default)]
pub(crate) struct Quotas {
    pub(crate) outgoing: Option<Outgoing>,
    pub(crate) counters: Vec<Counter>,
    pub(crate) full: Option<FullWindow>,
}

/// Reads the counters of a message, in one call.
pub(crate) async fn read(
    context: &AppContext,
    keyring: &Keyring,
    user_key: &UserKey,
    outgoing: Outgoing,
    settings: &Settings,
) -> Result<Quotas, CommandError> {
    let quotas = quotas(keyring, user_key, &outgoing, settings, context.now());
    let windows = |quota: &Quota| match quota.part {
        Part::Whole | Part::Open => 0..=0,
        Part::OpenOfDay => 0..=limits::KEPT_BY_DAYS,
    };
    let wanted = |quota: &Quota| windows(quota).map(|n| quota.counter.before(n)).collect();
    let wanted: Vec<Vec<Counter>> = quotas.iter().map(wanted).collect();
    let mut tallies = context.store().tallies(&wanted.concat()).await?.into_iter();
    let (mut counters, mut full) = (vec![], None);
    for (Quota { counter, part }, windows) in quotas.into_iter().zip(wanted) {
        let tallies: Vec<Tally> = tallies.by_ref().take(windows.len()).collect();
        let busiest = tallies.iter().map(Tally::beside_open_part).max().unwrap_or_default();
        let counter = match part {
            Part::Whole => counter,
            Part::Open => counter.with_part(limits::open_part_of_hour),
            Part::OpenOfDay => counter.with_part(|cap| limits::open_part_of_day(cap, busiest)),
        };
        let this = tallies.first().and_then(|tally| counter.full(tally));
        full = full.into_iter().chain(this).max_by_key(|window: &FullWindow| window.ends_at);
        counters.push(counter);
    }
    Ok(Quotas { outgoing: Some(outgoing), counters, full })
}

/// The outcome of a message that passed its counters, or met the limit of one, whose window ends at
/// that moment.
pub(crate) struct CountedSend {
    pub(crate) outcome: SendOutcome,
    pub(crate) limit: Option<Timestamp>,
}

/// Passes the counters and then sends, once, if there is time left to write down what became of it;
/// a sure non-send gives the counters back.
pub(crate) async fn counted(
    context: &AppContext,
    counters: &[Counter],
    send: impl Future<Output = SendOutcome>,
) -> Result<CountedSend, CommandError> {
    if let Some(until) = count(context, counters).await? {
        return Ok(CountedSend { outcome: SendOutcome::NotSent, limit: Some(until) });
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
    Ok(CountedSend { outcome, limit: None })
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
