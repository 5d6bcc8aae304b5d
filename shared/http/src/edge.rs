//! A deployment behind CloudFront: only what comes through it is answered, and the visitor's
//! address is the one that CloudFront saw.

use http::HeaderMap;
use portcullis_domain::Malformed;
use portcullis_keys::secret_hash;
use std::net::IpAddr;
use subtle::{Choice, ConstantTimeEq as _};

use crate::{Problem, ProblemCode, words};

/// The header in which CloudFront sends the secret ("Add custom headers to origin requests" in
/// Amazon's guide): what a visitor sends under this name is replaced there.
const SECRET: &str = "x-portcullis-edge";
/// The visitor's address and port, as CloudFront saw them ("Add CloudFront request headers", the
/// same guide). The address of IPv6 has no brackets.
const VIEWER: &str = "cloudfront-viewer-address";

/// The setting of a deployment that callers reach without CloudFront.
const OFF: &str = "off";

/// The secrets that CloudFront may send, as SHA-256. Without any, everybody is answered, and the
/// visitor's address is the gateway's.
#[derive(Clone, Debug, Default)]
pub struct Edge(Vec<[u8; 32]>);

impl Edge {
    /// The setting of the environment that has the hashes. The template always sets it.
    pub(crate) const SETTING: &str = "EDGE_SECRET_SHA256";

    /// Reads the hashes of one secret, or of two with a comma between while one takes the other's
    /// place. The word `off` is none.
    ///
    /// # Errors
    /// [`Malformed`] for anything else, also for an empty text: a setting that was forgotten must
    /// not open a deployment that is to be behind CloudFront.
    pub fn parse(hashes: &str) -> Result<Self, Malformed> {
        let why = "must be off, or one or two SHA-256 in hexadecimal with a comma between";
        let wrong = Malformed { what: Self::SETTING, why };
        if hashes == OFF {
            return Ok(Self::default());
        }
        let hash = |digits: &str| {
            let mut hash = [0; 32];
            hex::decode_to_slice(digits, &mut hash).map(|()| hash)
        };
        let read: Result<Vec<_>, _> = hashes.split(',').map(hash).collect();
        read.ok().filter(|read| read.len() <= 2).map(Self).ok_or(wrong)
    }

    /// Lets a request in if it came through CloudFront, and puts the address that CloudFront saw in
    /// place of CloudFront's own. Whatever is missing there leaves CloudFront's, which no range of
    /// an API key holds.
    pub(crate) fn admit(
        &self,
        headers: &mut HeaderMap,
        source: &mut Option<String>,
    ) -> Result<(), Problem> {
        let Self(hashes) = self;
        if hashes.is_empty() {
            return Ok(());
        }
        let given = headers.remove(SECRET);
        let given = given.as_ref().and_then(|secret| secret.to_str().ok()).unwrap_or_default();
        let given = secret_hash(given);
        let is_one = hashes.iter().fold(Choice::from(0), |is_one, hash| {
            is_one | given.as_bytes().as_slice().ct_eq(hash.as_slice())
        });
        if !bool::from(is_one) {
            return Err(Problem::new(ProblemCode::UnknownRoute, words::NOT_BY_THE_EDGE));
        }
        let seen = headers.get(VIEWER).and_then(|seen| seen.to_str().ok());
        if let Some(address) = seen.and_then(address) {
            *source = Some(address.to_string());
        }
        Ok(())
    }
}

/// Reads the address before the last colon.
fn address(seen: &str) -> Option<IpAddr> {
    let (address, port) = seen.rsplit_once(':')?;
    port.parse::<u16>().ok()?;
    address.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET_TEXT: &str = "a long secret";

    fn edge() -> Edge {
        let hash = |text| hex::encode(secret_hash(text).as_bytes());
        Edge::parse(&format!("{},{}", hash("another secret"), hash(SECRET_TEXT))).unwrap()
    }

    /// Returns the visitor's address, if a request with these headers is let in.
    fn visitor(edge: &Edge, sent: &[(&'static str, &str)]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for (name, value) in sent {
            headers.append(*name, value.parse().unwrap());
        }
        let mut source = Some("203.0.113.7".to_owned());
        edge.admit(&mut headers, &mut source).ok()?;
        assert!(edge.0.is_empty() || !headers.contains_key("x-portcullis-edge"), "kept from logs");
        source
    }

    #[test]
    fn only_what_cloudfront_sends_is_answered_and_its_visitor_counts() {
        let edge = edge();
        let secret = ("x-portcullis-edge", SECRET_TEXT);
        for (seen, counted) in [
            ("198.51.100.10:46532", "198.51.100.10"),
            ("2001:db8:0:0:0:0:0:1:46532", "2001:db8::1"),
            ("198.51.100.10", "203.0.113.7"),
            ("198.51.100.10:", "203.0.113.7"),
            ("somebody:80", "203.0.113.7"),
        ] {
            let sent = [secret, ("cloudfront-viewer-address", seen)];
            assert_eq!(visitor(&edge, &sent).as_deref(), Some(counted), "{seen}");
        }
        assert_eq!(visitor(&edge, &[secret]).as_deref(), Some("203.0.113.7"));
        let forged = ("cloudfront-viewer-address", "198.51.100.10:1");
        for wrong in ["", "a long secre", "a long secret ", "A long secret"] {
            assert_eq!(visitor(&edge, &[("x-portcullis-edge", wrong), forged]), None, "{wrong:?}");
        }
        assert_eq!(visitor(&edge, &[forged]), None);
    }

    #[test]
    fn without_a_lock_nobody_says_which_address_they_have() {
        let forged = ("cloudfront-viewer-address", "198.51.100.10:1");
        let open = Edge::parse("off").unwrap();
        assert_eq!(visitor(&open, &[forged]).as_deref(), Some("203.0.113.7"));
    }

    #[test]
    fn s23_hashes_that_are_none_are_refused() {
        let hash = "0".repeat(64);
        assert!(Edge::parse(&hash).is_ok());
        let three = format!("{hash},{hash},{hash}");
        for wrong in ["", "a", ",", &format!("{hash},"), &three, "*", "OFF", " off", "off,off"] {
            assert!(Edge::parse(wrong).is_err(), "{wrong}");
        }
    }
}
