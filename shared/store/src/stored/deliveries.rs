//! The reports of providers on messages to a user's destinations.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use portcullis_domain::{
    DestinationHash, Timestamp,
    user::{Delivery, ReturnReason, Returned},
};
use serde::{Deserialize, Serialize};

use super::{number::Numbered, value::Moment};

/// The destinations in base64url, each in 25 bytes: the hash; the moments of the newest messages
/// that were delivered, delayed and returned, and of the return, each 0 if there is none; and the
/// number of the reason.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct StoredDeliveries(String);

const LEN: usize = DestinationHash::LEN + 4 * 4 + 1;

impl From<&[Delivery]> for StoredDeliveries {
    fn from(deliveries: &[Delivery]) -> Self {
        Self(BASE64URL.encode(deliveries.iter().flat_map(bytes).collect::<Vec<_>>()))
    }
}

impl StoredDeliveries {
    /// Reads the reports. One that only a newer release knows is left out: its destination is
    /// offered, and the next message tells.
    pub(super) fn read(&self) -> Vec<Delivery> {
        let bytes = BASE64URL.decode(&self.0).unwrap_or_default();
        let (each, rest) = bytes.as_chunks::<LEN>();
        if rest.is_empty() { each.iter().filter_map(delivery).collect() } else { vec![] }
    }
}

/// Seconds since 2026 have room in four bytes until 2162; 0 stands for none.
fn seconds(at: Option<Timestamp>) -> [u8; 4] {
    let seconds = at.and_then(|at| u32::try_from(Moment::from(at).seconds()).ok());
    seconds.unwrap_or_default().to_be_bytes()
}

fn moment(seconds: [u8; 4]) -> Option<Timestamp> {
    let seconds = u32::from_be_bytes(seconds);
    (seconds > 0).then(|| Moment::after(seconds.into()).into())
}

fn bytes(delivery: &Delivery) -> Vec<u8> {
    let Delivery { to, delivered, delayed, returned } = delivery;
    let mut bytes = to.as_bytes().to_vec();
    bytes.extend(seconds(*delivered));
    bytes.extend(seconds(*delayed));
    bytes.extend(seconds(returned.map(|returned| returned.message)));
    bytes.extend(seconds(returned.map(|returned| returned.at)));
    let why = returned.and_then(|returned| u8::try_from(returned.why.number()).ok());
    bytes.push(why.unwrap_or_default());
    bytes
}

fn delivery(bytes: &[u8; LEN]) -> Option<Delivery> {
    let (to, rest) = bytes.split_first_chunk()?;
    let (delivered, rest) = rest.split_first_chunk()?;
    let (delayed, rest) = rest.split_first_chunk()?;
    let (message, rest) = rest.split_first_chunk()?;
    let (at, rest) = rest.split_first_chunk()?;
    let [why] = rest else { return None };
    let returned = match (moment(*message), moment(*at)) {
        (Some(message), Some(at)) => {
            let why = ReturnReason::from_number(u16::from(*why))?;
            Some(Returned { message, at, why })
        }
        (Some(_) | None, _) => None,
    };
    Some(Delivery {
        to: DestinationHash::new(*to),
        delivered: moment(*delivered),
        delayed: moment(*delayed),
        returned,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s51_reports_are_read_as_they_were_written_and_those_of_a_newer_release_are_left_out() {
        let at = |n: i64| Some(Timestamp::from_unix(1_800_000_000 + n));
        let to = |n| DestinationHash::new([n; 8]);
        let (message, back) = (at(30).unwrap(), at(32).unwrap());
        let returned = Some(Returned { message, at: back, why: ReturnReason::Complained });
        let all = [
            Delivery { to: to(1), delivered: at(0), delayed: at(60), returned },
            Delivery { to: to(2), delivered: at(90), delayed: None, returned: None },
        ];
        let stored = StoredDeliveries::from(all.as_slice());
        assert_eq!(stored.read(), all);
        assert_eq!(StoredDeliveries::default().read(), []);
        let mut newer = BASE64URL.decode(&stored.0).unwrap();
        newer[LEN - 1] = 99;
        assert_eq!(StoredDeliveries(BASE64URL.encode(&newer)).read(), all[1..]);
        newer.pop();
        assert_eq!(StoredDeliveries(BASE64URL.encode(newer)).read(), []);
    }
}
