//! The client library for portals in Rust, against a whole service and the example of its README.

mod calls;
mod portal;
mod settings;
mod step_up;

/// The example, as the README shows it.
#[path = "../../../shared/client/examples/portal.rs"]
mod example;

use crate::harness::{Browser, Portal, World, anna, query};
use axum::Router;
use portcullis_client::{
    Error, Expected, Manage, Opening, Options, OwnCode, Pending, Portcullis, Prompt, Screens,
    Settings, SignIn, SignedIn, Step, Typed, is_session_ended,
    wire::{ActorRequest, ActorRole, ContactRecord, ProblemCode, UserFields},
};
use serde_json::Value;
use std::sync::Arc;

fn settings_of(world: &World, preset: &str) -> Settings {
    let Portal { id, key, base, .. } = world.portal(preset);
    Settings { service: base, issuer: world.running.issuer(), portal: id, key }
}

fn options_at(world: &World) -> Options {
    let clock = world.running.clock.clone();
    Options { clock: Arc::new(move || clock.now().unix()), ..Options::default() }
}

fn client(world: &World, preset: &str) -> Portcullis {
    Portcullis::with(settings_of(world, preset), options_at(world)).unwrap()
}

fn user() -> UserFields {
    let anna = anna();
    UserFields {
        id: "anna".to_owned(),
        email: anna["email"].as_str().map(str::to_owned),
        email_verified: Some(true),
        ..UserFields::default()
    }
}

/// Says of each assertion whether the library accepts it, after the sessions that count: as the
/// programs in other languages do.
pub(super) async fn verdicts(given: &Value) -> Vec<bool> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let expected = &given["expected"];
    let service = text(&given["jwks"]).replace("/.well-known/jwks.json", "");
    let (issuer, portal) = (text(&expected["issuer"]), text(&expected["portal"]));
    let settings = Settings { service, issuer, portal, key: "pcl_acme_none".to_owned() };
    let portcullis = Portcullis::new(settings).unwrap();
    let [user, nonce, event] = ["user", "nonce", "event"].map(|name| text(&expected[name]));
    let expected = Expected {
        user: &user,
        nonce: &nonce,
        event: &event,
        acr: None,
        text: None,
        proven_since: None,
    };
    let mut said = vec![];
    for began in given["began"].as_array().into_iter().flatten() {
        let jwt = text(&given["assertions"][0]);
        let signed_in = portcullis.check::<SignIn>(&jwt, expected).await.unwrap();
        said.push(!signed_in.ends_session_begun(began.as_i64().unwrap()));
    }
    for jwt in given["assertions"].as_array().unwrap() {
        let checked = portcullis.check::<SignIn>(jwt.as_str().unwrap(), expected).await;
        let refused = checked.as_ref().err();
        assert!(refused.is_none_or(|error| matches!(error, Error::Assertion { .. })));
        said.push(checked.is_ok());
    }
    said
}

/// Enters the emailed code at the prompt; returns the address that the browser goes back to.
async fn enters_code(world: &World, prompt_url: &str) -> String {
    let at = prompt_url.strip_prefix(&world.url("")).unwrap();
    let person = Browser::new(world);
    person.submit(at, &format!("{at}/challenge"), &[("method", "email")]).await;
    let code = world.code_sent_to("testing@example.co.nz").await;
    let back = person.submit(at, &format!("{at}/verify"), &[("code", &code)]).await;
    back.location.unwrap()
}

/// Takes the page's own link back to the portal.
async fn leaves(world: &World, prompt_url: &str) -> String {
    let page = Browser::new(world).open(prompt_url).await.text;
    let links = page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let links = links.map(|link| link.replace("&amp;", "&").replace("&#38;", "&"));
    links.into_iter().find(|link| link.contains("error=")).unwrap()
}

async fn serve_example(world: &World) -> String {
    let return_url = world.portal("always_on").return_url();
    let portal = portal::Portal { user: user(), return_url };
    serve(example::routes(client(world, "always_on")).with_state(portal)).await
}

async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    format!("http://{address}")
}

const PENDING: &str = "__Host-portcullis-pending";

