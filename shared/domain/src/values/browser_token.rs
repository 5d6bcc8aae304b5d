//! Tokens of known browsers: the proof of an earlier success. Nothing is stored of it, unless the
//! browser is trusted too.

use std::fmt;

use super::id::{self, byte_id};
use crate::{KeyVersion, Malformed, SecretMac, SignInKey, Timestamp};

byte_id!(
    /// One known browser of one user.
    BrowserId, 8, "the browser's id"
);

impl BrowserId {
    /// The id of the browser in which the user gets in by this sign-in.
    pub fn of(key: &SignInKey) -> Self {
        Self(key.as_bytes().last_chunk().copied().unwrap_or_default())
    }
}

/// The first byte of a token, which tells its form.
const FORM: u8 = 1;
/// The same of a token of trust, which has a counter.
const TRUST_FORM: u8 = 2;

/// A token of a known browser: it says which browser, under which epoch of the user and since when,
/// and a keyed hash over all of it with portal and user.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct BrowserToken {
    pub version: KeyVersion,
    pub id: BrowserId,
    pub epoch: u32,
    /// The moment of the success it proves.
    pub since: Timestamp,
    /// The counter, if it is a token of trust.
    pub counter: Option<u32>,
    pub mac: SecretMac,
}

impl BrowserToken {
    const LEN: usize = 1 + 4 + BrowserId::LEN + 4 + 8 + SecretMac::LEN;
    /// The additional bytes of a token of trust.
    const COUNTER: usize = 4;

    /// Returns what the keyed hash of a token is made over. Other secrets of a user that are hashed
    /// under the same key hold no space, or begin with another word.
    ///
    /// A counter comes with the system's restore number: what a backup brings back is no trust.
    pub fn subject(
        id: BrowserId,
        epoch: u32,
        since: Timestamp,
        counter: Option<u32>,
        restore: u32,
    ) -> String {
        let since = since.unix();
        match counter {
            None => format!("known-browser {id} {epoch} {since}"),
            Some(counter) => format!("trusted-browser {id} {epoch} {since} {counter} {restore}"),
        }
    }

    /// Reads a token that a browser brought.
    ///
    /// # Errors
    /// [`Malformed`] for everything else: such a browser is a stranger.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let wrong = Malformed::new("browser_token", "is not one of ours");
        let mut bytes = [0; Self::LEN + Self::COUNTER];
        let len = id::decode(text, &mut bytes).ok_or(wrong)?;
        let read = |rest: &[u8]| -> Option<Self> {
            let ([form], rest) = rest.split_first_chunk()?;
            let (version, rest) = rest.split_first_chunk()?;
            let (id, rest) = rest.split_first_chunk()?;
            let (epoch, rest) = rest.split_first_chunk()?;
            let (since, rest) = rest.split_first_chunk()?;
            let (counter, rest) = match (*form, len.checked_sub(Self::LEN)) {
                (FORM, Some(0)) => (None, rest),
                (TRUST_FORM, Some(Self::COUNTER)) => {
                    let (counter, rest) = rest.split_first_chunk()?;
                    (Some(u32::from_be_bytes(*counter)), rest)
                }
                _ => return None,
            };
            let (mac, _) = rest.split_first_chunk()?;
            Some(Self {
                version: KeyVersion(u32::from_be_bytes(*version)),
                id: BrowserId::new(*id),
                epoch: u32::from_be_bytes(*epoch),
                since: Timestamp::from_unix(i64::from_be_bytes(*since)),
                counter,
                mac: SecretMac::new(*mac),
            })
        };
        read(&bytes).ok_or(wrong)
    }

    /// Its text, for the one answer or cookie that carries it.
    pub fn expose(&self) -> String {
        let mut bytes = vec![if self.counter.is_some() { TRUST_FORM } else { FORM }];
        bytes.extend(self.version.0.to_be_bytes());
        bytes.extend(self.id.as_bytes());
        bytes.extend(self.epoch.to_be_bytes());
        bytes.extend(self.since.unix().to_be_bytes());
        bytes.extend(self.counter.iter().flat_map(|counter| counter.to_be_bytes()));
        bytes.extend(self.mac.as_bytes());
        id::encode(&bytes)
    }
}

impl fmt::Debug for BrowserToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BrowserToken")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_reads_back_and_is_never_printed() {
        let token = BrowserToken {
            version: KeyVersion(7),
            id: BrowserId::new([1; 8]),
            epoch: 3,
            since: Timestamp::from_unix(1_800_000_000),
            counter: None,
            mac: SecretMac::new([9; 16]),
        };
        let text = token.expose();
        assert_eq!(text.len(), 55);
        assert_eq!(BrowserToken::parse(&text), Ok(token));
        assert_eq!(format!("{token:?}"), "BrowserToken");
        let other_form = format!("B{}", &text[1..]);
        for wrong in ["", "AQ", &text[1..], &format!("{text}A"), &other_form, &"é".repeat(55)] {
            assert!(BrowserToken::parse(wrong).is_err(), "{wrong}");
        }
        let trusted = BrowserToken { counter: Some(u32::MAX), ..token };
        let text = trusted.expose();
        assert_eq!(text.len(), 60);
        assert_eq!(BrowserToken::parse(&text), Ok(trusted));
        let [known, longer] = [format!("AQ{}", &text[2..]), format!("{text}AAAA")];
        for wrong in [&text[..55], &known, &longer] {
            assert!(BrowserToken::parse(wrong).is_err(), "{wrong}");
        }
    }
}
