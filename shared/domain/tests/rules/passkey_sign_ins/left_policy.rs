//! Methods that left the policy while a user had several of them.

use super::{
    answer,
    insisting::{methods, with_everything},
    look,
};
use crate::portal_keys::totp;
use portcullis_domain::{
    Method,
    passkey::ServiceAddress,
    policy::{DestinationSource, MethodPolicy, WhenBound},
    sign_in::{Ground, Progress, Question, RecoveryOffer, UnavailableReason},
};
use portcullis_model::{Answer, Method as Way};

const ADDRESS: MethodPolicy = MethodPolicy::Email { destination: DestinationSource::User };

#[test]
fn x1_of_several_methods_that_left_the_policy_the_strongest_is_asked_for_and_leads_to_the_new_one()
{
    let (mut world, mut device, secret) = with_everything(WhenBound::Insist);
    world.portal.policy.methods = vec![ADDRESS];
    world.open(2);
    assert_eq!(methods(&look(&mut world, 2)), [Method::Passkey]);
    let before = world.user();
    let code = totp(&secret, world.now.unix() / 30);
    let judged = world.verify(2, &code, Some(Way::App));
    assert_eq!(judged, Answer::Refused("method_not_offered", None));
    assert_eq!(world.user(), before, "the code of the app was not looked at");
    let view = answer(&mut world, 2, &mut device).unwrap();
    assert!(matches!(view.question(), Question::NewDestination(Method::Email) | Question::Way));
    assert_eq!(methods(&view), [Method::Email]);
    let sign_in = world.user().unwrap().sign_ins.pop().unwrap();
    assert_eq!((sign_in.progress, sign_in.ground), (Progress::MayEnrol, Ground::Passkey));
}

#[test]
fn x1_p5_if_the_strongest_cannot_be_used_no_weaker_one_stands_in_for_it() {
    let (mut world, _, secret) = with_everything(WhenBound::Prefer);
    world.portal.policy.methods = vec![ADDRESS];
    world.service = ServiceAddress::default();
    world.open(2);
    let view = look(&mut world, 2);
    assert_eq!(methods(&view), []);
    assert_eq!(view.unusable_passkey, Some(UnavailableReason::NoPasskeyDomain));
    assert_eq!(view.recovery, RecoveryOffer::Only, "a recovery code, and then the new one");
    let before = world.user();
    let code = totp(&secret, world.now.unix() / 30);
    let judged = world.verify(2, &code, Some(Way::App));
    assert_eq!(judged, Answer::Refused("method_not_offered", None));
    assert_eq!(world.user(), before);
}
