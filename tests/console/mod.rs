//! The console without a screen: signing in, roles, forms, and attacks. `tests/browser` looks at
//! the pages.

mod admins;
mod bulk_reminders;
mod bulk_resets;
mod deletion;
mod export;
mod find;
mod forms;
mod frame;
mod grace;
mod limits;
mod log_days;
mod login;
mod logo;
mod once;
mod overview;
mod pages;
mod passkey_domains;
mod policy;
mod prices;
mod reach;
mod roles;
pub mod second_step;
mod secrets;
mod sending;
mod settings;
mod shares;
mod trusted_browsers;
mod way_back;

use crate::harness::{Admin, Browser, Page, World};

/// Signs an admin in: the password, then the prompt.
pub async fn signed_in(world: &World, admin: &Admin) -> Browser {
    let browser = Browser::new(world);
    let page = second_step(world, &browser, admin).await;
    assert_eq!(page.location.as_deref(), Some("/console"), "{}", page.text);
    browser
}

/// Passes password and prompt; returns the answer of the console.
pub async fn second_step(world: &World, browser: &Browser, admin: &Admin) -> Page {
    let fields = [("name", admin.name.as_str()), ("password", admin.password.as_str())];
    let opened = browser.post("/console/sign-in", &fields).await;
    let at = opened.location.expect("the prompt");
    assert!(at.starts_with("/prompt/si_console_"), "{at}");
    world.advance(30);
    let code = world.totp(&admin.secret);
    let back = pass_by_code(browser, &at, &code).await;
    browser.get(&back.location.expect("back to the console")).await
}

/// Passes the prompt by a code, and declines what it offers then.
pub async fn pass_by_code(browser: &Browser, at: &str, code: &str) -> Page {
    let page = browser.submit(at, &format!("{at}/verify"), &[("code", code)]).await;
    decline(browser, at, page).await
}

/// Declines what the prompt offers to an admin who is in.
pub async fn decline(browser: &Browser, at: &str, mut page: Page) -> Page {
    for change in ["decline_passkey", "decline_second_way"] {
        if page.says(&format!("value=\"{change}\"")) {
            let to = format!("{at}/settings");
            page = browser.post_form(&to, &page.form(), &[("change", change)]).await;
        }
    }
    page
}

pub fn operator(world: &World) -> Admin {
    let operator = world.running.demo.admins[0].clone();
    Admin {
        name: operator.name,
        password: operator.password,
        secret: operator.totp_secret,
        session: String::new(),
    }
}
