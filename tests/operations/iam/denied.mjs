// What no role may allow, however useful the right would be to somebody who has taken a function over. Each line is one
// reason; it counts once for each function and each key.

const ALL = ["challenge-dispatch", "enrolment", "verify", "reset", "policy-admin", "activity", "notices"];
const except = (...names) => ALL.filter(name => !names.includes(name));
const PURPOSES = ["lookup", "seal", "codes", "signing", "settings"];
const SENDERS = ["challenge-dispatch", "enrolment", "reset", "policy-admin", "notices"];

const table = (why, functions, actions, keys, more = {}) =>
  functions.flatMap(name => actions.flatMap(action => keys.map(key =>
    ({ why, function: name, action: `dynamodb:${action}`, keys: [key], index: null, ...more }))));
const key = (why, functions, actions, contexts) =>
  functions.flatMap(name => actions.flatMap(action => contexts.map(context => ({ why, function: name, action: `kms:${action}`, context }))));
const other = (why, functions, actions, more = {}) => functions.flatMap(name => actions.map(action => ({ why, function: name, action, ...more })));
const purposes = names => names.map(portcullis => ({ portcullis }));
const without = (...names) => purposes(PURPOSES.filter(name => !names.includes(name)));

export const denied = [
  // Passwords and sessions of admins.
  table("notices are of no admin", ["activity", "notices"], ["GetItem"], ["ADMIN#"]),
  table("a session is read by its key, never in a batch", except("policy-admin"), ["BatchGetItem"], ["ADMIN#"]),
  table("admins are listed in the console", except("policy-admin"), ["Query"], ["ADMIN#"]),
  table("admins are made in the console", except("policy-admin"), ["PutItem", "UpdateItem", "DeleteItem"], ["ADMIN#"]),
  table("who the operators are is decided in the console", except("policy-admin"), ["GetItem", "BatchGetItem", "PutItem"], ["SYSTEM#roster"]),
  table("wrong passwords are counted in the console", except("policy-admin"), ["UpdateItem"], ["COUNT#password#*"]),
  table("counters of what is known are no place for others", SENDERS, ["UpdateItem"], ["COUNT#other#*", "SYSTEM#settings#*", "USER#*#*", "PORTAL#*", "ADMIN#"]),
  // The keyring, settings and portals.
  table("the keyring and settings are written in the console", except("policy-admin"), ["PutItem", "UpdateItem"], ["SYSTEM#keyring", "SYSTEM#settings#*"]),
  table("the system's items have names", ["policy-admin"], ["GetItem", "BatchGetItem", "PutItem"], ["SYSTEM#other"]),
  table("what is copied is written in transactions, and none of it checked or changed in part", ALL, ["UpdateItem", "ConditionCheckItem"], ["SYSTEM#settings#*", "PORTAL#*"]),
  table("policies are written in the console", except("policy-admin"), ["PutItem", "UpdateItem"], ["PORTAL#*"]),
  table("the keyring is read alone", except("policy-admin"), ["BatchGetItem"], ["SYSTEM#keyring"]),
  table("one key at a time is for what no user has", except("policy-admin"), ["GetItem"], ["USER#*#*", "LOG#*"]),
  table("notices are read where they are sent", except("notices"), ["GetItem", "BatchGetItem"], ["NOTICE#*"]),
  table("of lists, activity sees the portals", ["activity"], ["Query"], ["NOTICE#", "*"], { index: "users" }),
  table("of lists, notices sees what is due", ["notices"], ["Query"], ["PORTAL#", "*"], { index: "users" }),
  table("notices that are due are found where they are sent", except("notices", "policy-admin"), ["Query"], ["NOTICE#"], { index: "users" }),
  table("notices are found by the index alone", ALL, ["Query"], ["NOTICE#*", "NOTICE#"]),
  table("what notices counts is numbers", ["notices"], ["UpdateItem"], ["COUNT#confirmed#*", "COUNT#texts#*", "COUNT#unconfirmed#*"]),
  table("the stream counts nothing", ["activity"], ["UpdateItem"], ["COUNT#notified#*", "COUNT#confirmed#*"]),
  table("uses of API keys are noted from the stream alone", except("activity"), ["PutItem", "UpdateItem", "DeleteItem"], ["STAT#*#keys"]),
  table("uses of API keys are noted one by one", ["activity"], ["PutItem", "GetItem", "BatchGetItem"], ["STAT#*#keys"]),
  table("uses of API keys are read in the console", except("policy-admin"), ["GetItem", "BatchGetItem", "Query"], ["STAT#*#keys"]),
  table("numbers are counted from the log alone", except("activity"), ["PutItem", "UpdateItem", "DeleteItem"], ["STAT#*#20000"]),
  table("numbers are read in the console, and where they are counted", except("policy-admin", "activity"), ["GetItem", "BatchGetItem", "Query"], ["STAT#*#20000"]),
  table("more partitions of a log are for the console", except("policy-admin"), ["PutItem", "UpdateItem", "DeleteItem"], ["STAT#*#log"]),
  table("partitions of logs are read where logs are", except("policy-admin", "activity"), ["GetItem", "BatchGetItem"], ["STAT#*#log"]),
  table("users are counted in the console", except("policy-admin"), ["GetItem", "BatchGetItem", "PutItem", "UpdateItem", "DeleteItem"], ["STAT#*#enrolled"]),
  table("logos are put by admins alone", except("policy-admin"), ["PutItem", "UpdateItem", "DeleteItem"], ["LOGO#*"]),
  table("logos are read for the prompt alone", except("verify"), ["GetItem", "BatchGetItem", "Query"], ["LOGO#*"]),
  table("there are no other sums", ALL, ["GetItem", "PutItem", "UpdateItem"], ["STAT#*#day"]),
  table("a portal is read with its user", ["notices"], ["GetItem"], ["PORTAL#*"]),
  table("the stream reads portals one by one, for the days of their logs", ["activity"], ["BatchGetItem"], ["PORTAL#*"]),
  // Users.
  table("the console writes admins in their second step, and no portal's users", ["policy-admin"], ["PutItem"], ["USER#*#*"]),
  table("activity writes no users", ["activity"], ["PutItem", "UpdateItem", "DeleteItem"], ["USER#*#*", "USER#console#*"]),
  table("users are replaced whole", ["notices"], ["UpdateItem", "DeleteItem"], ["USER#*#*", "USER#console#*"]),
  table("nothing is deleted", ALL, ["DeleteItem"], ["USER#*#*", "LOG#*", "ADMIN#", "PORTAL#*", "SYSTEM#keyring"]),
  table("nothing is scanned", ALL, ["Scan"], [undefined]),
  table("nothing is run as a statement", ALL, ["PartiQLSelect", "PartiQLUpdate", "PartiQLDelete"], ["USER#*#*"]),
  table("lists are for the console, and for bulk resets", except("policy-admin", "reset"), ["Query"], ["*"], { index: "users" }),
  table("of lists, reset sees the users of portals", ["reset"], ["Query"], ["PORTAL#", "NOTICE#"], { index: "users" }),
  table("bulk resets are asked for in the console, and done by reset", except("policy-admin", "reset"), ["GetItem", "BatchGetItem", "PutItem", "UpdateItem", "Query"], ["BULK#*"]),
  table("bulk resets are replaced whole", ["policy-admin", "reset"], ["UpdateItem", "DeleteItem", "Query"], ["BULK#*"]),
  table("partitions of users are not queried", ALL, ["Query"], ["USER#*#*"]),
  table("no index but that of users", ALL, ["Query"], ["*"], { index: "other" }),
  table("an index is not scanned", ALL, ["Scan"], [undefined], { index: "users" }),
  // The activity log.
  table("the log is written from the stream alone", except("activity"), ["PutItem", "UpdateItem"], ["LOG#*"]),
  table("notices are written where they are sent", except("notices"), ["PutItem", "UpdateItem"], ["NOTICE#*"]),
  table("the stream reads no more than the users it indexes: the rest is in it", ["activity"], ["GetItem", "BatchGetItem"], ["SYSTEM#settings#*"]),
  table("users are indexed from the stream alone", except("activity"), ["BatchWriteItem", "PutItem", "DeleteItem"], ["FIND#*"]),
  table("nothing else is written or deleted in batches", ALL, ["BatchWriteItem"], ["USER#*#*", "LOG#*", "PORTAL#*", "ADMIN#", "STAT#*#20000"]),
  table("users are found in the console", except("policy-admin"), ["Query"], ["FIND#*"]),
  table("who is found is asked for by a query", ALL, ["GetItem", "BatchGetItem"], ["FIND#*"]),
  table("what users are found by is written in batches", ["activity"], ["PutItem", "UpdateItem", "DeleteItem", "Query"], ["FIND#*"]),
  table("the log is read in the console, and counted", except("policy-admin", "activity"), ["Query"], ["LOG#*"]),
  table("no line of the log is read alone", except("policy-admin"), ["GetItem", "BatchGetItem"], ["LOG#*"]),
  table("an entry of the log is not changed", ["activity", "notices"], ["UpdateItem"], ["LOG#*", "NOTICE#*"]),
  table("what is not the log is not queried", ["policy-admin"], ["Query"], ["SYSTEM#keyring", "PORTAL#*", "COUNT#password#*"]),
  table("a log is read by query", ["policy-admin"], ["GetItem", "BatchGetItem"], ["LOG#*", "NOTICE#*", "COUNT#texts#*"]),
  table("activity keeps the log and notices only", ["activity", "notices"], ["PutItem"], ["SYSTEM#keyring", "PORTAL#*", "ADMIN#", "COUNT#texts#*"]),
  table("users are written, and nothing else", ["challenge-dispatch", "enrolment", "verify", "reset"], ["PutItem"], ["COUNT#texts#*", "OTHER#*"]),
  table("users and what decides about them are read, and nothing else", except("policy-admin"), ["BatchGetItem"], ["LOG#*", "COUNT#password#*", "NOTICE#*"]),
  table("counters are read where codes and links are sent", except("challenge-dispatch", "enrolment", "reset"), ["BatchGetItem"], ["COUNT#confirmed#*", "COUNT#texts#*", "COUNT#emails#*"]),
  table("counters of new destinations are read where those are confirmed", except("challenge-dispatch", "enrolment", "policy-admin"), ["BatchGetItem"], ["COUNT#unconfirmed#*", "COUNT#tried#*"]),
  table("the console confirms no number, and nobody's destinations but admins'", ["policy-admin"], ["UpdateItem", "BatchGetItem"], ["COUNT#unconfirmed-texts#*", "COUNT#unconfirmed-prefix#*", "COUNT#tried#*#*"]),
  table("codes to get in are not counted with those to enrol", ["enrolment"], ["UpdateItem", "BatchGetItem"], ["COUNT#confirmed#*", "COUNT#prefix#*", "COUNT#texts#*", "COUNT#emails#*"]),
  table("codes to enrol are not counted with those to get in", ["challenge-dispatch", "reset"], ["UpdateItem"], ["COUNT#unconfirmed#*", "COUNT#unconfirmed-texts#*", "COUNT#tried#*"]),
  // Other tables and their streams.
  table("another table", ALL, ["GetItem", "BatchGetItem", "PutItem", "UpdateItem", "Query"], ["USER#*#*"], { table: "other" }),
  table("the table itself is managed by the stack", ALL, ["DeleteTable", "UpdateTable", "CreateBackup", "UpdateTimeToLive", "ExportTableToPointInTime"], [undefined]),
  other("another table's stream", ALL, ["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream"], { stream: "other" }),
  other("the stream is for activity", except("activity"), ["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream"], { stream: "ours" }),
  // Keys.
  key("codes are not checked from the stream, nor secrets opened", ["activity", "notices"], ["Decrypt"], without("lookup", "settings")),
  key("a verifier sends nothing", ["verify"], ["Decrypt"], without("lookup", "seal", "codes", "signing")),
  key("a reset signs nothing and opens no secret of users", ["reset"], ["Decrypt"], without("lookup", "codes", "settings")),
  key("the console signs no assertion", ["policy-admin"], ["Decrypt"], without("lookup", "seal", "codes", "settings")),
  key("a purpose of nobody", ALL, ["Decrypt", "GenerateDataKey"], [{ portcullis: "other" }, {}]),
  key("keys are made in the console", except("policy-admin"), ["GenerateDataKey"], purposes(PURPOSES)),
  key("the key is managed by the account", ALL, ["ScheduleKeyDeletion", "DisableKey", "PutKeyPolicy", "CreateGrant", "Encrypt", "ReEncryptFrom"], purposes(["seal"])),
  key("another key", ALL, ["Decrypt", "GenerateDataKey"], [{ portcullis: "lookup" }]).map(call => ({ ...call, key: "other" })),
  // Queues and events.
  other("notices are queued from the stream alone", except("activity"), ["sqs:SendMessage"], { queue: "NoticeQueue" }),
  other("notices are taken where they are sent", except("notices"), ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], { queue: "NoticeQueue" }),
  other("what was given up is an operator's", ALL, ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:StartMessageMoveTask"], { queue: "NoticesGivenUpQueue" }),
  other("a queue is not emptied, nor opened to others", ALL, ["sqs:PurgeQueue", "sqs:SetQueueAttributes", "sqs:AddPermission", "sqs:DeleteQueue"], { queue: "NoticeQueue" }),
  other("reports are taken where they are mapped to", except("notices"), ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], { queue: "DeliveryEvents" }),
  other("nobody but the rule sends reports", ALL, ["sqs:SendMessage"], { queue: "DeliveryEvents" }),
  other("another queue", ALL, ["sqs:SendMessage", "sqs:ReceiveMessage"], { queue: "other" }),
  other("events are put from the stream and the queue alone", except("activity", "notices"), ["events:PutEvents"], { bus: "operator" }),
  other("another bus", ALL, ["events:PutEvents"], { bus: "default" }),
  other("rules are the operator's", ALL, ["events:PutRule", "events:PutTargets", "events:DeleteRule", "events:DisableRule"], { bus: "operator" }),
  // Messages.
  other("email from a foreign address", ALL, ["ses:SendEmail"], { from: "security@other.example", configuration_set: false }),
  other("email from an address that only ends alike", ALL, ["ses:SendEmail"], { from: "security@notportal.example", configuration_set: false }),
  other("email from below a domain that only ends alike", ALL, ["ses:SendEmail"], { from: "security@mail.notportal.example", configuration_set: false }),
  other("a verifier sends no email, nor does the stream", ["verify", "activity"], ["ses:SendEmail"], { from: "security@portal.example", configuration_set: false }),
  other("raw email", ALL, ["ses:SendRawEmail"], { from: "security@portal.example", configuration_set: false }),
  other("a verifier sends no texts, nor does the stream", ["verify", "activity"], ["sns:Publish"], { to: "phone" }),
  other("topics are no phones", ALL, ["sns:Publish"], { to: "topic" }),
  other("SMS settings are the account's", ALL, ["sns:SetSMSAttributes", "sns:CreateTopic", "sns:Subscribe"]),
  other("senders are checked in the console", except("policy-admin"), ["ses:GetAccount", "ses:GetEmailIdentity", "ses:GetConfigurationSetEventDestinations", "sns:GetSMSAttributes", "sns:GetSMSSandboxAccountStatus"]),
  other("identities are the account's", ALL, ["ses:CreateEmailIdentity", "ses:DeleteEmailIdentity"]),
  // What AWS does with a role.
  other("records that failed are kept for activity, and by nobody read", ALL, ["s3:GetObject", "s3:DeleteObject"], { object: "ours" }),
  other("records that failed are those of activity", except("activity"), ["s3:PutObject"], { object: "ours" }),
  other("the journal and the archive are written, and nothing is read, deleted or unlocked", ALL, ["s3:GetObject", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutObjectRetention", "s3:BypassGovernanceRetention"], { journal: "journal" }),
  other("the journal is written from the stream alone", except("activity"), ["s3:PutObject"], { journal: "journal" }),
  other("the archive is written from the stream alone", except("activity"), ["s3:PutObject"], { journal: "archive" }),
  other("the journal's bucket has two folders", ["activity"], ["s3:PutObject"], { journal: "other" }),
  other("another bucket", ALL, ["s3:PutObject"], { object: "other" }),
  other("no function makes another act", ALL, ["lambda:InvokeFunction", "lambda:UpdateFunctionCode", "iam:PassRole", "sts:AssumeRole"]),
].flat();
