use portcullis_domain::{
    CallingCode,
    settings::{Currency, Price},
};
use portcullis_http::wire::admin::{NewPrices, PricesDocument, PricesSet, TextPriceDocument};

use crate::{FieldRefused, Fields, fields::filled};

/// The prices to set, as the form has them.
pub struct PricesDraft {
    pub etag: String,
    pub prices: NewPrices,
}

pub fn fill(set: PricesSet, etag: String) -> Fields {
    let PricesDocument { currency, email, text, texts_to } = set.prices.unwrap_or_default();
    let line = |of: &TextPriceDocument| format!("{} {}", of.calling_code, of.price);
    Fields::of([
        ("etag", etag),
        ("currency", currency),
        ("price_email", email.unwrap_or_default()),
        ("price_text", text.unwrap_or_default()),
        ("price_texts", texts_to.iter().map(line).collect::<Vec<_>>().join("\n")),
    ])
}

/// Reads the form. If every field is blank, there are no prices any more.
pub fn read(fields: &Fields) -> Result<PricesDraft, FieldRefused> {
    let mut form = fields.read();
    let etag = form.hidden("etag")?;
    let currency = form.parsed("currency", Currency::parse)?;
    let email = form.parsed("price_email", Price::parse)?;
    let text = form.parsed("price_text", Price::parse)?;
    let lines = form.text("price_texts")?;
    form.end()?;
    let texts_to: Vec<_> =
        lines.lines().filter_map(filled).map(|line| price_to(&line)).collect::<Result<_, _>>()?;
    let is_blank = email.is_none() && text.is_none() && texts_to.is_empty();
    let prices = match currency {
        None if is_blank => None,
        None => return Err(FieldRefused::at("currency", "console-prices-no-currency")),
        Some(currency) => Some(PricesDocument {
            currency: currency.to_string(),
            email: email.map(String::from),
            text: text.map(String::from),
            texts_to,
        }),
    };
    Ok(PricesDraft { etag, prices: NewPrices { prices } })
}

fn price_to(line: &str) -> Result<TextPriceDocument, FieldRefused> {
    let wrong = |malformed| FieldRefused::said("price_texts", format!("{line}: {malformed}."));
    let (code, price) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let code = CallingCode::parse(code).map_err(wrong)?;
    let price = Price::parse(price.trim()).map_err(wrong)?;
    Ok(TextPriceDocument { calling_code: code.to_string(), price: price.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(currency: &str, email: &str, texts_to: &str) -> Fields {
        let all =
            [("etag", "e"), ("currency", currency), ("price_email", email), ("price_text", "")];
        Fields::of(all.into_iter().chain([("price_texts", texts_to)]))
    }

    #[test]
    fn prices_are_read_line_by_line_and_shown_as_they_are_read() {
        let read = read(&fields("EUR", " 0.0001 ", "+64  0.11\r\n\r\n+1 0.0075\r\n"));
        let prices = read.ok().unwrap().prices.prices;
        let again = fill(PricesSet { prices }, "e".to_owned());
        assert_eq!(again.value("price_texts"), "+64 0.11\n+1 0.0075");
        assert_eq!((again.value("currency"), again.value("price_email")), ("EUR", "0.0001"));
    }

    #[test]
    fn blank_fields_are_no_prices_and_each_error_stands_beside_its_field() {
        let blank = read(&fields("", "", " ")).ok().unwrap();
        assert!(blank.prices.prices.is_none());
        for (of, field) in [
            (fields("", "0.1", ""), "currency"),
            (fields("eur", "", ""), "currency"),
            (fields("EUR", "0,1", ""), "price_email"),
            (fields("EUR", "", "+64"), "price_texts"),
            (fields("EUR", "", "64 0.1"), "price_texts"),
        ] {
            let Err(refused) = read(&of) else { panic!("{field}") };
            assert!(of.clone().refused(refused).error(field).is_some(), "{field}: {of:?}");
        }
    }
}
