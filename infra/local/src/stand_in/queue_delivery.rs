//! Carries the messages of a queue to a function, as Lambda's event source mapping does ("Using
//! Lambda with Amazon SQS" in Amazon's developer guide), one batch at a time.

use serde_json::{Value, json};
use std::time::Duration;

use super::queues::{Queues, Received};
use crate::{functions::StreamFunction, template::QueueMapping};

/// Between two looks at a queue that had nothing.
const PAUSE: Duration = Duration::from_millis(100);

/// Delivers what the queue of a mapping holds, for as long as the process runs.
pub(crate) async fn run(queues: Queues, mapping: QueueMapping, function: StreamFunction) {
    let mut changes = queues.changes();
    loop {
        changes.mark_unchanged();
        let batch = queues.receive(&mapping.queue, mapping.batch_size);
        if batch.is_empty() {
            tokio::select! {
                () = tokio::time::sleep(PAUSE) => {}
                Ok(()) = changes.changed() => {}
            }
            continue;
        }
        let records: Vec<&Value> = batch.iter().map(|received| &received.event).collect();
        let answer = function.invoke(json!({ "Records": records })).await;
        let failed = match answer {
            Ok(answer) => failures(&answer, &batch),
            // "Handling errors for an SQS event source in Lambda": the whole batch is seen again.
            Err(error) => {
                tracing::error!(%error, queue = mapping.queue, "a batch of messages failed");
                all(&batch)
            }
        };
        queues.end(&mapping.queue, &batch, &failed);
    }
}

fn all(batch: &[Received]) -> Vec<String> {
    batch.iter().map(|received| received.id.clone()).collect()
}

/// Returns the ids of the messages that an answer names as failed. One that names what is not in
/// the batch, or nothing, has failed as a whole ("Implementing partial batch responses").
fn failures(answer: &Value, batch: &[Received]) -> Vec<String> {
    let ids = all(batch);
    let named = answer["batchItemFailures"].as_array().into_iter().flatten();
    let named = named.map(|failure| {
        let id = failure["itemIdentifier"].as_str()?;
        ids.iter().find(|known| *known == id).cloned()
    });
    named.collect::<Option<_>>().unwrap_or(ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_names_the_messages_that_failed_or_all_have() {
        let received = |id: &str| Received { id: id.to_owned(), event: Value::Null };
        let batch = [received("a"), received("b")];
        let failed = |answer| failures(&answer, &batch);
        let named = |id: Value| json!({ "batchItemFailures": [{ "itemIdentifier": id }] });
        assert_eq!(failed(json!({ "batchItemFailures": [] })), [""; 0]);
        assert_eq!(failed(Value::Null), [""; 0]);
        assert_eq!(failed(named(json!("b"))), ["b"]);
        for unknown in [json!("c"), json!(""), Value::Null] {
            assert_eq!(failed(named(unknown)), ["a", "b"]);
        }
        assert_eq!(failed(json!({ "batchItemFailures": [{}] })), ["a", "b"]);
    }
}
