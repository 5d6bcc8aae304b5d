//! Phone numbers that can take a text message, read with the numbering-plan metadata of
//! libphonenumber.

use phonenumber::{Mode, Type, country, metadata::DATABASE};
use std::{fmt, str::FromStr};

use crate::{Malformed, Masked, values::id::text_outside};

/// A country, by its ISO 3166-1 alpha-2 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Country(country::Id);

impl Country {
    /// Reads a two-letter code such as `NZ`.
    pub fn parse(code: &str) -> Result<Self, Malformed> {
        let wrong = Malformed::new("country", "must be a two-letter code such as NZ");
        country::Id::from_str(code).map(Self).map_err(|_| wrong)
    }
}

text_outside!(Country, |country| country.0.as_ref().to_owned());

/// A valid number of a type that takes text messages, in E.164 form.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone {
    /// `+` and digits only.
    e164: String,
    /// The country calling code, kept so that masking needs no metadata.
    calling_code: u16,
    country: Option<Country>,
}

/// The longest text that is looked at, in bytes.
const MAX_TYPED: usize = 64;

impl Phone {
    /// Reads a number; national form is understood for `default_country`. The first call in a
    /// process loads the metadata, about 70 ms of CPU; so nothing calls this for a number that is
    /// known already, nor while a process starts.
    ///
    /// # Errors
    /// [`Malformed`] unless it is valid and mobile, or of a plan that does not tell mobile from
    /// fixed.
    pub fn parse(text: &str, default_country: Option<Country>) -> Result<Self, Malformed> {
        let wrong = Malformed::new("phone", "must be a valid number, such as +64 21 123 4567");
        if text.len() > MAX_TYPED {
            return Err(wrong);
        }
        let number = phonenumber::parse(default_country.map(|c| c.0), text).map_err(|_| wrong)?;
        if !number.is_valid() {
            return Err(wrong);
        }
        match number.number_type(&DATABASE) {
            Type::Mobile | Type::FixedLineOrMobile => Ok(Self {
                e164: number.format().mode(Mode::E164).to_string(),
                calling_code: number.country().code(),
                country: number.country().id().map(Country),
            }),
            _ => Err(Malformed::new("phone", "must be a number that takes text messages")),
        }
    }

    /// Takes a number that was read before, with what was learnt of it then; no metadata is needed.
    ///
    /// # Errors
    /// [`Malformed`] unless it is of E.164 form and begins with the calling code.
    pub fn from_e164(
        e164: String,
        calling_code: u16,
        country: Option<Country>,
    ) -> Result<Self, Malformed> {
        let digits = e164.strip_prefix('+').filter(|digits| {
            digits.starts_with(&calling_code.to_string())
                && (2..=15).contains(&digits.len())
                && digits.bytes().all(|digit| digit.is_ascii_digit())
        });
        match digits {
            Some(_) => Ok(Self { e164, calling_code, country }),
            None => Err(Malformed::new("phone", "must be in E.164 form")),
        }
    }

    pub const fn calling_code(&self) -> u16 {
        self.calling_code
    }

    /// Returns true if a text is this number in international form, however it is spaced. No
    /// metadata is needed.
    fn is_written(&self, text: &str) -> bool {
        let spacing = |c: &char| matches!(c, ' ' | '-' | '.' | '(' | ')' | '/');
        text.len() <= MAX_TYPED && text.chars().filter(|c| !spacing(c)).eq(self.e164.chars())
    }

    /// The number in E.164 form: `+` and digits.
    pub fn e164(&self) -> &str {
        &self.e164
    }

    pub fn country(&self) -> Option<Country> {
        self.country
    }

    /// The number without its last four digits: the block that a daily cap is counted over.
    pub fn prefix(&self) -> &str {
        self.e164.get(..self.e164.len().saturating_sub(4)).unwrap_or(&self.e164)
    }

    /// `+`, the country calling code, five stars, the last two digits.
    pub(super) fn masked(&self) -> Masked {
        let tail = self.e164.get(self.e164.len().saturating_sub(2)..).unwrap_or("");
        Masked::new(format!("+{}*****{tail}", self.calling_code))
    }
}

/// A number as it was typed. The form it means depends on the portal's country, so a command reads
/// it.
#[derive(Clone)]
pub struct TypedPhone(String);

impl TypedPhone {
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// Reads the number; the one that is known stays if it is written again.
    ///
    /// # Errors
    /// Those of [`Phone::parse`].
    pub fn read(
        &self,
        known: Option<Phone>,
        default_country: Option<Country>,
    ) -> Result<Phone, Malformed> {
        match known.filter(|known| known.is_written(&self.0)) {
            Some(known) => Ok(known),
            None => Phone::parse(&self.0, default_country),
        }
    }
}

impl fmt::Debug for TypedPhone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypedPhone")
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a4_only_valid_numbers_that_take_messages_are_kept() {
        let nz = Country::parse("NZ").ok();
        assert_eq!(Phone::parse("021 123 4589", nz).unwrap().e164(), "+64211234589");
        assert_eq!(
            Phone::parse("+1 202 555 0123", nz).unwrap().country(),
            Country::parse("US").ok()
        );
        let spaced = |spaces: usize| format!("+64{}211234589", " ".repeat(spaces));
        assert_eq!(Phone::parse(&spaced(52), None).unwrap().prefix(), "+6421123");
        assert!(Phone::parse(&spaced(53), None).is_err(), "longer than anything typed");
        assert_eq!(format!("{:?}", Phone::parse(&spaced(1), None).unwrap()), "Phone");
        let known = Phone::parse("+64211234589", None).unwrap();
        for (text, same) in [
            ("+64211234589", true),
            ("+64 (21) 123-45.89", true),
            ("+64 (0)21 123 4589", false),
            ("+64 21 123 4580", false),
            ("64211234589", false),
            ("+64211234589 ext 1", false),
            ("", false),
        ] {
            assert_eq!(known.is_written(text), same, "{text}");
        }
        assert!(!known.is_written(&spaced(53)), "longer than anything typed");
        let refused = [
            ("123", "not valid"),
            ("+64 9 555 0100", "a landline"),
            ("0900 12345", "premium"),
            ("021 123 4589", "no country"),
        ];
        for (number, why) in refused {
            let default = nz.filter(|_| why != "no country");
            assert!(Phone::parse(number, default).is_err(), "{why}");
        }
    }
}
