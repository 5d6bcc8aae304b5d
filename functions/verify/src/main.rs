//! The Lambda function `verify`: judges codes.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    portcullis_api::start_tracing();
    let (desk, _) = portcullis_api::desk(portcullis_verify::PURPOSES).await?;
    let deadline = desk.deadline().clone();
    portcullis_api::serve(portcullis_verify::router(desk), deadline).await
}
