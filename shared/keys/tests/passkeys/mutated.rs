//! Every field of the vectors changed: each change is refused by the step that is there for it.

use super::{
    Given, PasskeyRules, SyncedPasskeys, UserVerification,
    vectors::{Vector, accepted},
};
use portcullis_domain::{
    Malformed,
    passkey::{Backup, CredentialId, RpId},
    sign_in::passkey::NotMet,
};

type Change = fn(&mut Given);

fn replace(given: &mut Given, from: &str, to: &str) {
    let text = String::from_utf8(given.client_data.clone()).unwrap();
    assert!(text.contains(from), "{text}");
    given.client_data = text.replace(from, to).into_bytes();
}

/// The changes that both ceremonies refuse alike.
const OF_BOTH: [(&str, Change, NotMet); 13] = [
    ("type", |g| replace(g, "\"webauthn.", "\"webauthn_"), NotMet::Type),
    ("a payment", |g| replace(g, "\"type\":\"webauthn.", "\"type\":\"payment."), NotMet::Type),
    ("challenge", |g| g.challenge[31] ^= 1, NotMet::Challenge),
    ("padding", |g| replace(g, "\",\"origin", "=\",\"origin"), NotMet::Challenge),
    ("another origin", |g| replace(g, "//example.org", "//example.com"), NotMet::Origin),
    ("a host below", |g| replace(g, "//example.org", "//a.example.org"), NotMet::Origin),
    ("a slash", |g| replace(g, "example.org\"", "example.org/\""), NotMet::Origin),
    ("our origin", |g| g.origin = "https://login.example.org".to_owned(), NotMet::Origin),
    ("a frame", |g| replace(g, "Origin\":false", "Origin\":true"), NotMet::CrossOrigin),
    (
        "a page around",
        |g| replace(g, "Origin\":false", "Origin\":false,\"topOrigin\":\"https://example.org\""),
        NotMet::TopOrigin,
    ),
    ("RP id", |g| g.authenticator_data[31] ^= 1, NotMet::RpIdHash),
    ("presence", |g| g.authenticator_data[32] &= !1, NotMet::UserPresent),
    (
        "BS without BE",
        |g| g.authenticator_data[32] = g.authenticator_data[32] & !8 | 16,
        NotMet::BackupFlags,
    ),
];

fn changed(given: &Given, change: impl FnOnce(&mut Given)) -> Given {
    let mut given = given.clone();
    change(&mut given);
    given
}

/// The proof that nothing but the change is wrong.
fn each(mut act: impl FnMut(&Vector)) {
    for vector in accepted() {
        assert!(vector.authentication.prove(&[vector.passkey()]).is_ok());
        act(&vector);
    }
}

#[test]
fn p3_each_changed_field_is_refused_by_its_own_step() {
    each(|vector| {
        for (name, change, expected) in OF_BOTH {
            let registration = changed(&vector.registration, change);
            assert_eq!(registration.register(&[]), Err(expected), "{name}");
            let proof = changed(&vector.authentication, change);
            assert_eq!(proof.prove(&[vector.passkey()]), Err(expected), "{name}");
        }
    });
}

#[test]
fn p3_the_answer_of_one_ceremony_is_none_of_the_other() {
    each(|vector| {
        let of = |given: &Given, other: &Given| Given {
            client_data: other.client_data.clone(),
            challenge: other.challenge,
            ..given.clone()
        };
        let registration = of(&vector.registration, &vector.authentication);
        assert_eq!(registration.register(&[]), Err(NotMet::Type));
        let proof = of(&vector.authentication, &vector.registration);
        assert_eq!(proof.prove(&[vector.passkey()]), Err(NotMet::Type));
        let swapped = |given: &Given, other: &Given| Given {
            authenticator_data: other.authenticator_data.clone(),
            ..given.clone()
        };
        let registration = swapped(&vector.registration, &vector.authentication);
        assert!(matches!(registration.register(&[]), Err(NotMet::Malformed(_))));
        let proof = swapped(&vector.authentication, &vector.registration);
        assert!(matches!(proof.prove(&[vector.passkey()]), Err(NotMet::Malformed(_))));
    });
}

#[test]
fn p3_a_policy_asks_for_verification_each_time() {
    let rules = PasskeyRules {
        user_verification: UserVerification::Required,
        synced: SyncedPasskeys::Allowed,
    };
    each(|vector| {
        let answer = |given: &Given| {
            let is_verified = given.authenticator_data[32] & 4 != 0;
            if is_verified { None } else { Some(NotMet::UserVerified) }
        };
        let strict = |given: &Given| changed(given, |given| given.rules = rules);
        let registration = strict(&vector.registration);
        assert_eq!(registration.register(&[]).err(), answer(&registration));
        let proof = strict(&vector.authentication);
        assert_eq!(proof.prove(&[vector.passkey()]).err(), answer(&proof));
    });
}

