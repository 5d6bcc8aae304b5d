//! Puts of whole items, each under the condition that nothing was written since the read.

use std::collections::HashMap;

use aws_sdk_dynamodb::{
    error::SdkError,
    operation::{put_item::PutItemError, transact_write_items::TransactWriteItemsError},
    types::{
        AttributeValue, CancellationReason, Put, ReturnValuesOnConditionCheckFailure as OnFailure,
        TransactWriteItem, builders::PutBuilder,
    },
};
use portcullis_domain::WriteId;

use crate::{
    AuditEntries, Store, StoreError, WriteOutcome,
    item::{Item, size},
    key::Copied,
    recent_writes::RecentWrites,
};

/// An item that takes the place of the one whose last write is `last`.
pub(crate) struct ConditionalPut<'a> {
    pub(crate) item: Item,
    pub(crate) last: Option<&'a str>,
}

/// The item of a document that lies in several copies, without a key.
pub(crate) struct CopiedItem {
    /// The attributes of every copy.
    pub(crate) everywhere: Item,
    /// The attributes of the first copy alone: what the stream and the index look at.
    pub(crate) first_only: Item,
}

/// The room that the key of a portal takes, and the attribute that has it listed.
const KEY_BYTES: usize = 64;

impl CopiedItem {
    /// The copies of these attributes, the first with the entries for the log.
    pub(crate) fn new(
        everywhere: Item,
        entries: Option<&AuditEntries>,
    ) -> Result<Self, StoreError> {
        let bytes = size(&everywhere) + KEY_BYTES;
        let first_only = entries.map(|entries| entries.beside(bytes)).transpose()?;
        Ok(Self { everywhere, first_only: first_only.unwrap_or_default() })
    }

    /// The items of all copies, the first copy first.
    pub(crate) fn of(self, copied: Copied<'_>) -> Vec<Item> {
        let Self { everywhere, first_only } = self;
        let at = |key: Item| -> Item { key.into_iter().chain(everywhere.clone()).collect() };
        let mut first = at(copied.first());
        first.extend(first_only);
        let mut items = vec![first];
        items.extend(copied.others().map(at));
        items
    }
}

/// The condition of a put, as both kinds of call take it.
struct Condition {
    expression: &'static str,
    names: Option<HashMap<String, String>>,
    values: Option<HashMap<String, AttributeValue>>,
}

impl Condition {
    /// The last write of the stored item is still `last`; `None` is that there is no item.
    fn still(last: Option<&str>) -> Self {
        let named = |last: &str| {
            let value = AttributeValue::S(last.to_owned());
            (
                HashMap::from([("#write".into(), "write".into())]),
                HashMap::from([(":last".into(), value)]),
            )
        };
        let (names, values) = last.map(named).unzip();
        let expression = if last.is_some() { "#write = :last" } else { "attribute_not_exists(pk)" };
        Self { expression, names, values }
    }
}

impl Store {
    /// Puts an item if the last write of the stored one is still `last`.
    pub(crate) async fn put_if(
        &self,
        item: Item,
        last: Option<&str>,
        write: WriteId,
    ) -> Result<WriteOutcome, StoreError> {
        let Condition { expression, names, values } = Condition::still(last);
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression(expression)
            .set_expression_attribute_names(names)
            .set_expression_attribute_values(values);
        match put.return_values_on_condition_check_failure(OnFailure::AllOld).send().await {
            Ok(_) => Ok(WriteOutcome::Written(())),
            Err(error) => match failed_condition(&error, write) {
                Some(outcome) => Ok(outcome),
                None => Err(StoreError::unavailable("PutItem")(error)),
            },
        }
    }

    /// Puts the same document into all of its copies, or into none of them.
    pub(crate) async fn put_copies_if(
        &self,
        copied: Copied<'_>,
        item: CopiedItem,
        last: Option<&str>,
        write: WriteId,
    ) -> Result<WriteOutcome, StoreError> {
        self.put_copies_with(copied, item, None, last, write).await
    }

    /// Puts the copies and one more item in one transaction. That item changes only with the
    /// document, so it needs no condition.
    pub(crate) async fn put_copies_with(
        &self,
        copied: Copied<'_>,
        item: CopiedItem,
        extra: Option<Item>,
        last: Option<&str>,
        write: WriteId,
    ) -> Result<WriteOutcome, StoreError> {
        let puts = item.of(copied).into_iter().map(|item| ConditionalPut { item, last });
        let puts = puts.map(|put| self.transacted(put));
        let extra = extra.map(|item| transacted(self.put_in_transaction(item)));
        self.transact(puts.chain(extra), write).await
    }

