//! The Lambda function `challenge-dispatch`: opens sign-ins and sends codes.

use portcullis_delivery::Courier;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    portcullis_api::start_tracing();
    let (desk, aws) = portcullis_api::desk(portcullis_challenge_dispatch::PURPOSES).await?;
    let courier = Courier::deployed(&aws);
    let deadline = desk.deadline().clone();
    let dispatcher = portcullis_challenge_dispatch::Dispatcher { desk, courier };
    portcullis_api::serve(portcullis_challenge_dispatch::router(dispatcher), deadline).await
}
