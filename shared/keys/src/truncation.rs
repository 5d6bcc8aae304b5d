//! From a MAC to six digits: dynamic truncation (RFC 4226, section 5.3).

use portcullis_domain::Code;

/// The code of a MAC: the offset is in the low four bits of its last byte, whatever its length.
pub(crate) fn code(mac: &[u8]) -> Option<Code> {
    let offset = usize::from(mac.last()? & 0x0f);
    let word = mac.get(offset..)?.first_chunk::<4>()?;
    Some(Code::from_number((u32::from_be_bytes(*word) & 0x7fff_ffff) % 1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_lc_rs::hmac;

    /// RFC 4226, appendix D: the values for the secret "12345678901234567890" and counts 0 to 9.
    #[test]
    fn the_vectors_of_rfc_4226() {
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583",
            "399871", "520489",
        ];
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, b"12345678901234567890");
        for (count, expected) in (0_u64..).zip(codes) {
            let mac = hmac::sign(&key, &count.to_be_bytes());
            assert_eq!(code(mac.as_ref()).unwrap().expose(), expected, "count {count}");
        }
    }

    #[test]
    fn too_short_a_mac_has_no_code() {
        assert!(code(&[]).is_none());
        assert!(code(&[0x0f; 8]).is_none());
    }
}
