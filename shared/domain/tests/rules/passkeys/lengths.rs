//! Authenticator data of every length.

use super::{AT, ED, Side, UP, UV, attested};
use portcullis_domain::{passkey::AuthenticatorData, sign_in::passkey::NotMet};
use proptest::{collection::vec, prelude::*};

fn is_for_its_length(why: NotMet) -> bool {
    matches!(why, NotMet::Malformed(_) | NotMet::Key | NotMet::CredentialId)
}

/// A map with one extension, whose value is that long.
fn extensions(length: u8) -> Vec<u8> {
    let value = vec![7; length.into()];
    [&[0xa1, 0x61, 0x61, 0x58, length], &value[..]].concat()
}

proptest! {
    #[test]
    fn p2_any_bytes_are_read_without_a_panic_and_accepted_by_nobody(
        bytes in vec(any::<u8>(), 0..2_200),
    ) {
        let assertion = AuthenticatorData::of_assertion(&bytes);
        prop_assert!(assertion.is_err() || bytes.len() == 37 || bytes[32] & ED != 0);
        let registration = AuthenticatorData::of_registration(&bytes);
        prop_assert!(registration.is_err() || (bytes.len() >= 55 && bytes[32] & AT != 0));
        prop_assert!(Side::of_proof().prove_with(&bytes).is_err());
        prop_assert!(Side::of_registration().register_with(&bytes).is_err());
    }

    #[test]
    fn p2_any_flags_and_any_rest_are_accepted_only_as_long_as_they_say(
        flags in any::<u8>(),
        counter in 5_u32..,
        rest in vec(any::<u8>(), 0..400),
    ) {
        let side = Side { flags, counter, rest, ..Side::of_proof() };
        if side.prove().is_ok() {
            prop_assert_eq!(flags & (UP | UV | AT), UP | UV);
            prop_assert_eq!(flags & ED == 0, side.rest.is_empty());
        }
        let side = Side { bound: vec![], kind: "webauthn.create", ..side };
        if side.register().is_ok() {
            let length = usize::from(u16::from_be_bytes([side.rest[16], side.rest[17]]));
            prop_assert_eq!(flags & (UP | UV | AT), UP | UV | AT);
            prop_assert!((1..=255).contains(&length));
            prop_assert_eq!(flags & ED == 0, side.rest.len() == 18 + length + 77);
        }
    }

    #[test]
    fn p2_a_registration_that_is_cut_or_lengthened_is_refused(
        credential in vec(any::<u8>(), 1..=255),
        more in vec(any::<u8>(), 1..100),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut side = Side::of_registration();
        side.rest = attested(&credential);
        let data = side.authenticator_data();
        let passkey = side.register_with(&data).unwrap();
        prop_assert_eq!(passkey.credential.as_bytes(), credential);
        let short = side.register_with(&data[..cut.index(data.len())]);
        prop_assert!(short.is_err_and(is_for_its_length));
        let long = side.register_with(&[data, more].concat());
        prop_assert!(long.is_err_and(is_for_its_length));
    }

    /// Extensions are not read, so one that is cut within them is only known by its signature,
    /// which a registration does not have: nothing is taken from there.
    #[test]
    fn p2_a_registration_with_extensions_is_refused_when_it_is_cut_before_them(
        credential in vec(any::<u8>(), 1..=255),
        length in any::<u8>(),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut side = Side::of_registration();
        side.flags |= ED;
        side.rest = attested(&credential);
        let whole = side.authenticator_data();
        let with_extensions = [&whole[..], &extensions(length)].concat();
        prop_assert!(side.register_with(&with_extensions).is_ok());
        let short = side.register_with(&whole[..cut.index(whole.len())]);
        prop_assert!(short.is_err_and(is_for_its_length));
        prop_assert_eq!(side.register_with(&whole), Err(NotMet::Key));
    }

    #[test]
    fn p2_a_proof_that_is_cut_or_lengthened_is_refused_whoever_signed_it(
        counter in 5_u32..,
        more in vec(any::<u8>(), 1..100),
        cut in 0_usize..37,
    ) {
        let side = Side { counter, ..Side::of_proof() };
        let data = side.authenticator_data();
        prop_assert!(side.prove_with(&data).is_ok());
        prop_assert!(side.prove_with(&data[..cut]).is_err_and(is_for_its_length));
        prop_assert!(side.prove_with(&[data, more].concat()).is_err_and(is_for_its_length));
    }
}

#[test]
fn p2_authenticator_data_has_at_most_two_kilobytes() {
    let mut side = Side::of_proof();
    side.flags |= ED;
    side.rest = vec![0xa1; AuthenticatorData::MAX - 37];
    assert!(side.prove().is_ok());
    side.rest.push(0);
    assert!(side.prove().is_err_and(is_for_its_length));
}
