//! The counters a message passes on its way, narrowest first.

use portcullis_domain::{
    Destination, Purpose, Settings, Timestamp, budget, sign_in::challenge::Dispatch,
};
use portcullis_keys::Ring;
use portcullis_store::{Counter, Place};

/// The counters of one message.
pub(crate) fn counters(
    ring: &Ring,
    place: &Place,
    dispatch: &Dispatch,
    settings: &Settings,
    now: Timestamp,
) -> Vec<Counter> {
    let hash = ring.destination_hash(&dispatch.to);
    let mut counters = match dispatch.purpose {
        Purpose::Enrolment => vec![
            Counter::daily(
                &format!("tried#{}#{}", place.portal, place.locator),
                budget::NEW_DESTINATIONS_PER_DAY,
                now,
            )
            .of_different(hash.to_string()),
            Counter::hourly(&format!("unconfirmed#{hash}"), budget::UNCONFIRMED_PER_HOUR, now),
        ],
        Purpose::SignIn => vec![confirmed(ring, &dispatch.to, now)],
    };
    counters.extend(texts(ring, place, &dispatch.to, settings, now));
    counters
}

/// The counters of a message to a destination that is known to be the user's.
pub(crate) fn counters_of_confirmed(
    ring: &Ring,
    place: &Place,
    to: &Destination,
    settings: &Settings,
    now: Timestamp,
) -> Vec<Counter> {
    let mut counters = vec![confirmed(ring, to, now)];
    counters.extend(texts(ring, place, to, settings, now));
    counters
}

fn confirmed(ring: &Ring, to: &Destination, now: Timestamp) -> Counter {
    let limit = match to {
        Destination::Email(_) => budget::EMAILS_PER_HOUR,
        Destination::Sms(_) => budget::TEXTS_PER_HOUR,
    };
    Counter::hourly(&format!("confirmed#{}", ring.destination_hash(to)), limit, now)
}

/// The daily caps on text messages.
fn texts(
    ring: &Ring,
    place: &Place,
    to: &Destination,
    settings: &Settings,
    now: Timestamp,
) -> Vec<Counter> {
    let Destination::Sms(phone) = to else { return vec![] };
    let prefix = ring.prefix_hash(phone.prefix());
    let caps = settings.caps;
    vec![
        Counter::daily(&format!("prefix#{prefix}"), caps.texts_per_prefix_per_day, now),
        Counter::daily(&format!("texts#{}", place.portal), caps.texts_per_portal_per_day, now),
    ]
}
