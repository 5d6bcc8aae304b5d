//! Making a desk from the environment of a function.

use portcullis_keys::Purposes;
use portcullis_store::Store;
use std::{env, sync::Arc, time::Duration};
use thiserror::Error;

use aws_config::{BehaviorVersion, SdkConfig, timeout::TimeoutConfig};

use crate::{Desk, system_chance, system_time};

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

/// The configuration of every AWS client: a call that hangs is given up in time for a retry and an answer.
async fn aws() -> SdkConfig {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(1))
        .operation_attempt_timeout(Duration::from_secs(2))
        .operation_timeout(Duration::from_secs(6))
        .build();
    aws_config::defaults(BehaviorVersion::latest()).timeout_config(timeouts).load().await
}

/// The desk of a function, from `TABLE` and `ISSUER`, with the keys of these purposes read and its connections made; and the AWS
/// configuration, for what else the function needs.
///
/// # Errors
/// [`MissingSetting`] when the function was deployed without one of them.
pub async fn desk(purposes: Purposes) -> Result<(Desk, SdkConfig), MissingSetting> {
    let (table, issuer) = (setting("TABLE")?, setting("ISSUER")?);
    let aws = aws().await;
    let store = Store::new(aws_sdk_dynamodb::Client::new(&aws), table);
    let desk = Desk::new(
        store,
        aws_sdk_kms::Client::new(&aws),
        purposes,
        &issuer,
        Arc::new(system_time),
        Arc::new(system_chance),
    );
    desk.warm().await;
    Ok((desk, aws))
}
