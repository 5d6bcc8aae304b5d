//! The Lambda function `enrolment`: binds authenticators.

use portcullis_app::MessageSender;
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    portcullis_http::start_tracing();
    let (context, aws) = portcullis_app::context(portcullis_enrolment::PURPOSES).await?;
    let sender = MessageSender::deployed(&aws);
    let deadline = context.deadline().clone();
    let enroller = portcullis_enrolment::Enroller { context, sender };
    portcullis_http::serve(portcullis_enrolment::router(enroller), deadline).await
}