#[tokio::test(flavor = "multi_thread")]
async fn in_rust_the_browser_that_began_gets_in_once_and_no_other_does() {
    let world = World::start().await;
    let at = serve_example(&world).await;
    let (anna, mallory) = (Browser::at(at.clone()), Browser::at(at));
    let sent = anna.post("/sign-in", &[]).await;
    assert_eq!(sent.status, 303);
    let set = &sent.headers["set-cookie"];
    assert!(set.ends_with("; Path=/; Max-Age=1800; HttpOnly; SameSite=Lax; Secure"), "{set}");
    let back = enters_code(&world, &sent.location.unwrap()).await;
    let path = format!("/back?{}", back.split_once('?').unwrap().1);

    let refused = mallory.get(&path).await;
    assert_eq!(refused.status, 403);
    assert!(refused.says("not started in this browser"), "{refused:?}");
    mallory.post("/sign-in", &[]).await;
    let held = mallory.cookie(PENDING).unwrap();
    assert_eq!(mallory.get(&path).await.status, 403);
    assert_eq!(mallory.cookie(PENDING).unwrap(), held, "a planted link ends nothing");
    assert_eq!(mallory.cookie("session"), None);

    let home = anna.get(&path).await;
    assert_eq!((home.status, home.location.as_deref()), (303, Some("/")));
    assert_eq!(anna.cookie("session").as_deref(), Some("anna"));
    assert_eq!(anna.cookie(PENDING).as_deref(), Some(""));
    assert_eq!(anna.get(&path).await.status, 403, "the pending value is gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn in_rust_a_browser_that_signs_out_holds_no_sign_in_any_more() {
    let world = World::start().await;
    let dora = Browser::at(serve_example(&world).await);
    let sent = dora.post("/sign-in", &[]).await;
    let back = enters_code(&world, &sent.location.unwrap()).await;
    assert_eq!(dora.post("/sign-out", &[]).await.status, 303);
    assert_eq!(dora.cookie(PENDING).as_deref(), Some(""));
    let refused = dora.get(&format!("/back?{}", back.split_once('?').unwrap().1)).await;
    assert_eq!(refused.status, 403);
    assert_eq!(dora.cookie("session").as_deref(), Some(""), "no session begins");
}

#[tokio::test(flavor = "multi_thread")]
async fn in_rust_a_browser_that_left_the_prompt_is_told_so_and_holds_nothing_any_more() {
    let world = World::start().await;
    let ben = Browser::at(serve_example(&world).await);
    let sent = ben.post("/sign-in", &[]).await;
    let back = leaves(&world, &sent.location.unwrap()).await;
    let refused = ben.get(&format!("/back?{}", back.split_once('?').unwrap().1)).await;
    assert_eq!((refused.status, refused.text.as_str()), (403, "You are not signed in."));
    assert_eq!(ben.cookie(PENDING).as_deref(), Some(""));
    assert_eq!(ben.cookie("session"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_rust_nobody_finishes_without_the_pending_value_of_the_same_browser() {
    let world = World::start().await;
    let (portcullis, return_url) =
        (client(&world, "always_on"), world.portal("always_on").return_url());
    let opened = portcullis.open(&user(), Opening::login(), &return_url).await.unwrap();
    let another = portcullis.open(&user(), Opening::login(), &return_url).await.unwrap();
    let Step::Show { pending: screens, .. } =
        portcullis.open_screens(&user(), Opening::login()).await.unwrap()
    else {
        panic!("nothing is asked")
    };
    let shared = || Some("another secret, which two portals have in common".to_owned());
    let with = |preset| {
        let options = Options { pending_secret: shared(), ..options_at(&world) };
        Portcullis::with(settings_of(&world, preset), options).unwrap()
    };
    let (elsewhere, managed) = (with("always_on"), with("managed"));
    let sealed = portcullis.seal(&opened.pending).unwrap();
    let foreign = managed.seal(&opened.pending).unwrap();
    let screens = portcullis.seal(&screens).unwrap();
    let cases = [
        (OwnCode::NoPending, &portcullis, None),
        (OwnCode::NoPending, &portcullis, Some("")),
        (OwnCode::PendingRefused, &portcullis, Some("made up")),
        (OwnCode::PendingRefused, &portcullis, Some(&sealed[..sealed.len() - 2])),
        (OwnCode::PendingRefused, &elsewhere, Some(sealed.as_str())),
        (OwnCode::PendingRefused, &elsewhere, Some(foreign.as_str())),
        (OwnCode::WrongStep, &portcullis, Some(screens.as_str())),
    ];
    for (wanted, by, kept) in cases {
        let refused = by.unseal::<SignIn, Prompt>(kept).unwrap_err();
        assert_eq!(refused.code(), wanted.as_str(), "{kept:?}");
    }
    let refused = portcullis.unseal::<SignIn, Screens>(Some(&sealed)).unwrap_err();
    assert_eq!(refused.code(), "wrong_step");
    assert_eq!(
        portcullis.unseal::<Manage, Prompt>(Some(&sealed)).unwrap_err().code(),
        "wrong_step"
    );

    let back = enters_code(&world, &opened.prompt_url).await;
    let code = query(&back, "result_code").unwrap();
    let twice = format!("{back}&state=another");
    for (pending, returned) in [
        (&another.pending, back.as_str()),
        (&opened.pending, &format!("?result_code={code}")),
        (&opened.pending, &twice),
    ] {
        let refused = portcullis.finish(pending, returned).await.unwrap_err();
        assert_eq!(refused.code(), "other_browser");
    }
    // None of it used the result code up.
    let pending: Pending<SignIn, Prompt> = portcullis.unseal(Some(&sealed)).unwrap();
    let signed_in: SignedIn = portcullis.finish(&pending, &back).await.unwrap();
    let method = signed_in.method.as_ref().map(|method| method.as_str());
    let said = (signed_in.user.as_str(), signed_in.mfa.as_str(), signed_in.acr.as_str(), method);
    assert_eq!(said, ("anna", "done", "delivered", Some("email")));
    world.advance(3_600);
    let over = portcullis.unseal::<SignIn, Prompt>(Some(&sealed)).unwrap_err();
    assert_eq!(over.code(), "pending_over");
}

#[tokio::test(flavor = "multi_thread")]
async fn in_rust_a_result_is_redeemed_for_one_sign_in_of_its_own_portal() {
    let world = World::start().await;
    let (portcullis, return_url) =
        (client(&world, "always_on"), world.portal("always_on").return_url());
    let opened = portcullis.open(&user(), Opening::login(), &return_url).await.unwrap();
    let back = enters_code(&world, &opened.prompt_url).await;
    let other = portcullis.open(&user(), Opening::login(), &return_url).await.unwrap();
    let other_back = leaves(&world, &other.prompt_url).await;
    let mixed =
        back.replace(&query(&back, "state").unwrap(), &query(&other_back, "state").unwrap());
    let refused = portcullis.finish(&other.pending, &mixed).await.unwrap_err();
    assert_eq!(refused.code(), "result_refused");
    // Another portal, even with this one's pending value in its hands.
    let foreign = client(&world, "managed").finish(&opened.pending, &back).await.unwrap_err();
    assert_eq!(foreign.code(), "sign_in_unknown");
    let signed_in = portcullis.finish(&opened.pending, &back).await.unwrap();
    assert_eq!(signed_in.event, "login");
    let locked = other_back.replace("error=left", "error=locked");
    let left = portcullis.finish(&other.pending, &locked).await.unwrap_err();
    assert!(matches!(left, Error::NotSignedIn { code: OwnCode::Locked, .. }), "{left:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn in_rust_the_portals_own_screens_print_the_view_and_post_its_forms() {
    let world = World::start().await;
    let portcullis = client(&world, "always_on");
    let opened = portcullis.open_screens::<SignIn>(&user(), Opening::login()).await.unwrap();
    let Step::Show { view, pending } = opened else { panic!("nothing is asked") };
    let email = view.links.iter().find(|link| link.body["method"] == "email");
    let send = match (&view.input, email) {
        (Some(input), _) => Typed::form(input, ""),
        (None, Some(link)) => Typed::link(link),
        (None, None) => panic!("nothing to do"),
    };
    let Step::Show { view, .. } = portcullis.post_typed(&pending, &send).await.unwrap() else {
        panic!("no code is asked for")
    };
    let input = view.input.unwrap();
    let refused =
        portcullis.post_typed(&pending, &Typed::form(&input, "000000")).await.unwrap_err();
    let Error::Refused { problem, .. } = &refused else { panic!("{refused:?}") };
    assert_eq!((problem.code.clone(), problem.attempts_left), (ProblemCode::CodeWrong, Some(4)));
    assert_eq!(refused.sign_in().unwrap().input.as_ref().unwrap().action, "verify");
    for action in ["../user/reset", "result", "verify/../../../user", "", "verify?x=1"] {
        let typed = Typed { action: action.to_owned(), body: serde_json::Map::new() };
        let refused = portcullis.post_typed(&pending, &typed).await.unwrap_err();
        assert_eq!(refused.code(), "wrong_step", "{action}");
    }
    let code = world.code_sent_to("testing@example.co.nz").await;
    let step = portcullis.post_typed(&pending, &Typed::form(&input, code)).await.unwrap();
    let Step::Done(done) = step else { panic!("the code was right") };
    assert_eq!((done.outcome.user.as_str(), done.pending.is_some()), ("anna", false));
    assert!(done.browser_token.is_some());
    assert!(!format!("{done:?} {refused:?}").contains("eyJ"), "nothing secret is printed");
}

#[tokio::test(flavor = "multi_thread")]
async fn in_rust_a_reset_ends_the_sessions_that_began_before_it() {
    let world = World::start().await;
    let portcullis = client(&world, "always_on");
    let id = "a+b#c/ä ?";
    let record = ContactRecord {
        id: id.to_owned(),
        email: Some("anna@example.com".to_owned()),
        email_verified: Some(true),
        ..ContactRecord::default()
    };
    assert!(portcullis.users().put(&record).await.unwrap().email_verified);
    let began = world.now().unix();
    world.advance(5);
    let (organization, actor) = (None, "jo".to_owned());
    let actor = ActorRequest { id: actor, role: ActorRole::PortalAdmin, organization };
    let reset = portcullis.users().reset(id, actor, "new phone").await.unwrap();
    assert!(!reset.had_bound);
    let known = portcullis.users().get(id).await.unwrap();
    assert!(is_session_ended(began, known.sessions_not_before));
    assert!(!is_session_ended(world.now().unix(), known.sessions_not_before));
    assert!(!portcullis.users().activity(id).await.unwrap().is_empty());
    assert!(portcullis.users().erase(id).await.unwrap().erased);
}
