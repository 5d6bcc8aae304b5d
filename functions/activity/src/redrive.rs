//! Records that failed until Lambda gave them up, and that an operator puts through again. Days may
//! have passed: no message goes to a user who was erased since.

use aws_lambda_events::event::dynamodb::EventRecord;
use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{PortalId, user::EntryKind};
use portcullis_store::{LogLine, StreamEntries, UserKey, stream_entries};
use std::collections::HashMap;

use crate::{
    ActivityHandler, Failure, find_index, find_index::FoundOtherwise, notices::hand_over,
    write_lines,
};

/// The thing to do with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redrive {
    /// It is read, and nothing is written or sent.
    Look,
    PutThrough,
}

/// The outcome for a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redriven {
    /// The lines that it has for the log.
    pub lines: usize,
    /// The lines that were not in the log yet; none if the record was only looked at.
    pub new: usize,
    pub notices: RedrivenNotices,
}

/// The outcome for the notices of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RedrivenNotices {
    /// The record has nothing that anybody is told.
    #[default]
    None,
    /// The user or the admin was told, now or earlier; or would be, if it was only looked at.
    Told(Vec<NoticeName>),
    /// The user was erased since: the addresses in the record are no longer used.
    Erased(Vec<NoticeName>),
}

/// A notice as it may be named to an operator: by its portal, and the id of its entry in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeName {
    pub portal: PortalId,
    pub entry: String,
}

/// Puts a record through again. Nothing is done twice: a line that is in the log is left alone, and
/// a notice is remembered by the id of its line.
///
/// # Errors
/// [`Failure`] if the record has to be put through once more.
pub async fn redrive(
    handler: &ActivityHandler,
    record: EventRecord,
    what: Redrive,
) -> Result<Redriven, Failure> {
    let image: HashMap<String, AttributeValue> = record.change.new_image.clone().into();
    let found = FoundOtherwise::of(&record, &image)?;
    let Some(caused) = stream_entries(&image)? else {
        if what == Redrive::PutThrough {
            find_index::index(handler, found).await?;
        }
        return Ok(Redriven::default());
    };
    let names = names_of(&caused);
    let notices = if names.is_empty() {
        RedrivenNotices::None
    } else if is_erased(handler, &caused).await? {
        RedrivenNotices::Erased(names)
    } else {
        RedrivenNotices::Told(names)
    };
    let lines = caused.entries.len();
    if what == Redrive::Look {
        return Ok(Redriven { lines, new: 0, notices });
    }
    if let (_, Some(failure)) =
        handler.journal.write(&handler.context, std::slice::from_ref(&record)).await?
    {
        return Err(failure);
    }
    let written = write_lines(handler, &caused).await?;
    let new = written.new;
    match notices {
        RedrivenNotices::None | RedrivenNotices::Erased(_) => {}
        RedrivenNotices::Told(_) => hand_over(handler, record, &caused, written.notices).await?,
    }
    find_index::index(handler, found).await?;
    Ok(Redriven { lines, new, notices })
}

/// Returns the names of the notices of a record.
fn names_of(caused: &StreamEntries) -> Vec<NoticeName> {
    let lines = LogLine::of(caused.write, caused.locator, caused.entries.clone());
    let told = lines.filter(|line| crate::is_told(caused, line.entry.kind));
    told.map(|line| NoticeName { portal: caused.portal.clone(), entry: line.id }).collect()
}

/// Returns true if the user of a record was erased since. The erasure itself is told however late
/// it is, at the addresses from before it.
async fn is_erased(handler: &ActivityHandler, caused: &StreamEntries) -> Result<bool, Failure> {
    let Some(locator) = caused.locator else { return Ok(false) };
    let user_key = UserKey { portal: caused.portal.clone(), locator };
    let read = handler.context.store().read(&user_key).await?;
    let tells_of_it = caused.entries.iter().any(|entry| entry.kind == EntryKind::Erased);
    Ok(read.tombstone.is_some() && !tells_of_it)
}

/// The lines that a record has written.
pub(crate) struct WrittenLines {
    pub(crate) new: usize,
    /// Those that somebody is told of.
    pub(crate) notices: Vec<LogLine>,
}
