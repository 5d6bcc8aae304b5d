//! The options of a start.

use aws_smithy_runtime_api::client::http::SharedHttpClient;
use std::path::PathBuf;

use crate::{clock::LocalClock, dynamodb::engine::Engine};

#[derive(Clone, Debug)]
pub struct Options {
    /// 0 takes any port that is free.
    pub port: u16,
    pub engine: Engine,
    /// The folder of the files, or `None` to keep nothing.
    pub folder: Option<PathBuf>,
    pub gateway: bool,
    /// A folder with the functions' own binaries, as `sam build` leaves it, to run instead of the
    /// functions of this process.
    pub functions: Option<PathBuf>,
    pub clock: LocalClock,
    pub admins: DemoAdmins,
    /// The addresses of a portal on this machine that browsers may come back to, too: at most two.
    pub return_urls: Vec<String>,
    /// The carrier of the functions' calls to AWS, if it is not the plain client: tests count and
    /// break calls here. Retries then hardly wait, and never run out.
    pub aws_client: Option<SharedHttpClient>,
    /// The carrier of the calls of `activity`, and of those that prepare the table, if it is not
    /// the plain client.
    pub activity_client: Option<SharedHttpClient>,
}

/// The admins that are made at the first start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemoAdmins {
    Operator,
    OneOfEachRole,
}
