//! The prices of messages.

use portcullis_domain::{
    CallingCode, Malformed,
    settings::{Currency, Price, Prices},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Sets the prices of messages, which estimates of cost are made from.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPrices {
    /// The prices; `null` for none, and then no cost is estimated.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true)]
    pub prices: Option<PricesDocument>,
}

/// The prices of messages, if they are set.
#[derive(Serialize, ToSchema)]
pub struct PricesSet {
    /// The prices.
    pub prices: Option<PricesDocument>,
}

/// Prices of messages in one currency, each a decimal number with at most six decimals.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PricesDocument {
    /// The currency, by its ISO 4217 code.
    #[schema(example = "EUR")]
    pub currency: String,
    /// The price of an email.
    #[serde(default)]
    #[schema(example = "0.0001")]
    pub email: Option<String>,
    /// The price of a text message to a number for which there is no other price.
    #[serde(default)]
    #[schema(example = "0.08")]
    pub text: Option<String>,
    /// Prices of text messages by calling code, at most 40.
    #[serde(default)]
    #[schema(max_items = 40)]
    pub texts_to: Vec<TextPriceDocument>,
}

/// The price of a text message to numbers with a calling code.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TextPriceDocument {
    /// The digits that these numbers begin with.
    #[schema(example = "+64")]
    pub calling_code: String,
    /// The price.
    #[schema(example = "0.11")]
    pub price: String,
}

impl From<&Prices> for PricesDocument {
    fn from(Prices { currency, email, text, texts_to }: &Prices) -> Self {
        let to = |(code, price): &(CallingCode, Price)| TextPriceDocument {
            calling_code: code.to_string(),
            price: price.to_string(),
        };
        Self {
            currency: currency.to_string(),
            email: email.map(String::from),
            text: text.map(String::from),
            texts_to: texts_to.iter().map(to).collect(),
        }
    }
}

impl TryFrom<PricesDocument> for Prices {
    type Error = Malformed;

    fn try_from(document: PricesDocument) -> Result<Self, Malformed> {
        let PricesDocument { currency, email, text, texts_to } = document;
        let price =
            |what, text: &str| Price::parse(text).map_err(|wrong| Malformed { what, ..wrong });
        let optional = |what, text: Option<String>| text.map(|text| price(what, &text)).transpose();
        let to = |TextPriceDocument { calling_code, price: text }| {
            Ok((CallingCode::parse(&calling_code)?, price("prices.texts_to", &text)?))
        };
        let texts_to: Result<_, Malformed> = texts_to.into_iter().map(to).collect();
        Self::new(
            Currency::parse(&currency)?,
            optional("prices.email", email)?,
            optional("prices.text", text)?,
            texts_to?,
        )
    }
}
