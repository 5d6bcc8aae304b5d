//! The error of local mode.

use std::{io, path::PathBuf};
use thiserror::Error;

use crate::template::TemplateError;

/// The reason why local mode cannot start, and what to do about it.
#[derive(Debug, Error)]
pub enum LocalError {
    #[error("cannot listen on this port; it may be in use. Choose another with --port")]
    Listen(#[source] io::Error),
    #[error("the embedded DynamoDB did not start: {0}")]
    Engine(String),
    #[error("the table could not be made")]
    Table(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error(transparent)]
    Template(#[from] TemplateError),
    #[error("template.yaml names {0}, which does not exist")]
    NoFunction(String),
    #[error("{0} cannot be started; build the functions first, with `sam build`")]
    Binary(PathBuf, #[source] io::Error),
    #[error("template.yaml has the path {0}, which cannot be matched: {1}")]
    Route(String, String),
    #[error(
        "cannot write to the folder .portcullis; start with --memory, or make the folder writable"
    )]
    Folder(#[source] io::Error),
    #[error("{0} is not what an earlier start wrote; delete the folder .portcullis to start again")]
    KeyFile(PathBuf),
    #[error(
        "the demo portals could not be made ({0}); delete the folder .portcullis to start again"
    )]
    Demo(String),
    #[error("--return-url: {0}")]
    ReturnUrl(String),
    #[error("the operating system has no random bytes")]
    RngUnavailable,
}

impl LocalError {
    pub(crate) fn table<E: std::error::Error + Send + Sync + 'static>(error: E) -> Self {
        Self::Table(Box::new(error))
    }
}
