//! OpenID Connect over the hosted prompt, by the rules alone.

use crate::{
    portal_keys::{self, Keys},
    world::World,
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use portcullis_domain::{
    Named, Nonce, Refusal, SecretMac,
    passkey::Signatures as _,
    sign_in::{
        EssentialAcr, ReachedAcr, SignInView,
        oidc::{Arrival, Authorized, Carried, CodeGrant, OidcError, authorize, redeem_code},
        open::Open,
        prompt::{self, Browser, Claimed, Step, Visited},
        result,
    },
};

const URL: &str = "https://portal.example/back?office=1";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

fn carried() -> Carried {
    Carried {
        issuer: "https://mfa.example".to_owned(),
        state: Some("st&te".to_owned()),
        nonce: "sealed".to_owned(),
        redirect_uri: Keys.hash(URL.as_bytes()).first_chunk().copied().unwrap(),
    }
}

fn with_app(essential: &[ReachedAcr]) -> (World, String) {
    let (mut world, secret) = World::with_app("authenticator_app");
    world.portal.profile.return_urls = vec![URL.to_owned()];
    push(&mut world, 1, essential).unwrap();
    (world, secret)
}

fn push(world: &mut World, n: usize, essential: &[ReachedAcr]) -> Result<(), Refusal> {
    let open = Open {
        nonce: challenge(VERIFIER),
        return_url: Some(URL.to_owned()),
        oidc: Some(EssentialAcr::of(essential.iter().copied())),
        ..world.opening(n)
    };
    world.open_as(n, &open).map(drop)
}

fn challenge(verifier: &str) -> Nonce {
    let hash = Keys.hash(verifier.as_bytes());
    Nonce::parse(&BASE64URL.encode(hash)).unwrap()
}

fn come(world: &mut World, n: usize, arrival: Arrival) -> Result<Authorized, Refusal> {
    let (id, carried) = (world.id(n), carried());
    let browser = Browser { carried: Some(&carried), ..Browser::default() };
    world.run(|context, user| authorize(context, user, &id, browser, arrival))
}

fn claimed(authorized: Authorized) -> Claimed {
    match authorized {
        Authorized::Claimed(claimed) => *claimed,
        Authorized::SentBack(error, _) => panic!("sent back with {}", error.name()),
    }
}

fn sent_back(authorized: Authorized) -> (OidcError, Option<String>) {
    match authorized {
        Authorized::Claimed(_) => panic!("claimed"),
        Authorized::SentBack(error, url) => (error, url),
    }
}

fn look(world: &mut World, n: usize, cookie: SecretMac) -> Visited {
    let (id, carried) = (world.id(n), carried());
    let browser = Browser { cookie: Some(&cookie), carried: Some(&carried), ..Browser::default() };
    world.run(|context, user| prompt::visit(context, user, &id, browser)).unwrap()
}

fn secret_of(visited: &Visited) -> SecretMac {
    let Step::Done(secret) = visited.step else { panic!("{:?}", visited.step) };
    secret
}

fn exchange(world: &mut World, grant: &CodeGrant) -> Result<(), Refusal> {
    let id = world.id(1);
    world.run(|context, user| redeem_code(context, user, &id, grant, "k1")).map(drop)
}

fn enter(world: &mut World, secret: &str) -> Visited {
    let first = claimed(come(world, 1, Arrival::WithPages).unwrap()).visited;
    let code = portal_keys::totp(secret, world.now.unix() / 30);
    world.verify(1, &code, None);
    look(world, 1, first.cookie.unwrap())
}

#[test]
fn a_code_is_exchanged_once_with_its_verifier_and_address_and_never_as_a_result_code() {
    let (mut world, secret) = with_app(&[]);
    let done = enter(&mut world, &secret);
    let secret = secret_of(&done);
    let back = done.back(prompt::Answer::Result(&secret)).unwrap();
    let id = world.id(1);
    assert_eq!(
        back,
        format!("{URL}&code={id}.{secret}.sealed&state=st%26te&iss=https%3A%2F%2Fmfa.example")
    );
    let grant = |verifier: &str, redirect_uri: &str, secret: SecretMac| CodeGrant {
        secret,
        redirect_uri: redirect_uri.to_owned(),
        code_verifier: verifier.to_owned(),
    };
    let another = VERIFIER.replacen('d', "e", 1);
    let elsewhere = "https://portal.example/back?office=2";
    for wrong in [
        grant(&another, URL, secret),
        grant(&VERIFIER[1..], URL, secret),
        grant(challenge(VERIFIER).as_str(), URL, secret),
        grant(VERIFIER, elsewhere, secret),
        grant(VERIFIER, URL, done.form),
    ] {
        assert_eq!(exchange(&mut world, &wrong), Err(Refusal::ResultRefused));
    }
    let as_result =
        world.run(|context, user| result::redeem_result(context, user, &id, &secret, "k1"));
    assert_eq!(as_result.map(drop), Err(Refusal::ResultRefused));
    let right = grant(VERIFIER, URL, secret);
    assert_eq!(exchange(&mut world, &right), Ok(()));
    assert_eq!(exchange(&mut world, &right), Err(Refusal::ResultRefused), "once, by anybody");
}

#[test]
fn a_pushed_request_is_used_once_within_a_minute_and_the_prompt_opens_by_no_other_way() {
    let (mut world, _) = with_app(&[]);
    let id = world.id(1);
    let direct = world.run(|context, user| prompt::claim(context, user, &id, Browser::default()));
    assert_eq!(direct.map(drop), Err(Refusal::OtherBrowser));
    let url = Some(URL.to_owned());
    let malformed = come(&mut world, 1, Arrival::Malformed).unwrap();
    assert_eq!(sent_back(malformed), (OidcError::InvalidRequest, url.clone()));
    let unseen = come(&mut world, 1, Arrival::WithoutPages).unwrap();
    assert_eq!(sent_back(unseen), (OidcError::LoginRequired, url.clone()));
    assert_eq!(world.user().unwrap().sign_ins[1].browser, None, "nothing was opened by these");
    let opened = world.now;
    world.now = opened.plus(60);
    let late = come(&mut world, 1, Arrival::WithPages).unwrap();
    assert_eq!(sent_back(late), (OidcError::InvalidRequestUri, url.clone()));
    world.now = opened.plus(59);
    let first = claimed(come(&mut world, 1, Arrival::WithPages).unwrap());
    assert_eq!(first.visited.step, Step::Challenge);
    let again = come(&mut world, 1, Arrival::WithPages).unwrap();
    assert_eq!(sent_back(again), (OidcError::InvalidRequestUri, url));
    // A sign-in that was begun in another way has no pushed request.
    assert_eq!(come(&mut world, 0, Arrival::WithPages).map(drop), Err(Refusal::UnknownSignIn));
}

#[test]
fn a_sign_in_below_what_is_essential_goes_back_with_an_error_and_has_no_code() {
    let (mut world, secret) = with_app(&[ReachedAcr::Passkey, ReachedAcr::Delivered]);
    let done = enter(&mut world, &secret);
    let secret = secret_of(&done);
    let back = done.back(prompt::Answer::Result(&secret)).unwrap();
    let error = "error=unmet_authentication_requirements";
    assert_eq!(back, format!("{URL}&{error}&state=st%26te&iss=https%3A%2F%2Fmfa.example"));
    let grant =
        CodeGrant { secret, redirect_uri: URL.to_owned(), code_verifier: VERIFIER.to_owned() };
    assert_eq!(exchange(&mut world, &grant), Err(Refusal::ResultRefused));

    let id = world.id(1);
    let settings = world.run(|context, user| {
        SignInView::find(context, user.as_ref(), &id)
            .and_then(|(user, sign_in)| SignInView::of(context, user, id.locator, sign_in))
            .map(portcullis_domain::Decision::unchanged)
    });
    let settings = settings.unwrap();
    assert!(settings.settings.is_none() && settings.second_way.is_empty());

    let (mut world, secret) = with_app(&[ReachedAcr::App]);
    let done = enter(&mut world, &secret);
    let grant = CodeGrant { secret: secret_of(&done), ..grant };
    assert_eq!(exchange(&mut world, &grant), Ok(()));
}

#[test]
fn the_same_challenge_finds_the_same_sign_in_if_the_same_is_essential() {
    let (mut world, _) = with_app(&[]);
    let before = world.user().unwrap();
    push(&mut world, 1, &[]).unwrap();
    assert_eq!(world.user().unwrap(), before);
    let other = push(&mut world, 1, &[ReachedAcr::App]);
    assert!(matches!(other, Err(Refusal::Malformed(_))), "{other:?}");
    assert_eq!(world.user().unwrap(), before);
}

#[test]
fn who_leaves_the_prompt_goes_back_denied_and_a_browser_that_lost_its_part_stays() {
    let (mut world, _) = with_app(&[]);
    let first = claimed(come(&mut world, 1, Arrival::WithPages).unwrap()).visited;
    let back = first.back(prompt::Answer::Left("left")).unwrap();
    assert!(back.starts_with(&format!("{URL}&error=access_denied&error_description=left&state=")));
    let id = world.id(1);
    let browser = Browser { cookie: first.cookie.as_ref(), ..Browser::default() };
    let lost = world.run(|context, user| prompt::visit(context, user, &id, browser)).unwrap();
    assert_eq!(lost.back(prompt::Answer::Left("left")), None);
}
