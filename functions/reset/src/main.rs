//! The Lambda function `reset`: takes away what a user has bound.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    portcullis_http::start_tracing();
    let (context, _) = portcullis_app::context(portcullis_reset::PURPOSES).await?;
    let deadline = context.deadline().clone();
    portcullis_http::serve(portcullis_reset::router(context), deadline).await
}
