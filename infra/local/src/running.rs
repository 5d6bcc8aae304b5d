//! Everything that a start has started.

use portcullis_keys::Hasher;
use portcullis_store::Store;
use std::{net::SocketAddr, sync::Arc};

use crate::{
    address::by_name,
    clock::LocalClock,
    demo::Demo,
    dynamodb::deliveries::Deliveries,
    functions::{
        Functions,
        environment::{NOTICE_QUEUE, Services},
    },
    schedule::Turns,
    stand_in::{Bucket, Outbox, Queues, REPORT_QUEUE},
};

/// Everything, started.
pub struct Running {
    pub address: SocketAddr,
    pub dynamodb: String,
    pub store: Store,
    pub table: String,
    pub demo: Demo,
    pub clock: LocalClock,
    pub hasher: Hasher,
    pub outbox: Outbox,
    /// The objects of the journal and the archive.
    pub bucket: Bucket,
    /// The batches of the stream that `activity` was given up with.
    pub failed_records: Bucket,
    pub(crate) functions: Functions,
    pub(crate) deliveries: Arc<Deliveries>,
    pub(crate) queues: Queues,
    /// The queues that functions get messages of.
    pub(crate) delivered: Vec<String>,
    pub(crate) schedules: Vec<Arc<Turns>>,
}

impl Running {
    /// Delivers an event to a function, by the name of its folder, and returns its answer, both as
    /// JSON.
    ///
    /// # Errors
    /// What became of the event instead, in words.
    pub async fn invoke(&self, function: &str, event: &str) -> Result<String, String> {
        let wanted = self.functions.get(function).ok_or("there is no such function")?;
        wanted.invoke(event).await.map_err(|error| error.to_string())
    }

    /// Waits until `activity` has handled all that was written before this call, and the messages
    /// that came of it were handled once.
    pub async fn stream_is_delivered(&self) {
        self.log_is_written().await;
        self.queues.settled(&self.delivered).await;
    }

    /// Waits until `activity` has handled all that was written before, whatever waits in queues.
    pub async fn log_is_written(&self) {
        self.deliveries.wait().await;
    }

    /// Waits until the functions have done what their schedules had them do by now.
    pub async fn schedules_are_over(&self) {
        for turns in &self.schedules {
            turns.wait().await;
        }
    }

    /// Returns the bodies of the messages in the queue of notices.
    pub fn queued_notices(&self) -> Vec<String> {
        self.queues.bodies(NOTICE_QUEUE)
    }

    /// Returns the bodies of the messages in the queue of this name in template.yaml.
    pub fn queued_in(&self, queue: &str) -> Vec<String> {
        self.queues.bodies(queue)
    }

    /// Waits until every report of SES that came before this call was handled once.
    pub async fn reports_are_delivered(&self) {
        self.queues.settled(&[REPORT_QUEUE.to_owned()]).await;
    }

    /// Returns the `iss` of its assertions.
    pub fn issuer(&self) -> String {
        by_name(&format!("http://{}", self.address))
    }

    /// Returns the environment variables of functions that are started elsewhere.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        self.services(&format!("http://{}", self.address)).environment()
    }

    /// Returns the environment variables of an operator's shell.
    pub fn operator_environment(&self) -> Vec<(&'static str, String)> {
        self.services(&format!("http://{}", self.address)).of_operator()
    }

    fn services<'a>(&'a self, base: &'a str) -> Services<'a> {
        Services {
            base,
            dynamodb: &self.dynamodb,
            table: &self.table,
            set_up_secret: &self.demo.set_up_secret,
        }
    }
}
