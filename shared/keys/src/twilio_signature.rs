//! The signature of Twilio's requests.

use aws_lc_rs::hmac;
use base64::{Engine as _, prelude::BASE64_STANDARD};

/// Returns true if Twilio signed a request to this URL with these fields, under the account's Auth
/// Token (Twilio's documentation, "Webhooks security", "Validating signatures from Twilio": the
/// whole URL, and after it each field by name, sorted as bytes, with its value; HMAC-SHA-1, in
/// base64). The comparison takes constant time.
pub fn is_signed_by_twilio(
    token: &str,
    url: &str,
    fields: &[(String, String)],
    signature: &str,
) -> bool {
    let Ok(given) = BASE64_STANDARD.decode(signature) else { return false };
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.as_bytes());
    hmac::verify(&key, signed(url, fields).as_bytes(), &given).is_ok()
}

/// Returns the signature that Twilio would give.
pub fn twilio_signature(token: &str, url: &str, fields: &[(String, String)]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.as_bytes());
    BASE64_STANDARD.encode(hmac::sign(&key, signed(url, fields).as_bytes()))
}

fn signed(url: &str, fields: &[(String, String)]) -> String {
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort();
    // A field that comes twice with one value counts once, as in Twilio's own libraries.
    fields.dedup();
    let fields = fields.into_iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]);
    [url].into_iter().chain(fields).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(all: &[(&str, &str)]) -> Vec<(String, String)> {
        all.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    /// The example of Twilio's documentation, "Webhooks security".
    #[test]
    fn s51_twilios_own_example_is_signed_and_nothing_that_differs_is() {
        let (token, url) = ("12345", "https://example.com/myapp.php?foo=1&bar=2");
        let all = fields(&[
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675310"),
            ("Digits", "1234"),
            ("From", "+14158675310"),
            ("To", "+18005551212"),
        ]);
        let signature = twilio_signature(token, url, &all);
        assert!(is_signed_by_twilio(token, url, &all, &signature));
        let mut turned = all.clone();
        turned.reverse();
        assert!(is_signed_by_twilio(token, url, &turned, &signature), "the order says nothing");
        let other = fields(&[("To", "+18005551213")]);
        for (token, url, fields, signature) in [
            ("12346", url, &all, signature.as_str()),
            (token, "https://example.com/myapp.php?foo=1&bar=3", &all, &signature),
            (token, url, &other, &signature),
            (token, url, &all, ""),
            (token, url, &all, "RSOYDt4T1cUTdK1PDd93/VVr8B9="),
            (token, url, &all, "not base64"),
        ] {
            assert!(!is_signed_by_twilio(token, url, fields, signature), "{token} {url}");
        }
    }
}
