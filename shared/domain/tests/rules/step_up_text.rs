//! The text of a step-up: what is sent and signed for one is worth nothing for another.

use crate::{
    passkey_sign_ins::authenticator::Authenticator,
    portal_keys::{Keys, totp},
    world::World,
};
use portcullis_domain::{
    Method, Refusal, TextHash, TransactionText,
    passkey::Signatures,
    policy::{DestinationSource, EnrolmentProof, MethodPolicy, TextNeeds},
    sign_in::{
        Acr, Question, Remember, SignInView, challenge,
        enrol::{self, Enrol},
        open,
        passkey::{confirm_passkey, verify_passkey},
        prompt::{Browser, Visited, claim},
    },
};
use portcullis_model::{Answer, Method as Way};

const PAYMENT: &str = "Pay EUR 250.00 to ACME";
const OTHER: &str = "Pay EUR 950.00 to ACME";
const URL: &str = "https://portal.example/back";

fn text(text: &str) -> Option<TransactionText> {
    Some(TransactionText::parse(text).unwrap())
}

fn hash(text: &str) -> Option<TextHash> {
    Some(TextHash::new(Keys.hash(text.as_bytes())))
}

/// A user with an app, of a portal that also sends codes to the number of the contact record.
fn with_app_and_number() -> (World, String) {
    let (mut world, secret) = World::with_app("authenticator_app_with_email");
    let sms = MethodPolicy::Sms { destination: DestinationSource::Directory };
    world.portal.policy.methods.push(sms);
    world.portal.profile.return_urls = vec![URL.to_owned()];
    world.now = world.now.plus(60);
    (world, secret)
}

fn open(world: &mut World, n: usize, of: Option<&str>, url: Option<&str>) -> Answer {
    world.text = of.and_then(text);
    world.open_step_up(n, Acr::Delivered, url).unwrap()
}

fn look(world: &mut World, n: usize) -> Result<SignInView, Refusal> {
    let id = world.id(n);
    world.run(|context, user| open::look(context, user, &id))
}

/// Asks for a code by text message, and returns it with the text that goes out with it.
fn request(world: &mut World, n: usize) -> Result<(String, Option<String>), Refusal> {
    let id = world.id(n);
    let asked =
        world.run(|context, user| challenge::request_code(context, user, &id, Method::Sms))?;
    let challenge::Asked::Code(dispatch) = asked else { panic!("{asked:?}") };
    let shown = dispatch.text.as_ref().map(|text| text.as_str().to_owned());
    Ok((dispatch.code.expose().to_owned(), shown))
}

fn stored(world: &World) -> Option<TextHash> {
    world.user().unwrap().sign_ins.last().unwrap().text
}

#[test]
fn u2_a_text_goes_out_with_the_code_and_nothing_of_it_is_kept_but_its_hash() {
    let (mut world, _) = with_app_and_number();
    open(&mut world, 1, Some(PAYMENT), None);
    assert_eq!(stored(&world), hash(PAYMENT));
    let view = look(&mut world, 1).unwrap();
    assert_eq!((view.text_hash, view.text), (hash(PAYMENT), text(PAYMENT)));
    let (code, shown) = request(&mut world, 1).unwrap();
    assert_eq!(shown.as_deref(), Some(PAYMENT));
    assert!(!format!("{:?}", world.user()).contains("ACME"));
    // A guess needs the hash alone.
    world.text = None;
    assert_eq!(world.verify(1, &code, Some(Way::Sms)), Answer::Verified("allowed"));
    let view = look(&mut world, 1).unwrap();
    assert_eq!((view.text_hash, view.text.is_none()), (hash(PAYMENT), true));
    assert!(view.status.acceptance().unwrap().binds_text());
}

#[test]
fn u2_a_code_without_a_text_is_derived_as_before() {
    let (mut world, _) = with_app_and_number();
    open(&mut world, 1, None, None);
    let (code, shown) = request(&mut world, 1).unwrap();
    assert_eq!((shown, stored(&world)), (None, None));
    assert_eq!(world.verify(1, &code, Some(Way::Sms)), Answer::Verified("allowed"));
}

#[test]
fn s6_u2_a_code_for_one_text_is_refused_for_every_other() {
    for (of, typed_for) in [
        (Some(PAYMENT), Some(OTHER)),
        (Some(OTHER), Some(PAYMENT)),
        (Some(PAYMENT), None),
        (None, Some(PAYMENT)),
        (Some(PAYMENT), Some("Pay EUR 250.00 to ACMF")),
        (Some(PAYMENT), Some(PAYMENT)),
        (None, None),
    ] {
        let (mut world, _) = with_app_and_number();
        open(&mut world, 1, of, None);
        let (code, _) = request(&mut world, 1).unwrap();
        // The same sign-in, key, number and destination: the text alone is another.
        world.change(|user| user.sign_ins.last_mut().unwrap().text = typed_for.and_then(hash));
        world.text = None;
        let answer = world.verify(1, &code, Some(Way::Sms));
        if of == typed_for {
            assert_eq!(answer, Answer::Verified("allowed"));
        } else {
            assert!(matches!(answer, Answer::Wrong(..)), "{of:?} for {typed_for:?}: {answer:?}");
        }
    }
}

#[test]
fn u2_a_caller_without_the_text_or_with_another_sends_nothing() {
    let (mut world, _) = with_app_and_number();
    open(&mut world, 1, Some(PAYMENT), None);
    let before = world.user();
    for of in [None, Some(OTHER), Some("pay EUR 250.00 to ACME")] {
        world.text = of.and_then(text);
        assert_eq!(request(&mut world, 1), Err(Refusal::TextRefused), "{of:?}");
    }
    let looked = look(&mut world, 1);
    assert_eq!(looked.map(drop), Err(Refusal::TextRefused), "the last one, which is another");
    assert_eq!(world.user(), before, "nothing was charged");
    open(&mut world, 2, None, None);
    world.text = text(PAYMENT);
    assert_eq!(request(&mut world, 2), Err(Refusal::TextRefused), "it has none");
}

