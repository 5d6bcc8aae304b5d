//! The page of a freeze link: from the notice to the way out.

use super::{Visitor, flow};
use crate::harness::{anna, prompt};

flow!(h3_a_user_who_made_no_change_stops_sign_in_by_the_link_of_its_notice, super::frozen);

const EMAIL: &str = "testing@example.co.nz";

async fn frozen(visitor: &Visitor) {
    let world = &visitor.world;
    let portal = world.with_freeze_links("authenticator_app").await;
    portal.enrol_app(world, anna()).await;
    let link = world.freeze_link_in("A new way to sign in was set up", EMAIL).await;
    visitor.go(&link).await;
    visitor.sees("Was this not you?").await;
    visitor.sees("test*****.co.nz").await;
    visitor.sees("If you did make this change, close this page").await;
    visitor.look("freeze").await;
    let sign_in = portal.open_prompt(anna()).await;
    visitor.press("Stop sign-in").await;
    visitor.sees("Nobody can sign in to this account now").await;
    visitor.sees("Call 0800 123 456").await;
    visitor.look("frozen").await;
    visitor.driver.refresh().await.unwrap();
    visitor.sees("Sign-in is stopped").await;
    // A sign-in that was open is gone; the next one says why.
    visitor.go(&prompt(&sign_in)).await;
    visitor.sees("That did not work").await;
    visitor.go(&prompt(&portal.open_prompt(anna()).await)).await;
    visitor.sees("somebody said that a change was not theirs").await;
    visitor.look("frozen-sign-in").await;
    world.advance(7 * 86_400);
    visitor.go(&link).await;
    visitor.sees("This link no longer works").await;
    visitor.look("freeze-link-dead").await;
}
