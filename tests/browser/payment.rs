//! A payment that is confirmed: its text stands on the prompt, in the message and in the assertion.

use super::{Visitor, flow};

flow!(u2_a_payment_is_confirmed_with_its_text_before_the_eyes, super::payment);

const PAYMENT: &str = "Pay EUR 250.00 to ACME";

async fn payment(visitor: &Visitor) {
    let portal = visitor.world.portal("always_on");
    visitor.sign_in(&portal.id, "client").await;
    visitor.press("Send security code via email to clie*****.co.nz").await;
    let code = visitor.code_sent_to("client@example.co.nz").await;
    visitor.enter(&code).await;
    visitor.is_in("second step: done by email").await;
    visitor.world.advance(60);
    visitor.press("Pay").await;
    visitor.press("Pay").await;
    visitor.sees("You are confirming:").await;
    visitor.sees(PAYMENT).await;
    visitor.look("choose-to-confirm").await;
    visitor.press("Send security code via text message to +64*****80").await;
    visitor.sees(PAYMENT).await;
    visitor.look("enter-code-to-confirm").await;
    let messages = visitor.world.messages().await;
    let sent = messages.iter().find(|message| message["to"] == "+64211234580").unwrap();
    assert!(sent["text"].as_str().unwrap().starts_with(PAYMENT), "{sent}");
    visitor.enter("000000").await;
    visitor.sees("That code was not accepted").await;
    visitor.sees(PAYMENT).await;
    let code = visitor.code_sent_to("+64211234580").await;
    visitor.enter(&code).await;
    visitor.sees("Paid").await;
    visitor.sees(PAYMENT).await;
    visitor.sees("The proof was of this payment alone").await;
    visitor.press("Back to your account").await;
    visitor.is_in("second step: done by email").await;
}
