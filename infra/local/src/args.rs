//! The command line of `cargo local`.

use clap::Parser;
use portcullis_local::{DemoAdmins, Engine, LocalClock, Options};
use std::path::PathBuf;

/// Runs all of Portcullis on this machine, with stand-ins for AWS.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo local", disable_version_flag = true)]
pub(crate) struct Args {
    /// Listen on 127.0.0.1 at this port; 0 picks a free one
    #[arg(long, value_name = "N", default_value_t = 8080)]
    port: u16,
    /// Keep nothing; without this option, data is kept in .portcullis/
    #[arg(long, conflicts_with = "dynamodb")]
    memory: bool,
    /// Create a new table on another engine, such as Amazon's DynamoDB Local; keep nothing else
    #[arg(long, value_name = "URL")]
    dynamodb: Option<String>,
    /// Start everything except the functions, for `cargo lambda watch`
    #[arg(long, conflicts_with = "functions")]
    pub(crate) services_only: bool,
    /// Run the functions' own binaries from this folder, such as .aws-sam/build after `sam build`
    #[arg(long, value_name = "DIR")]
    functions: Option<PathBuf>,
    /// Let browsers come back to this address of a portal of your own, too; give it up to twice
    #[arg(long, value_name = "URL")]
    return_url: Vec<String>,
    /// Print one line of JSON for scripts: address, issuer, JWKS, portals and keys, admins
    #[arg(long)]
    pub(crate) json: bool,
    /// Print the OpenAPI document and exit
    #[arg(long)]
    pub(crate) openapi: bool,
}

impl Args {
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
            return_urls: self.return_url,
            aws_client: None,
            activity_client: None,
        }
    }
}
