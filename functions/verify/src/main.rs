//! The Lambda function `verify`: checks codes.

use lambda_http::Error;
use portcullis_verify::{AppState, PURPOSES, SecurityTxt, router};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let setting = |name| std::env::var(name).unwrap_or_default();
    portcullis_http::run(PURPOSES, |context, _| {
        let (contact, policy) = (setting("SECURITY_CONTACT"), setting("SECURITY_POLICY"));
        let security_txt = SecurityTxt::parse(&contact, &policy)?;
        Ok(router(AppState { context, security_txt }))
    })
    .await
}
