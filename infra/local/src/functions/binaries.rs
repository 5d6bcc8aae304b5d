//! The functions' own binaries, each in an execution environment.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
    process::Stdio,
};
use tokio::process::Command;

use super::{
    Function, Started, StreamFunction, StreamFunctions, execution_environment::ExecutionEnvironment,
};
use crate::{clock::LocalClock, error::LocalError, template::Template};

/// The binaries and their surroundings.
pub(crate) struct Binaries<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) settings: Vec<(&'static str, String)>,
    pub(crate) clock: &'a LocalClock,
}

impl Binaries<'_> {
    /// Starts every function of the template.
    pub(crate) async fn start(
        &self,
        template: &Template,
    ) -> Result<(Started, StreamFunctions), LocalError> {
        let mut started = Started::default();
        let (mut activity, mut notices) = (None, None);
        for (folder, name) in &template.functions {
            let environment = self.start_one(name).await?;
            match name.as_str() {
                "ActivityFunction" => activity = Some(StreamFunction::Binary(environment)),
                "NoticesFunction" => notices = Some(StreamFunction::Binary(environment)),
                _ => {
                    started.functions.insert(folder.clone(), Function::Binary(environment));
                }
            }
        }
        let missing = |name: &str| LocalError::NoFunction(name.to_owned());
        let activity = activity.ok_or_else(|| missing("ActivityFunction"))?;
        let notices = notices.ok_or_else(|| missing("NoticesFunction"))?;
        Ok((started, StreamFunctions { activity, notices }))
    }

    /// Starts the binary of the function with this name in the template.
    async fn start_one(&self, name: &str) -> Result<ExecutionEnvironment, LocalError> {
        let bootstrap: PathBuf = self.folder.join(name).join("bootstrap");
        let log = log().map_err(LocalError::Folder)?;
        let mut command = Command::new(&bootstrap);
        command
            .env_clear()
            .env("AWS_LAMBDA_FUNCTION_NAME", name)
            .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
            .env("RUST_LOG", "warn")
            .envs(self.settings.clone())
            .envs(self.clock.as_environment())
            .stdin(Stdio::null())
            .stdout(log.try_clone().map_err(LocalError::Folder)?)
            .stderr(log)
            .kill_on_drop(true);
        let started = ExecutionEnvironment::start(command).await;
        started.map_err(|error| LocalError::Binary(bootstrap, error))
    }
}

/// Opens the file that the functions of this process log to: their lines would stand among a test's
/// own.
fn log() -> io::Result<File> {
    let name = format!("portcullis-functions-{}.log", std::process::id());
    File::options().create(true).append(true).open(std::env::temp_dir().join(name))
}
