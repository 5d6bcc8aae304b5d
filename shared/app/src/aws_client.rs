//! The one HTTP client of a function's AWS clients, which trusts Amazon's certificate authorities
//! and no others.

use aws_smithy_http_client::{
    Builder, HttpClientError,
    tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode},
};
use aws_smithy_runtime_api::client::http::SharedHttpClient;

/// The root certificates of Amazon Trust Services, all five that its repository recommends for a
/// trust store of one's own (<https://www.amazontrust.com/repository/>).
const AMAZON_ROOTS: &[u8] = include_bytes!("../roots/amazon.pem");

/// Returns the HTTP client. Its root certificates are part of the binary: to read and parse every
/// certificate of the system's folder would cost more than everything else before the first call.
///
/// # Errors
/// [`HttpClientError`] if the trust store is refused.
pub(crate) fn client() -> Result<SharedHttpClient, HttpClientError> {
    let roots = TrustStore::empty().with_pem_certificate(AMAZON_ROOTS);
    let context = TlsContext::builder().with_trust_store(roots).build()?;
    let provider = Provider::Rustls(CryptoMode::AwsLc);
    Ok(Builder::new().tls_provider(provider).tls_context(context).build_https())
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{Engine as _, prelude::BASE64_STANDARD};

    /// The SHA-256 fingerprints as the repository of Amazon Trust Services lists them.
    const FINGERPRINTS: [(&str, &str); 5] = [
        ("Amazon Root CA 1", "8ecde6884f3d87b1125ba31ac3fcb13d7016de7f57cc904fe1cb97c6ae98196e"),
        ("Amazon Root CA 2", "1ba5b2aa8c65401a82960118f80bec4f62304d83cec4713a19c39c011ea46db4"),
        ("Amazon Root CA 3", "18ce6cfe7bf14e60b2e347b8dfe868cb31d02ebb3ada271569f50343b46db3a4"),
        ("Amazon Root CA 4", "e35d28419ed02025cfa69038cd623962458da5c695fbdea3c22b0bfb25897092"),
        (
            "Starfield Services Root Certificate Authority - G2",
            "568d6905a2c88708a4b3025190edcfedb1974a606a13c6e5290fcb2ae63edab5",
        ),
    ];

    #[test]
    fn the_functions_trust_amazons_five_roots_and_no_others() {
        let pem = std::str::from_utf8(AMAZON_ROOTS).unwrap();
        let certificates = pem.split_inclusive("-----END CERTIFICATE-----").map(|block| {
            let body: String = block.lines().filter(|line| !line.starts_with("-----")).collect();
            BASE64_STANDARD.decode(body).unwrap()
        });
        let found: Vec<String> = certificates
            .filter(|certificate| !certificate.is_empty())
            .map(|certificate| {
                let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &certificate);
                digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
            })
            .collect();
        assert_eq!(found, FINGERPRINTS.map(|(_, fingerprint)| fingerprint));
    }

    #[tokio::test]
    async fn a_client_reads_its_roots_and_gets_as_far_as_the_connection() {
        let aws = aws_config::SdkConfig::builder()
            .behavior_version(aws_config::BehaviorVersion::latest())
            .http_client(client().unwrap())
            .region(aws_config::Region::new("eu-west-1"))
            .credentials_provider(aws_sdk_kms::config::SharedCredentialsProvider::new(
                aws_sdk_kms::config::Credentials::new("a", "b", None, None, "test"),
            ))
            // Nothing listens on port 1.
            .endpoint_url("https://127.0.0.1:1")
            .retry_config(aws_config::retry::RetryConfig::disabled())
            .build();
        let answer = aws_sdk_kms::Client::new(&aws).list_keys().send().await;
        let error = aws_sdk_kms::error::DisplayErrorContext(answer.unwrap_err()).to_string();
        assert!(error.contains("Connection refused"), "{error}");
    }
}
