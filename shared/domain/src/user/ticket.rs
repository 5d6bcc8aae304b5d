//! Tickets: the right to enrol again, mailed as a link.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use std::fmt;
use zeroize::Zeroizing;

use crate::{KeyVersion, Malformed, SecretMac, Timestamp, limits};

/// A ticket in the clear: 128 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct TicketSecret(Zeroizing<String>);

impl TicketSecret {
    pub fn new(random: [u8; 16]) -> Self {
        Self(Zeroizing::new(BASE64URL.encode(random)))
    }

    /// Takes what a link carried.
    ///
    /// # Errors
    /// [`Malformed`] unless it is 22 characters of base64url.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let good = text.len() == 22
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        let why = "must be the ticket of the link, unchanged";
        if good {
            Ok(Self(Zeroizing::new(text.to_owned())))
        } else {
            Err(Malformed::new("ticket", why))
        }
    }

    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for TicketSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TicketSecret")
    }
}

/// A ticket that was mailed and not spent yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    pub version: KeyVersion,
    pub mac: SecretMac,
    pub expires_at: Timestamp,
}

impl Ticket {
    pub fn is_good(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }

    /// Returns the moment from which another may be mailed: one every few minutes.
    pub fn replaceable_from(&self) -> Timestamp {
        self.expires_at.plus(limits::TICKET_MAIL_SECONDS - limits::TICKET_SECONDS)
    }

    pub fn can_be_replaced(&self, now: Timestamp) -> bool {
        now >= self.replaceable_from()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_reads_back_and_other_texts_are_refused() {
        let ticket = TicketSecret::new([0xff; 16]);
        assert_eq!(TicketSecret::parse(ticket.expose()), Ok(ticket));
        for wrong in ["", "short", &"é".repeat(11), &"a".repeat(23)] {
            assert!(TicketSecret::parse(wrong).is_err(), "{wrong}");
        }
    }
}
