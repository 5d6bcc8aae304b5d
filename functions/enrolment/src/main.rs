//! The Lambda function `enrolment`: binds authenticators.

use portcullis_delivery::Courier;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    portcullis_api::start_tracing();
    portcullis_domain::Phone::warm();
    let (desk, aws) = portcullis_api::desk(portcullis_enrolment::PURPOSES).await?;
    let courier = Courier::deployed(&aws);
    portcullis_api::serve(portcullis_enrolment::router(portcullis_enrolment::Enroller {
        desk,
        courier,
    }))
    .await
}
