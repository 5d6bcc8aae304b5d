//! The console says what becomes of passkeys before a change is saved.

use super::{
    Script, Visitor,
    console::{enter, operator},
};
use crate::journeys::passkeys::anna_with_passkey;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn p4_an_operator_sees_whose_passkeys_a_changed_domain_ends_before_it_is_saved() {
    let visitor = Visitor::open(Script::On).await;
    let (portal, _) = anna_with_passkey(&visitor.world, "prefer").await;
    let at = format!("/console/portals/{}", portal.id);
    let alone = |profile: &mut Value| profile["return_urls"] = json!([]);
    assert_eq!(visitor.world.change_profile(&portal.id, alone).await.status, 200);
    enter(&visitor, &operator(&visitor)).await;
    visitor.go(&at).await;
    visitor.sees("Browsers and devices show passkeys under this name, for this domain.").await;
    visitor.press("Change the policy").await;
    visitor.choose("when_bound", "insist").await;
    visitor.press("See what it would do").await;
    visitor.sees("Held to passkeys from then on: 1.").await;
    visitor.look("console-policy-passkeys").await;
    visitor.go(&format!("{at}/profile")).await;
    visitor.fill("rp_id", "acme.example").await;
    visitor.fill("origins", "https://login.acme.example").await;
    visitor.press("Save").await;
    visitor.sees("Users whose passkeys stop working: 1.").await;
    visitor.sees("Nothing is saved yet.").await;
    visitor.look("console-profile-passkeys").await;
    visitor.press("Save anyway").await;
    visitor.sees("acme.example").await;
    visitor.go(&format!("{at}/users")).await;
    visitor.sees("made for a domain that is no longer in force").await;
    visitor.look("console-users-passkeys").await;
    visitor.close().await;
}
