// What AWS itself does with a function's role: no test records it.

const ALL = ["challenge-dispatch", "enrolment", "verify", "reset", "policy-admin", "activity", "notices"];

const SENDERS = ["challenge-dispatch", "enrolment", "reset", "policy-admin", "notices"];

export const byAws = [
  // The configuration set that an identity may have by default is another resource of the same call: "Actions, resources, and
  // condition keys for Amazon SES v2", SendEmail (Service Authorization Reference).
  ...SENDERS.map(name => ({ function: name, action: "ses:SendEmail", from: "no-reply@portal.example", configuration_set: true })),
  // A portal's own sender may lie below the verified domain, which covers it: "Verified identities" (Amazon SES Developer Guide).
  ...SENDERS.map(name => ({ function: name, action: "ses:SendEmail", from: "no-reply@acme.portal.example", configuration_set: true })),
  // "Using AWS Lambda with Amazon DynamoDB", execution role permissions (AWS Lambda Developer Guide).
  { function: "activity", action: "dynamodb:DescribeStream", stream: "ours" },
  { function: "activity", action: "dynamodb:GetRecords", stream: "ours" },
  { function: "activity", action: "dynamodb:GetShardIterator", stream: "ours" },
  { function: "activity", action: "dynamodb:ListStreams" },
  // "Configuring an Amazon SQS queue for use with Lambda", execution role permissions (the same guide).
  ...["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"].map(action => ({ function: "notices", action, queue: "NoticeQueue" })),
  ...["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"].map(action => ({ function: "notices", action, queue: "DeliveryEvents" })),
  // "Retaining discarded batch records for a DynamoDB data source in Lambda", permissions for an S3 destination (the same guide).
  { function: "activity", action: "s3:PutObject", object: "ours" },
  { function: "activity", action: "s3:ListBucket", bucket: "ours" },
  // "Sending Lambda function logs to CloudWatch Logs" (the same guide). The log group is the stack's.
  ...ALL.flatMap(name => ["logs:CreateLogStream", "logs:PutLogEvents"].map(action => ({ function: name, action }))),
  // "Visualize Lambda function invocations using AWS X-Ray", execution role permissions (the same guide).
  ...ALL.flatMap(name => ["xray:PutTraceSegments", "xray:PutTelemetryRecords"].map(action => ({ function: name, action }))),
];
