//! The console in a real browser: every page, and each role's.

use super::{Script, Visitor};
use crate::harness::Admin;
use serde_json::json;

pub(super) async fn enter(visitor: &Visitor, admin: &Admin) {
    visitor.go("/console").await;
    visitor.sees("Sign in").await;
    visitor.fill("name", &admin.name).await;
    visitor.fill("password", &admin.password).await;
    visitor.press("Continue").await;
    visitor.world.advance(30);
    visitor.enter(&visitor.world.totp(&admin.secret)).await;
    // What the prompt offers to an admin with an app alone.
    visitor.press("Not now").await;
    visitor.press("No, thanks").await;
    visitor.sees(&admin.name).await;
}

pub(super) fn operator(visitor: &Visitor) -> Admin {
    let operator = visitor.world.running.demo.admins[0].clone();
    let (name, password, secret) = (operator.name, operator.password, operator.totp_secret);
    Admin { name, password, secret, session: String::new() }
}

async fn some_life(visitor: &Visitor) {
    let world = &visitor.world;
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
    let visitor = Visitor::open(Script::On).await;
    some_life(&visitor).await;
    visitor.go("/console/sign-in").await;
    visitor.look("console-sign-in").await;
    enter(&visitor, &operator(&visitor)).await;
    portals(&visitor).await;
    policy(&visitor).await;
    switch(&visitor).await;
    users(&visitor).await;
    what_happened(&visitor).await;
    settings_and_admins(&visitor).await;
    visitor.press("Sign out").await;
    visitor.sees("Sign in").await;
    visitor.close().await;
}

/// The list of portals, and a portal with a preview for users.
async fn portals(visitor: &Visitor) {
    visitor.sees("Needs attention").await;
    visitor.look("console-start").await;
    visitor.go("/console/portals").await;
    visitor.look("console-portals").await;

    visitor.press("Create a portal").await;
    visitor.look("console-make-portal").await;
    visitor.go("/console/password").await;
    visitor.look("console-password").await;
    visitor.go("/console/sessions").await;
    visitor.sees("(this one)").await;
    visitor.look("console-sessions").await;
    visitor.go("/console/portals").await;

    // I14: the entry in the app and the QR code as users will see them, and what to keep out of it.
    visitor.press("Demo authenticator app").await;
    visitor.sees("Demo authenticator app: 123 456").await;
    visitor.sees("Everyone who enrols sees this. Put no secret in it.").await;
    let png = visitor.picture(".qr svg").await;
    assert!(
        crate::harness::decode_png(&png).starts_with("otpauth://totp/Demo%20authenticator%20app:")
    );
    visitor.look("console-portal").await;
}

/// Every setting, the preview of a save, and each error beside its field.
async fn policy(visitor: &Visitor) {
    visitor.press("Change the policy").await;
    visitor.look("console-policy").await;
    visitor.choose("after_reset", "emailed_link").await;
    visitor.fill("issuer", "Acme: app").await;
    visitor.press("See what it would do").await;
    visitor.sees("issuer must not contain ':'").await;
    visitor.fill("issuer", "Acme app").await;
    visitor.press_check("app").await;
    visitor.press("See what it would do").await;
    visitor.sees("A policy needs at least one method.").await;
    visitor.press_check("email").await;
    visitor.press("See what it would do").await;
    visitor.sees("What saving would do").await;
    visitor.look("console-policy-tried").await;
    visitor.press("Save the policy").await;
    visitor.sees("Email, address entered by the user").await;
}

/// O2, M2: the switch asks first, and names the consequences.
async fn switch(visitor: &Visitor) {
    visitor.press("Turn off").await;
    visitor.sees("Turn multi-factor authentication off?").await;
    visitor.look("console-switch").await;
    visitor.press("Cancel").await;
    visitor.sees("Multi-factor authentication is on").await;
    visitor.press("Turn off").await;
    visitor.press("Proceed").await;
    visitor.sees("Multi-factor authentication is off").await;
    visitor.press("Turn on").await;
    visitor.press("Proceed").await;
    visitor.sees("Multi-factor authentication is on").await;
}

/// M6: a reset from the list of users, with confirmation; and a bypass code.
async fn users(visitor: &Visitor) {
    visitor.press("Users").await;
    visitor.look("console-users").await;
    visitor.press("u-1842").await;
    visitor.sees("At the next sign-in").await;
    visitor.look("console-user").await;
    visitor.press("Reset").await;
    visitor.sees("Reset u-1842?").await;
    visitor.look("console-reset").await;
    visitor.choose("checked_by", "called_back_on_record").await;
    visitor.fill("reason", "lost phone, called back").await;
    visitor.press("Reset MFA").await;
    visitor.sees("User reset").await;
    visitor.press("To the user").await;
    visitor.sees("Reset by an admin").await;
    visitor.press("Issue a bypass code").await;
    visitor.fill("reason", "at the context").await;
    visitor.press("Issue a bypass code").await;
    visitor.sees("It is shown only once.").await;
    visitor.look("console-bypass-code").await;
}

/// The log, delivery, and the profile of a portal.
async fn what_happened(visitor: &Visitor) {
    visitor.go("/console/portals/always-on/activity").await;
    visitor.sees("Code by email to test*****.co.nz could not be sent").await;
    visitor.look("console-activity").await;
    visitor.go("/console/portals/always-on/activity?filter=AAAA").await;
    visitor.sees("is not one of this list").await;
    visitor.go("/console/portals/always-on/overview?days=30").await;
    visitor.sees("Text messages by calling code").await;
    visitor.sees("Today is not over").await;
    visitor.look("console-overview").await;
    visitor.go("/console/portals/always-on").await;
    visitor.sees("1 segment of 160 characters").await;
    visitor.go("/console/portals/always-on/profile").await;
    visitor.fill("color", "yellow").await;
    visitor.press("Save").await;
    visitor.sees("color must be # and six hexadecimal digits").await;
    visitor.look("console-profile").await;
    visitor.fill("color", "#7b1fa2").await;
    visitor.press("Save").await;
    visitor.sees("Preview").await;
}

