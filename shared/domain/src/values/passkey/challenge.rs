use subtle::ConstantTimeEq;

use crate::values::id::byte_id;

byte_id!(
    /// The challenge of one sign-in: derived from it, and stored nowhere.
    PasskeyChallenge, 32, "the challenge"
);

impl PasskeyChallenge {
    /// The bytes of the MAC in it.
    pub const MAC: usize = 28;

    /// Makes a challenge of the version of a key and a MAC under it. It says the version, so that
    /// one that is out when a new version comes is known again.
    pub fn under(version: u32, mac: &[u8; Self::MAC]) -> Self {
        let mut bytes = [0; Self::LEN];
        let (head, tail) = bytes.split_at_mut(Self::LEN - Self::MAC);
        head.copy_from_slice(&version.to_be_bytes());
        tail.copy_from_slice(mac);
        Self(bytes)
    }

    /// Returns the version of the key that it says it was made under.
    pub const fn version(&self) -> u32 {
        let [a, b, c, d, ..] = self.0;
        u32::from_be_bytes([a, b, c, d])
    }

    /// Returns true if this is its text in client data, in constant time.
    pub fn is_text(&self, text: &str) -> bool {
        self.to_string().as_bytes().ct_eq(text.as_bytes()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p3_a_challenge_says_the_version_of_its_key() {
        let challenge = PasskeyChallenge::under(0x0102_0304, &[9; 28]);
        assert_eq!(challenge.version(), 0x0102_0304);
        assert_eq!(challenge.as_bytes()[4..], [9; 28]);
        assert_ne!(PasskeyChallenge::under(5, &[9; 28]), challenge);
    }

    #[test]
    fn p3_a_challenge_has_one_text() {
        let challenge = PasskeyChallenge::new([0xfb; 32]);
        let text = challenge.to_string();
        assert!(challenge.is_text(&text) && text.len() == 43);
        let padded = format!("{text}=");
        let base64 = text.replace('-', "+").replace('_', "/");
        // The last character carries four bits that nothing is made of.
        let loose = format!("{}t", &text[..42]);
        for other in ["", &text[1..], &text[..42], &padded, &base64, &loose] {
            assert_ne!(other, text);
            assert!(!challenge.is_text(other), "{other}");
        }
    }
}
