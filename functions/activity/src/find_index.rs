//! The index that users are found by. A write says if it changed it, so that others cost nothing.

use aws_lambda_events::event::dynamodb::EventRecord;
use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{User, user::FindKey};
use portcullis_store::{UserKey, found_otherwise, stream_user};
use std::collections::{BTreeSet, HashMap};

use crate::{ActivityHandler, Failure};

/// A user who is found by something else since a record.
pub(crate) struct FoundOtherwise {
    user_key: UserKey,
    /// What the user is no longer found by, and what the user is found by now.
    changed: BTreeSet<FindKey>,
}

impl FoundOtherwise {
    /// Reads the user off a record, if it is one of those.
    pub(crate) fn of(
        record: &EventRecord,
        new: &HashMap<String, AttributeValue>,
    ) -> Result<Option<Self>, Failure> {
        let Some(user_key) = found_otherwise(new)? else { return Ok(None) };
        let old: HashMap<String, AttributeValue> = record.change.old_image.clone().into();
        if old.is_empty() && record.event_name == "MODIFY" {
            return Err(Failure::NoOldImage);
        }
        let findable = |user: Option<User>| user.as_ref().map(User::findable).unwrap_or_default();
        let (before, after) = (findable(stream_user(&old)?), findable(stream_user(new)?));
        let changed = before.symmetric_difference(&after).cloned().collect();
        Ok(Some(Self { user_key, changed }))
    }
}

/// Indexes a user anew. An old record that comes again has the index say what is so now.
pub(crate) async fn index(
    handler: &ActivityHandler,
    found: Option<FoundOtherwise>,
) -> Result<(), Failure> {
    let Some(FoundOtherwise { user_key, changed }) = found else { return Ok(()) };
    handler.context.index_user(&user_key, &changed).await.map_err(Failure::Index)
}
