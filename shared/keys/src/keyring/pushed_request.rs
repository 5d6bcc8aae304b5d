//! The parts of a pushed request (RFC 9126) that the browser carries: sealed for their sign-in, so
//! that nobody reads or changes them.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use portcullis_domain::{SignInId, passkey::Signatures as _, sign_in::oidc::Arrival};

use super::Keyring;
use crate::{KeyError, PasskeySignatures, root::SubPurpose};

/// The part that the prompt opens.
#[derive(Clone, PartialEq, Eq)]
pub struct PushedState {
    pub state: Option<String>,
    pub arrival: Arrival,
    /// The start of the SHA-256 of the redirect URI.
    pub redirect_uri: [u8; 9],
}

impl std::fmt::Debug for PushedState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PushedState")
    }
}

impl PushedState {
    pub fn new(state: Option<String>, arrival: Arrival, redirect_uri: &str) -> Self {
        let hash = PasskeySignatures.hash(redirect_uri.as_bytes());
        let redirect_uri = hash.first_chunk().copied().unwrap_or_default();
        Self { state, arrival, redirect_uri }
    }

    /// Returns the form that is sealed: a letter for the pages, the hash, and the state as it is,
    /// so that it takes no more room in a cookie than it must.
    fn form(&self) -> String {
        let pages = match self.arrival {
            Arrival::WithoutPages => 'n',
            Arrival::WithPages | Arrival::Malformed => 'p',
        };
        let hash = BASE64URL.encode(self.redirect_uri);
        format!("{pages}{hash}{}", self.state.as_deref().unwrap_or_default())
    }

    fn of_form(form: &str) -> Option<Self> {
        let arrival = match form.get(..1)? {
            "n" => Arrival::WithoutPages,
            "p" => Arrival::WithPages,
            _ => return None,
        };
        let redirect_uri = BASE64URL.decode(form.get(1..13)?).ok()?.try_into().ok()?;
        let state = Some(form.get(13..)?.to_owned()).filter(|state| !state.is_empty());
        Some(Self { state, arrival, redirect_uri })
    }
}

/// The owners under which the two parts are sealed, so that neither passes for the other.
const STATE: &str = "state";
const NONCE: &str = "nonce";

impl Keyring {
    /// Seals the part for the prompt, and the portal's nonce, which the code will contain.
    pub fn seal_pushed(
        &self,
        id: &SignInId,
        state: &PushedState,
        nonce: Option<&str>,
        random: [[u8; 12]; 2],
    ) -> Result<(String, String), KeyError> {
        let [first, second] = random;
        let seal = |part, text: &str, random| {
            self.seal_for_url(SubPurpose::PushedRequest, &owner(part, id), text, random)
        };
        Ok((seal(STATE, &state.form(), first)?, seal(NONCE, nonce.unwrap_or_default(), second)?))
    }

    /// Opens the part for the prompt; `None` if it was not sealed for this sign-in.
    ///
    /// # Errors
    /// [`KeyError`] if the keys are not open.
    pub fn open_pushed_state(
        &self,
        id: &SignInId,
        sealed: &str,
    ) -> Result<Option<PushedState>, KeyError> {
        let opened = self.open_from_url(SubPurpose::PushedRequest, &owner(STATE, id), sealed)?;
        Ok(opened.and_then(|text| PushedState::of_form(&text)))
    }

    /// Opens the portal's nonce, empty if it gave none; `None` if it was not sealed for this
    /// sign-in.
    ///
    /// # Errors
    /// [`KeyError`] if the keys are not open.
    pub fn open_pushed_nonce(
        &self,
        id: &SignInId,
        sealed: &str,
    ) -> Result<Option<String>, KeyError> {
        let opened = self.open_from_url(SubPurpose::PushedRequest, &owner(NONCE, id), sealed)?;
        Ok(opened.map(|text| text.to_string()))
    }
}

fn owner(part: &str, id: &SignInId) -> String {
    format!("{part} {id}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keyring::tests::keyring;
    use portcullis_domain::{Locator, PortalId, SignInKey};

    #[test]
    fn a_pushed_request_opens_for_its_own_sign_in_and_part_and_nowhere_else() {
        let keyring = keyring();
        let id = |byte| {
            let portal = PortalId::parse("acme").unwrap();
            SignInId::new(portal, Locator::new([1; 16]), SignInKey::new([byte; 21]), &keyring)
        };
        let pushed =
            PushedState::new(Some("st&te".to_owned()), Arrival::WithoutPages, "https://a.example");
        let (state, nonce) =
            keyring.seal_pushed(&id(1), &pushed, Some("n-1"), [[3; 12], [4; 12]]).unwrap();
        assert_eq!(keyring.open_pushed_state(&id(1), &state).unwrap(), Some(pushed));
        assert_eq!(keyring.open_pushed_nonce(&id(1), &nonce).unwrap().as_deref(), Some("n-1"));
        assert_eq!(keyring.open_pushed_state(&id(2), &state).unwrap(), None);
        assert_eq!(keyring.open_pushed_nonce(&id(2), &nonce).unwrap(), None);
        assert_eq!(keyring.open_pushed_state(&id(1), &nonce).unwrap(), None);
        assert_eq!(keyring.open_pushed_nonce(&id(1), &state).unwrap(), None);
        for damaged in ["", "AAAA", &nonce[1..], "not base64url!"] {
            assert_eq!(keyring.open_pushed_nonce(&id(1), damaged).unwrap(), None, "{damaged}");
        }
    }
}
