//! Phone numbers that can take a text message, read with the numbering-plan metadata of
//! libphonenumber.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region};
use std::fmt;

use super::Country;
use crate::{Malformed, Masked};

/// A valid number of a type that takes text messages, in E.164 form.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone {
    /// `+` and digits only.
    e164: String,
    /// The country calling code, kept so that masking needs no metadata.
    calling_code: u16,
    country: Option<Country>,
}

/// The longest text that is looked at, in characters.
const MAX_TYPED: usize = 64;

impl Phone {
    /// Reads a number as libphonenumber does, in digits of any script; national form is understood
    /// for `default_country`. The first call in a process loads the metadata, 15 million
    /// instructions; so nothing calls this for a number that is known already, nor while a process
    /// starts.
    ///
    /// # Errors
    /// [`Malformed`] unless it is valid and mobile, or of a plan that does not tell mobile from
    /// fixed.
    pub fn parse(text: &str, default_country: Option<Country>) -> Result<Self, Malformed> {
        let wrong = Malformed::new("phone", "must be a valid number, such as +64 21 123 4567");
        if is_too_long(text) {
            return Err(wrong);
        }
        let region = default_country.and_then(|country| Region::from_code(country.code()).ok());
        let number = valid(text, region).or_else(|| national(text, region?)).ok_or(wrong)?;
        match PHONE_NUMBER_UTIL.get_number_type(&number) {
            PhoneNumberType::Mobile | PhoneNumberType::FixedLineOrMobile => Ok(Self {
                e164: PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164).into_owned(),
                calling_code: u16::try_from(number.country_code).map_err(|_| wrong)?,
                country: PHONE_NUMBER_UTIL
                    .get_region_for_number(&number)
                    .and_then(|region| Country::parse(&region.as_region_str()).ok()),
            }),
            PhoneNumberType::FixedLine
            | PhoneNumberType::TollFree
            | PhoneNumberType::PremiumRate
            | PhoneNumberType::SharedCost
            | PhoneNumberType::VoIP
            | PhoneNumberType::PersonalNumber
            | PhoneNumberType::Pager
            | PhoneNumberType::UAN
            | PhoneNumberType::VoiceMail
            | PhoneNumberType::Unknown => {
                Err(Malformed::new("phone", "must be a number that takes text messages"))
            }
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
        !is_too_long(text) && text.chars().filter(|c| !spacing(c)).eq(self.e164.chars())
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

fn is_too_long(text: &str) -> bool {
    text.chars().nth(MAX_TYPED).is_some()
}

fn valid(text: &str, region: Option<Region>) -> Option<PhoneNumber> {
    let number = PHONE_NUMBER_UTIL.parse(text, region).ok()?;
    PHONE_NUMBER_UTIL.is_valid_number(&number).then_some(number)
}

/// Reads digits after the calling code of a country, without a zero in front: people write the
/// trunk prefix of landlines before mobiles too, in Colombia for example.
fn national(text: &str, region: Region) -> Option<PhoneNumber> {
    if text.contains(['+', '\u{ff0b}']) {
        return None;
    }
    let code = PHONE_NUMBER_UTIL.get_country_code_for_region(region)?;
    let digits = PHONE_NUMBER_UTIL.normalize_digits_only(text);
    let significant = digits.strip_prefix('0').unwrap_or(&digits);
    valid(&format!("+{code}{significant}"), None).filter(|number| number.country_code == code)
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
        let fullwidth = "＋６４　２１　１２３　４５８９";
        assert_eq!(Phone::parse(fullwidth, None), Phone::parse("+64211234589", None));
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

    #[test]
    fn v3_a_trunk_prefix_that_the_plan_does_not_know_is_left_out() {
        let read = |text: &str, country: &str| {
            let phone = Phone::parse(text, Country::parse(country).ok());
            phone.map(|phone| phone.e164().to_owned()).ok()
        };
        assert_eq!(read("0321 1234567", "CO").as_deref(), Some("+573211234567"));
        assert_eq!(read("(０３２１) 1234567", "CO").as_deref(), Some("+573211234567"));
        assert_eq!(read("+0321 1234567", "CO"), None);
        assert_eq!(read("0321 1234567", "NO"), None);
    }
}
