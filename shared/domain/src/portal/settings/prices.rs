//! The prices of messages, which an operator takes from contracts, and what messages cost by them.
//! Whole millionths of the currency, so that no sum is rounded.

use std::fmt;

use crate::{CallingCode, Malformed, values::id::text_outside};

/// A currency, by its ISO 4217 code. It is only shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Currency([u8; 3]);

/// The price of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Price(u32);

/// The price of many messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost(u64);

/// The prices of messages, as far as they are set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prices {
    pub currency: Currency,
    pub email: Option<Price>,
    /// A text message to a number for which there is no other price.
    pub text: Option<Price>,
    /// Text messages by calling code, in order, each once.
    pub texts_to: Vec<(CallingCode, Price)>,
}

/// The cost of messages by a list of prices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Estimate {
    pub cost: Cost,
    /// Messages for which there is no price.
    pub unpriced: u64,
}

const MILLION: u32 = 1_000_000;
const MILLION_DIGITS: usize = 6;

impl Currency {
    /// Reads a code of three capital letters.
    ///
    /// # Errors
    /// [`Malformed`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        match *text.as_bytes() {
            [a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Self([a, b, c])),
            _ => Err(Malformed::new("currency", "must be three capital letters such as EUR")),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|letter| write!(f, "{}", char::from(*letter)))
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

text_outside!(Currency, |currency| currency.to_string());

impl Price {
    /// The most that one message can cost, in whole units of the currency.
    pub const MOST: u32 = 1_000;

    /// Reads a decimal number with a point, such as `0.0075`.
    ///
    /// # Errors
    /// [`Malformed`] for anything else, for more than six decimals, and above [`Price::MOST`].
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let why = "must be a number from 0 to 1000 with at most six decimals, such as 0.0075";
        let wrong = || Malformed::new("price", why);
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str, most| {
            let good = (1..=most).contains(&text.len());
            good && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(whole, 4) || !digits(decimals, MILLION_DIGITS) {
            return Err(wrong());
        }
        let whole: u32 = whole.parse().map_err(|_| wrong())?;
        let millionths: u32 =
            format!("{decimals:0<MILLION_DIGITS$}").parse().map_err(|_| wrong())?;
        Self::from_millionths(whole * MILLION + millionths)
    }

    /// Takes a price in millionths of the currency.
    ///
    /// # Errors
    /// [`Malformed`] above [`Price::MOST`].
    pub fn from_millionths(millionths: u32) -> Result<Self, Malformed> {
        let why = "must be at most 1000";
        let good = millionths <= Self::MOST * MILLION;
        if good { Ok(Self(millionths)) } else { Err(Malformed::new("price", why)) }
    }

    pub const fn millionths(self) -> u32 {
        self.0
    }

    /// Returns the price of so many messages.
    pub fn of(self, messages: u64) -> Cost {
        Cost(u64::from(self.0).saturating_mul(messages))
    }
}

/// As it is read, with at least two decimals.
impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = format!("{:06}", self.0 % MILLION);
        let kept = decimals.trim_end_matches('0').len().max(2);
        write!(f, "{}.{}", self.0 / MILLION, decimals.get(..kept).unwrap_or_default())
    }
}

text_outside!(Price, |price| price.to_string());

impl Cost {
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// With two decimals, the last one rounded up: an estimate is not less than what it adds up.
impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = self.0.div_ceil(u64::from(MILLION) / 100);
        write!(f, "{}.{:02}", hundredths / 100, hundredths % 100)
    }
}

impl Prices {
    /// The most calling codes with a price of their own: every sign-in reads them.
    pub const CODES: usize = 40;

    /// Takes prices, if there are not too many and each calling code has one.
    ///
    /// # Errors
    /// [`Malformed`] otherwise.
    pub fn new(
        currency: Currency,
        email: Option<Price>,
        text: Option<Price>,
        mut texts_to: Vec<(CallingCode, Price)>,
    ) -> Result<Self, Malformed> {
        let wrong = |why| Malformed::new("prices.texts_to", why);
        texts_to.sort_unstable();
        if texts_to.len() > Self::CODES {
            return Err(wrong("must be at most 40 calling codes"));
        }
        if texts_to.windows(2).any(|pair| matches!(pair, [(a, _), (b, _)] if a == b)) {
            return Err(wrong("must have each calling code once"));
        }
        Ok(Self { currency, email, text, texts_to })
    }

