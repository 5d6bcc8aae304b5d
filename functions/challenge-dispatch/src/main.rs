//! The Lambda function `challenge-dispatch`: opens sign-ins and sends codes.

use portcullis_delivery::Courier;
use portcullis_domain::Timestamp;
use std::{sync::Arc, time::SystemTime};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    portcullis_api::start_tracing();
    portcullis_domain::Phone::warm();
    let (desk, aws) = portcullis_api::desk(Arc::new(clock), Arc::new(chance)).await?;
    let courier = Courier::new(&aws, &aws, std::env::var("TWILIO_API_URL").ok().as_deref());
    lambda_http::run(portcullis_challenge_dispatch::router(
        portcullis_challenge_dispatch::Dispatcher { desk, courier },
    ))
    .await
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
