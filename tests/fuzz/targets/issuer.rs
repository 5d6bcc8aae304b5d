//! Issuers, and the key URI they end up in: another library reads the same out of it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_domain::{TotpSecret, policy::Issuer};
use portcullis_keys::key_uri;
use totp_rs::Totp;

fuzz_target!(|given: (&str, [u8; 20])| {
    let (text, secret) = given;
    let made = Issuer::from_description(text);
    assert_eq!(
        Issuer::parse(made.as_str()).as_ref(),
        Ok(&made),
        "a label made of any description is a good one"
    );
    for issuer in [Some(made), Issuer::parse(text).ok()].into_iter().flatten() {
        let account: String =
            text.chars().filter(|c| *c != ':' && !c.is_control()).take(100).collect();
        let account = if account.trim().is_empty() { "account" } else { &account };
        let Ok((uri, typed)) = key_uri(&TotpSecret::new(secret), &issuer, account) else {
            continue;
        };
        assert!(uri.bytes().all(|b| b.is_ascii_graphic() && b != b'+' && b != b'"'), "{uri}");
        assert_eq!(typed.len(), 32);
        if let Ok(read) = Totp::from_url(&uri) {
            assert_eq!(read.issuer(), Some(issuer.as_str()));
            assert_eq!(read.account_name(), account);
        } else {
            panic!("{uri}");
        }
    }
});
