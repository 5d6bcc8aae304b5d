//! Making the context from the environment of a function.

use portcullis_domain::passkey::{Origin, ServiceAddress};
use portcullis_keys::Purposes;
use portcullis_store::{FormatRefused, Store, StoredFormat};
use std::{env, sync::Arc, time::Duration};
use thiserror::Error;

use aws_config::{
    AppName, BehaviorVersion, InvalidAppName, SdkConfig,
    stalled_stream_protection::StalledStreamProtectionConfig, timeout::TimeoutConfig,
};

use portcullis_messages::catalogue;

use crate::{AppContext, aws_client, system_rng, system_time};

/// The name in the `User-Agent` of calls to AWS, with the version of the release.
const APP: &str = concat!("portcullis-", env!("CARGO_PKG_VERSION"));

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
    #[error(transparent)]
    Origin(#[from] OriginRefused),
    /// The HTTP client of the AWS clients cannot be made.
    #[error("the HTTP client cannot be made")]
    Http(#[from] aws_smithy_http_client::HttpClientError),
    #[error("the version of the release is no name that AWS takes")]
    App(#[from] InvalidAppName),
}

/// A setting of the environment that is not there; the function does not start without it.
#[derive(Debug, Error)]
#[error("the environment variable {0} is not set")]
pub struct MissingSetting(&'static str);

/// The origin of the service is not one. To go on without it would take passkeys away from those
/// who have them.
#[derive(Debug, Error)]
#[error(
    "SERVICE_ORIGIN is {0:?}; it must be this service's own origin, such as \
     https://mfa.example.com, in small letters and without a path, or be left empty if the service \
     has no domain of its own"
)]
pub struct OriginRefused(String);

/// Returns the address of the service with this origin; an empty one is none.
fn service_address(origin: &str) -> Result<ServiceAddress, OriginRefused> {
    if origin.is_empty() {
        return Ok(ServiceAddress::default());
    }
    let origin = Origin::parse(origin).map_err(|_| OriginRefused(origin.to_owned()))?;
    Ok(ServiceAddress::at(origin))
}

/// A setting of the environment.
///
/// # Errors
/// [`MissingSetting`] when it is absent or empty.
pub fn setting(name: &'static str) -> Result<String, MissingSetting> {
    env::var(name).ok().filter(|value| !value.is_empty()).ok_or(MissingSetting(name))
}

/// Returns the configuration of every AWS client: one HTTP client for all, and a call that hangs is
/// given up in time for a retry and an answer; none streams, so its throughput is not measured.
async fn aws() -> Result<SdkConfig, StartError> {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(1))
        .operation_attempt_timeout(Duration::from_secs(2))
        .operation_timeout(Duration::from_secs(CALL_SECONDS))
        .build();
    let loader = aws_config::defaults(BehaviorVersion::latest()).http_client(aws_client::client()?);
    let loader = loader.app_name(AppName::new(APP)?).timeout_config(timeouts);
    let loader = loader.stalled_stream_protection(StalledStreamProtectionConfig::disabled());
    Ok(loader.load().await)
}

/// Returns the context of a function, from `TABLE`, `STORED_FORMAT`, `ISSUER` and, if the service
/// has a domain of its own, `SERVICE_ORIGIN`, with the keys of these purposes read and its
/// connections made; and the AWS configuration, for what else the function needs.
pub async fn context(purposes: Purposes) -> Result<(AppContext, SdkConfig), StartError> {
    let (table, issuer) = (setting("TABLE")?, setting("ISSUER")?);
    let service = service_address(&env::var("SERVICE_ORIGIN").unwrap_or_default())?;
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
    .at(service);
    catalogue::load();
    context.warm().await;
    Ok((context, aws))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aws_takes_the_name_of_the_release() {
        let name = AppName::new(APP).unwrap().to_string();
        assert!(name.strip_prefix("portcullis-").is_some_and(|version| version.contains('.')));
    }

    #[test]
    fn s23_a_service_without_a_domain_starts_and_one_with_a_malformed_origin_does_not() {
        assert_eq!(service_address("").unwrap(), ServiceAddress::default());
        for good in ["https://mfa.example.com", "http://localhost:8080"] {
            assert!(service_address(good).unwrap().origin().is_some(), "{good}");
        }
        for wrong in [
            "mfa.example.com",
            "https://MFA.example.com",
            "https://mfa.example.com/",
            "http://mfa.example.com",
            "https://192.0.2.7",
            " ",
        ] {
            let refused = service_address(wrong).unwrap_err().to_string();
            assert!(refused.starts_with("SERVICE_ORIGIN is ") && refused.contains(wrong.trim()));
            assert!(refused.contains("such as https://mfa.example.com"), "{refused}");
        }
    }
}
