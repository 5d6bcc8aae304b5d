//! The DynamoDB behind everything: embedded, or one that runs elsewhere.

use dynoxide::Database;
use std::path::PathBuf;
use tokio::net::TcpListener;

use crate::error::LocalError;

#[derive(Clone, Debug)]
pub enum Engine {
    Memory,
    File(PathBuf),
    /// At this address, with a table of this name: Amazon's DynamoDB Local, in the tests.
    At {
        url: String,
        table: String,
    },
}

impl Engine {
    pub fn table(&self) -> &str {
        match self {
            Self::Memory | Self::File(_) => "portcullis",
            Self::At { table, .. } => table,
        }
    }

    /// Starts it, and tells its endpoint.
    pub(crate) async fn start(&self) -> Result<String, LocalError> {
        let failed = |error: dynoxide::errors::DynoxideError| LocalError::Engine(error.to_string());
        let database = match self {
            Self::At { url, .. } => return Ok(url.clone()),
            Self::Memory => Database::memory().map_err(failed)?,
            Self::File(path) => Database::new(&path.to_string_lossy()).map_err(failed)?,
        };
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(LocalError::Listen)?;
        let address = listener.local_addr().map_err(LocalError::Listen)?;
        tokio::spawn(dynoxide::server::serve_on(listener, database));
        Ok(format!("http://{address}"))
    }
}