#[test]
fn s22_u2_a_prompt_without_the_text_is_not_claimed() {
    let (mut world, _) = with_app_and_number();
    let sms = MethodPolicy::Sms { destination: DestinationSource::Directory };
    world.portal.policy.methods = vec![sms];
    open(&mut world, 1, Some(PAYMENT), Some(URL));
    let claimed = |world: &mut World, cookie| -> Result<Visited, Refusal> {
        let id = world.id(1);
        let browser = Browser { cookie, known: &[], ..Browser::default() };
        let claimed = world.run(|context, user| claim(context, user, &id, browser))?;
        Ok(claimed.visited)
    };
    let before = world.user();
    for of in [None, Some(OTHER)] {
        world.text = of.and_then(text);
        assert_eq!(claimed(&mut world, None).map(drop), Err(Refusal::TextRefused));
        assert_eq!(world.user(), before, "nothing is claimed or counted");
    }
    world.text = text(PAYMENT);
    let visited = claimed(&mut world, None).unwrap();
    assert_eq!(visited.view.text, text(PAYMENT));
    let cookie = visited.cookie;
    world.text = None;
    let again = claimed(&mut world, cookie.as_ref());
    assert_eq!(again.map(drop), Err(Refusal::TextRefused), "a page always shows it");
}

#[test]
fn u1_a_nonce_stays_with_its_text() {
    let (mut world, _) = with_app_and_number();
    open(&mut world, 1, Some(PAYMENT), None);
    let before = world.user();
    for of in [None, Some(OTHER)] {
        world.text = of.and_then(text);
        let refused = world.open_step_up(1, Acr::Delivered, None);
        let Err(Refusal::Malformed(malformed)) = refused else { panic!("{refused:?}") };
        assert_eq!(malformed.what, "nonce");
    }
    world.text = text(PAYMENT);
    assert!(world.open_step_up(1, Acr::Delivered, None).is_ok(), "the same again is the same");
    assert_eq!(world.user(), before);
}

#[test]
fn u2_an_app_confirms_who_it_is_and_no_text_and_a_policy_may_leave_it_out() {
    let (mut world, secret) = with_app_and_number();
    open(&mut world, 1, Some(PAYMENT), None);
    let code = totp(&secret, world.now.unix() / 30);
    assert_eq!(world.verify(1, &code, None), Answer::Verified("allowed"));
    let view = look(&mut world, 1).unwrap();
    assert!(!view.status.acceptance().unwrap().binds_text());

    world.portal.policy.text_needs = TextNeeds::Bound;
    world.now = world.now.plus(60);
    open(&mut world, 2, Some(PAYMENT), None);
    let methods = |view: &SignInView| -> Vec<Method> {
        view.options.iter().map(|option| option.method).collect()
    };
    assert_eq!(methods(&look(&mut world, 2).unwrap()), [Method::Sms]);
    let code = totp(&secret, world.now.unix() / 30);
    let before = world.user();
    let by_app = world.verify(2, &code, Some(Way::App));
    assert_eq!(by_app, Answer::Refused("method_not_offered", None));
    assert_eq!(world.user(), before, "the code was not judged");
    // Without a text the app does as before.
    open(&mut world, 3, None, None);
    assert_eq!(methods(&look(&mut world, 3).unwrap()), [Method::AuthenticatorApp, Method::Sms]);
    // Nothing else is left.
    world.portal.policy.methods.retain(|method| method.method() != Method::Sms);
    let Answer::View(view) = open(&mut world, 4, Some(PAYMENT), None) else { panic!() };
    assert_eq!((view.status, view.reason), ("denied", "cannot_step_up"));
}

#[test]
fn s6_u2_the_signature_of_a_passkey_for_one_text_is_refused_for_another() {
    let mut world = World::new("passkey_first");
    world.portal.policy.enrolment_proof = EnrolmentProof::None;
    world.portal.policy.text_needs = TextNeeds::Bound;
    let mut device = Authenticator::new(1);
    world.open(0);
    let id = world.id(0);
    world.run(|context, user| enrol::start_enrolment(context, user, &id, &Enrol::Passkey)).unwrap();
    let view = look(&mut world, 0).unwrap();
    let Question::NewPasskey(new) = view.question() else { panic!("{:?}", view.question()) };
    let press = device.make(new);
    let data = press.client_data();
    world.run(|context, user| confirm_passkey(context, user, &id, &press.made(&data))).unwrap();

    open(&mut world, 1, Some(PAYMENT), None);
    let view = look(&mut world, 1).unwrap();
    let Question::Passkey(asked) = view.question() else { panic!("{:?}", view.question()) };
    let press = device.get(asked);
    world.text = None;
    let (id, data) = (world.id(1), press.client_data());
    let judge = |world: &mut World| {
        world.run(|context, user| {
            verify_passkey(context, user, &id, &press.used(&data), Remember::Nothing)
        })
    };
    world.change(|user| user.sign_ins.last_mut().unwrap().text = hash(OTHER));
    let before = world.user();
    assert!(matches!(judge(&mut world), Err(Refusal::PasskeyRefused(_))));
    assert_eq!(world.user(), before);
    world.change(|user| user.sign_ins.last_mut().unwrap().text = hash(PAYMENT));
    let done = judge(&mut world).unwrap();
    assert!(done.status.acceptance().unwrap().binds_text());
}
