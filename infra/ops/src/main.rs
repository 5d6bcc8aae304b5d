//! `cargo ops`: commands for operators, with their own credentials.

mod args;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use clap::Parser as _;
use portcullis_activity::Journal;
use portcullis_app::{MessageSender, setting, system_rng, system_time};
use portcullis_domain::{admin::AdminId, user::By};
use portcullis_keys::KmsKey;
use portcullis_ops::{FailOver, Line, OldRegion, Operator, OpsError, Run, TableClock};
use portcullis_store::Store;
use std::{env, error::Error, process::ExitCode, sync::Arc, time::Duration};
use tracing_subscriber::EnvFilter;

use args::{Args, Command};

/// The exit code of a command that was refused: the same command at once is refused again.
const REFUSED: u8 = 2;

/// Longer than a call that began before the old Region was closed can go on.
const BETWEEN_READINGS: Duration = Duration::from_secs(20);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match run(Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", chain(error.as_ref()));
            match error.downcast_ref() {
                Some(OpsError::Refused(_)) => ExitCode::from(REFUSED),
                Some(
                    OpsError::ChangedMeanwhile
                    | OpsError::Store(_)
                    | OpsError::Keys(_)
                    | OpsError::Command(_)
                    | OpsError::NoRandomBytes
                    | OpsError::File { .. },
                )
                | None => ExitCode::FAILURE,
            }
        }
    }
}

async fn run(Args { table, dry_run, by, command }: Args) -> Result<(), Box<dyn Error>> {
    let table = table.map_or_else(|| setting("TABLE"), Ok)?;
    let aws = aws_config::defaults(BehaviorVersion::latest());
    let aws = if let Command::FailOver { to, .. } = &command {
        aws.region(Region::new(to.clone()))
    } else {
        aws
    };
    let aws = aws.load().await;
    let root_key_id = match &command {
        Command::RotateRoot { root_key, .. } | Command::WithdrawRoot { root_key, .. } => {
            root_key.clone().map_or_else(|| setting("ROOT_KEY_ID"), Ok)?
        }
        Command::Keys
        | Command::RotateSigning
        | Command::RetireSigning
        | Command::Withdraw { .. }
        | Command::Reseal { .. }
        | Command::RetireRoot { .. }
        | Command::Rewrap { .. }
        | Command::FailOver { .. }
        | Command::IndexUsers { .. }
        | Command::Redrive { .. }
        | Command::Restore { .. } => String::new(),
    };
    let old_table = table.clone();
    let table_clock = TableClock::default();
    let dynamodb = aws_sdk_dynamodb::config::Builder::from(&aws).interceptor(table_clock.clone());
    let operator = Operator {
        store: Store::new(aws_sdk_dynamodb::Client::from_conf(dynamodb.build()), table),
        kms: aws_sdk_kms::Client::new(&aws),
        root_key_id,
        clock: Arc::new(system_time),
        rng: Arc::new(system_rng),
        by: named(by)?,
        run: if dry_run { Run::Dry } else { Run::Real },
        say: Arc::new(|line: Line<'_>| match line {
            Line::Transcript(line) => println!("{line}"),
            Line::Progress(line) => eprintln!("{line}"),
        }),
    };
    operator.check_clock(&table_clock).await?;
    match command {
        Command::Keys => operator.keys().await?,
        Command::RotateSigning => operator.rotate_signing().await?,
        Command::RetireSigning => operator.retire_signing().await?,
        Command::Withdraw { kid } => operator.withdraw(&kid).await?,
        Command::RotateRoot { purpose, .. } => operator.rotate_root(purpose).await?,
        Command::Reseal { per_second } => operator.reseal(per_second).await?,
        Command::RetireRoot { purpose, version } => operator.retire_root(purpose, version).await?,
        Command::WithdrawRoot { purpose, version, per_second, .. } => {
            operator.withdraw_root(purpose, version, per_second).await?;
        }
        Command::FailOver { from, to, closed, lost, keep } => {
            let config = aws_sdk_dynamodb::config::Builder::from(&aws);
            let config = config.region(Region::new(from.clone())).build();
            let store = Store::new(aws_sdk_dynamodb::Client::from_conf(config), old_table);
            let old = match (closed, lost) {
                (true, _) => OldRegion::Closed(&store),
                (false, true) => OldRegion::Lost { keep: &keep },
                (false, false) => OldRegion::Open,
            };
            let pause = BETWEEN_READINGS;
            operator.fail_over(FailOver { from: &from, to: &to, old, pause }).await?;
        }
        Command::Rewrap { to } => {
            let client = aws_sdk_kms::Client::from_conf(in_region_of(&to, &aws));
            operator.rewrap(KmsKey { client: &client, key_id: &to }).await?;
        }
        Command::Redrive { from } => {
            let twilio = env::var("TWILIO_API_URL").ok();
            let sender = MessageSender::new(&aws, &aws, twilio.as_deref());
            // Notices carry freeze links to it.
            let sender = sender.with_service_url(&setting("SERVICE_URL")?);
            portcullis_messages::catalogue::load();
            let journal = Journal::new(&aws, setting("JOURNAL_BUCKET")?);
            operator.redrive(&from, sender, journal).await?;
        }
        Command::IndexUsers { per_second } => operator.index_users(per_second).await?,
        Command::Restore { from, backup } => operator.restore(&from, backup).await?,
    }
    Ok(())
}

/// Returns the name for the log: the one that was given, or that of the machine's user.
fn named(given: Option<String>) -> Result<Option<By>, Box<dyn Error>> {
    match given {
        Some(name) => Ok(Some(By::Ops(AdminId::parse(&name)?))),
        None => Ok(env::var("USER").ok().and_then(|user| AdminId::parse(&user).ok()).map(By::Ops)),
    }
}

/// Returns the configuration of KMS in the Region of this ARN of a key.
fn in_region_of(arn: &str, aws: &SdkConfig) -> aws_sdk_kms::Config {
    let region = arn.split(':').nth(3).map(|region| Region::new(region.to_owned()));
    aws_sdk_kms::config::Builder::from(aws).region(region).build()
}

/// Returns an error with its causes.
fn chain(error: &dyn Error) -> String {
    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    causes.fold(error.to_string(), |words, cause| format!("{words}: {cause}"))
}
