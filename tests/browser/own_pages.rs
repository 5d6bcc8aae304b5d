//! P9: passkeys on pages of a portal's own, on its own domain, with the script of the book.

use super::{
    Script, Visitor,
    virtual_authenticator::{PLATFORM, U2F_KEY},
};
use crate::harness::{Portal, World, anna};
use axum::{Router, body::Bytes, extract::State, response::Html, routing};
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use thirtyfour::By;
use tokio::net::TcpListener;

const PAGE: &str = include_str!("own_pages.html");
const BOOK: &str = include_str!("../../infra/docs/integrate/passkeys.md");

/// The portal's back end: it opens a sign-in after the password, and posts what its page says.
#[derive(Clone)]
struct BackEnd {
    portal: Portal,
    sign_in: Arc<Mutex<Value>>,
}

impl BackEnd {
    async fn open(State(this): State<Self>) -> String {
        let view = this.portal.open(anna()).await;
        *this.sign_in.lock().unwrap() = view.clone();
        view.to_string()
    }

    async fn act(State(this): State<Self>, body: Bytes) -> String {
        let mut asked: Value = serde_json::from_slice(&body).unwrap();
        let sign_in = this.sign_in.lock().unwrap().clone();
        let action = asked["action"].as_str().unwrap().to_owned();
        this.portal.act(&sign_in, &action, asked["body"].take()).await.body.to_string()
    }
}

fn page() -> Html<String> {
    let (_, script) = BOOK.split_once("```html\n").expect("a script in the book");
    let (script, _) = script.split_once("```").unwrap();
    Html(PAGE.replace("<!-- The script of the book comes here. -->", script))
}

async fn serve(portal: &Portal) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://localhost:{}", listener.local_addr().unwrap().port());
    let back_end = BackEnd { portal: portal.clone(), sign_in: Arc::default() };
    let pages = Router::new()
        .route("/", routing::get(async || page()))
        .route("/open", routing::post(BackEnd::open))
        .route("/act", routing::post(BackEnd::act))
        .with_state(back_end);
    tokio::spawn(async { axum::serve(listener, pages).await });
    origin
}

/// A portal whose users have passkeys that belong to the portal's own domain.
async fn portal(world: &World) -> Portal {
    let portal = world.portal("authenticator_app");
    let add_passkey = |policy: &mut Value| {
        policy["self_service"] = json!("with_proof");
        let passkey = json!({
            "type": "passkey", "user_verification": "required", "synced": "allowed",
            "when_bound": "insist", "promote": false,
        });
        policy["methods"] = json!([passkey]);
    };
    world.change_policy(&portal, add_passkey).await;
    portal
}

async fn belongs_to(world: &World, portal: &Portal, origin: &str) {
    let saved = world
        .change_profile(&portal.id, |profile| {
            profile["return_urls"] = json!([]);
            profile["passkeys"] = json!({ "rp_id": "localhost", "origins": [origin] });
        })
        .await;
    assert_eq!(saved.status, 200, "{:?}", saved.body);
}

async fn press(visitor: &Visitor, action: &str) {
    let wanted = format!("button[data-action='{action}']");
    for _ in 0..100 {
        if let Ok(button) = visitor.driver.find(By::Css(&wanted)).await {
            return button.click().await.unwrap();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no button for {action}:\n{}", visitor.text().await);
}

async fn set_up(visitor: &Visitor) {
    press(visitor, "enrolment").await;
    press(visitor, "enrolment/confirm").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p9_a_portals_own_page_makes_and_uses_passkeys_with_the_script_of_the_book() {
    let visitor = Visitor::open(Script::On).await;
    let portal = portal(&visitor.world).await;
    let origin = serve(&portal).await;
    belongs_to(&visitor.world, &portal, &origin).await;
    let laptop = visitor.plug_in(PLATFORM).await;
    let load = async || visitor.driver.goto(&origin).await.unwrap();
    load().await;
    visitor.sees("Set up a passkey").await;
    set_up(&visitor).await;
    visitor.sees_until_gone("Set up a passkey to sign in with").await;
    assert_eq!(visitor.passkeys(&laptop).await.len(), 1);

    load().await;
    visitor.sees("Use your passkey to continue").await;
    visitor.recognise(&laptop, false).await;
    press(&visitor, "verify").await;
    visitor.sees("NotAllowedError").await;
    visitor.spoil(&laptop, Some("isBogusSignature")).await;
    visitor.recognise(&laptop, true).await;
    press(&visitor, "verify").await;
    visitor.sees("That passkey was not accepted").await;
    visitor.spoil(&laptop, None).await;
    press(&visitor, "verify").await;
    visitor.sees("You are signed in").await;

    // A key with a button alone checks no person, which the policy wants.
    visitor.unplug(&laptop).await;
    visitor.plug_in(U2F_KEY).await;
    load().await;
    press(&visitor, "verify").await;
    visitor.sees("NotAllowedError").await;
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p3_p9_a_page_of_another_origin_on_the_same_domain_is_refused() {
    let visitor = Visitor::open(Script::On).await;
    let portal = portal(&visitor.world).await;
    let origin = serve(&portal).await;
    // A page of somebody else's, at another port of the same host.
    let other = serve(&portal).await;
    belongs_to(&visitor.world, &portal, &origin).await;
    visitor.plug_in(PLATFORM).await;
    visitor.driver.goto(&other).await.unwrap();
    set_up(&visitor).await;
    visitor.sees("That passkey cannot be used here").await;
    let seen = visitor.world.portal("authenticator_app").get("/v1/user?id=anna").await.body;
    assert_eq!(seen["methods"], json!([]), "{seen}");
    visitor.close().await;
}
