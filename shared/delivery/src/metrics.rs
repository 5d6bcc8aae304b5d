//! The namespace of metrics.

use std::{env, sync::LazyLock};

/// Returns the namespace in which CloudWatch keeps the metrics of this deployment: that of
/// `METRICS_NAMESPACE`, so that two deployments of one account are told apart.
pub fn namespace() -> &'static str {
    static NAMESPACE: LazyLock<String> = LazyLock::new(|| {
        let set = env::var("METRICS_NAMESPACE").ok().filter(|name| !name.is_empty());
        set.unwrap_or_else(|| "Portcullis".to_owned())
    });
    &NAMESPACE
}
