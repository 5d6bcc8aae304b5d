use subtle::ConstantTimeEq;

use crate::values::id::byte_id;

byte_id!(
    /// The challenge of one sign-in: derived from it, and stored nowhere.
    PasskeyChallenge, 32, "the challenge"
);

impl PasskeyChallenge {
    /// Returns true if this is its text in client data, in constant time.
    pub fn is_text(&self, text: &str) -> bool {
        self.to_string().as_bytes().ct_eq(text.as_bytes()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
