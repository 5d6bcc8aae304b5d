//! A write of one item: the whole of it, under the condition that it is still the one that was
//! read.

use aws_sdk_dynamodb::{
    error::SdkError,
    operation::put_item::PutItemError,
    types::{AttributeValue, ReturnValuesOnConditionCheckFailure as OnFailure},
};
use portcullis_domain::WriteId;

use crate::{Store, StoreError, WriteOutcome, item::Item, writes::Writes};

impl Store {
    /// Puts an item if the last write of the stored one is still `last`.
    pub(crate) async fn put_if(
        &self,
        item: Item,
        last: Option<&str>,
        write: WriteId,
    ) -> Result<WriteOutcome, StoreError> {
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        let put = match last {
            None => put.condition_expression("attribute_not_exists(pk)"),
            Some(last) => put
                .condition_expression("#write = :last")
                .expression_attribute_names("#write", "write")
                .expression_attribute_values(":last", AttributeValue::S(last.to_owned())),
        };
        match put.return_values_on_condition_check_failure(OnFailure::AllOld).send().await {
            Ok(_) => Ok(WriteOutcome::Written(())),
            Err(error) => match failed_condition(&error, write) {
                Some(outcome) => Ok(outcome),
                None => Err(StoreError::unavailable("PutItem")(error)),
            },
        }
    }
}

/// A failed condition is an outcome: our own id among the item's writes says that an earlier try
/// had landed.
fn failed_condition(error: &SdkError<PutItemError>, write: WriteId) -> Option<WriteOutcome> {
    match error.as_service_error()? {
        PutItemError::ConditionalCheckFailedException(failed) => {
            let ours = failed.item().is_some_and(|item| Writes::of(item).contains(write));
            Some(if ours { WriteOutcome::Written(()) } else { WriteOutcome::Conflict })
        }
        _ => None,
    }
}
