//! Bypass codes: an admin's way to let one user in, once.
use std::fmt;

use crate::{
    KeyVersion, Malformed, SecretMac, Timestamp,
    values::crockford::{Characters, Groups},
};

/// A bypass code in the clear: 16 characters, 80 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct BypassCode(Characters<16>);

impl BypassCode {
    pub fn new(random: [u8; 10]) -> Self {
        Self(Characters::of_bits(&random))
    }

    /// Reads what a person typed: spaces, dashes and what nobody sees are dropped, letters of
    /// either case and those people misread taken.
    ///
    /// # Errors
    /// [`Malformed`] unless 16 characters of the alphabet remain.
    pub fn parse(typed: &str) -> Result<Self, Malformed> {
        let why = "must be 6 digits, or the 16 characters of a bypass code";
        Characters::parse(typed, Malformed::new("code", why)).map(Self)
    }

    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// In groups of four, as people read it out.
    pub fn grouped(&self) -> String {
        self.0.grouped(Groups::OfFour)
    }
}

impl fmt::Debug for BypassCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BypassCode")
    }
}

/// A bypass code that was issued and not used yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bypass {
    pub version: KeyVersion,
    pub mac: SecretMac,
    pub expires_at: Timestamp,
}

impl Bypass {
    /// Returns true if it can still be used. Wrong guesses never end it, because nobody finds 80
    /// random bits, and a stranger could take it from the user.
    pub fn is_good(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_however_a_person_types_it() {
        let code = BypassCode::new([0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf]);
        assert_eq!(code.grouped(), "0123-4567-89AB-CDEF");
        for typed in ["0123456789abcdef", "O123 4567-89AB CDEF", "o i23-4567-89ab-cdef"] {
            assert_eq!(BypassCode::parse(typed), Ok(code.clone()), "{typed}");
        }
    }

    #[test]
    fn v10_what_nobody_sees_and_every_dash_is_dropped() {
        let code = BypassCode::parse("0123456789ABCDEF").unwrap();
        for between in [
            "–", "—", "\u{2011}", "−", "－", "ー", "\u{202a}", "\u{202c}", "\u{200b}", "\u{fe0f}",
            "\u{a0}",
        ] {
            let typed = format!("{between}0123{between}4567{between}89ab{between}cdef{between}");
            assert_eq!(BypassCode::parse(&typed).as_ref(), Ok(&code), "{typed:?}");
        }
    }

    #[test]
    fn every_random_bit_shows_and_other_shapes_are_refused() {
        for bit in 0..80 {
            let mut random = [0; 10];
            random[bit / 8] = 1 << (bit % 8);
            assert_ne!(BypassCode::new(random), BypassCode::new([0; 10]), "bit {bit}");
        }
        assert_eq!(BypassCode::new([0xff; 10]).expose(), "ZZZZZZZZZZZZZZZZ");
        for typed in ["123456", "", "0123456789ABCDEU", "0123456789ABCDEF0", "0123456789ABCDE"] {
            assert!(BypassCode::parse(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_code_is_good_until_its_last_second_and_is_never_printed() {
        let now = Timestamp::from_unix(1_800_000_000);
        for (seconds, good) in [(1, true), (0, false), (-1, false)] {
            let (version, mac) = (KeyVersion(1), SecretMac::new([0; 16]));
            let bypass = Bypass { version, mac, expires_at: now.plus(seconds) };
            assert_eq!(bypass.is_good(now), good, "{bypass:?}");
        }
        assert_eq!(format!("{:?}", BypassCode::new([0; 10])), "BypassCode");
    }
}
