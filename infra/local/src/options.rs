//! What can be chosen at the start.

use aws_smithy_runtime_api::client::http::SharedHttpClient;
use std::path::PathBuf;
use thiserror::Error;

use crate::{clock::LocalClock, dynamodb::engine::Engine};

/// How to start.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port on 127.0.0.1; 0 for any that is free.
    pub port: u16,
    /// Where the table lives.
    pub engine: Engine,
    /// Where files are kept; none, and nothing outlives the process.
    pub folder: Option<PathBuf>,
    /// Serve the gateway, rather than only what functions started elsewhere need.
    pub gateway: bool,
    /// A folder with the functions' own binaries, as `sam build` leaves it, to run instead of the functions of this process.
    pub functions: Option<PathBuf>,
    /// What tells the time.
    pub clock: LocalClock,
    /// Which admins are made at the first start.
    pub admins: DemoAdmins,
    /// What carries the functions' calls to AWS, where it is not the plain client: tests count and break calls here.
    /// Retries then hardly wait, and never run out.
    pub aws_client: Option<SharedHttpClient>,
    /// What carries the calls of `activity`, and those that prepare the table, if it is not the plain client.
    pub activity_client: Option<SharedHttpClient>,
}

/// Which admins are made at the first start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemoAdmins {
    /// The operator alone.
    Operator,
    /// One of each role, ready to use.
    OneOfEachRole,
}

/// The command line.
#[derive(Clone, Debug)]
pub struct Args {
    /// How to start.
    pub options: Options,
    /// Print one line of JSON for scripts.
    pub json: bool,
    /// Print the OpenAPI document and stop.
    pub openapi: bool,
}

/// What the command line understands.
pub const USAGE: &str = "\
cargo local [--port N] [--memory | --dynamodb URL] [--services-only | --functions DIR] [--json] [--openapi]

  --port N          listen on 127.0.0.1:N (8080)
  --memory          keep nothing; without it data are kept in .portcullis/
  --dynamodb URL    a new table on an engine that runs elsewhere, such as Amazon's DynamoDB Local; nothing else is kept
  --services-only   everything but the functions, for cargo lambda watch
  --functions DIR   the functions' own binaries, as `sam build` leaves them in .aws-sam/build, in place of this process
  --json            one line of JSON for scripts: address, issuer, JWKS, portals and keys, admins
  --openapi         print the OpenAPI document and stop";

/// An argument that is not understood.
#[derive(Debug, Error)]
#[error("{0} is not understood\n\n{USAGE}")]
pub struct ArgsError(String);

impl Args {
    /// Reads the command line, without the program's name.
    ///
    /// # Errors
    /// [`ArgsError`] naming the first argument that is not understood.
    pub fn parse(mut args: impl Iterator<Item = String>) -> Result<Self, ArgsError> {
        let folder = PathBuf::from(".portcullis");
        let engine = Engine::File(folder.join("table.db"));
        let options = Options {
            port: 8080,
            engine,
            folder: Some(folder),
            gateway: true,
            functions: None,
            clock: LocalClock::default(),
            admins: DemoAdmins::OneOfEachRole,
            aws_client: None,
            activity_client: None,
        };
        let mut parsed = Self { options, json: false, openapi: false };
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--port" => {
                    let port = args.next().and_then(|port| port.parse().ok());
                    parsed.options.port =
                        port.ok_or_else(|| ArgsError("--port without a number".to_owned()))?;
                }
                "--memory" => {
                    parsed.options.engine = Engine::Memory;
                    parsed.options.folder = None;
                }
                "--dynamodb" => {
                    let url = args
                        .next()
                        .ok_or_else(|| ArgsError("--dynamodb without an address".to_owned()))?;
                    let table = format!("portcullis-{}", std::process::id());
                    parsed.options.engine = Engine::At { url, table };
                    parsed.options.folder = None;
                }
                "--services-only" => parsed.options.gateway = false,
                "--functions" => {
                    let folder = args
                        .next()
                        .ok_or_else(|| ArgsError("--functions without a folder".to_owned()))?;
                    parsed.options.functions = Some(folder.into());
                }
                "--json" => parsed.json = true,
                "--openapi" => parsed.openapi = true,
                _ => return Err(ArgsError(arg)),
            }
        }
        Ok(parsed)
    }
}
