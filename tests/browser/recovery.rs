//! Recovery codes on the prompt: kept, used, and the way back for who is locked.

use super::{Script, Visitor, flow};
use crate::harness::{other_than, prompt};
use serde_json::json;
use thirtyfour::By;

flow!(r1_r3_codes_are_kept_and_let_in_whoever_lost_the_phone, super::lost_phone);
flow!(r4_whoever_is_locked_gets_in_by_a_code_and_sets_up_again, super::locked);

async fn codes(visitor: &Visitor) -> Vec<String> {
    let mut codes = vec![];
    for code in visitor.driver.find_all(By::Css("#codes code")).await.unwrap() {
        codes.push(code.text().await.unwrap());
    }
    codes
}

async fn lost_phone(visitor: &Visitor) {
    let portal = visitor.world.portal("authenticator_app");
    visitor.world.give_recovery_codes(&portal, "required").await;
    visitor.sign_in(&portal.id, "client").await;
    visitor.set_up_app().await;
    visitor.sees("Keep your recovery codes").await;
    let codes = codes(visitor).await;
    assert_eq!(codes.len(), 10);
    let file = visitor.driver.find(By::Css("a[download]")).await.unwrap();
    let file = file.attr("href").await.unwrap().unwrap();
    assert!(codes.iter().all(|code| file.contains(code)), "{file}");
    let scripted = visitor.driver.find_all(By::Css("[data-copy], [data-print]")).await.unwrap();
    assert_eq!(scripted.len(), 2);
    for button in scripted {
        let is_shown = button.is_displayed().await.unwrap();
        assert!(!is_shown || visitor.script == Script::On, "it would do nothing");
    }
    visitor.look("recovery-codes").await;
    visitor.press("Continue").await;
    visitor.sees("Keep the codes first, and then tick the box.").await;
    visitor.look("recovery-codes-unsaid").await;
    visitor.press_check("kept").await;
    visitor.press("Continue").await;
    visitor.sees("You are all set").await;
    visitor.press("Finish").await;
    visitor.is_in("done by authenticator app").await;
    visitor.press("Sign out").await;

    visitor.sign_in(&portal.id, "client").await;
    visitor.press("Use a recovery code").await;
    visitor.sees("Enter one of your recovery codes").await;
    visitor.look("recovery-code").await;
    visitor.enter("00000-00000-00000").await;
    visitor.is_refused_at("code", "Each recovery code works once").await;
    visitor.look("recovery-code-not-accepted").await;
    visitor.press("Use the authenticator app").await;
    visitor.sees("Enter the 6-digit code displayed in your authenticator app").await;
    visitor.press("Use a recovery code").await;
    visitor.enter(&codes[0]).await;
    visitor.is_in("done by recovery code").await;
}

async fn locked(visitor: &Visitor) {
    let portal = visitor.world.portal("authenticator_app");
    visitor.world.give_recovery_codes(&portal, "offered").await;
    visitor.sign_in(&portal.id, "client").await;
    let secret = visitor.set_up_app().await;
    let codes = codes(visitor).await;
    visitor.press("Continue").await;
    visitor.press("Finish").await;
    let waiting = portal.open_prompt(json!({ "id": "client" })).await;
    // A browser that never got in, as on another computer.
    visitor.driver.delete_all_cookies().await.unwrap();
    visitor.go(&prompt(&waiting)).await;
    let other = portal.open(json!({ "id": "client" })).await;
    let wrong = other_than(&visitor.world.totp(&secret));
    for _ in 0..5 {
        portal.verify(&other, &wrong).await;
    }
    visitor.driver.refresh().await.unwrap();
    visitor.sees("If you have recovery codes, enter one now").await;
    visitor.look("locked-with-recovery-codes").await;
    visitor.enter(&codes[0]).await;
    visitor.set_up_app().await;
    visitor.sees("Keep your recovery codes").await;
    visitor.press("Continue").await;
    visitor.sees("You are all set").await;
}
