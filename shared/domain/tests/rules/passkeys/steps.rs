//! The steps and their order.

use super::{AT, BE, BS, ED, Side, UP, UV, attested, passkey};
use portcullis_domain::{
    Malformed, Named,
    passkey::{Backup, CredentialId},
    policy::{SyncedPasskeys, UserVerification},
    sign_in::passkey::{NotMet, Proven},
    user::Passkey,
};

type Change = fn(&mut Side);

/// Things that go wrong, from the last step to the first.
const PROOF: [(Change, NotMet); 16] = [
    (|side| side.bound[0].counter = 5, NotMet::Counter),
    (|side| side.is_signed = false, NotMet::Signature),
    (
        |side| {
            side.bound[0].backup = Backup::BackedUp;
            side.flags |= BE;
        },
        NotMet::Synced,
    ),
    (|side| side.bound[0].backup = Backup::SingleDevice, NotMet::BackupEligibilityChanged),
    (|side| side.flags = side.flags & !BE | BS, NotMet::BackupFlags),
    (|side| side.flags &= !UV, NotMet::UserVerified),
    (|side| side.flags &= !UP, NotMet::UserPresent),
    (|side| side.rp_id = "example.org", NotMet::RpIdHash),
    (|side| side.flags |= AT, NotMet::Malformed(HAS_CREDENTIAL)),
    (|side| side.top_origin = Some("https://login.example.com"), NotMet::TopOrigin),
    (|side| side.cross_origin = true, NotMet::CrossOrigin),
    (|side| side.origin = "https://example.com", NotMet::Origin),
    (|side| side.challenge[0] ^= 1, NotMet::Challenge),
    (|side| side.kind = "webauthn.create", NotMet::Type),
    (|side| side.user_handle = Some(b"other"), NotMet::UserHandle),
    (|side| side.credential = vec![4; 32], NotMet::CredentialUnknown),
];

const HAS_CREDENTIAL: Malformed =
    Malformed { what: "the authenticator data", why: "has a credential" };
const HAS_NONE: Malformed = Malformed { what: "the authenticator data", why: "has no credential" };

const REGISTRATION: [(Change, NotMet); 16] = [
    (|side| side.bound.push(passkey()), NotMet::AlreadyRegistered),
    (|side| side.rest = attested(&[3; 256]), NotMet::CredentialId),
    (|side| side.spki[90] = 0, NotMet::Key),
    (|side| side.rest.truncate(350), NotMet::Key),
    (|side| side.spki[0] = 0, NotMet::Key),
    (|side| side.algorithm = -36, NotMet::Algorithm),
    (|side| side.flags |= BE, NotMet::Synced),
    (|side| side.flags = side.flags & !BE | BS, NotMet::BackupFlags),
    (|side| side.flags &= !UV, NotMet::UserVerified),
    (|side| side.flags &= !UP, NotMet::UserPresent),
    (|side| side.rp_id = "login.example.com", NotMet::RpIdHash),
    (|side| side.flags &= !AT, NotMet::Malformed(HAS_NONE)),
    (|side| side.cross_origin = true, NotMet::CrossOrigin),
    (|side| side.origin = "https://LOGIN.example.com", NotMet::Origin),
    (|side| side.challenge[31] ^= 1, NotMet::Challenge),
    (|side| side.kind = "webauthn.get", NotMet::Type),
];

/// Each change is added to those before it, so its step must come first.
#[test]
fn p3_the_first_step_that_does_not_pass_is_told_in_the_order_of_the_standard() {
    let mut side = Side::of_proof();
    let after = Passkey { counter: 5, ..passkey() };
    assert_eq!(side.prove(), Ok(Proven { passkey: after, is_user_verified: true }));
    for (change, expected) in PROOF {
        change(&mut side);
        assert_eq!(side.prove(), Err(expected));
    }
    let mut side = Side::of_registration();
    assert_eq!(side.register(), Ok(Passkey { counter: 5, ..passkey() }));
    for (change, expected) in REGISTRATION {
        change(&mut side);
        assert_eq!(side.register(), Err(expected));
    }
}

#[test]
fn p3_a_wrong_signature_and_a_counter_that_went_back_cost_a_try_and_nothing_else_does() {
    let steps = PROOF.into_iter().chain(REGISTRATION).map(|(_, step)| step);
    for step in steps {
        let is_judged = [NotMet::Signature, NotMet::Counter].contains(&step);
        assert_eq!(step.costs_a_try(), is_judged, "{step}");
    }
}

