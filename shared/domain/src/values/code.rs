//! The six digits a person types, and how they are read.

use std::fmt;
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

use super::characters::in_code;
use crate::Malformed;

/// A six-digit code. It cannot be printed by accident, and compares in constant time.
#[derive(Clone)]
pub struct Code([u8; 6]);

/// The zero of every run of decimal digits in Unicode 14 (general category Nd); runs are ten long.
const DIGIT_ZEROS: [u32; 66] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66,
    0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90,
    0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
    0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650,
    0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50,
    0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
];

impl Code {
    /// The code for a number below one million; higher digits are cut (RFC 4226, section 5.3, step
    /// 3).
    pub fn from_number(number: u32) -> Self {
        let mut digits = [0; 6];
        let mut rest = number;
        for place in digits.iter_mut().rev() {
            *place = b'0' + u8::try_from(rest % 10).unwrap_or(0);
            rest /= 10;
        }
        Self(digits)
    }

    /// Reads what a person typed or pasted: spaces, dashes and what nobody sees are dropped, digits
    /// of any script are read.
    ///
    /// # Errors
    /// [`Malformed`] unless six digits remain; such an entry is not a guess and is not counted.
    pub fn parse(typed: &str) -> Result<Self, Malformed> {
        let wrong = Malformed::new("code", "must be 6 digits");
        let mut digits = [0; 6];
        let mut places = digits.iter_mut();
        for c in in_code(typed) {
            *places.next().ok_or(wrong)? = b'0' + digit(c).ok_or(wrong)?;
        }
        if places.next().is_some() { Err(wrong) } else { Ok(Self(digits)) }
    }

    /// Returns true if both are the same code, in constant time.
    pub fn matches(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }

    /// The digits, for the one place that hands them to a message or to the TOTP check.
    pub fn expose(&self) -> &str {
        // Only ASCII digits are ever stored; an empty string would match nothing.
        std::str::from_utf8(&self.0).unwrap_or("")
    }
}

impl Drop for Code {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code")
    }
}

pub(super) fn digit(c: char) -> Option<u8> {
    let point = u32::from(c);
    let zero = DIGIT_ZEROS.iter().rev().find(|zero| **zero <= point)?;
    u8::try_from(point - zero).ok().filter(|value| *value < 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x3_codes_may_be_pasted_with_spaces_dashes_and_digits_of_any_script() {
        for typed in [
            "123456",
            " 123 456 ",
            "123-456",
            "12–34–56",
            "１２３４５６",
            "١٢٣٤٥٦",
            "१२३४५६",
            "𝟏𝟐𝟑𝟒𝟓𝟔",
            "123\u{a0}456",
        ] {
            assert_eq!(Code::parse(typed).unwrap().expose(), "123456", "{typed}");
        }
    }

    #[test]
    fn v10_what_nobody_sees_and_every_dash_is_dropped() {
        for between in [
            "\u{202a}",
            "\u{202c}",
            "\u{200b}",
            "\u{fe0f}",
            "\u{feff}",
            "\u{2069}",
            "\u{ad}",
            "–",
            "\u{2011}",
            "－",
            "ー",
            "〜",
            "\u{3000}",
            "\u{2003}\u{200e}",
        ] {
            let typed = format!("{between}123{between}456{between}");
            assert_eq!(Code::parse(&typed).unwrap().expose(), "123456", "{typed:?}");
        }
    }

    #[test]
    fn what_is_not_six_digits_is_no_guess() {
        for typed in ["", "12345", "1234567", "12345a", "12345:", "½23456", "12345\u{0}", "١٢٣٤٥"]
        {
            assert!(Code::parse(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_code_keeps_its_leading_zeros_and_is_never_printed() {
        let code = Code::from_number(42);
        assert_eq!(code.expose(), "000042");
        assert_eq!(format!("{code:?}"), "Code");
    }
}
