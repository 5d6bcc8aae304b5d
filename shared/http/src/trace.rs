//! Structured logs on standard output.

use tracing::{Level, Metadata};
use tracing_subscriber::{
    EnvFilter, Layer as _, filter::filter_fn, fmt, layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};

/// Starts logging as JSON lines, at the level of `RUST_LOG` or info. Does nothing if logging has
/// started already.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let lines =
        fmt::layer().json().flatten_event(true).with_current_span(false).with_span_list(false);
    let lines = lines.with_filter(filter_fn(may_be_logged));
    // A second start, as in tests, keeps the first.
    let _kept = tracing_subscriber::registry().with(filter).with(lines).try_init();
}

/// Leaves out the debug lines of libraries, whatever `RUST_LOG` says: the AWS SDK and the HTTP
/// libraries log whole requests there, with addresses and codes.
fn may_be_logged(of: &Metadata<'_>) -> bool {
    of.target().starts_with("portcullis") || *of.level() <= Level::INFO
}
