//! A portal with a library for OpenID Connect, as a person meets it.

use super::{Script, Visitor};
use crate::{
    harness::World,
    oidc::libraries::{LibraryPortal, fall_behind},
};
use portcullis_local::LocalClock;
use thirtyfour::By;

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_to_a_portal_with_openid_client() {
    let world = World::start_at(LocalClock::default()).await;
    let portal = LibraryPortal::with_openid_client(&world).await;
    fall_behind(&world);
    let mut visitor = Visitor::open_in(world, Script::On).await;
    let start = async |visitor: &Visitor| {
        visitor.driver.goto(portal.base()).await.unwrap();
        visitor.password("anna").await;
    };
    start(&visitor).await;
    let secret = visitor.set_up_app().await;
    visitor.press("Finish").await;
    visitor.sees("Welcome, anna").await;
    visitor.sees("\"acr\": \"urn:portcullis:acr:app\"").await;

    // Who turns back at the prompt comes to the portal with an error, and is not in.
    let first = visitor.take_another_profile().await;
    start(&visitor).await;
    visitor.press("Back to Demo authenticator app").await;
    visitor.sees("You are not signed in").await;
    visitor.sees_not("Welcome").await;
    start(&visitor).await;
    let prompt = visitor.driver.current_url().await.unwrap();
    visitor.enter(&visitor.world.totp(&secret)).await;
    visitor.sees("Welcome, anna").await;
    // Its address is of no use to another browser.
    visitor.go_back_to(first).await;
    visitor.driver.goto(prompt.as_str()).await.unwrap();
    visitor.sees("browser").await;
    assert!(visitor.driver.find(By::Id("code")).await.is_err());
    visitor.close().await;
}
