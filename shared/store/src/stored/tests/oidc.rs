//! Sign-ins that were begun by OpenID Connect, as they lie in the table.

use portcullis_domain::{
    UserState, WriteKind,
    sign_in::{EssentialAcr, ReachedAcr},
};

use super::{golden_item, samples::*};
use crate::{
    item::{user_item, user_state},
    recent_writes::RecentWrites,
};

#[test]
fn essential_classes_lie_in_the_table_as_in_the_file() {
    let mut user = user();
    user.sign_ins[2].oidc = Some(EssentialAcr::default());
    user.sign_ins[3].oidc = Some(EssentialAcr::of([ReachedAcr::Passkey, ReachedAcr::App]));
    let change = changed(user.clone(), &[entry()], WriteKind::Opened);
    let item = user_item(&user_key(), &change, &RecentWrites::default(), WRITE).unwrap();
    let item = golden_item("oidc", &item);
    let Some(UserState::Known(read)) = user_state(Some(&item)).unwrap() else { panic!() };
    assert_eq!(*read, user);
}
