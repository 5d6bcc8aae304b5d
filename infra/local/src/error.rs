//! The error of local mode.

use std::{io, path::PathBuf};
use thiserror::Error;

use crate::template::TemplateError;

/// The reason why local mode cannot start, and what to do about it.
#[derive(Debug, Error)]
pub enum LocalError {
    /// The port is taken, most often.
    #[error("cannot listen; is something else on that port? Choose another with --port")]
    Listen(#[source] io::Error),
    /// The embedded engine did not start.
    #[error("the embedded DynamoDB did not start: {0}")]
    Engine(String),
    /// The table could not be made.
    #[error("the table could not be made")]
    Table(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The template does not say what is needed.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The template names something that is not there.
    #[error("template.yaml names {0}, which does not exist")]
    NoFunction(String),
    /// A function's binary cannot be started.
    #[error("{0} cannot be started; build the functions first, with `sam build`")]
    Binary(PathBuf, #[source] io::Error),
    /// The template has a path that cannot be matched.
    #[error("template.yaml has the path {0}, which cannot be matched: {1}")]
    Route(String, String),
    /// Files cannot be kept.
    #[error("cannot keep files in .portcullis; start with --memory, or make the folder writable")]
    Folder(#[source] io::Error),
    /// A file was changed by somebody else.
    #[error("{0} is not what an earlier start wrote; delete the folder .portcullis to begin anew")]
    KeyFile(PathBuf),
    /// The demo portals could not be made.
    #[error(
        "the demo portals could not be made ({0}); delete the folder .portcullis to begin anew"
    )]
    Demo(String),
    /// There are no random bytes.
    #[error("the operating system has no random bytes")]
    NoChance,
}

impl LocalError {
    pub(crate) fn table<E: std::error::Error + Send + Sync + 'static>(error: E) -> Self {
        Self::Table(Box::new(error))
    }
}
