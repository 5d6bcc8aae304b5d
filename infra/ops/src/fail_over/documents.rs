//! The documents of which each lies in several copies. A transaction may have arrived in part.

use portcullis_store::{CopyWrite, MendedDocument, NotMended, TornDocument, WriteOutcome};

use super::{OldRegion, Reading};
use crate::{Operator, OpsError, Run, error::at};

impl Operator {
    /// Checks that the copies of each document are of one write. If the old Region is lost, all of
    /// them become what the latest write says.
    pub(super) async fn check_documents(
        &self,
        new: &Reading,
        old: OldRegion<'_>,
    ) -> Result<(), OpsError> {
        let torn = self.store.torn_documents(new.portals.values().cloned()).await?;
        for document in &torn {
            self.print_torn(document);
        }
        let keep = match old {
            OldRegion::Lost { keep } => keep,
            OldRegion::Open | OldRegion::Closed(_) => &[],
        };
        refuse_unknown(keep, &torn)?;
        match (torn.is_empty(), old) {
            (true, _) => {
                self.print("   The copies of settings and of each portal are of one write.");
                Ok(())
            }
            (false, OldRegion::Open | OldRegion::Closed(_)) => Err(OpsError::Refused(
                "a transaction arrived in part; wait until the rest is copied, and run the command \
                 again"
                    .to_owned(),
            )),
            (false, OldRegion::Lost { .. }) => {
                // Everything is decided before anything is written.
                let mended = decide(&torn, keep)?;
                for (document, mended) in torn.iter().zip(&mended) {
                    self.mend(document, mended).await?;
                }
                Ok(())
            }
        }
    }

    fn print_torn(&self, document: &TornDocument) {
        let writes = document.writes();
        self.print(format!("   {}: its copies are of {} writes:", document.name(), writes.len()));
        for CopyWrite { write, copies, has_first, newest } in writes {
            let write = write.map_or_else(|| "missing".to_owned(), |id| format!("of write {id}"));
            let first = if has_first { ", the first one among them" } else { "" };
            let newest = newest.map(|newest| format!(", made {}", at(newest))).unwrap_or_default();
            self.print(format!("     {copies} {write}{first}{newest}"));
        }
    }

    async fn mend(&self, document: &TornDocument, mended: &MendedDocument) -> Result<(), OpsError> {
        let name = document.name();
        if self.run == Run::Real {
            let write = self.write_id()?;
            match self.store.mend(document, mended, write).await? {
                WriteOutcome::Written(()) => {}
                WriteOutcome::Conflict => return Err(OpsError::ChangedMeanwhile),
            }
        }
        self.print_outcome(
            [format!("   All copies of {name} are the same now. Compare it with what you want.")],
            format!("   Dry run: all copies of {name} would become the same."),
        );
        for key in &mended.keys_left_out {
            self.print_outcome(
                [format!(
                    "   The API key {key} of {name} works no more: a copy lacks it, so it may be \
                     revoked. Make another if it was not."
                )],
                format!("   The API key {key} of {name} would work no more: a copy lacks it."),
            );
        }
        Ok(())
    }
}

/// Refuses the ids of writes that no copy is of.
fn refuse_unknown(keep: &[String], torn: &[TornDocument]) -> Result<(), OpsError> {
    let all: Vec<CopyWrite> = torn.iter().flat_map(TornDocument::writes).collect();
    let is_known = |write: &&String| all.iter().any(|of| of.write.as_ref() == Some(*write));
    match keep.iter().find(|write| !is_known(write)) {
        None => Ok(()),
        Some(write) => Err(OpsError::Refused(format!(
            "no copy that differs is of the write {write}; nothing was written. Run the command \
             without it"
        ))),
    }
}

fn decide(torn: &[TornDocument], keep: &[String]) -> Result<Vec<MendedDocument>, OpsError> {
    let (mut decided, mut undecided) = (vec![], vec![]);
    for document in torn {
        let writes = document.writes();
        let is_of = |write: &&String| writes.iter().any(|of| of.write.as_ref() == Some(*write));
        match document.mended(keep.iter().find(is_of).map(String::as_str)) {
            Ok(mended) => decided.push(mended),
            Err(NotMended::Store(error)) => return Err(error.into()),
            Err(error @ NotMended::Undecided(_)) => {
                undecided.push(format!("{}: {error}", document.name()));
            }
        }
    }
    if undecided.is_empty() {
        return Ok(decided);
    }
    Err(OpsError::Refused(format!(
        "{}\nnothing in them says which write is the latest, and nothing was written: run the \
         command again with --keep WRITE for each of them",
        undecided.join("\n")
    )))
}
