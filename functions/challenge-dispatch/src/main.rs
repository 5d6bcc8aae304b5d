//! The Lambda function `challenge-dispatch`: opens sign-ins and sends codes.

use portcullis_delivery::Courier;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    portcullis_api::start_tracing();
    portcullis_domain::Phone::warm();
    let (desk, aws) = portcullis_api::desk(portcullis_challenge_dispatch::PURPOSES).await?;
    let courier = Courier::deployed(&aws);
    portcullis_api::serve(portcullis_challenge_dispatch::router(
        portcullis_challenge_dispatch::Dispatcher { desk, courier },
    ))
    .await
}
