//! Tests of the one thing that a sign-in asks for next.

use crate::world::World;
use portcullis_domain::{
    Method,
    sign_in::{
        Question,
        enrol::{self, Enrol},
        open,
    },
};
use portcullis_model::{Act, Method as Way};

fn asked(world: &mut World, n: usize) -> String {
    let id = world.id(n);
    let view = world.run(|context, user| open::look(context, user, &id)).unwrap();
    match view.question() {
        Question::Nothing => "nothing".to_owned(),
        Question::Way => "a way".to_owned(),
        Question::SentCode(sent) => format!("code by {}", sent.method),
        Question::AppCode => "code of the app".to_owned(),
        Question::Passkey(_) => "passkey".to_owned(),
        Question::StartPasskey => "start of a passkey".to_owned(),
        Question::NewPasskey(_) => "new passkey".to_owned(),
        Question::BypassCode => "bypass code".to_owned(),
        Question::RecoveryCode => "recovery code".to_owned(),
        Question::Send(method, _) => format!("send by {method}"),
        Question::StartApp => "start".to_owned(),
        Question::NewApp(_) => "code of a new app".to_owned(),
        Question::NewDestination(method) => format!("new destination by {method}"),
        Question::NewDestinationCode(sent) => {
            format!("code to a new destination by {}", sent.method)
        }
    }
}

fn enrol(world: &mut World, enrol: &Enrol) {
    let id = world.id(0);
    world.run(|context, user| enrol::start_enrolment(context, user, &id, enrol)).unwrap();
}

#[test]
fn of_several_ways_one_is_chosen_and_the_only_one_is_a_button() {
    let mut world = World::new("always_on");
    world.open(0);
    assert_eq!(asked(&mut world, 0), "a way");
    world.perform(&Act::Challenge(0, Way::Sms));
    assert_eq!(asked(&mut world, 0), "code by sms");
    world.change(|user| user.contact.phone = None);
    assert_eq!(asked(&mut world, 0), "send by email");
}

#[test]
fn v31_the_step_of_an_enrolment_is_the_one_that_was_chosen_last() {
    let mut world = World::new("authenticator_app_with_email");
    world.open(0);
    assert_eq!(asked(&mut world, 0), "start");
    world.perform(&Act::Enrol(0, Way::App, None));
    assert_eq!(asked(&mut world, 0), "code of a new app");
    world.perform(&Act::Challenge(0, Way::Email));
    assert_eq!(asked(&mut world, 0), "code by email");
    world.perform(&Act::Enrol(0, Way::App, None));
    assert_eq!(asked(&mut world, 0), "code of a new app");
    // A release before this one kept no choice: the code that was sent is asked for.
    world.change(|user| user.sign_ins[0].enrolling = None);
    assert_eq!(asked(&mut world, 0), "code by email");
    world.now = world.now.plus(300);
    assert_eq!(asked(&mut world, 0), "code of a new app");
}

#[test]
fn v31_a_destination_is_asked_for_until_a_code_that_is_good_went_there() {
    let mut world = World::new("sms_enrolment");
    world.open(0);
    let destination = "new destination by sms";
    assert_eq!(asked(&mut world, 0), destination);
    world.perform(&Act::Enrol(0, Way::Sms, Some("+64211234511".to_owned())));
    assert_eq!(asked(&mut world, 0), "code to a new destination by sms");
    enrol(&mut world, &Enrol::Destination(Method::Sms));
    assert_eq!(asked(&mut world, 0), destination);
    assert!(world.user().unwrap().sign_ins[0].pending.is_none(), "it is forgotten");
    world.perform(&Act::Enrol(0, Way::Sms, Some("+64211234512".to_owned())));
    world.now = world.now.plus(300);
    assert_eq!(asked(&mut world, 0), destination);
}

#[test]
fn v31_an_app_keeps_its_secret_while_another_method_is_looked_at() {
    let mut world = World::new("authenticator_app");
    let sms = portcullis_domain::policy::Preset::SmsEnrolment.policy().methods;
    world.portal.policy.methods.extend(sms);
    world.open(0);
    assert_eq!(asked(&mut world, 0), "a way");
    let secret = world.perform(&Act::Enrol(0, Way::App, None)).secret;
    enrol(&mut world, &Enrol::Destination(Method::Sms));
    assert_eq!(asked(&mut world, 0), "new destination by sms");
    assert_eq!(world.perform(&Act::Enrol(0, Way::App, None)).secret, secret);
}

#[test]
fn who_cannot_get_a_code_is_asked_for_a_bypass_code_unless_that_opens_nothing() {
    let (mut world, _) = World::with_app("managed");
    world.open(1);
    assert_eq!(asked(&mut world, 1), "code of the app");
    let now = world.now;
    world.change(|user| user.disabled_at = Some(now));
    assert_eq!(asked(&mut world, 1), "nothing");
    world.perform(&Act::Reset);
    world.open(2);
    assert_eq!(asked(&mut world, 2), "bypass code");
}
