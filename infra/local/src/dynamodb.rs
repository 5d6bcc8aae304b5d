//! The embedded DynamoDB: its engine, the table that template.yaml describes, and the table's
//! stream.

pub(crate) mod deliveries;
pub(crate) mod engine;
pub(crate) mod stream;
pub(crate) mod table;
