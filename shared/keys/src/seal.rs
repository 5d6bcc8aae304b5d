//! AES-256-GCM with associated data: a sealed secret opens only for the owner it was sealed for.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use zeroize::Zeroizing;

use crate::KeyError;

/// Nonce, ciphertext and tag.
pub(crate) fn seal(
    key: &[u8; 32],
    nonce: [u8; NONCE_LEN],
    owner: &[u8],
    secret: &[u8],
) -> Result<Vec<u8>, KeyError> {
    let mut sealed = secret.to_vec();
    cipher(key)?
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(owner),
            &mut sealed,
        )
        .map_err(|_| KeyError::Crypto("AES-GCM seal"))?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// The secret, if it was sealed with this key for this owner.
pub(crate) fn open(
    key: &[u8; 32],
    owner: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let failed = KeyError::Crypto("AES-GCM open");
    let Some((nonce, rest)) = sealed.split_first_chunk::<NONCE_LEN>() else { return Err(failed) };
    let mut opened = Zeroizing::new(rest.to_vec());
    let length = cipher(key)?
        .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(owner), &mut opened)
        .map_err(|_| failed)?
        .len();
    opened.truncate(length);
    Ok(opened)
}

fn cipher(key: &[u8; 32]) -> Result<LessSafeKey, KeyError> {
    UnboundKey::new(&AES_256_GCM, key)
        .map(LessSafeKey::new)
        .map_err(|_| KeyError::Crypto("AES-GCM key"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s20_a_sealed_secret_opens_for_its_owner_only() {
        let sealed = seal(&[1; 32], [2; 12], b"anna", b"secret").unwrap();
        assert_eq!(open(&[1; 32], b"anna", &sealed).unwrap().as_slice(), b"secret");
        assert!(open(&[1; 32], b"ben", &sealed).is_err());
        assert!(open(&[9; 32], b"anna", &sealed).is_err());
        for damaged in [&sealed[1..], &sealed[..sealed.len() - 1], &[]] {
            assert!(open(&[1; 32], b"anna", damaged).is_err());
        }
    }
}
