//! The Lambda function `reset`: takes away what a user has bound.

use portcullis_domain::Timestamp;
use std::{sync::Arc, time::SystemTime};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    portcullis_api::start_tracing();
    let (desk, _) = portcullis_api::desk(Arc::new(clock), Arc::new(chance)).await?;
    lambda_http::run(portcullis_reset::router(desk)).await
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
