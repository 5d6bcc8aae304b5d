use portcullis_domain::{
    AuthenticatorId, MfaState, UserState, WriteKind,
    passkey::{Backup, CredentialId, PasskeyAlgorithm, PasskeyKey, RpId},
    sign_in::{Acceptance, Ground, Mfa, Pending, Place, Progress, Role},
    user::{Authenticator, Binding, Passkey, PasskeyUse},
};

use super::{golden_item, item_in_file, samples::*};
use crate::{
    Listed,
    item::{parse, user_item, user_state},
    recent_writes::RecentWrites,
};

const ES256: [u8; 27] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
];

fn passkey(algorithm: PasskeyAlgorithm, head: &[u8], length: usize, backup: Backup) -> Passkey {
    Passkey {
        credential: CredentialId::new(&[21; 20]).unwrap(),
        key: PasskeyKey::parse(algorithm, &[head, &vec![22; length]].concat()).unwrap(),
        rp_id: RpId::parse("mfa.example.com").unwrap(),
        counter: 7,
        backup,
    }
}

#[test]
fn p1_passkeys_lie_in_the_table_as_in_the_file() {
    const EDDSA: [u8; 12] =
        [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
    let mut user = user();
    let app = user.authenticators[0].clone();
    let bound = |passkey| Authenticator { binding: Binding::Passkey(passkey), ..app.clone() };
    user.authenticators = vec![
        bound(passkey(PasskeyAlgorithm::Es256, &ES256, 64, Backup::SingleDevice)),
        bound(passkey(PasskeyAlgorithm::EdDsa, &EDDSA, 32, Backup::BackedUp)),
    ];
    user.declined_passkey = Some(3);
    let (id, place) = (AuthenticatorId::new([5; 8]), Place::default());
    user.sign_ins[0].pending = Some(Pending::Passkey { id, place });
    user.sign_ins[0].chose_passkey = true;
    (user.sign_ins[2].passkeys, user.sign_ins[2].ground) = (1, Ground::Passkey);
    user.sign_ins[3].progress = Progress::Done(Acceptance {
        at: NOW,
        mfa: Mfa::Done,
        method: Some(portcullis_domain::Method::Passkey),
        role: Some(Role::Bound),
        generation: 3,
        passkey: Some(PasskeyUse { is_user_verified: true, is_synced: false }),
        proven_at: None,
    });
    let change = changed(user.clone(), &[entry()], WriteKind::ChosePasskey);
    let item = user_item(&user_key(), &change, &RecentWrites::default(), WRITE).unwrap();
    let item = golden_item("passkeys-listed", &item);
    let Some(UserState::Known(read)) = user_state(Some(&item)).unwrap() else { panic!() };
    assert_eq!(*read, user);
    let listed: Listed = parse("user", &item, "listed").unwrap();
    assert_eq!(listed.mfa_state, MfaState::of(&user));
    // A list that was written before passkeys stood in it has none.
    let before = item_in_file("passkeys");
    let Some(UserState::Known(read)) = user_state(Some(&before)).unwrap() else { panic!() };
    assert_eq!(*read, user);
    let before: Listed = parse("user", &before, "listed").unwrap();
    assert_eq!(before.mfa_state, MfaState { passkeys: vec![], ..listed.mfa_state });
}

#[test]
fn z3_a_user_whose_passkey_is_of_a_domain_that_became_a_public_suffix_is_still_read() {
    let mut user = user();
    let made = passkey(PasskeyAlgorithm::Es256, &ES256, 64, Backup::SingleDevice);
    let rp_id = RpId::stored("github.io".to_owned()).unwrap();
    user.authenticators[0].binding = Binding::Passkey(Passkey { rp_id, ..made });
    let change = changed(user.clone(), &[], WriteKind::Enrolled);
    let item = user_item(&user_key(), &change, &RecentWrites::default(), WRITE).unwrap();
    let Some(UserState::Known(read)) = user_state(Some(&item)).unwrap() else { panic!() };
    assert_eq!(*read, user);
}
