//! Structured logs on standard output.

use portcullis_app::METRIC_LINES;
use std::{fmt, io};
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    EnvFilter, Layer as _,
    filter::filter_fn,
    fmt::{
        FmtContext, FormatEvent, FormatFields, MakeWriter,
        format::Writer,
        layer,
        time::{FormatTime as _, SystemTime},
    },
    layer::SubscriberExt as _,
    registry::LookupSpan,
    util::SubscriberInitExt as _,
};

/// Starts logging on standard output. Does nothing if logging has started already.
pub fn start() {
    // A second start, as in tests, keeps the first.
    let _kept = json_lines(io::stdout).try_init();
}

/// Returns what writes the log as JSON lines, at the level of `RUST_LOG` or info, and lines with
/// metrics at any level.
pub fn json_lines<W>(to: W) -> impl Subscriber + Send + Sync
where
    W: for<'writer> MakeWriter<'writer> + Clone + Send + Sync + 'static,
{
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let filter = match format!("{METRIC_LINES}=info").parse() {
        Ok(always) => filter.add_directive(always),
        Err(_) => filter,
    };
    let lines = layer().json().flatten_event(true).with_current_span(false).with_span_list(false);
    let lines = lines.with_writer(to.clone()).with_filter(filter_fn(may_be_logged));
    let metrics = layer().event_format(AsItIs).with_writer(to).with_filter(filter_fn(has_metrics));
    tracing_subscriber::registry().with(filter).with(lines).with(metrics)
}

/// Leaves out the debug lines of libraries, whatever `RUST_LOG` says: the AWS SDK and the HTTP
/// libraries log whole requests there, with addresses and codes.
fn may_be_logged(of: &Metadata<'_>) -> bool {
    !has_metrics(of) && (of.target().starts_with("portcullis") || *of.level() <= Level::INFO)
}

fn has_metrics(of: &Metadata<'_>) -> bool {
    of.target() == METRIC_LINES
}

/// Writes a line that is a JSON object already, with the moment and the level in front, without
/// which Lambda would add them ("Configuring JSON and plain text log formats" in its guide).
struct AsItIs;

impl<S, N> FormatEvent<S, N> for AsItIs
where
    S: Subscriber + for<'span> LookupSpan<'span>,
    N: for<'writer> FormatFields<'writer> + 'static,
{
    fn format_event(
        &self,
        _: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        writer.write_str("{\"timestamp\":\"")?;
        SystemTime.format_time(&mut writer)?;
        writer.write_str("\",\"level\":\"INFO\",")?;
        let mut line = Line { writer, written: Ok(()) };
        event.record(&mut line);
        line.written
    }
}

/// The members of an object, behind those that stand in front.
struct Line<'writer> {
    writer: Writer<'writer>,
    written: fmt::Result,
}

impl Visit for Line<'_> {
    fn record_str(&mut self, _: &Field, object: &str) {
        let members = object.strip_prefix('{').unwrap_or(object);
        self.written = writeln!(self.writer, "{members}");
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use portcullis_app::write_metrics;
    use serde_json::{Value, json};
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_line_with_metrics_is_written_once_and_as_it_is() {
        let kept = Kept::default();
        let to = kept.clone();
        tracing::subscriber::with_default(json_lines(move || to.clone()), || {
            write_metrics(json!({ "CodesSent": 1, "portal": "a\"b" }).to_string());
            tracing::info!(portal = "acme", "said");
        });
        let lines = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
        let lines: Vec<Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        let [metric, said] = lines.as_slice() else { panic!("{lines:?}") };
        assert_eq!((&metric["CodesSent"], &metric["portal"]), (&json!(1), &json!("a\"b")));
        assert_eq!((&metric["level"], &said["message"]), (&json!("INFO"), &json!("said")));
        let at = |line: &Value| line["timestamp"].as_str().unwrap().len();
        assert_eq!(at(metric), at(said), "{lines:?}");
    }
}
