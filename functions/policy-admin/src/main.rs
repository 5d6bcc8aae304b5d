//! The Lambda function `policy-admin`: the admin plane.

use portcullis_app::MessageSender;
use portcullis_delivery::Deployment;
use portcullis_keys::Hasher;
use portcullis_policy_admin::{Administration, SetUpHash, router};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    portcullis_http::start_tracing();
    let (context, aws) = portcullis_app::context(portcullis_policy_admin::PURPOSES).await?;
    let deadline = context.deadline().clone();
    let sender = MessageSender::deployed(&aws);
    let root_key_id = portcullis_app::setting("ROOT_KEY_ID")?.into();
    let set_up_hash = SetUpHash::parse(&portcullis_app::setting("SET_UP_SECRET_SHA256")?)?;
    let hasher = Hasher::default();
    let deployment = Deployment::from_environment();
    let administration =
        Administration { context, sender, deployment, root_key_id, set_up_hash, hasher };
    portcullis_http::serve(router(administration), deadline).await
}