/// The system's settings, and adding and removing an admin.
async fn settings_and_admins(visitor: &Visitor) {
    visitor.press("Settings").await;
    visitor.look("console-settings").await;
    visitor.go("/console/settings/prices").await;
    visitor.fill("price_email", "1").await;
    visitor.press("Save").await;
    visitor.sees("Enter the currency of these prices.").await;
    visitor.look("console-prices").await;
    visitor.go("/console/settings").await;
    visitor.press("Check with the providers now").await;
    visitor.sees("The providers accept messages.").await;
    visitor.press("Admins").await;
    visitor.fill("name", "jo").await;
    visitor.choose("role", "technician").await;
    visitor.tick("portals", "managed").await;
    visitor.tick("portals", "always-on").await;
    visitor.press("Create the admin").await;
    visitor.sees("It is shown only once.").await;
    visitor.press("To the admins").await;
    visitor.sees("technician of always-on, managed").await;
    visitor.look("console-admins").await;
    visitor.press("jo").await;
    visitor.look("console-admin").await;
    visitor.choose("role", "auditor").await;
    visitor.press("Change the role").await;
    visitor.sees("From: technician of always-on, managed.").await;
    visitor.sees("To: auditor.").await;
    visitor.look("console-role").await;
    visitor.press("Change the role").await;
    visitor.press("jo").await;
    visitor.press("Remove").await;
    visitor.fill("reason", "left").await;
    visitor.press("Remove admin").await;
    visitor.sees("(removed)").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s42_reload_back_and_a_double_click_issue_no_other_bypass_code() {
    let visitor = Visitor::open(Script::On).await;
    let world = &visitor.world;
    world.portal("authenticator_app").enrol_app(world, json!({ "id": "u-1" })).await;
    let user = world.user_page("authenticator-app", "u-1").await;
    let issued = async || {
        let path = "/v1/admin/portals/authenticator-app/user?id=u-1";
        let user = world.admin_ok("GET", path, None).await;
        let entries = user["activity"].as_array().unwrap().clone();
        entries.iter().filter(|entry| entry["event"] == "bypass_issued").count()
    };
    enter(&visitor, &operator(&visitor)).await;
    visitor.go(&format!("{user}/bypass-code")).await;
    visitor.fill("reason", "at the context").await;
    visitor.press("Issue a bypass code").await;
    visitor.sees("It is shown only once.").await;
    let code = visitor.driver.find(thirtyfour::By::Css("code.secret")).await.unwrap();
    let code = code.text().await.unwrap();
    assert!(!visitor.place().await.contains(&code));
    visitor.driver.refresh().await.unwrap();
    visitor.sees("A password, key or code is shown once.").await;
    visitor.sees_not(&code).await;
    visitor.look("console-shown-before").await;
    visitor.driver.back().await.unwrap();
    visitor.sees("Issue a bypass code for u-1?").await;
    visitor.driver.forward().await.unwrap();
    visitor.sees("A password, key or code is shown once.").await;
    visitor.sees_not(&code).await;
    assert_eq!(issued().await, 1);

    // The same form twice, as a double click sends it: the second answer is what the browser shows.
    visitor.go(&format!("{user}/bypass-code")).await;
    visitor.fill("reason", "at the context again").await;
    let twice = "const form = document.querySelector('main form'); form.submit(); form.submit();";
    visitor.driver.execute(twice, vec![]).await.unwrap();
    visitor.sees("shown").await;
    assert_eq!(issued().await, 2);
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn i7_o2_each_role_sees_its_own_pages_and_no_more() {
    let visitor = Visitor::open(Script::On).await;
    some_life(&visitor).await;
    let world = &visitor.world;
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
        enter(&visitor, &admin).await;
        visitor.look(&format!("console-as-{name}")).await;
        match name {
            "technician" => {
                visitor.press("Demo authenticator app").await;
                visitor.sees("Turn off").await;
                visitor.sees_not("API keys").await;
                visitor.sees_not("Admins").await;
            }
            "portal-admin" => {
                // Only the provider switches; what the app shows is the portal's own.
                visitor.press("Demo managed").await;
                visitor.sees("Only the provider switches this policy.").await;
                visitor.sees_not("Turn off").await;
                visitor.press("Change the policy").await;
                visitor.sees("You set what the app shows.").await;
                visitor.look("console-issuer").await;
                visitor.fill("issuer", "Acme managed").await;
                visitor.press("See what it would do").await;
                visitor.press("Save the policy").await;
                visitor.sees("Acme managed: 123 456").await;
            }
            "org-admin" => {
                visitor.sees("u-1842").await;
                visitor.sees_not("u-1844").await;
                visitor.press("u-1842").await;
                visitor.sees("Reset").await;
                visitor.sees_not("Erase").await;
                visitor.go(&visitor.world.user_page("authenticator-app", "u-1844").await).await;
                visitor.sees("There is no such user here.").await;
                visitor.go("/console").await;
            }
            _ => {
                visitor.press("Settings").await;
                visitor.sees("no-reply@portal.example").await;
                visitor.sees_not("Save").await;
                visitor.press("Admins").await;
                visitor.sees_not("Create an admin").await;
            }
        }
        visitor.press("Sign out").await;
    }
    visitor.close().await;
}
