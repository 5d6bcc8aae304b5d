//! Admins, and the roster of operators that no change may empty.

use aws_sdk_dynamodb::{
    operation::transact_write_items::TransactWriteItemsError,
    types::{AttributeValue, Put, TransactWriteItem, error::TransactionCanceledException},
};
use portcullis_domain::{
    Locator, WriteId,
    admin::{Admin, Roster},
};

use crate::{
    Document, Store, StoreError, Trail,
    item::Item,
    key,
    system::{document_item, read},
    write::Wrote,
};

/// The most admins a list shows.
const LISTED: usize = 2_000;

impl Store {
    /// One admin, also one who was removed.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be read or decoded.
    pub async fn admin(&self, locator: Locator) -> Result<Option<Document<Admin>>, StoreError> {
        self.document("admin", key::admin(locator)).await
    }

    /// Every admin, also those who were removed, in no order.
    ///
    /// # Errors
    /// [`StoreError`] when they could not be read or decoded.
    pub async fn admins(&self) -> Result<Vec<Document<Admin>>, StoreError> {
        let (mut admins, mut start) = (vec![], None);
        loop {
            let query = self
                .client
                .query()
                .table_name(&self.table)
                .key_condition_expression("pk = :pk")
                .expression_attribute_values(":pk", AttributeValue::S(key::ADMINS.to_owned()))
                .consistent_read(true)
                .set_exclusive_start_key(start);
            let answer = query.send().await.map_err(StoreError::unavailable("Query"))?;
            for item in answer.items() {
                admins.push(read("admin", item)?);
            }
            start = answer.last_evaluated_key;
            if start.is_none() || admins.len() >= LISTED {
                return Ok(admins);
            }
        }
    }

    /// Replaces an admin whose role stays, if it is still the one that was read; false where it is not.
    ///
    /// # Errors
    /// [`StoreError`] when it is not known whether it was replaced.
    pub async fn put_admin(
        &self,
        locator: Locator,
        admin: &Admin,
        last: &str,
        write: WriteId,
        trail: Option<&Trail>,
    ) -> Result<bool, StoreError> {
        let item = document_item("admin", key::admin(locator), admin, write, trail)?;
        Ok(self.put_if(item, Some(last), write).await? == Wrote::Landed)
    }

    /// The operators, if there ever were any.
    ///
    /// # Errors
    /// [`StoreError`] when they could not be read or decoded.
    pub async fn roster(&self) -> Result<Option<Document<Roster>>, StoreError> {
        self.document("roster", key::alone(key::ROSTER)).await
    }

    /// Puts an admin and the roster together, if both are still what was read; false where one is not. One transaction:
    /// two operators who remove each other cannot both succeed.
    ///
    /// # Errors
    /// [`StoreError`] when it is not known whether they were put.
    pub async fn put_admin_and_roster(
        &self,
        locator: Locator,
        (admin, last_admin): (&Admin, Option<&str>),
        (roster, last_roster): (&Roster, Option<&str>),
        write: WriteId,
        trail: &Trail,
    ) -> Result<bool, StoreError> {
        let admin = document_item("admin", key::admin(locator), admin, write, Some(trail))?;
        let roster = document_item("roster", key::alone(key::ROSTER), roster, write, None)?;
        let transact = self
            .client
            .transact_write_items()
            // The write's own id: the SDK's second try of a call whose reply was lost is the same transaction.
            .client_request_token(write.to_string())
            .transact_items(self.put_of(admin, last_admin)?)
            .transact_items(self.put_of(roster, last_roster)?);
        match transact.send().await {
            Ok(_) => Ok(true),
            Err(error) => match error.as_service_error() {
                Some(TransactWriteItemsError::TransactionCanceledException(cancelled))
                    if is_condition(cancelled) =>
                {
                    Ok(false)
                }
                _ => Err(StoreError::unavailable("TransactWriteItems")(error)),
            },
        }
    }

    fn put_of(&self, item: Item, last: Option<&str>) -> Result<TransactWriteItem, StoreError> {
        let put = Put::builder().table_name(&self.table).set_item(Some(item));
        let put = match last {
            None => put.condition_expression("attribute_not_exists(pk)"),
            Some(last) => put
                .condition_expression("#write = :last")
                .expression_attribute_names("#write", "write")
                .expression_attribute_values(":last", AttributeValue::S(last.to_owned())),
        };
        let put = put.build().map_err(StoreError::unavailable("TransactWriteItems"))?;
        Ok(TransactWriteItem::builder().put(put).build())
    }
}

/// Returns true if a condition failed, or another transaction was faster: both mean to read again.
fn is_condition(cancelled: &TransactionCanceledException) -> bool {
    cancelled.cancellation_reasons().iter().any(|reason| {
        matches!(reason.code(), Some("ConditionalCheckFailed" | "TransactionConflict"))
    })
}
