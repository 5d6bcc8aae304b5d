//! The environment variables by which functions that run elsewhere reach this process.

use aws_lc_rs::digest::{SHA256, digest};

use portcullis_store::StoredFormat;

use crate::{
    address::by_name,
    stand_in::{
        ACCOUNT, BUS, CONFIGURATION_SET, FAILED_RECORDS_BUCKET, JOURNAL_BUCKET, OPERATOR,
        ROOT_KEY_ID,
    },
};

/// The domain that local functions may send from, as the template's parameter `EmailIdentity` says
/// it.
pub(crate) const EMAIL_IDENTITY: &str = "portal.example";

/// The queue of notices, by its name in template.yaml.
pub(crate) const NOTICE_QUEUE: &str = "NoticeQueue";

/// Returns the URL of the queue of notices, as SQS gives it.
pub(crate) fn notice_queue_url(base: &str) -> String {
    format!("{base}/local/sqs/{ACCOUNT}/{NOTICE_QUEUE}")
}

/// The addresses of the services of one start, and the settings of its functions.
pub(crate) struct Services<'a> {
    /// The address of the stand-ins, such as `http://127.0.0.1:8080`.
    pub(crate) base: &'a str,
    pub(crate) dynamodb: &'a str,
    pub(crate) table: &'a str,
    pub(crate) set_up_secret: &'a str,
}

impl Services<'_> {
    /// Returns the environment variables of an operator's shell: those of a function, with the
    /// rights of an operator.
    pub(crate) fn of_operator(&self) -> Vec<(&'static str, String)> {
        let of_function = self.environment().into_iter();
        let others = of_function.filter(|(name, _)| *name != "AWS_ACCESS_KEY_ID");
        let own = [("AWS_ACCESS_KEY_ID", OPERATOR), ("BUCKET", FAILED_RECORDS_BUCKET)];
        others.chain(own.map(|(name, value)| (name, value.to_owned()))).collect()
    }

    /// Returns the environment variables of a function.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        let at = |service: &str| format!("{}/local/{service}", self.base);
        vec![
            ("TABLE", self.table.to_owned()),
            ("EDGE_SECRET_SHA256", "off".to_owned()),
            ("STORED_FORMAT", StoredFormat::default().to_string()),
            ("ISSUER", by_name(self.base)),
            ("SERVICE_ORIGIN", by_name(self.base)),
            ("CONFIGURATION_SET", CONFIGURATION_SET.to_owned()),
            ("SERVICE_URL", self.base.to_owned()),
            ("ROOT_KEY_ID", ROOT_KEY_ID.to_owned()),
            ("JOURNAL_BUCKET", JOURNAL_BUCKET.to_owned()),
            ("SET_UP_SECRET_SHA256", hex::encode(digest(&SHA256, self.set_up_secret.as_bytes()))),
            ("EMAIL_IDENTITY", EMAIL_IDENTITY.to_owned()),
            ("SMS_PROVIDER", "sns".to_owned()),
            ("NOTICE_QUEUE_URL", notice_queue_url(self.base)),
            ("EVENT_BUS", BUS.to_owned()),
            ("AWS_REGION", "eu-west-1".to_owned()),
            ("AWS_ACCESS_KEY_ID", "local".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "local".to_owned()),
            ("AWS_ENDPOINT_URL_DYNAMODB", self.dynamodb.to_owned()),
            ("AWS_ENDPOINT_URL_KMS", at("kms/")),
            ("AWS_ENDPOINT_URL_S3", at("s3/")),
            ("AWS_ENDPOINT_URL_SESV2", at("ses")),
            ("AWS_ENDPOINT_URL_SNS", at("sns/")),
            ("AWS_ENDPOINT_URL_SQS", at("sqs/")),
            ("AWS_ENDPOINT_URL_EVENTBRIDGE", at("eventbridge/")),
            ("TWILIO_API_URL", at("twilio")),
        ]
    }
}