#[test]
fn p3_a_counter_rises_unless_nothing_is_counted() {
    for (stored, given, is_good) in [
        (0, 0, true),
        (0, 1, true),
        (1, 2, true),
        (1, u32::MAX, true),
        (1, 0, false),
        (1, 1, false),
        (2, 1, false),
        (u32::MAX, 0, false),
        (u32::MAX, u32::MAX, false),
        (u32::MAX - 1, u32::MAX, true),
    ] {
        let mut side = Side::of_proof();
        side.bound[0].counter = stored;
        side.counter = given;
        match side.prove() {
            Ok(proven) => assert!(is_good && proven.passkey.counter == given, "{stored} {given}"),
            Err(why) => assert!(!is_good && why == NotMet::Counter, "{stored} {given} {why}"),
        }
    }
}

#[test]
fn p3_backup_is_as_the_flags_say_and_eligibility_as_it_was() {
    use Backup::{BackedUp, NotBackedUp, SingleDevice};
    for (was, flags, expected) in [
        (SingleDevice, 0, Ok(SingleDevice)),
        (SingleDevice, BE, Err(NotMet::BackupEligibilityChanged)),
        (SingleDevice, BE | BS, Err(NotMet::BackupEligibilityChanged)),
        (SingleDevice, BS, Err(NotMet::BackupFlags)),
        (NotBackedUp, 0, Err(NotMet::BackupEligibilityChanged)),
        (NotBackedUp, BE, Ok(NotBackedUp)),
        (NotBackedUp, BE | BS, Ok(BackedUp)),
        (NotBackedUp, BS, Err(NotMet::BackupFlags)),
        (BackedUp, 0, Err(NotMet::BackupEligibilityChanged)),
        (BackedUp, BE, Ok(NotBackedUp)),
        (BackedUp, BE | BS, Ok(BackedUp)),
        (BackedUp, BS, Err(NotMet::BackupFlags)),
    ] {
        let mut side = Side::of_proof();
        side.rules.synced = SyncedPasskeys::Allowed;
        side.bound[0].backup = was;
        side.flags |= flags;
        assert_eq!(side.prove().map(|proven| proven.passkey.backup), expected, "{was:?} {flags}");
    }
}

#[test]
fn p1_each_setting_refuses_what_it_says_and_no_more() {
    for (verification, synced, flags, expected) in [
        (UserVerification::Preferred, SyncedPasskeys::Allowed, 0, None),
        (UserVerification::Preferred, SyncedPasskeys::Allowed, UV | BE | BS, None),
        (UserVerification::Preferred, SyncedPasskeys::Refused, UV, None),
        (UserVerification::Preferred, SyncedPasskeys::Refused, BE, Some(NotMet::Synced)),
        (UserVerification::Required, SyncedPasskeys::Allowed, UV | BE, None),
        (UserVerification::Required, SyncedPasskeys::Allowed, BE, Some(NotMet::UserVerified)),
        (UserVerification::Required, SyncedPasskeys::Refused, UV, None),
        (UserVerification::Required, SyncedPasskeys::Refused, UV | BE, Some(NotMet::Synced)),
    ] {
        let set = |mut side: Side| {
            side.rules.user_verification = verification;
            side.rules.synced = synced;
            side.flags = side.flags & !UV | flags;
            side
        };
        assert_eq!(set(Side::of_registration()).register().err(), expected);
        let mut proof = set(Side::of_proof());
        if flags & BE != 0 {
            proof.bound[0].backup = Backup::NotBackedUp;
        }
        let proven = proof.prove();
        assert_eq!(proven.as_ref().err(), expected.as_ref());
        assert!(proven.is_ok_and(|proven| proven.is_user_verified) <= (flags & UV != 0));
    }
}

#[test]
fn p3_the_passkey_that_is_named_is_judged_among_several() {
    let mut side = Side::of_proof();
    let mut other = passkey();
    other.credential = CredentialId::new(&[8; 16]).unwrap();
    other.counter = 1000;
    side.bound.insert(0, other);
    assert_eq!(side.prove().unwrap().passkey.credential, passkey().credential);
    side.credential = vec![8; 16];
    assert_eq!(side.prove(), Err(NotMet::Counter), "it is held to its own counter");
    side.user_handle = None;
    side.credential = vec![3; 32];
    assert!(side.prove().is_ok(), "security keys give no handle");
}

#[test]
fn p3_extensions_and_flags_of_later_levels_are_passed_over() {
    let mut proof = Side::of_proof();
    proof.flags |= ED | 0x22;
    proof.rest = vec![0xa1, 0x61, 0x61, 0xf5];
    assert!(proof.prove().is_ok());
    let mut registration = Side::of_registration();
    registration.flags |= ED | 0x22;
    registration.rest.push(0xa0);
    assert!(registration.register().is_ok());
}

#[test]
fn p1_a_setting_has_one_word() {
    fn words<T: Named>() -> Vec<&'static str> {
        T::ALL.iter().map(|choice| choice.name()).collect()
    }
    assert_eq!(words::<UserVerification>(), ["preferred", "required"]);
    assert_eq!(words::<SyncedPasskeys>(), ["allowed", "refused"]);
}
