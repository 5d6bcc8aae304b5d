//! The Lambda function `enrolment`: binds authenticators.

use portcullis_delivery::Courier;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    portcullis_api::start_tracing();
    let (desk, aws) = portcullis_api::desk(portcullis_enrolment::PURPOSES).await?;
    let courier = Courier::deployed(&aws);
    let deadline = desk.deadline().clone();
    let enroller = portcullis_enrolment::Enroller { desk, courier };
    portcullis_api::serve(portcullis_enrolment::router(enroller), deadline).await
}
