//! The command line of `cargo local`.

use clap::Parser;
use portcullis_local::{DemoAdmins, Engine, LocalClock, Options};
use std::path::PathBuf;

/// Runs all of Portcullis on this machine, with stand-ins for AWS.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo local", disable_version_flag = true)]
pub(crate) struct Args {
    /// Listen on 127.0.0.1 at this port; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 8080)]
    port: u16,
    /// Keep nothing; without it, data are kept in .portcullis/
    #[arg(long, conflicts_with = "dynamodb")]
    memory: bool,
    /// Make a new table on an engine that runs elsewhere, such as Amazon's DynamoDB Local; nothing
    /// else is kept
    #[arg(long, value_name = "URL")]
    dynamodb: Option<String>,
    /// Start everything but the functions, for cargo lambda watch
    #[arg(long, conflicts_with = "functions")]
    pub(crate) services_only: bool,
    /// Run the functions' own binaries, as `sam build` leaves them in .aws-sam/build, instead of the
    /// functions of this process
    #[arg(long, value_name = "DIR")]
    functions: Option<PathBuf>,
    /// Print one line of JSON for scripts: address, issuer, JWKS, portals and keys, admins
    #[arg(long)]
    pub(crate) json: bool,
    /// Print the OpenAPI document and stop
    #[arg(long)]
    pub(crate) openapi: bool,
}

impl Args {
    /// Returns the options of a start.
    pub(crate) fn into_options(self) -> Options {
        let kept = PathBuf::from(".portcullis");
        let (engine, folder) = match (self.memory, self.dynamodb) {
            (_, Some(url)) => {
                (Engine::At { url, table: format!("portcullis-{}", std::process::id()) }, None)
            }
            (true, None) => (Engine::Memory, None),
            (false, None) => (Engine::File(kept.join("table.db")), Some(kept)),
        };
        Options {
            port: self.port,
            engine,
            folder,
            gateway: !self.services_only,
            functions: self.functions,
            clock: LocalClock::default(),
            admins: DemoAdmins::OneOfEachRole,
            aws_client: None,
            activity_client: None,
        }
    }
}
