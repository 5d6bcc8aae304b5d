//! Structured logs on standard output.

use std::io;
use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::{
    EnvFilter, Layer as _,
    filter::filter_fn,
    fmt::{self, MakeWriter},
    layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};

/// Starts logging on standard output. Does nothing if logging has started already.
pub fn start() {
    // A second start, as in tests, keeps the first.
    let _kept = json_lines(io::stdout).try_init();
}

/// Returns what writes the log as JSON lines, at the level of `RUST_LOG` or info.
pub fn json_lines<W>(to: W) -> impl Subscriber + Send + Sync
where
    W: for<'writer> MakeWriter<'writer> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let lines =
        fmt::layer().json().flatten_event(true).with_current_span(false).with_span_list(false);
    let lines = lines.with_writer(to).with_filter(filter_fn(may_be_logged));
    tracing_subscriber::registry().with(filter).with(lines)
}

/// Leaves out the debug lines of libraries, whatever `RUST_LOG` says: the AWS SDK and the HTTP
/// libraries log whole requests there, with addresses and codes.
fn may_be_logged(of: &Metadata<'_>) -> bool {
    of.target().starts_with("portcullis") || *of.level() <= Level::INFO
}
