//! The limits of AWS that a deployment meets, with their sources, and what is taken for granted
//! because nothing offline can measure it.

// Strong reads and writes that one partition of a table answers in a second ("Best practices for
// designing and using partition keys effectively", DynamoDB developer guide).
pub const PARTITION_READS: f64 = 3_000.0;
pub const PARTITION_WRITES: f64 = 1_000.0;
// Read units and write units that an on-demand table answers in a second by default ("Quotas in
// Amazon DynamoDB").
pub const TABLE_UNITS: f64 = 40_000.0;
// Those that a new on-demand table answers at once ("DynamoDB on-demand capacity mode").
pub const NEW_TABLE_READS: f64 = 12_000.0;
pub const NEW_TABLE_WRITES: f64 = 4_000.0;
// Functions that run at once in an account and Region ("Lambda quotas"); a new account may have
// fewer.
pub const CONCURRENCY: f64 = 1_000.0;
// Functions that are added in ten seconds for one function ("Lambda function scaling").
pub const CONCURRENCY_IN_TEN_SECONDS: f64 = 1_000.0;
// Calls of an account and Region in a second, of all its APIs, and those in thirteen Regions that
// have fewer ("Amazon API Gateway quotas").
pub const API_CALLS: f64 = 10_000.0;
pub const API_CALLS_IN_SMALL_REGIONS: f64 = 2_500.0;
// Emails of an account out of the sandbox in a second and a day at first: what is often given, and
// not confirmed, as "Service quotas in Amazon SES" has figures for the sandbox alone (1 and 200).
pub const EMAILS: f64 = 14.0;
pub const EMAILS_PER_DAY: f64 = 50_000.0;
// Text messages of an account in a second ("Amazon SNS endpoints and quotas"), and the dollars
// that they may cost in a month at first.
pub const TEXTS: f64 = 20.0;
pub const TEXT_DOLLARS: f64 = 1.0;
// Requests with symmetric keys in a second, in the Regions with the fewest ("Request quotas", KMS
// developer guide).
pub const KMS_REQUESTS: f64 = 10_000.0;
// Calls of `PutEvents` in a second, in the Regions with the fewest ("Amazon EventBridge quotas").
pub const PUT_EVENTS: f64 = 400.0;
// Calls of `PutLogEvents` in a second ("CloudWatch Logs quotas").
pub const PUT_LOG_EVENTS: f64 = 5_000.0;
// Messages of a standard queue that are received and not deleted ("Amazon SQS message quotas").
pub const IN_FLIGHT: f64 = 120_000.0;

// The part of a vCPU that a function has for each MB of its memory ("Configure Lambda function
// memory": at 1,769 MB it has one).
pub const VCPU_PER_MB: f64 = 1.0 / 1_769.0;

// Taken for granted: milliseconds of a whole core that a call takes, as infra/bench/load.py
// measured it; see infra/docs/operate/capacity.md.
pub const CPU_MS_PER_CALL: f64 = 2.77;
// Taken for granted: milliseconds until the table answers, and until a provider takes a message.
pub const TABLE_MS: f64 = 5.0;
pub const PROVIDER_MS: f64 = 150.0;
// Taken for granted: milliseconds that `activity` has for a record, one after the other.
pub const RECORD_MS: f64 = 8.0;
// Taken for granted: the shards of the stream of a table that has grown no further.
pub const SHARDS: f64 = 4.0;
// Taken for granted: milliseconds of a whole core for each call to the table. A verify makes two,
// and takes 0.69 at most, as infra/bench/call.py measured it; see infra/docs/evaluate/speed.md.
pub const CPU_MS_PER_TABLE_CALL: f64 = 0.69 / 2.0;
// The part of a core that a function with the template's 256 MB has.
pub const VCPU: f64 = 256.0 * VCPU_PER_MB;
// The bytes of a call's lines in the logs of the API and of its function, and of the lines by which
// `activity` counts a code as sent and as typed. The test in log.rs measures the former.
pub const LOG_BYTES_PER_CALL: f64 = 400.0;
pub const LOG_BYTES_PER_CODE: f64 = 656.0;
// The bytes by which latencies make a line longer, and those of each of them. The test in log.rs
// measures them.
pub const LATENCIES_BYTES: f64 = 220.0;
pub const LATENCY_BYTES: f64 = 5.0;
// The groups of routes that a process answers calls of, when users sign in.
pub const GROUPS_PER_PROCESS: f64 = 2.0;
// The bytes of a line of the log of a settled user's sign-in, as DynamoDB counts an item, and those
// of the same line in the archive. A test measures both.
pub const LINE_BYTES: f64 = 218.0;
pub const ARCHIVED_BYTES: f64 = 158.0;
// The bytes that DynamoDB stores beside each item ("Data storage" on its page of prices).
pub const ITEM_BYTES: f64 = 100.0;
// Taken for granted: hours for which Lambda keeps a process, and the keys that it opens at its
// start.
pub const PROCESS_HOURS: f64 = 2.0;
pub const KEYS_PER_PROCESS: f64 = 4.0;
// The seconds of a slow provider in the drill of a slow provider.
pub const SLOW_PROVIDER_SECONDS: f64 = 5.0;
