//! S3, as far as it is used. Functions put objects into the bucket of the journal, which has
//! versions, an object lock by default and the policy of template.yaml; Lambda puts the records
//! that it gave up into another. Operators list and read both, as `aws s3 ls` and `aws s3 sync` do.
//! What it refuses, S3 refuses with these codes; the pages named are those of Amazon's
//! documentation.

mod bucket;
mod list;
#[cfg(test)]
mod tests;

use aws_lc_rs::digest::{SHA256, digest};
use axum::{
    Router,
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::any,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use portcullis_domain::Timestamp;

pub use self::bucket::Bucket;
use self::{
    bucket::Object,
    list::{Listing, ONLY_VERSION, buckets_listed},
};
use crate::clock::LocalClock;

pub const JOURNAL_BUCKET: &str = "portcullis-journal";
pub const FAILED_RECORDS_BUCKET: &str = "portcullis-failed-records";

/// The access key id that operators sign with. Every other one is that of a function's role, which
/// may put objects into the journal and nothing else.
pub(crate) const OPERATOR: &str = "operator";

/// The most bytes that the name of an object has in UTF-8 ("Amazon S3 User Guide: Naming Amazon S3
/// objects").
const LONGEST_NAME: usize = 1_024;

#[derive(Clone, Debug, Default)]
pub(crate) struct Buckets {
    pub(crate) journal: Bucket,
    pub(crate) failed_records: Bucket,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum S3Error {
    /// "Amazon S3 API Reference: Error responses": there is no bucket of this name.
    NoSuchBucket,
    /// "Amazon S3 API Reference: GetObject", errors: there is no object of this name.
    NoSuchKey,
    /// "Amazon S3 API Reference: Error responses": the object has no such version.
    NoSuchVersion,
    /// "Amazon S3 API Reference: Error responses": who calls may not do it. A call without a
    /// signature is one of nobody, whom the policy of a bucket would have to let in. The policy of
    /// the journal's refuses an upload without `If-None-Match` ("Amazon S3 User Guide: Enforce
    /// conditional writes on Amazon S3 buckets"), and no role may delete there.
    AccessDenied,
    /// "Amazon S3 User Guide: Object Lock considerations": an upload to a bucket with a default
    /// retention needs `Content-MD5` or a checksum.
    NoChecksum,
    /// "Amazon S3 API Reference: Error responses" (BadDigest): another body's checksum.
    BadDigest,
    /// "Amazon S3 API Reference: Error responses" (KeyTooLongError).
    NameTooLong,
    /// "Amazon S3 User Guide: How to prevent object overwrites with conditional writes": there is
    /// an object of this name.
    PreconditionFailed,
    /// "Amazon S3 API Reference: Error responses" (InvalidArgument): a number that is none, or a
    /// continuation token that was not given out.
    InvalidArgument,
    /// "Amazon S3 API Reference: PutObject", If-None-Match: it takes `*` and nothing else. Also
    /// what this stand-in does not do: parts of objects, and lists of the first version.
    NotImplemented,
}

impl S3Error {
    const fn on_the_wire(self) -> (&'static str, StatusCode) {
        match self {
            Self::NoSuchBucket => ("NoSuchBucket", StatusCode::NOT_FOUND),
            Self::NoSuchKey => ("NoSuchKey", StatusCode::NOT_FOUND),
            Self::NoSuchVersion => ("NoSuchVersion", StatusCode::NOT_FOUND),
            Self::AccessDenied => ("AccessDenied", StatusCode::FORBIDDEN),
            Self::NoChecksum => ("InvalidRequest", StatusCode::BAD_REQUEST),
            Self::BadDigest => ("BadDigest", StatusCode::BAD_REQUEST),
            Self::NameTooLong => ("KeyTooLongError", StatusCode::BAD_REQUEST),
            Self::PreconditionFailed => ("PreconditionFailed", StatusCode::PRECONDITION_FAILED),
            Self::InvalidArgument => ("InvalidArgument", StatusCode::BAD_REQUEST),
            Self::NotImplemented => ("NotImplemented", StatusCode::NOT_IMPLEMENTED),
        }
    }
}

impl IntoResponse for S3Error {
    fn into_response(self) -> Response {
        let (code, status) = self.on_the_wire();
        let text = format!("<Error><Code>{code}</Code><Message/></Error>");
        (status, [(header::CONTENT_TYPE, "application/xml")], text).into_response()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caller {
    Function,
    Operator,
}

struct Call<'a> {
    method: &'a Method,
    bucket: &'a str,
    /// The object; empty for a call of the bucket itself.
    name: &'a str,
    query: &'a [(String, String)],
    headers: &'a HeaderMap,
    body: &'a [u8],
}

#[derive(Debug, PartialEq, Eq)]
enum Answer {
    Made(Object),
    Read(Object),
    Deleted,
    List(String),
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        match self {
            Self::Made(object) => [(header::ETAG, object.etag())].into_response(),
            // A HEAD is answered without the body, and with its length.
            Self::Read(object) => {
                let headers = [
                    (header::ETAG, object.etag()),
                    (header::LAST_MODIFIED, object.http_date()),
                    (header::CONTENT_TYPE, "binary/octet-stream".to_owned()),
                ];
                (headers, object.bytes).into_response()
            }
            Self::Deleted => StatusCode::NO_CONTENT.into_response(),
            Self::List(xml) => ([(header::CONTENT_TYPE, "application/xml")], xml).into_response(),
        }
    }
}

impl Call<'_> {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Returns whoever signed it ("Amazon S3 API Reference: Authenticating requests (AWS Signature
    /// Version 4)": the header names the algorithm and the access key, and the hash of the body is
    /// a header too).
    fn caller(&self) -> Result<Caller, S3Error> {
        let by = self.header("authorization");
        let by = by.and_then(|by| by.strip_prefix("AWS4-HMAC-SHA256 Credential="));
        let by = by.filter(|_| self.header("x-amz-content-sha256").is_some());
        let key = by.map(|by| by.split('/').next().unwrap_or_default());
        match key.ok_or(S3Error::AccessDenied)? {
            OPERATOR => Ok(Caller::Operator),
            _ => Ok(Caller::Function),
        }
    }
}

impl Buckets {
    fn call(&self, call: &Call<'_>, now: Timestamp) -> Result<Answer, S3Error> {
        let caller = call.caller()?;
        if call.bucket.is_empty() {
            return match (call.method, caller) {
                (&Method::GET, Caller::Operator) => Ok(Answer::List(buckets_listed(now))),
                _ => Err(S3Error::AccessDenied),
            };
        }
        let bucket = match call.bucket {
            JOURNAL_BUCKET => &self.journal,
            FAILED_RECORDS_BUCKET => &self.failed_records,
            _ => return Err(S3Error::NoSuchBucket),
        };
        match (call.method, caller, call.name) {
            (&Method::PUT, _, _) if call.bucket == JOURNAL_BUCKET => put(bucket, call, now),
            (&Method::GET, Caller::Operator, "") => {
                Ok(Answer::List(Listing::asked(call.bucket, call.query)?.of(bucket)))
            }
            (&Method::GET | &Method::HEAD, Caller::Operator, name) => {
                // A part of an object is never taken for the whole.
                if call.header("range").is_some() {
                    return Err(S3Error::NotImplemented);
                }
                let object = bucket.object(name).ok_or(S3Error::NoSuchKey)?;
                match call.query.iter().find(|(name, _)| name == "versionId") {
                    Some((_, version)) if version != ONLY_VERSION => Err(S3Error::NoSuchVersion),
                    Some(_) | None => Ok(Answer::Read(object)),
                }
            }
            (&Method::DELETE, Caller::Operator, name) if call.bucket == FAILED_RECORDS_BUCKET => {
                bucket.delete(name);
                Ok(Answer::Deleted)
            }
            _ => Err(S3Error::AccessDenied),
        }
    }
}

fn put(bucket: &Bucket, call: &Call<'_>, now: Timestamp) -> Result<Answer, S3Error> {
    if call.name.len() > LONGEST_NAME {
        return Err(S3Error::NameTooLong);
    }
    match call.header("if-none-match") {
        None => return Err(S3Error::AccessDenied),
        Some("*") => {}
        Some(_) => return Err(S3Error::NotImplemented),
    }
    // Content-MD5, which S3 takes too, is not used here.
    let given = call.header("x-amz-checksum-sha256").ok_or(S3Error::NoChecksum)?;
    if BASE64_STANDARD.encode(digest(&SHA256, call.body)) != given {
        return Err(S3Error::BadDigest);
    }
    let object = Object { bytes: call.body.to_vec(), at: now };
    match bucket.put_new(call.name, object.clone()) {
        true => Ok(Answer::Made(object)),
        false => Err(S3Error::PreconditionFailed),
    }
}

#[derive(Clone)]
struct S3 {
    buckets: Buckets,
    clock: LocalClock,
}

pub(super) fn routes(buckets: Buckets, clock: LocalClock) -> Router {
    let s3 = S3 { buckets, clock };
    Router::new()
        .route("/local/s3/", any(answer_service))
        .route("/local/s3/{bucket}", any(answer_bucket))
        .route("/local/s3/{bucket}/", any(answer_bucket))
        .route("/local/s3/{bucket}/{*name}", any(answer_object))
        .with_state(s3)
}

type Pairs = Query<Vec<(String, String)>>;

impl S3 {
    fn answer(&self, call: &Call<'_>) -> Response {
        self.buckets.call(call, self.clock.now()).into_response()
    }
}

async fn answer_service(State(s3): State<S3>, method: Method, headers: HeaderMap) -> Response {
    let (bucket, name, query, body) = ("", "", &[], &[]);
    s3.answer(&Call { method: &method, bucket, name, query, headers: &headers, body })
}

async fn answer_bucket(
    State(s3): State<S3>,
    method: Method,
    Path(bucket): Path<String>,
    Query(query): Pairs,
    headers: HeaderMap,
) -> Response {
    let (bucket, name, query) = (&bucket, "", &query);
    s3.answer(&Call { method: &method, bucket, name, query, headers: &headers, body: &[] })
}

async fn answer_object(
    State(s3): State<S3>,
    method: Method,
    Path((bucket, name)): Path<(String, String)>,
    Query(query): Pairs,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let (bucket, name, query, body) = (&bucket, &name, &query, &body);
    s3.answer(&Call { method: &method, bucket, name, query, headers: &headers, body })
}
