//! The Lambda function `challenge-dispatch`: opens sign-ins and sends codes.

use portcullis_app::MessageSender;
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    portcullis_http::start_tracing();
    let (context, aws) = portcullis_app::context(portcullis_challenge_dispatch::PURPOSES).await?;
    let sender = MessageSender::deployed(&aws);
    let deadline = context.deadline().clone();
    let dispatcher = portcullis_challenge_dispatch::Dispatcher { context, sender };
    portcullis_http::serve(portcullis_challenge_dispatch::router(dispatcher), deadline).await
}
