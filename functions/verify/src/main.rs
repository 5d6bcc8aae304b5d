//! The Lambda function `verify`: judges codes.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    portcullis_http::start_tracing();
    let (context, _) = portcullis_app::context(portcullis_verify::PURPOSES).await?;
    let deadline = context.deadline().clone();
    portcullis_http::serve(portcullis_verify::router(context), deadline).await
}