#[test]
fn p1_a_policy_that_refuses_synced_passkeys_refuses_all_that_can_be_synced() {
    let rules = PasskeyRules {
        user_verification: UserVerification::Preferred,
        synced: SyncedPasskeys::Refused,
    };
    let mut counts = [0, 0];
    each(|vector| {
        let passkey = vector.passkey();
        let expected = passkey.backup.is_eligible().then_some(NotMet::Synced);
        counts[usize::from(expected.is_some())] += 1;
        let strict = |given: &Given| changed(given, |given| given.rules = rules);
        assert_eq!(strict(&vector.registration).register(&[]).err(), expected);
        assert_eq!(strict(&vector.authentication).prove(&[passkey]).err(), expected);
    });
    assert!(counts.iter().all(|count| *count > 0));
}

#[test]
fn p2_a_registration_takes_no_other_algorithm_and_no_other_key() {
    each(|vector| {
        let refused = |change: Change| changed(&vector.registration, change).register(&[]).err();
        for other in [-7, -8, -257] {
            let with_other = changed(&vector.registration, |given| given.algorithm = other);
            let expected = (other != vector.registration.algorithm).then_some(NotMet::Key);
            assert_eq!(with_other.register(&[]).err(), expected);
        }
        assert_eq!(refused(|given| given.algorithm = -35), Some(NotMet::Algorithm));
        assert_eq!(refused(|given| given.algorithm = 0), Some(NotMet::Algorithm));
        assert_eq!(refused(|given| given.public_key[1] ^= 1), Some(NotMet::Key));
        assert_eq!(refused(|given| given.public_key.push(0)), Some(NotMet::Key));
        assert_eq!(refused(|given| given.public_key.truncate(40)), Some(NotMet::Key));
        assert_eq!(refused(|given| given.public_key.clear()), Some(NotMet::Key));
    });
}

/// A point beside the curve has the form of a key, and nothing can be signed for it.
#[test]
fn p2_a_point_that_is_not_on_the_curve_is_refused() {
    let vector = accepted().into_iter().next().unwrap();
    assert_eq!(vector.registration.algorithm, -7);
    let beside = changed(&vector.registration, |given| given.public_key[90] ^= 1);
    assert_eq!(beside.register(&[]), Err(NotMet::Key));
}

#[test]
fn p2_a_registration_holds_a_credential_and_a_key_of_the_length_that_it_says() {
    each(|vector| {
        let data = &vector.registration.authenticator_data;
        let with = |data: &[u8]| {
            changed(&vector.registration, |given| given.authenticator_data = data.to_vec())
                .register(&[])
        };
        for cut in 0..data.len() {
            let expected_key = cut >= 37 + 18 + 32;
            match with(&data[..cut]) {
                Err(NotMet::Malformed(_)) if !expected_key => {}
                Err(NotMet::Key) if expected_key => {}
                other => panic!("{cut} {other:?}"),
            }
        }
        assert_eq!(with(&[&data[..], &[0xa0]].concat()), Err(NotMet::Key));
        let flagged = |flag: u8, more: &[u8]| {
            let mut data = [&data[..], more].concat();
            data[32] |= flag;
            with(&data)
        };
        let extended = flagged(0x80, &[0xa1, 0x61, 0x61, 0xf5]);
        assert_eq!(extended, Ok(vector.passkey()), "extensions are passed over");
        assert_eq!(flagged(0x80, &[]), Err(NotMet::Key));
        assert_eq!(flagged(0x80, &[0x01]), Err(NotMet::Key), "no map");
        assert_eq!(flagged(0x22, &[]), Ok(vector.passkey()), "bits of later levels");
        assert!(matches!(with(&[&data[..], &[0; 2048]].concat()), Err(NotMet::Malformed(_))));
        let mut empty_id = data.clone();
        empty_id[53..55].fill(0);
        empty_id.drain(55..87);
        assert_eq!(with(&empty_id), Err(NotMet::CredentialId));
    });
}

#[test]
fn p3_a_passkey_is_bound_once() {
    each(|vector| {
        let passkey = vector.passkey();
        let again = vector.registration.register(&[passkey]);
        assert_eq!(again, Err(NotMet::AlreadyRegistered));
    });
}