    /// Returns the price of a text message to a number with this calling code.
    pub fn of_text(&self, code: CallingCode) -> Option<Price> {
        let own = self.texts_to.iter().find(|(of, _)| *of == code);
        own.map(|(_, price)| *price).or(self.text)
    }
}

impl Estimate {
    /// Adds so many messages at a price, if there is one.
    pub fn add(&mut self, price: Option<Price>, messages: u64) {
        match price {
            Some(price) => self.cost = self.cost.plus(price.of(messages)),
            None => self.unpriced = self.unpriced.saturating_add(messages),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn price(text: &str) -> Price {
        Price::parse(text).unwrap()
    }

    fn code(text: &str) -> CallingCode {
        CallingCode::parse(text).unwrap()
    }

    #[test]
    fn a_price_is_a_decimal_number_of_millionths_and_nothing_else() {
        for (text, millionths, said) in [
            ("0", 0, "0.00"),
            ("0.0075", 7_500, "0.0075"),
            ("0.1", 100_000, "0.10"),
            ("12.000001", 12_000_001, "12.000001"),
            ("1000", 1_000_000_000, "1000.00"),
        ] {
            let read = price(text);
            assert_eq!((read.millionths(), read.to_string()), (millionths, said.to_owned()));
        }
        let wrong =
            ["", ".5", "1.", "-1", "+1", "1,5", "1e3", " 1", "0.0000001", "1000.01", "99999", "١"];
        for text in wrong {
            assert!(Price::parse(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_price_is_read_as_it_is_written(millionths in 0_u32..=1_000_000_000) {
            let known = Price::from_millionths(millionths).unwrap();
            prop_assert_eq!(price(&known.to_string()), known);
        }
    }

    #[test]
    fn a_cost_is_exact_until_it_is_shown_and_never_shown_as_less() {
        let mut estimate = Estimate::default();
        for _ in 0..3 {
            estimate.add(Some(price("0.000001")), 1);
        }
        assert_eq!(estimate.cost.to_string(), "0.01");
        estimate.add(Some(price("0.075")), 1_000);
        estimate.add(None, 7);
        assert_eq!((estimate.cost.to_string(), estimate.unpriced), ("75.01".to_owned(), 7));
        assert_eq!(Cost::default().to_string(), "0.00");
        estimate.add(Some(price("1000")), u64::MAX);
        assert_eq!(estimate.cost, Cost(u64::MAX), "it does not begin anew");
    }

    #[test]
    fn a_text_costs_what_its_calling_code_says_or_else_the_usual_price() {
        let currency = Currency::parse("NZD").unwrap();
        let to = vec![(code("+64"), price("0.1")), (code("+1"), price("0.02"))];
        let prices = Prices::new(currency, None, Some(price("0.5")), to.clone()).unwrap();
        let cost = |text| prices.of_text(code(text)).unwrap().to_string();
        assert_eq!(["+64", "+1", "+6", "+49"].map(cost), ["0.10", "0.02", "0.50", "0.50"]);
        let none = Prices::new(currency, None, None, to.clone()).unwrap();
        assert_eq!(none.of_text(code("+49")), None);
        let twice = [to, vec![(code("+64"), price("1"))]].concat();
        assert!(Prices::new(currency, None, None, twice).is_err());
        let many = (1..=41).map(|n| (code(&format!("+{n}")), price("1"))).collect();
        assert!(Prices::new(currency, None, None, many).is_err());
    }

    #[test]
    fn currencies_and_calling_codes_are_written_in_one_way() {
        for wrong in ["", "EU", "eur", "EURO", "E1R"] {
            assert!(Currency::parse(wrong).is_err(), "{wrong}");
        }
        for wrong in ["", "+", "64", "+064", "+0", "+1234", "+6a", "++6"] {
            assert!(CallingCode::parse(wrong).is_err(), "{wrong}");
        }
        assert_eq!(code("+972").to_string(), "+972");
    }
}
