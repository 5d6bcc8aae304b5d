//! The codes of an app.

use aws_lc_rs::hmac;

/// Computes the code of an app (RFC 6238) independently of the product.
pub fn shown(secret: &str, step: i64) -> String {
    let value = |c: u8| {
        u64::try_from(
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".iter().position(|known| *known == c).unwrap(),
        )
        .unwrap()
    };
    let mut key = vec![];
    for eight in secret.as_bytes().chunks(8) {
        let bits = eight.iter().fold(0_u64, |bits, c| bits << 5 | value(*c));
        key.extend_from_slice(&bits.to_be_bytes()[3..]);
    }
    let mac =
        hmac::sign(&hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &key), &step.to_be_bytes());
    let at = usize::from(mac.as_ref()[19] & 15);
    let number = u32::from_be_bytes(mac.as_ref()[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}