#[test]
fn p3_only_a_passkey_of_this_user_and_this_domain_is_judged() {
    each(|vector| {
        let passkey = vector.passkey();
        let unknown = Err(NotMet::CredentialUnknown);
        assert_eq!(vector.authentication.prove(&[]), unknown);
        let mut other = passkey.clone();
        other.credential = CredentialId::new(&[7; 32]).unwrap();
        assert_eq!(vector.authentication.prove(&[other]), unknown);
        let mut elsewhere = passkey.clone();
        elsewhere.rp_id = RpId::parse("example.com").unwrap();
        assert_eq!(vector.authentication.prove(&[elsewhere]), unknown);
        let with = |handle: &[u8]| {
            let given = |given: &mut Given| given.user_handle = Some(handle.to_vec());
            changed(&vector.authentication, given).prove(std::slice::from_ref(&passkey))
        };
        assert!(with(super::HANDLE).is_ok());
        for handle in [&b""[..], b"another user's handle"] {
            assert_eq!(with(handle), Err(NotMet::UserHandle));
        }
        let nameless = changed(&vector.authentication, |given| given.credential.clear());
        assert!(matches!(nameless.prove(&[passkey]), Err(NotMet::Malformed(_))));
    });
}

#[test]
fn p3_eligibility_for_backup_never_changes_and_backup_may() {
    each(|vector| {
        let mut passkey = vector.passkey();
        let was = vector.authentication.prove(std::slice::from_ref(&passkey)).unwrap();
        passkey.backup = match passkey.backup {
            Backup::SingleDevice => Backup::NotBackedUp,
            Backup::NotBackedUp | Backup::BackedUp => Backup::SingleDevice,
        };
        let now = vector.authentication.prove(std::slice::from_ref(&passkey));
        assert_eq!(now, Err(NotMet::BackupEligibilityChanged));
        if was.passkey.backup.is_eligible() {
            for backup in [Backup::NotBackedUp, Backup::BackedUp] {
                passkey.backup = backup;
                let now = vector.authentication.prove(std::slice::from_ref(&passkey));
                assert_eq!(now, Ok(was.clone()), "the passkey is told of by its last use");
            }
        }
    });
}

#[test]
fn p3_a_signature_is_good_for_its_key_and_its_message_alone() {
    let all = accepted();
    each(|vector| {
        let passkey = vector.passkey();
        let refused = |change: &dyn Fn(&mut Given)| {
            let given = changed(&vector.authentication, change);
            assert_eq!(given.prove(std::slice::from_ref(&passkey)), Err(NotMet::Signature));
        };
        let length = vector.authentication.signature.len();
        for at in (0..length).step_by(7).chain([1, length - 1]) {
            refused(&|given| given.signature[at] ^= 1);
        }
        refused(&|given| given.signature.push(0));
        refused(&|given| given.signature.truncate(length - 1));
        refused(&|given| given.signature.clear());
        refused(&|given| given.signature = vec![0; 64]);
        refused(&|given| given.authenticator_data[36] = 1);
        refused(&|given| given.authenticator_data[32] ^= 4);
        refused(&|given| {
            given.authenticator_data[32] |= 0x80;
            given.authenticator_data.push(0xa0);
        });
        refused(&|given| replace(given, "{", "{ "));
        refused(&|given| {
            given.client_data = [b"\xef\xbb\xbf", &given.client_data[..]].concat();
        });
        for other in all.iter().filter(|other| other.section != vector.section) {
            refused(&|given| given.signature = other.authentication.signature.clone());
            let mut passkey = passkey.clone();
            passkey.key = other.passkey().key;
            assert_eq!(vector.authentication.prove(&[passkey]), Err(NotMet::Signature));
        }
    });
}

#[test]
fn p3_an_assertion_is_as_long_as_it_says() {
    each(|vector| {
        let data = &vector.authentication.authenticator_data;
        let with = |data: &[u8]| {
            let given =
                changed(&vector.authentication, |given| given.authenticator_data = data.to_vec());
            given.prove(&[vector.passkey()])
        };
        let is_malformed = |data: &[u8]| match with(data) {
            Err(NotMet::Malformed(Malformed { what, .. })) => what == "the authenticator data",
            _ => false,
        };
        for cut in 0..data.len() {
            assert!(is_malformed(&data[..cut]), "{cut}");
        }
        assert!(is_malformed(&[&data[..], &[0xa0]].concat()));
        assert!(is_malformed(&vector.registration.authenticator_data));
    });
}

/// The vectors count nothing, so the counter that was stored is moved.
#[test]
fn p3_a_counter_that_fell_behind_is_refused_after_the_signature() {
    each(|vector| {
        let mut passkey = vector.passkey();
        passkey.counter = 1;
        let behind = vector.authentication.prove(std::slice::from_ref(&passkey));
        assert_eq!(behind, Err(NotMet::Counter));
        let forged = changed(&vector.authentication, |given| given.signature[40] ^= 1);
        assert_eq!(forged.prove(&[passkey]), Err(NotMet::Signature));
    });
}
