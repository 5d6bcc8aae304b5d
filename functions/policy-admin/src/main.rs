//! The Lambda function `policy-admin`: portals, policies and settings.

use portcullis_domain::Timestamp;
use std::{sync::Arc, time::SystemTime};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    portcullis_api::start_tracing();
    let (desk, _) = portcullis_api::desk(Arc::new(clock), Arc::new(chance)).await?;
    let admin = portcullis_policy_admin::Admin {
        desk,
        root_key_id: portcullis_api::setting("ROOT_KEY_ID")?.into(),
        set_up_hash: portcullis_policy_admin::SetUpHash::parse(&portcullis_api::setting(
            "SET_UP_SECRET_SHA256",
        )?)?,
    };
    lambda_http::run(portcullis_policy_admin::router(admin)).await
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
fn clock() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_unix(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks for random bytes")]
fn chance(bytes: &mut [u8]) -> bool {
    getrandom::fill(bytes).is_ok()
}
