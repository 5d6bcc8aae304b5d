//! The `otpauth:` link that a QR code carries into an authenticator app.

use portcullis_domain::{TotpSecret, policy::Issuer};
use totp_rs::{Builder, Secret};

use crate::KeyError;

/// The key URI of a secret: issuer both as label prefix and as parameter, percent-encoded, with the
/// fixed values that every app understands (SHA-1, 6 digits, 30 s) left out as its defaults. Also
/// the secret in base32, for typing.
///
/// # Errors
/// [`KeyError::Crypto`] for an account name with `:`, which its type forbids upstream.
pub fn key_uri(
    secret: &TotpSecret,
    issuer: &Issuer,
    account: &str,
) -> Result<(String, String), KeyError> {
    let secret = Secret::new_stack(*secret.expose());
    let typed = secret.to_base32();
    let uri = Builder::new()
        .with_secret(secret)
        .with_account_name(account)
        .with_issuer(Some(issuer.as_str()))
        .build()
        .and_then(|totp| totp.to_url())
        .map_err(|_| KeyError::Crypto("key URI"))?;
    Ok((uri, typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn i2_i11_the_issuer_is_label_prefix_and_parameter_and_spaces_are_percent_encoded() {
        let issuer = Issuer::parse("Müller & Søn — Portal 客户").unwrap();
        let (uri, typed) = key_uri(&TotpSecret::new([0; 20]), &issuer, "anna@example.com").unwrap();
        let encoded = "M%C3%BCller%20%26%20S%C3%B8n%20%E2%80%94%20Portal%20%E5%AE%A2%E6%88%B7";
        assert!(uri.starts_with(&format!("otpauth://totp/{encoded}:anna%40example.com?")), "{uri}");
        assert!(uri.contains(&format!("issuer={encoded}")) && !uri.contains('+'), "{uri}");
        assert!(uri.contains(&format!("secret={typed}")));
        assert_eq!(typed.len(), 32);
    }
}
