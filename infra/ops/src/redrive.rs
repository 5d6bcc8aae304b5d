//! `redrive`: puts the records that Lambda gave up through the function `activity` again, from a
//! folder with the objects of the bucket.

use aws_lambda_events::event::dynamodb::{Event, EventRecord};
use portcullis_activity::{
    ActivityHandler, HandOver, HeldLogs, Journal, KeyUses, NoticeName, PURPOSES, Redrive,
    RedrivenNotices, redrive,
};
use portcullis_app::MessageSender;
use serde_json::Value;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{Operator, OpsError, Run};

/// The outcomes for the records of one object, or of all.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    records: usize,
    lines: usize,
    new: usize,
    told: usize,
    erased: usize,
    failed: usize,
}

impl Sum {
    fn add(&mut self, other: &Self) {
        self.records += other.records;
        self.lines += other.lines;
        self.new += other.new;
        self.told += other.told;
        self.erased += other.erased;
        self.failed += other.failed;
    }

    fn words(&self, run: Run) -> String {
        let Self { records, lines, new, told, erased, failed } = self;
        let new = match run {
            Run::Real => format!(" ({new} new)"),
            Run::Dry => String::new(),
        };
        format!(
            "{records} records, {lines} log lines{new}, {told} with notices, {erased} of users \
             erased since, {failed} failed"
        )
    }
}

impl Operator {
    /// Puts every record in the objects of a folder through `activity` again.
    ///
    /// # Errors
    /// [`OpsError::Refused`] if the folder has no objects of this kind, if some records failed
    /// again, and if some files were left alone; [`OpsError::File`] if it cannot be read.
    pub async fn redrive(
        &self,
        from: &Path,
        sender: MessageSender,
        journal: Journal,
    ) -> Result<(), OpsError> {
        let handler = ActivityHandler {
            context: self.context(PURPOSES),
            sender,
            // CloudWatch would count these old records for today.
            meter: |_| {},
            noted: KeyUses::default(),
            logs: HeldLogs::default(),
            journal,
            hand_over: HandOver::AtOnce,
            // The bus is for what happens now; these records lie in the bucket.
            bus: None,
        };
        // The names begin with the moment of the failure.
        let files = files_in(from)?;
        let (mut all, mut foreign) = (Sum::default(), vec![]);
        for file in &files {
            let text = fs::read_to_string(file).map_err(|source| unreadable(file, source))?;
            let name = file.strip_prefix(from).unwrap_or(file).display();
            let Some(event) = failed_event(&text) else {
                self.print(format!("{name}: is no object of failed records; left alone"));
                foreign.push(name.to_string());
                continue;
            };
            let (mut sum, mut notices) = (Sum::default(), vec![]);
            for record in event.records {
                self.put_through(&handler, record, &mut sum, &mut notices).await;
            }
            self.print(format!("{name}: {}", sum.words(self.run)));
            notices.iter().for_each(|notice| self.print(notice));
            all.add(&sum);
        }
        if files.len() == foreign.len() {
            return Err(OpsError::Refused(format!(
                "there are no objects of failed records in {}",
                from.display()
            )));
        }
        self.print(format!("All: {}", all.words(self.run)));
        if self.run == Run::Dry {
            self.print("Dry run: nothing was written, and nothing was sent.");
        }
        let left = left(all.failed, &foreign);
        if !left.is_empty() {
            return Err(OpsError::Refused(left.join("\n")));
        }
        if self.run == Run::Real {
            self.print("The objects may be deleted.");
        }
        Ok(())
    }

    /// Puts one record through, or looks at it in a dry run.
    async fn put_through(
        &self,
        handler: &ActivityHandler,
        record: EventRecord,
        sum: &mut Sum,
        notices: &mut Vec<String>,
    ) {
        let what = match self.run {
            Run::Dry => Redrive::Look,
            Run::Real => Redrive::PutThrough,
        };
        let number = record.change.sequence_number.clone().unwrap_or_default();
        sum.records += 1;
        match redrive(handler, record, what).await {
            Ok(done) => {
                sum.lines += done.lines;
                sum.new += done.new;
                match done.notices {
                    RedrivenNotices::None => {}
                    RedrivenNotices::Told(names) => {
                        sum.told += 1;
                        notices.extend(names.iter().map(|name| words_of(name, "notice")));
                    }
                    RedrivenNotices::Erased(names) => {
                        sum.erased += 1;
                        notices.extend(names.iter().map(|name| words_of(name, "no notice")));
                    }
                }
            }
            Err(error) => {
                sum.failed += 1;
                self.progress(format!("record {number}: {}", chain(&error)));
            }
        }
    }
}

/// Returns a notice as the transcript names it: never with an address.
fn words_of(NoticeName { portal, entry }: &NoticeName, what: &str) -> String {
    format!("  {what}: portal {portal}, entry {entry}")
}

/// Returns what is left to do, a line each.
fn left(failed: usize, foreign: &[String]) -> Vec<String> {
    let mut left = vec![];
    if failed > 0 {
        left.push(format!(
            "{failed} records failed again; the lines above say why, and the command may be run \
             again"
        ));
    }
    if !foreign.is_empty() {
        left.push(format!(
            "{} files were left alone, and nothing in them was put through: {}; delete them here, \
             copy their objects again with `aws s3 sync`, and run the command again. Of the other \
             objects, those may be deleted whose line says `0 failed`",
            foreign.len(),
            foreign.join(", ")
        ));
    }
    left
}

/// Returns an error with its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |words, cause| format!("{words}: {cause}"))
}

/// Returns the files of a folder and of the folders in it, in the order of their names.
pub(crate) fn files_in(folder: &Path) -> Result<Vec<PathBuf>, OpsError> {
    let mut files = vec![];
    collect(folder, &mut files).map_err(|source| unreadable(folder, source))?;
    files.sort();
    Ok(files)
}

pub(crate) fn unreadable(path: &Path, source: io::Error) -> OpsError {
    OpsError::File { path: path.display().to_string(), source }
}

/// Collects the files of a folder and of the folders in it.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}

/// Returns the batch in an object that Lambda wrote: the record of an invocation, with the whole
/// event as `payload` ("Retaining discarded batches" in Amazon's guide to Lambda and DynamoDB).
fn failed_event(text: &str) -> Option<Event> {
    let mut object: Value = serde_json::from_str(text).ok()?;
    match object.get_mut("payload")?.take() {
        Value::String(text) => serde_json::from_str(&text).ok(),
        event @ Value::Object(_) => serde_json::from_value(event).ok(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    }
}
