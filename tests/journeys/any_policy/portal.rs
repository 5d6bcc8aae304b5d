//! A portal with screens of its own that knows no policy: it prints what it is told, and posts what
//! its user does.

use super::person::{Act, Person};
use crate::harness::Portal;
use serde_json::Value;

/// Signs a user in after the password. There is no assertion if the user leaves.
pub async fn sign_in(portal: &Portal, opening: Value, user: &mut Person<'_>) -> Option<String> {
    let mut reply = portal.post("/v1/sign-ins", opening).await;
    loop {
        let (view, alert) = match reply.status {
            200..300 => (&reply.body, None),
            _ => (&reply.body["sign_in"], reply.body["detail"].as_str()),
        };
        if let Some(assertion) = view["assertion"].as_str() {
            return Some(assertion.to_owned());
        }
        let input = &view["input"];
        let (form, typed, ticked) = match user.sees(view, alert).await {
            Act::Submit { typed, ticked } => (input, typed, ticked),
            Act::Follow(place) => (&view["links"][place], Value::Null, false),
            Act::Leave => return None,
        };
        let mut body = form["body"].clone();
        if let Some(field) = form["field"].as_str().filter(|field| *field != "none") {
            body[field] = typed;
        }
        if let Some(member) = form["checkbox"]["name"].as_str().filter(|_| ticked) {
            body[member] = form["checkbox"]["value"].clone();
        }
        reply = portal.act(view, form["action"].as_str().unwrap(), body).await;
    }
}
