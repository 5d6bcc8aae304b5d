//! The MAC of a line of the journal: a restore takes no line that somebody else put there.

use aws_lc_rs::hmac;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};

use super::Keyring;

/// The member of a line that has the MAC. It is the last one.
const MEMBER: &str = ",\"mac\":\"";
/// The end of a line after its MAC.
const END: &str = "\"}";

impl Keyring {
    /// Returns a line, which is an object of JSON, with its MAC as one more member. The MAC is made
    /// over everything before that member.
    pub fn with_journal_mac(&self, line: &str) -> String {
        let members = line.strip_suffix('}').unwrap_or(line);
        let mac = hmac::sign(&self.lookup.journal, members.as_bytes());
        format!("{members}{MEMBER}{}{END}", BASE64URL.encode(mac.as_ref()))
    }

    /// Returns true if a process with these keys wrote the line.
    pub fn has_journal_mac(&self, line: &str) -> bool {
        let parts = line.strip_suffix(END).and_then(|line| line.rsplit_once(MEMBER));
        parts.is_some_and(|(members, mac)| {
            let mac = BASE64URL.decode(mac);
            let is_it =
                |mac: Vec<u8>| hmac::verify(&self.lookup.journal, members.as_bytes(), &mac).is_ok();
            mac.is_ok_and(is_it)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::keyring::tests::{keyring, keyring_of};

    #[test]
    fn s50_a_line_of_the_journal_has_the_mac_of_its_members_and_nothing_else_passes() {
        let keyring = keyring();
        let line = keyring.with_journal_mac(r#"{"v":1,"at":1800000000}"#);
        assert!(keyring.has_journal_mac(&line));
        let json: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&json["v"], &json["at"]), (&1.into(), &1_800_000_000.into()));
        assert!(!keyring_of(9).has_journal_mac(&line), "of another service");
        let later = line.replace("1800000000", "1800000001");
        let twice = line.replace(r#"{"v":1"#, r#"{"v":1,"v":2"#);
        let more = line.replace(r#""}"#, r#"","admin":{}}"#);
        let plain = r#"{"v":1,"at":1800000000}"#.to_owned();
        let (cut, empty) = (line[..line.len() - 2].to_owned(), String::new());
        let short = r#"{"v":1,"at":1800000000,"mac":""}"#.to_owned();
        for other in [later, twice, more, plain, cut, empty, short, format!("{line} ")] {
            assert_ne!(other, line);
            assert!(!keyring.has_journal_mac(&other), "{other}");
        }
    }

    /// Journals are read by later releases. Made by hand: HMAC-SHA-256 under the key that HKDF
    /// (RFC 5869) gives for 32 bytes of 7 and `portcullis/v1/journal`.
    #[test]
    fn s50_the_mac_of_a_line_stays_what_it_is() {
        let wanted = r#"{"v":1,"mac":"3Z8yHd3f4S8n7_isXjwbo9FGgMRwiGdRxF7wMvpgTxA"}"#;
        assert_eq!(keyring_of(7).with_journal_mac(r#"{"v":1}"#), wanted);
    }
}
