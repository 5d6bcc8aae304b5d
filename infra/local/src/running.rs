//! Everything that a start has started.

use portcullis_keys::Hasher;
use portcullis_store::Store;
use std::net::SocketAddr;

use crate::{
    clock::LocalClock,
    demo::Demo,
    functions::{Functions, environment::Services},
    stand_in::Outbox,
};

/// Everything, started.
pub struct Running {
    /// The address of the gateway and the stand-ins.
    pub address: SocketAddr,
    /// The address of the table's engine.
    pub dynamodb: String,
    /// The table.
    pub store: Store,
    /// The table's name.
    pub table: String,
    /// The set-up secret and the portals.
    pub demo: Demo,
    /// The clock.
    pub clock: LocalClock,
    /// The hasher of passwords, which counts its work.
    pub hasher: Hasher,
    /// The messages that were sent.
    pub outbox: Outbox,
    pub(crate) functions: Functions,
}

impl Running {
    /// Delivers an event to a function, by the name of its folder, and returns its answer, both as JSON.
    ///
    /// # Errors
    /// What became of the event instead, in words.
    pub async fn invoke(&self, function: &str, event: &str) -> Result<String, String> {
        let wanted = self.functions.get(function).ok_or("there is no such function")?;
        wanted.invoke(event).await.map_err(|error| error.to_string())
    }

    /// Returns the environment variables of functions that are started elsewhere.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let base = format!("http://{}", self.address);
        let services = Services {
            base: &base,
            dynamodb: &self.dynamodb,
            table: &self.table,
            set_up_secret: &self.demo.set_up_secret,
        };
        services.environment()
    }
}
