//! The Lambda function `policy-admin`: the admin plane.

use lambda_http::Error;
use portcullis_app::{MessageSender, setting};
use portcullis_delivery::Deployment;
use portcullis_keys::Hasher;
use portcullis_policy_admin::{AppState, PURPOSES, RecentReadiness, SetUpHash, router};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let routes = |context, aws: &_| {
        Ok(router(AppState {
            context,
            sender: MessageSender::deployed(aws),
            deployment: Deployment::from_environment(),
            readiness: RecentReadiness::default(),
            root_key_id: setting("ROOT_KEY_ID")?.into(),
            set_up_hash: SetUpHash::parse(&setting("SET_UP_SECRET_SHA256")?)?,
            hasher: Hasher::default(),
        }))
    };
    portcullis_http::run(PURPOSES, routes).await
}
