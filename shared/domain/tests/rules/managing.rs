//! Several authenticators, and the settings in which users change them after a fresh proof.

mod allowed;
mod changes;
mod odds;
mod trust;

use crate::{portal_keys::totp, world::World};
use portcullis_domain::{
    AuthenticatorId, AuthenticatorName, Code, Decision, DecisionContext, Email, Method, Refusal,
    SignInId, TypedPhone, User,
    policy::{DestinationSource, MethodPolicy, SelfService},
    sign_in::{
        Place, SecuritySettings, SignInView, confirm, enrol,
        enrol::Enrol,
        manage, open,
        prompt::{Browser, Visited, claim},
    },
};
use portcullis_model::Answer;

type Done = Result<SignInView, Refusal>;

/// A user with an app, and its secret, of a portal whose users change their settings and may bind
/// an app, an address and a number.
fn anna() -> (World, String) {
    let (mut world, secret) = World::with_app("authenticator_app");
    let destination = DestinationSource::User;
    let more = [MethodPolicy::Email { destination }, MethodPolicy::Sms { destination }];
    world.portal.policy.methods.extend(more);
    world.portal.policy.self_service = SelfService::WithProof;
    (world, secret)
}

fn code(world: &World, secret: &str) -> String {
    totp(secret, world.now.unix() / 30)
}

/// Opens the settings and proves by an app who asks, in a step that no code was accepted in.
fn prove(world: &mut World, n: usize, secret: &str) {
    world.now = world.now.plus(60);
    world.open_settings(n, None).unwrap();
    let right = code(world, secret);
    assert_eq!(world.verify(n, &right, None), Answer::Verified("allowed"));
}

/// Opens the settings without a proof, and gets in by a sign-in for something else. Returns both,
/// with the refusal of a change in each.
fn without_proof(world: &mut World, secret: &str) -> [(usize, Refusal); 2] {
    world.now = world.now.plus(60);
    world.open_settings(1, None).unwrap();
    world.open(2);
    let right = code(world, secret);
    assert_eq!(world.verify(2, &right, None), Answer::Verified("allowed"));
    [(1, Refusal::AnotherStep), (2, Refusal::SignInDone)]
}

fn run(
    world: &mut World,
    n: usize,
    decide: impl Fn(
        &DecisionContext<'_>,
        Option<User>,
        &SignInId,
    ) -> Result<Decision<SignInView>, Refusal>,
) -> Done {
    let id = world.id(n);
    world.run(|context, user| decide(context, user, &id))
}

fn look(world: &mut World, n: usize) -> Done {
    run(world, n, open::look)
}

fn settings(world: &mut World, n: usize) -> Option<SecuritySettings> {
    look(world, n).ok().and_then(|view| view.settings)
}

fn remove(world: &mut World, n: usize, removed: AuthenticatorId) -> Done {
    run(world, n, |context, user, id| manage::remove::remove(context, user, id, removed))
}

fn rename(world: &mut World, n: usize, renamed: AuthenticatorId, name: Option<&str>) -> Done {
    let name = name.map(|name| AuthenticatorName::parse(name).unwrap());
    run(world, n, |context, user, id| {
        manage::rename::rename(context, user, id, renamed, name.as_ref())
    })
}

fn unset_default(world: &mut World, n: usize) -> Done {
    run(world, n, manage::unset_default::unset_default)
}

fn start_app(world: &mut World, n: usize, place: &Place) -> Result<String, Refusal> {
    match start(world, n, &Enrol::App, place)? {
        enrol::Enrolling::Shown(view) => {
            Ok(crate::portal_keys::shown(&view.app_key().unwrap().secret))
        }
        enrol::Enrolling::Delivered(_) => panic!("an app has no destination"),
    }
}

/// Starts to add a destination, and returns the code that went there.
fn start_destination(world: &mut World, n: usize, to: &str) -> Result<String, Refusal> {
    let enrol = if to.contains('@') {
        Enrol::Email(Email::parse(to).unwrap())
    } else {
        Enrol::Sms(TypedPhone::new(to.to_owned()))
    };
    match start(world, n, &enrol, &Place::default())? {
        enrol::Enrolling::Delivered(dispatch) => Ok(dispatch.code.expose().to_owned()),
        enrol::Enrolling::Shown(_) => panic!("nothing was sent"),
    }
}

fn start(
    world: &mut World,
    n: usize,
    enrol: &Enrol,
    place: &Place,
) -> Result<enrol::Enrolling, Refusal> {
    let id = world.id(n);
    let start = enrol::Start { enrol: enrol.clone(), place: place.clone() };
    world.run(|context, user| enrol::start_enrolment_in(context, user, &id, &start))
}

fn confirm(world: &mut World, n: usize, code: &str) -> Done {
    let code = Code::parse(code).unwrap();
    run(world, n, |context, user, id| confirm::confirm_enrolment(context, user, id, &code))
}

fn add_app(world: &mut World, n: usize, place: &Place) -> Result<String, Refusal> {
    let secret = start_app(world, n, place)?;
    let right = code(world, &secret);
    confirm(world, n, &right).map(|_| secret)
}

fn add_destination(world: &mut World, n: usize, to: &str) -> Done {
    let code = start_destination(world, n, to)?;
    confirm(world, n, &code)
}

fn bound(world: &World) -> Vec<(AuthenticatorId, Method)> {
    let user = world.user().unwrap();
    user.authenticators.iter().map(|bound| (bound.id, bound.method())).collect()
}

fn methods(world: &World) -> Vec<Method> {
    bound(world).into_iter().map(|(_, method)| method).collect()
}

fn visit(world: &mut World, n: usize) -> Visited {
    let id = world.id(n);
    let browser = Browser::default();
    world.run(|context, user| claim(context, user, &id, browser)).unwrap().visited
}
