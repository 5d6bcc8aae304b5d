//! The Lambda function `reset`: takes away what a user has bound.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    portcullis_api::start_tracing();
    let (desk, _) = portcullis_api::desk(portcullis_reset::PURPOSES).await?;
    let deadline = desk.deadline().clone();
    portcullis_api::serve(portcullis_reset::router(desk), deadline).await
}
