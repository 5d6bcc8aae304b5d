//! The console in a real browser: every page looked at, and the daily jobs of a portal's administrator, counted in clicks.

use super::{Eyes, Script};
use crate::harness::{Admin, totp};
use serde_json::json;

/// An admin signs in at the console, through the prompt.
async fn enter(eyes: &Eyes, admin: &Admin) {
    eyes.go("/console").await;
    eyes.sees("Sign in").await;
    eyes.fill("name", &admin.name).await;
    eyes.fill("password", &admin.password).await;
    eyes.press("Continue").await;
    eyes.world.advance(30);
    eyes.enter(&totp(&admin.secret, eyes.world.running.clock.now())).await;
    eyes.sees(&admin.name).await;
}

fn operator(eyes: &Eyes) -> Admin {
    let operator = eyes.world.running.demo.admins[0].clone();
    let (name, password, secret) = (operator.name, operator.password, operator.totp_secret);
    Admin { name, password, secret, session: String::new() }
}

/// Users in different states, and messages of different fates.
async fn some_life(eyes: &Eyes) {
    let world = &eyes.world;
    let app = world.portal("authenticator_app");
    for (id, organization) in [("u-1842", "acme"), ("u-1843", "acme"), ("u-1844", "globex")] {
        let user = json!({ "id": id, "organization": organization, "email": format!("{id}@example.co.nz"), "email_verified": true });
        app.enrol_app(world, user).await;
    }
    app.open(json!({ "id": "u-1845", "organization": "globex" })).await;
    let chosen = world.portal("always_on");
    for (number, method) in
        [("+64 21 123 4589", "sms"), ("+31 6 12345678", "sms"), ("+64 21 123 4590", "email")]
    {
        let user = json!({ "id": number.replace(' ', ""), "phone": number, "email": "testing@example.co.nz", "email_verified": true });
        let sign_in = chosen.open(user).await;
        chosen.act(&sign_in, "challenge", json!({ "method": method })).await;
        world.advance(60);
    }
    world.set_providers("refuse").await;
    let sign_in = chosen
        .open(json!({ "id": "u-9", "email": "testing@example.co.nz", "email_verified": true }))
        .await;
    chosen.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    world.set_providers("deliver").await;
    // The stream needs a moment to reach the log.
    for _ in 0..100 {
        let path = "/v1/admin/portals/always-on/activity?event=code_not_sent";
        let log = world.admin_ok("GET", path, None).await;
        if !log["entries"].as_array().unwrap().is_empty() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the log is not there after ten seconds");
}

#[tokio::test(flavor = "multi_thread")]
async fn i14_o2_m2_m6_an_operator_sees_and_steers_everything() {
    let eyes = Eyes::open(Script::On).await;
    some_life(&eyes).await;
    eyes.go("/console/sign-in").await;
    eyes.look("console-sign-in").await;
    enter(&eyes, &operator(&eyes)).await;
    portals(&eyes).await;
    policy(&eyes).await;
    switch(&eyes).await;
    users(&eyes).await;
    what_happened(&eyes).await;
    settings_and_admins(&eyes).await;
    eyes.press("Sign out").await;
    eyes.sees("Sign in").await;
    eyes.close().await;
}

/// The list, and a portal with what people will see.
async fn portals(eyes: &Eyes) {
    eyes.sees("100 % of").await;
    eyes.look("console-portals").await;

    eyes.press("Make a portal").await;
    eyes.look("console-make-portal").await;
    eyes.go("/console/password").await;
    eyes.look("console-password").await;
    eyes.go("/console/portals").await;

    // I14: the entry in the app and the QR code as users will see them, and what to keep out of it.
    eyes.press("Demo authenticator app").await;
    eyes.sees("Demo authenticator app: 123 456").await;
    eyes.sees("Everyone who enrols sees this. Put no secret in it.").await;
    let png = eyes.picture(".qr svg").await;
    assert!(
        crate::harness::decode_png(&png).starts_with("otpauth://totp/Demo%20authenticator%20app:")
    );
    eyes.look("console-portal").await;
}

/// Every setting, what saving would do, and each refusal beside its field.
async fn policy(eyes: &Eyes) {
    eyes.press("Change the policy").await;
    eyes.look("console-policy").await;
    eyes.choose("after_reset", "emailed_link").await;
    eyes.fill("issuer", "Acme: app").await;
    eyes.press("See what it would do").await;
    eyes.sees("issuer must not contain ':'").await;
    eyes.fill("issuer", "Acme app").await;
    eyes.press_check("app").await;
    eyes.press("See what it would do").await;
    eyes.sees("A policy needs at least one method.").await;
    eyes.press_check("email").await;
    eyes.press("See what it would do").await;
    eyes.sees("What saving would do").await;
    eyes.look("console-policy-tried").await;
    eyes.press("Save the policy").await;
    eyes.sees("Email, address entered by the user").await;
}

/// O2, M2: the switch asks first, and says what will happen.
async fn switch(eyes: &Eyes) {
    eyes.press("Turn off").await;
    eyes.sees("Turn multi-factor authentication off?").await;
    eyes.look("console-switch").await;
    eyes.press("Cancel").await;
    eyes.sees("Multi-factor authentication is on").await;
    eyes.press("Turn off").await;
    eyes.press("Proceed").await;
    eyes.sees("Multi-factor authentication is off").await;
    eyes.press("Turn on").await;
    eyes.press("Proceed").await;
    eyes.sees("Multi-factor authentication is on").await;
}

/// M6: reset from the users list, with confirmation; and a bypass code.
async fn users(eyes: &Eyes) {
    eyes.press("Users").await;
    eyes.look("console-users").await;
    eyes.press("u-1842").await;
    eyes.sees("At the next sign-in").await;
    eyes.look("console-user").await;
    eyes.press("Reset").await;
    eyes.sees("Reset u-1842?").await;
    eyes.look("console-reset").await;
    eyes.fill("reason", "lost phone, called back").await;
    eyes.press("Proceed").await;
    eyes.sees("The user is reset").await;
    eyes.press("To the user").await;
    eyes.sees("Reset by an admin").await;
    eyes.press("Issue a bypass code").await;
    eyes.fill("reason", "at the context").await;
    eyes.press("Proceed").await;
    eyes.sees("It is shown this once.").await;
    eyes.look("console-bypass-code").await;
}

/// The log, delivery, and how a portal presents itself.
async fn what_happened(eyes: &Eyes) {
    eyes.go("/console/portals/always-on/activity").await;
    eyes.sees("Code by email to test*****.co.nz could not be sent").await;
    eyes.look("console-activity").await;
    eyes.go("/console/portals/always-on/delivery").await;
    eyes.sees("Text messages by country code").await;
    eyes.go("/console/portals/always-on/activity?filter=AAAA").await;
    eyes.sees("is not one of this list").await;
    eyes.go("/console/portals/always-on/delivery").await;
    eyes.look("console-delivery").await;
    eyes.go("/console/portals/always-on").await;
    eyes.sees("1 segment of 160 characters").await;
    eyes.go("/console/portals/always-on/profile").await;
    eyes.fill("color", "#ffee00").await;
    eyes.press("Save").await;
    eyes.sees("color is too light").await;
    eyes.look("console-profile").await;
    eyes.fill("color", "#7b1fa2").await;
    eyes.press("Save").await;
    eyes.sees("What people see").await;
}

/// The system's settings, and an admin who comes and goes.
async fn settings_and_admins(eyes: &Eyes) {
    eyes.press("Settings").await;
    eyes.look("console-settings").await;
    eyes.press("Ask the providers now").await;
    eyes.sees("The providers would take messages.").await;
    eyes.press("Admins").await;
    eyes.fill("name", "jo").await;
    eyes.choose("role", "technician").await;
    eyes.tick("portals", "managed").await;
    eyes.tick("portals", "always-on").await;
    eyes.press("Make the admin").await;
    eyes.sees("It is shown this once.").await;
    eyes.press("To the admins").await;
    eyes.sees("technician of always-on, managed").await;
    eyes.look("console-admins").await;
    eyes.press("jo").await;
    eyes.look("console-admin").await;
    eyes.choose("role", "auditor").await;
    eyes.press("Change the role").await;
    eyes.sees("From: technician of always-on, managed.").await;
    eyes.sees("To: auditor.").await;
    eyes.look("console-role").await;
    eyes.press("Proceed").await;
    eyes.press("jo").await;
    eyes.press("Remove").await;
    eyes.fill("reason", "left").await;
    eyes.press("Proceed").await;
    eyes.sees("(removed)").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_five_daily_jobs_take_few_clicks_and_no_javascript() {
    let eyes = Eyes::open(Script::Off).await;
    let world = &eyes.world;
    enter(&eyes, &operator(&eyes)).await;

    // Make a portal.
    eyes.count_clicks();
    eyes.press("Make a portal").await;
    eyes.fill("id", "acme").await;
    eyes.fill("description", "Acme customer portal").await;
    eyes.press("Make the portal").await;
    eyes.sees("Its back end calls with this API key.").await;
    assert_eq!(eyes.count_clicks(), 2, "make a portal");
    eyes.press("Sign out").await;

    let role = json!({ "role": "portal_admin", "portal": "acme" });
    let admin = world.make_admin("portal-admin", role).await;
    let key = world.admin_ok("POST", "/v1/admin/portals/acme/keys", Some(json!({}))).await;
    let acme = crate::harness::Portal {
        id: "acme".into(),
        key: key["api_key"].as_str().unwrap().into(),
        base: world.url(""),
        http: world.http.clone(),
    };
    acme.enrol_app(world, json!({ "id": "u-1" })).await;
    enter(&eyes, &admin).await;

    // Change the issuer.
    eyes.count_clicks();
    eyes.press("Acme customer portal").await;
    eyes.press("Change the policy").await;
    eyes.fill("issuer", "Acme").await;
    eyes.press("See what it would do").await;
    eyes.press("Save the policy").await;
    eyes.sees("Acme: 123 456").await;
    assert_eq!(eyes.count_clicks(), 4, "change the issuer");

    // Turn MFA off and on.
    eyes.press("Turn off").await;
    eyes.press("Proceed").await;
    eyes.count_clicks();
    eyes.press("Turn on").await;
    eyes.press("Proceed").await;
    eyes.sees("Multi-factor authentication is on").await;
    assert_eq!(eyes.count_clicks(), 2, "turn MFA on");

    // Find why someone could not get in.
    let denied = acme.open(json!({ "id": "u-1" })).await;
    for _ in 0..5 {
        acme.verify(&denied, "000000").await;
    }
    eyes.count_clicks();
    eyes.press("Users").await;
    eyes.fill("user", "u-1").await;
    eyes.press("Find").await;
    eyes.sees("Too many codes were wrong, and nothing is judged until the time is over.").await;
    assert_eq!(eyes.count_clicks(), 2, "find why someone could not get in");

    // Reset a user.
    eyes.count_clicks();
    eyes.press("Reset").await;
    eyes.fill("reason", "lost phone, called back").await;
    eyes.press("Proceed").await;
    eyes.sees("The user sets it up again at the next sign-in.").await;
    assert_eq!(eyes.count_clicks(), 2, "reset a user");
    eyes.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s42_reload_back_and_a_double_click_issue_no_other_bypass_code() {
    let eyes = Eyes::open(Script::On).await;
    let world = &eyes.world;
    world.portal("authenticator_app").enrol_app(world, json!({ "id": "u-1" })).await;
    let user = world.user_page("authenticator-app", "u-1").await;
    let issued = async || {
        let path = "/v1/admin/portals/authenticator-app/user?id=u-1";
        let user = world.admin_ok("GET", path, None).await;
        let entries = user["activity"].as_array().unwrap().clone();
        entries.iter().filter(|entry| entry["event"] == "bypass_issued").count()
    };
    enter(&eyes, &operator(&eyes)).await;
    eyes.go(&format!("{user}/bypass-code")).await;
    eyes.fill("reason", "at the context").await;
    eyes.press("Proceed").await;
    eyes.sees("It is shown this once.").await;
    let code = eyes.driver.find(thirtyfour::By::Css("code.secret")).await.unwrap();
    let code = code.text().await.unwrap();
    assert!(!eyes.place().await.contains(&code));
    eyes.driver.refresh().await.unwrap();
    eyes.sees("A password, key or code is shown once.").await;
    eyes.sees_not(&code).await;
    eyes.look("console-shown-before").await;
    eyes.driver.back().await.unwrap();
    eyes.sees("Issue a bypass code for u-1?").await;
    eyes.driver.forward().await.unwrap();
    eyes.sees("A password, key or code is shown once.").await;
    eyes.sees_not(&code).await;
    assert_eq!(issued().await, 1);

    // The same form twice, as a double click sends it: the second answer is what the browser shows.
    eyes.go(&format!("{user}/bypass-code")).await;
    eyes.fill("reason", "at the context again").await;
    let twice = "const form = document.querySelector('main form'); form.submit(); form.submit();";
    eyes.driver.execute(twice, vec![]).await.unwrap();
    eyes.sees("shown").await;
    assert_eq!(issued().await, 2);
    eyes.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn i7_o2_each_role_sees_its_own_pages_and_no_more() {
    let eyes = Eyes::open(Script::On).await;
    some_life(&eyes).await;
    let world = &eyes.world;
    let roles = [
        ("technician", json!({ "role": "technician", "portals": ["authenticator-app"] })),
        ("portal-admin", json!({ "role": "portal_admin", "portal": "managed" })),
        (
            "org-admin",
            json!({ "role": "org_admin", "portal": "authenticator-app", "organization": "acme" }),
        ),
        ("auditor", json!({ "role": "auditor" })),
    ];
    for (name, role) in roles {
        let admin = world.make_admin(name, role).await;
        enter(&eyes, &admin).await;
        eyes.look(&format!("console-as-{name}")).await;
        match name {
            "technician" => {
                eyes.press("Demo authenticator app").await;
                eyes.sees("Turn off").await;
                eyes.sees_not("Make an API key").await;
                eyes.sees_not("Settings").await;
            }
            "portal-admin" => {
                // Only the provider switches; what the app shows is the portal's own.
                eyes.press("Demo managed").await;
                eyes.sees("Only the provider switches this policy.").await;
                eyes.sees_not("Turn off").await;
                eyes.press("Change the policy").await;
                eyes.sees("You set what the app shows.").await;
                eyes.look("console-issuer").await;
                eyes.fill("issuer", "Acme managed").await;
                eyes.press("See what it would do").await;
                eyes.press("Save the policy").await;
                eyes.sees("Acme managed: 123 456").await;
            }
            "org-admin" => {
                eyes.sees("u-1842").await;
                eyes.sees_not("u-1844").await;
                eyes.press("u-1842").await;
                eyes.sees("Reset").await;
                eyes.sees_not("Erase").await;
                eyes.go(&eyes.world.user_page("authenticator-app", "u-1844").await).await;
                eyes.sees("There is no such user here.").await;
                eyes.go("/console").await;
            }
            _ => {
                eyes.press("Settings").await;
                eyes.sees("no-reply@portal.example").await;
                eyes.sees_not("Save").await;
                eyes.press("Admins").await;
                eyes.sees_not("Make an admin").await;
            }
        }
        eyes.press("Sign out").await;
    }
    eyes.close().await;
}
