//! The Lambda function `policy-admin`: portals, policies and settings.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    portcullis_api::start_tracing();
    let (desk, _) = portcullis_api::desk().await?;
    let admin = portcullis_policy_admin::Admin {
        desk,
        root_key_id: portcullis_api::setting("ROOT_KEY_ID")?.into(),
        set_up_hash: portcullis_policy_admin::SetUpHash::parse(&portcullis_api::setting(
            "SET_UP_SECRET_SHA256",
        )?)?,
    };
    lambda_http::run(portcullis_policy_admin::router(admin)).await
}
