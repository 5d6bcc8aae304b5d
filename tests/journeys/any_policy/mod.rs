//! V31: a portal that prints `message`, `input` and `links` gets everybody in, whatever its policy.

mod person;
mod portal;
mod refusals;

use crate::harness::{Portal, World, anna, fresh_nonce, on_user, verified_claims};
use person::{Person, Wish};
use portal::sign_in;
use portcullis_domain::policy::Preset;
use serde_json::{Value, json};

fn opening(user: &Value) -> Value {
    json!({ "user": user, "event": "login", "nonce": fresh_nonce() })
}

async fn mfa(world: &World, portal: &Portal, user: &Value, person: &mut Person<'_>) -> String {
    let assertion = sign_in(portal, opening(user), person).await;
    let assertion = assertion.unwrap_or_else(|| panic!("{}: {:?}", portal.id, person.read));
    let jwks = portal.get("/.well-known/jwks.json").await.body;
    world.advance(31);
    verified_claims(&assertion, &jwks, &portal.id)["mfa"].as_str().unwrap().to_owned()
}

/// Signs in twice, of which the first time sets up what the policy asks for.
async fn both(world: &World, portal: &Portal, user: &Value, person: &mut Person<'_>) {
    assert_eq!(mfa(world, portal, user, person).await, "done", "{}", portal.id);
    person.again(&[]);
    assert_eq!(mfa(world, portal, user, person).await, "done", "{}", portal.id);
    let asked = &person.read;
    assert!(!asked.iter().any(|line| line.contains("Set up")), "{}: {asked:?}", portal.id);
}

fn named(user: &str) -> Value {
    let mut anna = anna();
    anna["id"] = json!(user);
    anna
}

