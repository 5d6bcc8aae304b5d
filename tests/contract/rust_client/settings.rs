//! The settings, whose answer is no sign-in.

use super::{client, leaves, options_at, settings_of, user};
use crate::harness::World;
use portcullis_client::{
    ConfigError, Done, Manage, Managed, Opening, Options, Portcullis, Prompt, Screens, Settings,
    SignIn, Step, Typed,
};
use serde_json::{Value, json};

fn typed(action: &str, body: &Value) -> Typed {
    Typed { action: action.to_owned(), body: body.as_object().unwrap().clone() }
}

/// Signs a new user in, who sets up an app; returns the recovery codes.
async fn with_app(world: &World, portcullis: &Portcullis) -> Vec<String> {
    let opened = portcullis.open_screens::<SignIn>(&user(), Opening::login()).await.unwrap();
    let Step::Show { view, pending } = opened else { panic!("nothing is asked") };
    let send = Typed::form(&view.input.unwrap(), "");
    portcullis.post_typed(&pending, &send).await.unwrap();
    let code = world.code_sent_to("testing@example.co.nz").await;
    portcullis.post_typed(&pending, &typed("verify", &json!({ "code": code }))).await.unwrap();
    let app = typed("enrolment", &json!({ "method": "authenticator_app" }));
    let Step::Show { view, .. } = portcullis.post_typed(&pending, &app).await.unwrap() else {
        panic!("nothing is set up")
    };
    let printed = format!("{:?}", view.enrolment);
    assert!(!printed.contains("otpauth"), "the secret is not printed: {printed}");
    let shown = portcullis.look(&pending).await.unwrap();
    let Step::Show { view, .. } = shown else { panic!("it is not confirmed") };
    let Some(portcullis_client::wire::EnrolmentView::AppEnrolment(app)) = view.enrolment else {
        panic!("no app is set up")
    };
    let code = world.totp(&app.secret);
    let confirm = typed("enrolment/confirm", &json!({ "code": code }));
    let Step::Done(done) = portcullis.post_typed(&pending, &confirm).await.unwrap() else {
        panic!("the code was right")
    };
    assert_eq!(done.outcome.event, "login");
    let kept = done.pending.as_ref().unwrap();
    let Step::GoesOn { view, .. } = portcullis.look(kept).await.unwrap() else {
        panic!("a reload begins no second session")
    };
    let codes = done.view.recovery_codes.unwrap().codes;
    assert_eq!(view.recovery_codes.map(|again| again.codes), Some(codes.clone()));
    codes
}

async fn posts(
    portcullis: &Portcullis,
    pending: &portcullis_client::Pending<Manage, Screens>,
    typed: &Typed,
) -> Box<Done<Manage>> {
    let Step::Done(done) = portcullis.post_typed(pending, typed).await.unwrap() else {
        panic!("it is not done")
    };
    done
}

#[tokio::test(flavor = "multi_thread")]
async fn in_rust_the_settings_are_changed_after_a_proof_and_are_no_sign_in() {
    let world = World::start().await;
    let portcullis = client(&world, "app_modern");
    let codes = with_app(&world, &portcullis).await;
    let opened = portcullis.open_screens(&user(), Opening::manage()).await.unwrap();
    let Step::Show { pending, .. } = opened else { panic!("no proof is asked for") };
    let sealed = portcullis.seal(&pending).unwrap();
    let as_sign_in = portcullis.unseal::<SignIn, Screens>(Some(&sealed)).unwrap_err();
    assert_eq!(as_sign_in.code(), "wrong_step");

    let code = typed("verify", &json!({ "code": codes[0] }));
    let proved = posts(&portcullis, &pending, &code).await;
    let pending = proved.pending.as_ref().unwrap();
    let id = &proved.view.settings.as_ref().unwrap().authenticators[0].id;
    let rename = json!({ "change": "rename", "authenticator": id, "name": "Work phone" });
    let renamed = posts(&portcullis, pending, &typed("settings", &rename)).await;
    let managed: &Managed = &renamed.outcome;
    assert_eq!((managed.event.as_str(), managed.user.as_str()), ("manage", "anna"));
    assert_eq!(managed.changed, ["authenticator_renamed"]);
    let Step::Done(shown) = portcullis.look(pending).await.unwrap() else { panic!("it is open") };
    let name = &shown.view.settings.as_ref().unwrap().authenticators[0].name;
    assert_eq!(name.as_deref(), Some("Work phone"));
}

#[tokio::test(flavor = "multi_thread")]
async fn in_rust_the_page_of_another_purpose_finishes_nothing() {
    let world = World::start().await;
    let (portcullis, return_url) =
        (client(&world, "app_modern"), world.portal("app_modern").return_url());
    let opened = portcullis.open(&user(), Opening::manage(), &return_url).await.unwrap();
    let sealed = portcullis.seal(&opened.pending).unwrap();
    let refused = portcullis.unseal::<SignIn, Prompt>(Some(&sealed)).unwrap_err();
    assert_eq!(refused.code(), "wrong_step");
    let pending = portcullis.unseal::<Manage, Prompt>(Some(&sealed)).unwrap();
    let back = leaves(&world, &opened.prompt_url).await;
    assert_eq!(portcullis.finish(&pending, &back).await.unwrap_err().code(), "left");
}

#[tokio::test(flavor = "multi_thread")]
async fn in_rust_settings_that_would_send_the_key_in_the_clear_are_refused() {
    let world = World::start().await;
    let known = || settings_of(&world, "always_on");
    let clear = Settings { service: "http://mfa.example.com".to_owned(), ..known() };
    let made = |settings, options| Portcullis::with(settings, options).map(|_| ());
    assert!(matches!(made(clear, options_at(&world)), Err(ConfigError::NotPrivate)));
    let nobody = Settings { issuer: String::new(), ..known() };
    assert!(matches!(made(nobody, options_at(&world)), Err(ConfigError::Missing("issuer"))));
    let short = Options { pending_secret: Some("short".to_owned()), ..options_at(&world) };
    assert!(matches!(made(known(), short), Err(ConfigError::ShortSecret)));
    let key = known().key;
    assert!(!format!("{:?} {:?}", known(), client(&world, "always_on")).contains(&key));
}
