//! Countries and territories that have phone numbers.

use std::fmt;

use crate::{Malformed, values::id::text_outside};

/// A country or territory with phone numbers, by its ISO 3166-1 alpha-2 code.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Country(&'static str);

/// Every region of libphonenumber, in order. A test compares them with its metadata, which nothing
/// needs to load for a name.
const REGIONS: [&str; 245] = [
    "AC", "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AR", "AS", "AT", "AU", "AW", "AX", "AZ",
    "BA", "BB", "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS",
    "BT", "BW", "BY", "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN", "CO",
    "CR", "CU", "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG",
    "EH", "ER", "ES", "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF", "GG",
    "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GT", "GU", "GW", "GY", "HK", "HN", "HR", "HT",
    "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM", "JO", "JP", "KE",
    "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC", "LI", "LK", "LR",
    "LS", "LT", "LU", "LV", "LY", "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK", "ML", "MM", "MN",
    "MO", "MP", "MQ", "MR", "MS", "MT", "MU", "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE", "NF",
    "NG", "NI", "NL", "NO", "NP", "NR", "NU", "NZ", "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL",
    "PM", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW", "SA", "SB", "SC", "SD",
    "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS", "ST", "SV", "SX", "SY",
    "SZ", "TA", "TC", "TD", "TG", "TH", "TJ", "TK", "TL", "TM", "TN", "TO", "TR", "TT", "TV", "TW",
    "TZ", "UA", "UG", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI", "VN", "VU", "WF", "WS", "XK",
    "YE", "YT", "ZA", "ZM", "ZW",
];

/// The regions that share a calling code, as libphonenumber lists them. A test compares them.
const SHARED: [&[&str]; 12] = [
    &[
        "US", "AG", "AI", "AS", "BB", "BM", "BS", "CA", "DM", "DO", "GD", "GU", "JM", "KN", "KY",
        "LC", "MP", "MS", "PR", "SX", "TC", "TT", "VC", "VG", "VI",
    ],
    &["RU", "KZ"],
    &["IT", "VA"],
    &["GB", "GG", "IM", "JE"],
    &["NO", "SJ"],
    &["AU", "CC", "CX"],
    &["MA", "EH"],
    &["RE", "YT"],
    &["SH", "TA"],
    &["FI", "AX"],
    &["GP", "BL", "MF"],
    &["CW", "BQ"],
];

impl Country {
    /// Reads a two-letter code such as `NZ`.
    ///
    /// # Errors
    /// [`Malformed`] for anything else.
    pub fn parse(code: &str) -> Result<Self, Malformed> {
        let wrong = Malformed::new("country", "must be a two-letter code such as NZ");
        let at = REGIONS.binary_search(&code).map_err(|_| wrong)?;
        REGIONS.get(at).copied().map(Self).ok_or(wrong)
    }

    /// The two letters.
    pub const fn code(self) -> &'static str {
        self.0
    }
}

/// Territories whose numbers begin with the same calling code, of which a list has some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedCode {
    /// Those in the list.
    pub listed: Vec<Country>,
    /// Those that are not: their numbers look alike, and are refused.
    pub others: Vec<Country>,
}

impl SharedCode {
    /// Returns each calling code that a list of countries has for some of its territories only.
    pub fn of(list: &[Country]) -> Vec<Self> {
        let parted = SHARED.iter().map(|group| {
            let group = group.iter().copied().map(Country);
            let (listed, others) = group.partition(|country| list.contains(country));
            Self { listed, others }
        });
        parted.filter(|code| !code.listed.is_empty() && !code.others.is_empty()).collect()
    }
}

text_outside!(Country, |country| country.0.to_owned());

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rlibphonenumber::PHONE_NUMBER_UTIL;
    use std::collections::BTreeMap;

    #[test]
    fn the_regions_and_their_calling_codes_are_those_of_libphonenumber() {
        let mut regions: Vec<String> =
            PHONE_NUMBER_UTIL.get_supported_regions().map(|region| region.to_string()).collect();
        regions.sort();
        assert_eq!(regions, REGIONS);
        let mut by_code = BTreeMap::<i32, Vec<String>>::new();
        for code in PHONE_NUMBER_UTIL.get_supported_calling_codes() {
            let sharing = PHONE_NUMBER_UTIL.get_regions_for_country_calling_code(code);
            let sharing = sharing.into_iter().flatten().map(|region| region.to_string());
            by_code.insert(code, sharing.collect());
        }
        by_code.retain(|_, sharing| sharing.len() > 1);
        assert_eq!(by_code.into_values().collect::<Vec<_>>(), SHARED);
    }

    #[test]
    fn v24_territories_that_share_a_calling_code_are_known() {
        let sharing = |list: &str| {
            let list: Vec<_> = list.split(' ').map(|code| Country::parse(code).unwrap()).collect();
            let words = |countries: &[Country]| {
                countries.iter().map(|country| country.code()).collect::<Vec<_>>().join(" ")
            };
            let codes = SharedCode::of(&list);
            let said = codes.iter().map(|code| (words(&code.listed), words(&code.others)));
            said.map(|(listed, others)| format!("{listed}: {others}")).collect::<Vec<_>>()
        };
        assert_eq!(sharing("GB NZ"), ["GB: GG IM JE"]);
        assert_eq!(sharing("JE FI GB"), ["GB JE: GG IM", "FI: AX"]);
        assert_eq!(sharing("RE"), ["RE: YT"]);
        assert!(sharing("US")[0].ends_with(" MP MS PR SX TC TT VC VG VI"));
        assert!(sharing("NZ FR GB GG IM JE").is_empty());
        for code in ["", "nz", "ZZ", "NZL", "001", "N", "ÅX"] {
            assert!(Country::parse(code).is_err(), "{code}");
        }
    }
}
