//! Structured logs on standard output.

use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt as _, util::SubscriberInitExt as _};

/// Starts logging as JSON lines, at the level of `RUST_LOG` or info. Does nothing where logging has started already.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let lines =
        fmt::layer().json().flatten_event(true).with_current_span(false).with_span_list(false);
    // A second start, as in tests, keeps the first.
    let _kept = tracing_subscriber::registry().with(filter).with(lines).try_init();
}
