//! The prices of AWS that documents and tests compute with: those of us-east-1, as AWS's public
//! pages said in 2026-11. Nothing else in the repository has a price of AWS.

// The source of the prices, as the documents say it.
pub const OF: &str = "us-east-1, on demand, from AWS's public pages, 2026-11";

const MILLION: f64 = 1_000_000.0;

// Dollars for a strongly consistent read of up to 4 KB, and for a write of 1 KB
// (aws.amazon.com/dynamodb/pricing/on-demand).
pub const READ: f64 = 0.125 / MILLION;
pub const WRITE: f64 = 0.625 / MILLION;
// Dollars for a gigabyte of the table and a month, with backups of every second of 35 days (the
// same page).
pub const TABLE_GB_MONTH: f64 = 0.25 + 0.20;
// Dollars for a call of a function, and for a gigabyte-second on arm64
// (aws.amazon.com/lambda/pricing).
pub const INVOCATION: f64 = 0.20 / MILLION;
pub const GB_SECOND: f64 = 0.000_013_333_4;
// Dollars for a call of an HTTP API, up to 300 million in a month, and beyond
// (aws.amazon.com/api-gateway/pricing).
pub const API_CALL: f64 = 1.00 / MILLION;
pub const API_CALL_BEYOND: f64 = 0.90 / MILLION;
pub const API_CALLS_AT_FIRST: f64 = 300.0 * MILLION;
// Dollars for a request with a symmetric key, and for the key and a month
// (aws.amazon.com/kms/pricing).
pub const KMS_REQUEST: f64 = 0.03 / 10_000.0;
pub const KMS_KEY_MONTH: f64 = 1.00;
// Dollars for a gigabyte that is written to CloudWatch Logs (aws.amazon.com/cloudwatch/pricing).
pub const LOGS_GB: f64 = 0.50;
// Dollars for a put to S3 Standard (aws.amazon.com/s3/pricing).
pub const S3_PUT: f64 = 0.005 / 1_000.0;
// Dollars for a request to a standard queue (aws.amazon.com/sqs/pricing).
pub const SQS_REQUEST: f64 = 0.40 / MILLION;
// Dollars for an event on a custom bus (aws.amazon.com/eventbridge/pricing).
pub const EVENT: f64 = 1.00 / MILLION;
// Dollars for an email, without attachments (aws.amazon.com/ses/pricing).
pub const EMAIL: f64 = 0.10 / 1_000.0;
