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
        Purpose::SignIn => {
            let limit = match dispatch.to {
                Destination::Email(_) => budget::EMAILS_PER_HOUR,
                Destination::Sms(_) => budget::TEXTS_PER_HOUR,
            };
            vec![Counter::hourly(&format!("confirmed#{hash}"), limit, now)]
        }
    };
    if let Destination::Sms(phone) = &dispatch.to {
        let prefix = ring.prefix_hash(phone.prefix());
        counters.push(Counter::daily(
            &format!("prefix#{prefix}"),
            settings.caps.texts_per_prefix_per_day,
            now,
        ));
        counters.push(Counter::daily(
            &format!("texts#{}", place.portal),
            settings.caps.texts_per_portal_per_day,
            now,
        ));
    }
    counters
}
