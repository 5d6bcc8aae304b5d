//! Lines with metrics, in CloudWatch's embedded metric format. They leave by the writer of the log.

/// The target of lines that are written as they are, whatever `RUST_LOG` says.
pub const METRIC_LINES: &str = "portcullis_metrics";

/// Writes a line to the log: a JSON object, whose metrics CloudWatch reads if it has some.
pub fn write_metrics(line: String) {
    tracing::info!(target: METRIC_LINES, line);
}