#[tokio::test(flavor = "multi_thread")]
async fn v31_a_portal_without_a_word_of_policy_gets_everybody_in_under_every_preset() {
    let world = World::start().await;
    for preset in Preset::ALL {
        let portal = world.portal(preset.as_str());
        both(&world, &portal, &named("plain"), &mut Person::new(&world, &portal)).await;
        both(&world, &portal, &named("curious"), &mut Person::new(&world, &portal).curious()).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn v31_mistakes_lead_back_to_the_same_form_under_every_preset() {
    let world = World::start().await;
    for preset in Preset::ALL {
        let portal = world.portal(preset.as_str());
        // At the first sign-in the form with the code comes second, or third.
        let steps: &[Wish] = match preset {
            Preset::AlwaysOn => &[Wish::Link("Send security code via text"), Wish::Type("12")],
            Preset::AuthenticatorApp | Preset::AuthenticatorAppWithEmail | Preset::Managed => {
                &[Wish::Fill, Wish::Type("12")]
            }
            Preset::AppModern => &[Wish::Fill, Wish::Type("12"), Wish::Fill, Wish::Type("12")],
            // A passkey cannot be mistyped; the app is the other way.
            Preset::PasskeyFirst => &[
                Wish::Fill,
                Wish::Type("12"),
                Wish::Fill,
                Wish::Link("Set up an authenticator app"),
                Wish::Type("12"),
            ],
            Preset::SmsEnrolment
            | Preset::SmsEnrolmentOptOut
            | Preset::EmailEnrolment
            | Preset::EmailEnrolmentOptOut => &[Wish::Type("12"), Wish::Fill, Wish::Type("12")],
        };
        let wishes: Vec<Wish> = steps.iter().copied().chain([Wish::Mistype]).collect();
        let mut person = Person::new(&world, &portal).wishing(&wishes);
        both(&world, &portal, &named("clumsy"), &mut person).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn v31_who_may_skip_is_let_in_by_the_link() {
    let world = World::start().await;
    for preset in [Preset::SmsEnrolmentOptOut, Preset::EmailEnrolmentOptOut] {
        let portal = world.portal(preset.as_str());
        for way in [&[Wish::Link("Skip")][..], &[Wish::Fill, Wish::Link("Skip")]] {
            let user = named(&format!("skips-{}", way.len()));
            let mut person = Person::new(&world, &portal).wishing(way);
            assert_eq!(mfa(&world, &portal, &user, &mut person).await, "skipped");
            person.again(&[]);
            assert_eq!(mfa(&world, &portal, &user, &mut person).await, "skipped");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn v31_email_in_place_of_the_app_at_every_step_and_back() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app_with_email");
    let email = Wish::Link("Send security code via email");
    let ways: [&[Wish]; 4] = [
        &[email],
        // The secret is shown, and the emailed code is typed into the form that is shown then.
        &[Wish::Fill, email],
        &[Wish::Fill, email, Wish::Link("Set up an authenticator app"), Wish::Fill],
        &[email, Wish::Link("Set up an authenticator app"), email, Wish::Link("Send it again")],
    ];
    for (n, way) in ways.iter().enumerate() {
        let user = named(&format!("way-{n}"));
        let mut person = Person::new(&world, &portal).wishing(way);
        assert_eq!(mfa(&world, &portal, &user, &mut person).await, "done");
    }
    // The default is ticked; with it the app is one link away, and so is its set-up.
    let user = named("always");
    let mut person = Person::new(&world, &portal).wishing(&[email, Wish::Tick]);
    assert_eq!(mfa(&world, &portal, &user, &mut person).await, "done");
    person.again(&[Wish::Link("Set up an authenticator app"), Wish::Fill, Wish::Fill]);
    assert_eq!(mfa(&world, &portal, &user, &mut person).await, "done");
    person.again(&[Wish::Link("Use the authenticator app"), email]);
    assert_eq!(mfa(&world, &portal, &user, &mut person).await, "done");
    person.again(&[Wish::Link("Use the authenticator app"), Wish::Fill]);
    assert_eq!(mfa(&world, &portal, &user, &mut person).await, "done");
    // Without the default, a code that was sent leaves the app one link away.
    let user = named("has-app");
    let mut person = Person::new(&world, &portal);
    assert_eq!(mfa(&world, &portal, &user, &mut person).await, "done");
    person.again(&[email, Wish::Link("Use the authenticator app"), Wish::Fill]);
    assert_eq!(mfa(&world, &portal, &user, &mut person).await, "done");
}

#[tokio::test(flavor = "multi_thread")]
async fn v31_of_several_methods_each_can_be_chosen_and_left_again() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app_with_email");
    world
        .change_policy(&portal, |policy| {
            let methods = policy["methods"].as_array_mut().unwrap();
            methods.push(json!({ "type": "email", "destination": "user" }));
            methods.push(json!({ "type": "sms", "destination": "user" }));
        })
        .await;
    let (app, phone) =
        (Wish::Link("Set up an authenticator app"), Wish::Link("Use a phone number"));
    let address = Wish::Link("Use an email address");
    let ways: [&[Wish]; 6] = [
        &[],
        &[app],
        &[phone],
        &[address, phone, app, phone],
        &[phone, Wish::Fill, Wish::Link("Change the phone number"), Wish::Fill],
        &[app, address, Wish::Fill, Wish::Link("Send it again"), app],
    ];
    for (n, way) in ways.iter().enumerate() {
        let mut person = Person::new(&world, &portal).wishing(way);
        both(&world, &portal, &named(&format!("way-{n}")), &mut person).await;
    }
    let mut person = Person::new(&world, &portal).curious();
    both(&world, &portal, &named("curious"), &mut person).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn v31_after_a_reset_the_form_takes_the_bypass_code_and_the_mailed_link_leads_on() {
    let world = World::start().await;
    let portal = world.portal("managed");
    let mut person = Person::new(&world, &portal);
    both(&world, &portal, &anna(), &mut person).await;
    let path = format!("/v1/admin/portals/{}/user/bypass-code", portal.id);
    for by_link in [false, true] {
        let actor = json!({ "id": "boss", "role": "portal_admin" });
        let reset = json!({ "actor": actor, "reason": "lost phone", "confirm": true });
        assert_eq!(portal.reset_user("anna", reset).await.status, 200);
        person.again(&[]);
        if by_link {
            assert_eq!(sign_in(&portal, opening(&anna()), &mut person).await, None);
            let ticket = world.ticket_sent_to("testing@example.co.nz").await;
            let opening = json!({ "user": anna(), "event": "login", "nonce": fresh_nonce(), "ticket": ticket });
            assert!(sign_in(&portal, opening, &mut person).await.is_some(), "{:?}", person.read);
        } else {
            world.prove_operator().await;
            let issued = world.admin_ok("POST", &path, on_user("anna", "lost phone")).await;
            person.bypass = issued["code"].as_str().map(str::to_owned);
            assert_eq!(mfa(&world, &portal, &anna(), &mut person).await, "done");
            assert!(person.read[0].contains("Check your email"), "{:?}", person.read);
            person.bypass = None;
        }
        world.advance(600);
    }
}

/// Everything that belongs to a policy: the portal may say none of it.
#[test]
fn v31_the_portal_of_these_tests_says_no_word_of_a_method_a_preset_or_a_status() {
    let portal = include_str!("portal.rs");
    let code = portal.lines().filter(|line| !line.trim().is_empty());
    let code = code.filter(|line| !line.trim_start().starts_with("//"));
    assert!(code.clone().count() <= 40, "{}", code.count());
    let presets = Preset::ALL.map(Preset::as_str);
    let words = [
        "authenticator_app",
        "app",
        "totp",
        "email",
        "sms",
        "phone",
        "passkey",
        "recovery_code",
        "bypass",
        "allowed",
        "challenge",
        "enrol",
        "check_email",
        "denied",
        "options",
        "default",
    ];
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    for said in portal.split(|c| !is_part(c)) {
        assert!(!words.contains(&said) && !presets.contains(&said), "{said}");
    }
}
