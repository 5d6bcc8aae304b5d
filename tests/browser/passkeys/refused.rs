//! Passkeys that are refused, each with what the page says of it.

use super::{IN_BY_PASSKEY, enrol, only_passkey, sign_in_again, use_and_decline, visitor};
use crate::browser::virtual_authenticator::{PLATFORM, SYNCED};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn p1_a_policy_that_refuses_synced_passkeys_takes_none_and_the_page_says_so() {
    let (visitor, portal) = visitor(|passkey| passkey["synced"] = json!("refused")).await;
    let manager = visitor.plug_in(SYNCED).await;
    visitor.sign_in(&portal, "client").await;
    visitor.press("Set up a passkey").await;
    visitor.press("Create a passkey").await;
    visitor.sees("This service takes only passkeys that stay on one device.").await;
    visitor.look("passkey-refused").await;
    visitor.unplug(&manager).await;
    visitor.plug_in(PLATFORM).await;
    visitor.press("Create a passkey").await;
    visitor.sees("You are all set").await;
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p3_a_policy_that_requires_verification_gets_it_at_every_use() {
    let (visitor, portal) =
        visitor(|passkey| passkey["user_verification"] = json!("required")).await;
    let laptop = visitor.plug_in(PLATFORM).await;
    enrol(&visitor, &portal).await;
    sign_in_again(&visitor, &portal).await;
    // An authenticator that answers as if it had checked nobody.
    visitor.spoil(&laptop, Some("isBadUV")).await;
    visitor.press("Use your passkey").await;
    visitor.sees("Your device has to check your fingerprint").await;
    visitor.sees("Use your passkey to continue").await;
    visitor.spoil(&laptop, Some("isBadUP")).await;
    visitor.press("Use your passkey").await;
    visitor.sees("That passkey cannot be used here.").await;
    // What was refused before anybody looked at the signature cost no try.
    visitor.sees_not("tries are left").await;
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p3_p5_five_wrong_signatures_end_the_sign_in_and_lock_nobody_out() {
    let (visitor, portal) = visitor(|_| ()).await;
    let laptop = visitor.plug_in(PLATFORM).await;
    enrol(&visitor, &portal).await;
    sign_in_again(&visitor, &portal).await;
    visitor.spoil(&laptop, Some("isBogusSignature")).await;
    for left in [4, 3, 2] {
        visitor.press("Use your passkey").await;
        visitor.sees("That passkey was not accepted.").await;
        visitor.sees(&format!("{left} tries are left.")).await;
    }
    visitor.look("passkey-wrong").await;
    visitor.press("Use your passkey").await;
    visitor.sees("One try is left.").await;
    visitor.press("Use your passkey").await;
    visitor.sees("There were too many wrong tries").await;
    visitor.spoil(&laptop, None).await;
    visitor.go(&format!("/demo/{portal}")).await;
    visitor.world.advance(60);
    visitor.sign_in(&portal, "client").await;
    use_and_decline(&visitor).await;
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p3_a_copy_of_an_authenticator_is_noticed_by_its_counter() {
    let (visitor, portal) = visitor(|_| ()).await;
    let key = visitor.plug_in(PLATFORM).await;
    enrol(&visitor, &portal).await;
    let copy = only_passkey(&visitor, &key).await;
    sign_in_again(&visitor, &portal).await;
    use_and_decline(&visitor).await;
    sign_in_again(&visitor, &portal).await;
    visitor.press("Use your passkey").await;
    visitor.is_in(IN_BY_PASSKEY).await;
    let newest = only_passkey(&visitor, &key).await;
    assert!(newest["signCount"].as_u64() > copy["signCount"].as_u64(), "{newest}");
    visitor.clear_passkeys(&key).await;
    visitor.put_passkey(&key, copy).await;
    sign_in_again(&visitor, &portal).await;
    visitor.press("Use your passkey").await;
    visitor.sees("That passkey was not accepted.").await;
    visitor.sees("4 tries are left.").await;
    visitor.close().await;
}
