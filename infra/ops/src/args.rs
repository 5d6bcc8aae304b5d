//! The command line of `cargo ops`.

use aws_sdk_dynamodb::primitives::{DateTime, DateTimeFormat};
use clap::{Parser, Subcommand};
use portcullis_domain::{KeyVersion, Timestamp};
use portcullis_keys::KeyPurpose;
use std::path::PathBuf;

/// Commands for operators: rotate keys, put failed records through again, and restore a table.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo ops", disable_version_flag = true)]
pub(crate) struct Args {
    /// The table; by default the one that the environment variable TABLE names
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) table: Option<String>,
    /// Read and decide, but write and send nothing
    #[arg(long, global = true)]
    pub(crate) dry_run: bool,
    /// Your name, for the log of what is changed; by default the one in USER
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) by: Option<String>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the keys: their versions, since when, and what each is used for now
    Keys,
    /// Publish a new signing key, for assertions and ID tokens; it is used after 15 minutes
    RotateSigning,
    /// Remove signing keys whose assertions have all expired
    RetireSigning,
    /// Remove a signing key that leaked, at once
    Withdraw {
        /// Its id in the key set, which may begin with a hyphen
        #[arg(allow_hyphen_values = true)]
        kid: String,
    },
    /// Publish a new root key; it is used after 15 minutes
    RotateRoot {
        /// seal, codes, signing or settings
        #[arg(value_parser = purpose)]
        purpose: KeyPurpose,
        /// The KMS key to wrap it under; by default the one that ROOT_KEY_ID names
        #[arg(long, value_name = "ARN")]
        root_key: Option<String>,
    },
    /// Seal the secrets of authenticator apps and of the SMS provider under the newest keys
    Reseal {
        /// Write at most so many users in a second
        #[arg(long, value_name = "N", default_value_t = 100)]
        per_second: u32,
    },
    /// Remove a root key that nothing needs any more
    RetireRoot {
        /// seal, codes, signing or settings
        #[arg(value_parser = purpose)]
        purpose: KeyPurpose,
        #[arg(value_parser = version)]
        version: KeyVersion,
    },
    /// Take away a root key that leaked, and use another at once
    WithdrawRoot {
        /// seal, codes, signing or settings
        #[arg(value_parser = purpose)]
        purpose: KeyPurpose,
        #[arg(value_parser = version)]
        version: KeyVersion,
        /// The KMS key to wrap the other under; by default the one that ROOT_KEY_ID names
        #[arg(long, value_name = "ARN")]
        root_key: Option<String>,
        /// Write at most so many users in a second
        #[arg(long, value_name = "N", default_value_t = 100)]
        per_second: u32,
    },
    /// Wrap the root keys under another KMS key
    Rewrap {
        /// The ARN of that key, also one of another Region
        #[arg(long, value_name = "ARN", value_parser = key_arn)]
        to: String,
    },
    /// Check that the replica in another Region can take over, and print each step
    FailOver {
        /// The Region that is left
        #[arg(long, value_name = "REGION")]
        from: String,
        /// The Region that takes over
        #[arg(long, value_name = "REGION")]
        to: String,
        /// No function runs in the old Region any more
        #[arg(long, conflicts_with = "lost")]
        closed: bool,
        /// The old Region cannot be reached
        #[arg(long)]
        lost: bool,
        /// The write that holds, of a document whose copies do not say which is the latest; give
        /// it once for each
        #[arg(long, value_name = "WRITE", requires = "lost", allow_hyphen_values = true)]
        keep: Vec<String>,
    },
    /// Have the console find the users whom an older release wrote
    IndexUsers {
        /// Write at most so many users in a second
        #[arg(long, value_name = "N", default_value_t = 50)]
        per_second: u32,
    },
    /// Put the records that `activity` could not handle through it again
    Redrive {
        /// A folder with the objects of the bucket, made by `aws s3 sync`
        #[arg(long, value_name = "FOLDER")]
        from: PathBuf,
    },
    /// Put the journal in force again in a table that AWS restored to a moment
    Restore {
        /// A folder with the journal, made by `aws s3 sync`
        #[arg(long, value_name = "FOLDER")]
        from: PathBuf,
        /// The moment that the table was restored to, such as 2026-11-30T14:00:00Z
        #[arg(long, value_name = "MOMENT", value_parser = moment)]
        backup: Timestamp,
    },
}

fn moment(text: &str) -> Result<Timestamp, String> {
    let parsed = DateTime::from_str(text, DateTimeFormat::DateTime);
    let parsed = parsed.map(|moment| Timestamp::from_unix(moment.secs()));
    parsed.map_err(|_| "write it in UTC, such as 2026-11-30T14:00:00Z".to_owned())
}

fn purpose(text: &str) -> Result<KeyPurpose, String> {
    KeyPurpose::named(text).ok_or_else(|| "use seal, codes, signing or settings".to_owned())
}

fn version(text: &str) -> Result<KeyVersion, String> {
    text.parse()
        .map(KeyVersion)
        .map_err(|_| "use the number that `cargo ops keys` shows".to_owned())
}

/// Checks the form of the ARN of a key of KMS.
fn key_arn(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    match parts.as_slice() {
        ["arn", _, "kms", region, _, key] if !region.is_empty() && key.starts_with("key/") => {
            Ok(text.to_owned())
        }
        _ => Err("use the ARN of a key, such as arn:aws:kms:REGION:ACCOUNT:key/ID".to_owned()),
    }
}
