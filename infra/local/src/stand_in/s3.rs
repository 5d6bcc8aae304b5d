//! S3, as far as it is used: `PutObject` into one bucket, which has versions, an object lock by
//! default and the policy of template.yaml. What it refuses, S3 refuses with these codes; the pages
//! named are those of Amazon's documentation.

use aws_lc_rs::digest::{SHA256, digest};
use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::any,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

pub const JOURNAL_BUCKET: &str = "portcullis-journal";

/// The most bytes that the name of an object has in UTF-8 ("Amazon S3 User Guide: Naming Amazon S3
/// objects").
const LONGEST_NAME: usize = 1_024;

/// The objects, by their names. It is gone with the process.
#[derive(Clone, Debug, Default)]
pub struct Bucket(Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum S3Error {
    /// "Amazon S3 API Reference: Error responses": there is no bucket of this name.
    NoSuchBucket,
    /// "Amazon S3 API Reference: Error responses": who calls may not do it. A call without a
    /// signature is one of nobody, whom the policy of a bucket would have to let in. The policy of
    /// this one refuses an upload without `If-None-Match` ("Amazon S3 User Guide: Enforce
    /// conditional writes on Amazon S3 buckets"), and no role may delete or read.
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
    /// "Amazon S3 API Reference: PutObject", If-None-Match: it takes `*` and nothing else.
    NotImplemented,
}

impl S3Error {
    const fn on_the_wire(self) -> (&'static str, StatusCode) {
        match self {
            Self::NoSuchBucket => ("NoSuchBucket", StatusCode::NOT_FOUND),
            Self::AccessDenied => ("AccessDenied", StatusCode::FORBIDDEN),
            Self::NoChecksum => ("InvalidRequest", StatusCode::BAD_REQUEST),
            Self::BadDigest => ("BadDigest", StatusCode::BAD_REQUEST),
            Self::NameTooLong => ("KeyTooLongError", StatusCode::BAD_REQUEST),
            Self::PreconditionFailed => ("PreconditionFailed", StatusCode::PRECONDITION_FAILED),
            Self::NotImplemented => ("NotImplemented", StatusCode::NOT_IMPLEMENTED),
        }
    }
}

impl Bucket {
    /// Returns the names and the texts of the objects, in the order of their names.
    pub fn objects(&self) -> Vec<(String, String)> {
        let text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
        self.locked().iter().map(|(name, bytes)| (name.clone(), text(bytes))).collect()
    }

    fn locked(&self) -> MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn call(
        &self,
        method: &Method,
        (bucket, name): (&str, &str),
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<(), S3Error> {
        let of = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        // "Amazon S3 API Reference: Authenticating requests (AWS Signature Version 4)": the header
        // names the algorithm, and the hash of the body is a header too.
        let is_signed = of("authorization").is_some_and(|by| by.starts_with("AWS4-HMAC-SHA256 "));
        if !is_signed || of("x-amz-content-sha256").is_none() {
            return Err(S3Error::AccessDenied);
        }
        if bucket != JOURNAL_BUCKET {
            return Err(S3Error::NoSuchBucket);
        }
        if *method != Method::PUT {
            return Err(S3Error::AccessDenied);
        }
        if name.len() > LONGEST_NAME {
            return Err(S3Error::NameTooLong);
        }
        match of("if-none-match") {
            None => return Err(S3Error::AccessDenied),
            Some("*") => {}
            Some(_) => return Err(S3Error::NotImplemented),
        }
        // Content-MD5, which S3 takes too, is not used here.
        let given = of("x-amz-checksum-sha256").ok_or(S3Error::NoChecksum)?;
        if BASE64_STANDARD.encode(digest(&SHA256, body)) != given {
            return Err(S3Error::BadDigest);
        }
        let mut objects = self.locked();
        if objects.contains_key(name) {
            return Err(S3Error::PreconditionFailed);
        }
        objects.insert(name.to_owned(), body.to_vec());
        Ok(())
    }
}

pub(super) fn routes(bucket: Bucket) -> Router {
    Router::new().route("/local/s3/{bucket}/{*name}", any(answer)).with_state(bucket)
}

async fn answer(
    State(objects): State<Bucket>,
    method: Method,
    Path((bucket, name)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match objects.call(&method, (&bucket, &name), &headers, &body) {
        Ok(()) => [(header::ETAG, "\"made\"")].into_response(),
        Err(error) => {
            let (code, status) = error.on_the_wire();
            let kind = [(header::CONTENT_TYPE, "application/xml")];
            (status, kind, format!("<Error><Code>{code}</Code><Message/></Error>")).into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "journal/2026-11-30/1-2.ndjson";

    fn headers(body: &[u8]) -> HeaderMap {
        let sum = BASE64_STANDARD.encode(digest(&SHA256, body));
        let pairs = [
            ("authorization", "AWS4-HMAC-SHA256 Credential=local"),
            ("x-amz-content-sha256", "0a"),
            ("if-none-match", "*"),
            ("x-amz-checksum-sha256", &sum),
        ];
        let pairs = pairs
            .map(|(name, value)| (header::HeaderName::from_static(name), value.parse().unwrap()));
        pairs.into_iter().collect()
    }

    fn put(bucket: &Bucket, name: &str, headers: &HeaderMap, body: &[u8]) -> Result<(), S3Error> {
        bucket.call(&Method::PUT, (JOURNAL_BUCKET, name), headers, body)
    }

    #[test]
    fn s50_an_object_is_written_once_and_neither_replaced_nor_deleted_nor_read() {
        let bucket = Bucket::default();
        assert_eq!(put(&bucket, NAME, &headers(b"one"), b"one"), Ok(()));
        let again = put(&bucket, NAME, &headers(b"two"), b"two");
        assert_eq!(again, Err(S3Error::PreconditionFailed));
        for method in [Method::DELETE, Method::GET, Method::POST] {
            let called = bucket.call(&method, (JOURNAL_BUCKET, NAME), &headers(b""), b"");
            assert_eq!(called, Err(S3Error::AccessDenied), "{method}");
        }
        assert_eq!(bucket.objects(), [(NAME.to_owned(), "one".to_owned())]);
    }

    #[test]
    fn s50_an_upload_that_s3_refuses_is_refused() {
        let bucket = Bucket::default();
        let without = |name: &str| {
            let mut headers = headers(b"one");
            headers.remove(name);
            put(&bucket, NAME, &headers, b"one")
        };
        assert_eq!(without("authorization"), Err(S3Error::AccessDenied));
        assert_eq!(without("x-amz-content-sha256"), Err(S3Error::AccessDenied));
        assert_eq!(without("if-none-match"), Err(S3Error::AccessDenied));
        assert_eq!(without("x-amz-checksum-sha256"), Err(S3Error::NoChecksum));
        let mut other = headers(b"one");
        other.insert("if-none-match", "\"tag\"".parse().unwrap());
        assert_eq!(put(&bucket, NAME, &other, b"one"), Err(S3Error::NotImplemented));
        assert_eq!(put(&bucket, NAME, &headers(b"two"), b"one"), Err(S3Error::BadDigest));
        let long = "a".repeat(1_025);
        assert_eq!(put(&bucket, &long, &headers(b"one"), b"one"), Err(S3Error::NameTooLong));
        let elsewhere = bucket.call(&Method::PUT, ("other", NAME), &headers(b""), b"");
        assert_eq!(elsewhere, Err(S3Error::NoSuchBucket));
        assert!(bucket.objects().is_empty());
        assert_eq!(put(&bucket, &long[1..], &headers(b"one"), b"one"), Ok(()));
    }
}
