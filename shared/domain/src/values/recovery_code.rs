//! Recovery codes: each lets a user in once whose phone is lost. They are derived, and not stored.

use std::fmt;

use super::{
    crockford::{Characters, Groups},
    id::byte_id,
};
use crate::Malformed;

byte_id!(
    /// One set of recovery codes of one user.
    RecoverySetId, 8, "the set of recovery codes"
);

/// A recovery code in the clear: 15 characters, 75 bits.
#[derive(Clone)]
pub struct RecoveryCode(Characters<15>);

impl RecoveryCode {
    /// Takes the first 75 bits of a keyed hash.
    pub fn of_bits(bits: &[u8; 10]) -> Self {
        Self(Characters::of_bits(bits))
    }

    /// Reads what a person typed: spaces, dashes and what nobody sees are dropped, letters of
    /// either case and those people misread taken.
    ///
    /// # Errors
    /// [`Malformed`] unless 15 characters of the alphabet remain.
    pub fn parse(typed: &str) -> Result<Self, Malformed> {
        let why = "must be the 15 characters of a recovery code";
        Characters::parse(typed, Malformed::new("recovery_code", why)).map(Self)
    }

    /// Returns true if both are the same, in constant time.
    pub fn is(&self, other: &Self) -> bool {
        self.0.is(&other.0)
    }

    /// In groups of five, as it is shown once.
    pub fn grouped(&self) -> String {
        self.0.grouped(Groups::OfFive)
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r1_a_code_reads_back_however_a_person_types_it_and_is_never_printed() {
        let code =
            RecoveryCode::of_bits(&[0, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xc0]);
        assert_eq!(code.grouped(), "01234-56789-ABCDE");
        for typed in ["0123456789abcde", "O1234 56789–ABCDE", "o i2-34567-89abcd\u{200b}e"] {
            assert!(RecoveryCode::parse(typed).unwrap().is(&code), "{typed}");
        }
        assert!(!RecoveryCode::parse("0123456789ABCDF").unwrap().is(&code));
        for typed in ["123456", "", "0123456789ABCDU", "0123456789ABCDEF", "0123456789ABCD"] {
            assert!(RecoveryCode::parse(typed).is_err(), "{typed}");
        }
        assert_eq!(format!("{code:?}"), "RecoveryCode");
    }

    #[test]
    fn r1_each_of_the_75_bits_shows() {
        let none = RecoveryCode::of_bits(&[0; 10]);
        for bit in 0..80 {
            let mut bits = [0; 10];
            bits[bit / 8] = 0x80 >> (bit % 8);
            assert_eq!(RecoveryCode::of_bits(&bits).is(&none), bit >= 75, "bit {bit}");
        }
    }
}
