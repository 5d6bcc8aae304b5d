//! The Lambda function `policy-admin`: the admin plane.

use portcullis_delivery::{Courier, Deployment};
use portcullis_keys::Hasher;
use portcullis_policy_admin::{Administration, SetUpHash, router};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    portcullis_api::start_tracing();
    let (desk, aws) = portcullis_api::desk(portcullis_policy_admin::PURPOSES).await?;
    let deadline = desk.deadline().clone();
    let courier = Courier::deployed(&aws);
    let root_key_id = portcullis_api::setting("ROOT_KEY_ID")?.into();
    let set_up_hash = SetUpHash::parse(&portcullis_api::setting("SET_UP_SECRET_SHA256")?)?;
    let hasher = Hasher::default();
    let deployment = Deployment::from_environment();
    let administration =
        Administration { desk, courier, deployment, root_key_id, set_up_hash, hasher };
    portcullis_api::serve(router(administration), deadline).await
}
