//! A calling code.

use std::fmt;

use crate::{Malformed, values::id::text_outside};

/// The digits with which numbers of some countries begin, such as +64.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallingCode(u16);

impl CallingCode {
    /// Reads a plus sign and one to three digits (ITU-T E.164).
    ///
    /// # Errors
    /// [`Malformed`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let why = "must be a plus sign and one to three digits, such as +64";
        let wrong = || Malformed::new("calling code", why);
        let digits = text.strip_prefix('+').ok_or_else(wrong)?;
        let is_code = (1..=3).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        if is_code { digits.parse().map(Self).map_err(|_| wrong()) } else { Err(wrong()) }
    }
}

impl fmt::Display for CallingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.0)
    }
}

text_outside!(CallingCode, |code| code.to_string());