    /// Puts all of these items, or none of them.
    pub(crate) async fn put_all_if(
        &self,
        puts: impl IntoIterator<Item = ConditionalPut<'_>>,
        write: WriteId,
    ) -> Result<WriteOutcome, StoreError> {
        self.transact(puts.into_iter().map(|put| self.transacted(put)), write).await
    }

    async fn transact(
        &self,
        puts: impl Iterator<Item = Result<TransactWriteItem, StoreError>>,
        write: WriteId,
    ) -> Result<WriteOutcome, StoreError> {
        let transact = self
            .client
            .transact_write_items()
            // The write's own id: the SDK's second try of a call whose reply was lost is the same
            // transaction.
            .client_request_token(write.to_string())
            .set_transact_items(Some(puts.collect::<Result<_, _>>()?));
        match transact.send().await {
            Ok(_) => Ok(WriteOutcome::Written(())),
            Err(error) => match error.as_service_error() {
                Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
                    cancelled_outcome(cancelled.cancellation_reasons(), write)
                        .ok_or_else(|| StoreError::unavailable("TransactWriteItems")(error))
                }
                _ => Err(StoreError::unavailable("TransactWriteItems")(error)),
            },
        }
    }

    fn transacted(
        &self,
        ConditionalPut { item, last }: ConditionalPut<'_>,
    ) -> Result<TransactWriteItem, StoreError> {
        let Condition { expression, names, values } = Condition::still(last);
        transacted(
            self.put_in_transaction(item)
                .condition_expression(expression)
                .set_expression_attribute_names(names)
                .set_expression_attribute_values(values)
                .return_values_on_condition_check_failure(OnFailure::AllOld),
        )
    }

    fn put_in_transaction(&self, item: Item) -> PutBuilder {
        Put::builder().table_name(&self.table).set_item(Some(item))
    }
}

fn transacted(put: PutBuilder) -> Result<TransactWriteItem, StoreError> {
    let put = put.build().map_err(StoreError::unavailable("TransactWriteItems"))?;
    Ok(TransactWriteItem::builder().put(put).build())
}

/// A failed condition is an outcome: our own id among the item's writes says that an earlier try
/// had landed.
fn failed_condition(error: &SdkError<PutItemError>, write: WriteId) -> Option<WriteOutcome> {
    match error.as_service_error()? {
        PutItemError::ConditionalCheckFailedException(failed) => {
            let ours = failed.item().is_some_and(|item| RecentWrites::of(item).contains(write));
            Some(if ours { WriteOutcome::Written(()) } else { WriteOutcome::Conflict })
        }
        _ => None,
    }
}

/// The outcome of a transaction that was cancelled; `None` if the table was only too busy, and
/// nothing is known of the items. A failed condition and another transaction that was faster both
/// mean to read again; our own id among an item's writes says that an earlier try had landed.
fn cancelled_outcome(reasons: &[CancellationReason], write: WriteId) -> Option<WriteOutcome> {
    let ours = |reason: &CancellationReason| {
        reason.item().is_some_and(|item| RecentWrites::of(item).contains(write))
    };
    let overtaken = |reason: &CancellationReason| {
        matches!(reason.code(), Some("ConditionalCheckFailed" | "TransactionConflict"))
    };
    if reasons.iter().any(ours) {
        Some(WriteOutcome::Written(()))
    } else if reasons.iter().any(overtaken) {
        Some(WriteOutcome::Conflict)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(code: &str) -> CancellationReason {
        CancellationReason::builder().code(code).build()
    }

    /// A failed condition on an item whose last write is this one.
    fn failed_on(write: WriteId) -> CancellationReason {
        let write = AttributeValue::S(write.to_string());
        CancellationReason::builder().code("ConditionalCheckFailed").item("write", write).build()
    }

    #[test]
    fn s28_a_cancelled_transaction_had_landed_only_if_our_own_id_is_among_the_writes() {
        let (ours, theirs) = (WriteId::new([1; 12]), WriteId::new([2; 12]));
        let landed = Some(WriteOutcome::Written(()));
        let overtaken = Some(WriteOutcome::Conflict);
        for (reasons, outcome) in [
            (vec![failed_on(ours), failed_on(ours)], landed),
            (vec![failed_on(theirs), failed_on(ours)], landed),
            (vec![failed_on(theirs), failed_on(theirs)], overtaken),
            (vec![reason("None"), reason("ConditionalCheckFailed")], overtaken),
            (vec![reason("None"), reason("TransactionConflict")], overtaken),
            (vec![reason("ThrottlingError"), reason("TransactionConflict")], overtaken),
            (vec![reason("None"), reason("ThrottlingError")], None),
            (vec![reason("ProvisionedThroughputExceeded")], None),
            (vec![], None),
        ] {
            assert_eq!(cancelled_outcome(&reasons, ours), outcome, "{reasons:?}");
        }
    }
}
