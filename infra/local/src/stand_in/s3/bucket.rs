//! A bucket and its objects.

use aws_lc_rs::digest::{SHA256, digest};
use aws_sdk_dynamodb::primitives::{DateTime, DateTimeFormat};
use portcullis_domain::Timestamp;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The objects, by their names. It is gone with the process.
#[derive(Clone, Debug, Default)]
pub struct Bucket(Arc<Mutex<BTreeMap<String, Object>>>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Object {
    pub(super) bytes: Vec<u8>,
    pub(super) at: Timestamp,
}

impl Bucket {
    /// Returns the names and the texts of the objects, in the order of their names.
    pub fn objects(&self) -> Vec<(String, String)> {
        let text = |object: &Object| String::from_utf8_lossy(&object.bytes).into_owned();
        self.locked().iter().map(|(name, object)| (name.clone(), text(object))).collect()
    }

    /// Puts an object there, as a service of AWS does.
    pub(crate) fn put(&self, name: &str, text: &str, at: Timestamp) {
        let object = Object { bytes: text.as_bytes().to_vec(), at };
        self.locked().insert(name.to_owned(), object);
    }

    /// Puts an object there if there is none of this name, and returns true if it did.
    pub(super) fn put_new(&self, name: &str, object: Object) -> bool {
        let mut objects = self.locked();
        let is_new = !objects.contains_key(name);
        if is_new {
            objects.insert(name.to_owned(), object);
        }
        is_new
    }

    pub(super) fn object(&self, name: &str) -> Option<Object> {
        self.locked().get(name).cloned()
    }

    pub(super) fn delete(&self, name: &str) {
        self.locked().remove(name);
    }

    /// Returns the objects whose names begin so, in the order of their names in UTF-8.
    pub(super) fn with_prefix(&self, prefix: &str) -> Vec<(String, Object)> {
        let objects = self.locked();
        let found = objects.range(prefix.to_owned()..);
        let found = found.take_while(|(name, _)| name.starts_with(prefix));
        found.map(|(name, object)| (name.clone(), object.clone())).collect()
    }

    fn locked(&self) -> MutexGuard<'_, BTreeMap<String, Object>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Object {
    /// Returns its entity tag, which says nothing but that the bytes are the same ("Amazon S3 API
    /// Reference: Object": it may or may not be an MD5 digest).
    pub(super) fn etag(&self) -> String {
        let hash = hex::encode(digest(&SHA256, &self.bytes));
        format!("\"{}\"", hash.get(..32).unwrap_or_default())
    }

    /// Returns the moment of its upload as a header has it (RFC 9110, section 5.6.7).
    pub(super) fn http_date(&self) -> String {
        moment(self.at, DateTimeFormat::HttpDate)
    }

    pub(super) fn last_modified(&self) -> String {
        iso(self.at)
    }
}

/// Returns a moment as S3's lists have it (ISO 8601, with milliseconds).
pub(super) fn iso(at: Timestamp) -> String {
    moment(at, DateTimeFormat::DateTime).replace('Z', ".000Z")
}

fn moment(at: Timestamp, format: DateTimeFormat) -> String {
    DateTime::from_secs(at.unix()).fmt(format).unwrap_or_default()
}
