//! Making the context from the environment of a function.

use portcullis_domain::passkey::ServiceAddress;
use portcullis_keys::Purposes;
use portcullis_store::{FormatRefused, Store, StoredFormat};
use std::{env, sync::Arc, time::Duration};
use thiserror::Error;

use aws_config::{BehaviorVersion, SdkConfig, timeout::TimeoutConfig};

use portcullis_messages::catalogue;

use crate::{AppContext, aws_client, system_rng, system_time};

/// The time limit of a call to the table or to KMS, retries included.
pub(crate) const CALL_SECONDS: u64 = 6;

/// A function cannot start.
#[derive(Debug, Error)]
pub enum StartError {
    #[error(transparent)]
    Setting(#[from] MissingSetting),
    /// The deployment asks for a format that this release does not write.
    #[error(transparent)]
    Format(#[from] FormatRefused),
    /// The HTTP client of the AWS clients cannot be made.
    #[error("the HTTP client cannot be made")]
    Http(#[from] aws_smithy_http_client::HttpClientError),
}

/// A setting of the environment that is not there; the function does not start without it.
#[derive(Debug, Error)]
#[error("the environment variable {0} is not set")]
pub struct MissingSetting(&'static str);

/// A setting of the environment.
///
/// # Errors
/// [`MissingSetting`] when it is absent or empty.
pub fn setting(name: &'static str) -> Result<String, MissingSetting> {
    env::var(name).ok().filter(|value| !value.is_empty()).ok_or(MissingSetting(name))
}

/// Returns the configuration of every AWS client: one HTTP client for all, and a call that hangs is
/// given up in time for a retry and an answer.
async fn aws() -> Result<SdkConfig, StartError> {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(1))
        .operation_attempt_timeout(Duration::from_secs(2))
        .operation_timeout(Duration::from_secs(CALL_SECONDS))
        .build();
    let loader = aws_config::defaults(BehaviorVersion::latest()).http_client(aws_client::client()?);
    Ok(loader.timeout_config(timeouts).load().await)
}

/// Returns the context of a function, from `TABLE`, `STORED_FORMAT`, `ISSUER` and, if the service
/// has a domain of its own, `SERVICE_ORIGIN`, with the keys of these purposes read and its
/// connections made; and the AWS configuration, for what else the function needs.
pub async fn context(purposes: Purposes) -> Result<(AppContext, SdkConfig), StartError> {
    let (table, issuer) = (setting("TABLE")?, setting("ISSUER")?);
    // There is one format to write; to start with another would lose what it has more.
    StoredFormat::parse(&setting("STORED_FORMAT")?)?;
    let aws = aws().await?;
    let store = Store::new(aws_sdk_dynamodb::Client::new(&aws), table);
    let context = AppContext::new(
        store,
        aws_sdk_kms::Client::new(&aws),
        purposes,
        &issuer,
        Arc::new(system_time),
        Arc::new(system_rng),
    )
    .at(ServiceAddress::of(&env::var("SERVICE_ORIGIN").unwrap_or_default()));
    catalogue::load();
    context.warm().await;
    Ok((context, aws))
}
