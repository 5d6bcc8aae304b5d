//! Lists of objects ("Amazon S3 API Reference: ListObjectsV2"), of their versions
//! ("ListObjectVersions") and of buckets ("ListBuckets").

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use portcullis_domain::Timestamp;

use super::{
    Bucket, FAILED_RECORDS_BUCKET, JOURNAL_BUCKET, S3Error,
    bucket::{Object, iso},
};

/// The id of the version of each object.
pub(super) const ONLY_VERSION: &str = "3sL4kqtJlcpXroDTDmJrmSpXd3dIbrHY";

/// The most keys of an answer, and the number if none is asked for.
const MOST_KEYS: usize = 1_000;

/// The characters that stay as they are in names, with `encoding-type=url`.
const PLAIN: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'/');

const NAMESPACE: &str = "http://s3.amazonaws.com/doc/2006-03-01/";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Objects,
    /// Nothing is replaced here, so each object has one.
    Versions,
}

pub(super) struct Listing<'a> {
    form: Form,
    bucket: &'a str,
    prefix: &'a str,
    delimiter: Option<&'a str>,
    start_after: Option<&'a str>,
    token: Option<&'a str>,
    /// The key or the common prefix that the answer before ended with.
    after: Option<String>,
    most: usize,
    encodes: bool,
}

#[derive(Default)]
struct Page {
    contents: Vec<String>,
    prefixes: Vec<String>,
    /// The key or the common prefix to continue after, if there is more.
    next: Option<String>,
}

impl<'a> Listing<'a> {
    pub(super) fn asked(bucket: &'a str, query: &'a [(String, String)]) -> Result<Self, S3Error> {
        let of = |name: &str| {
            query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
        };
        let form = match (of("versions"), of("list-type")) {
            (Some(_), _) => Form::Versions,
            (None, Some("2")) => Form::Objects,
            (None, _) => return Err(S3Error::NotImplemented),
        };
        let number = |text: &str| text.parse::<usize>().map_err(|_| S3Error::InvalidArgument);
        let encodes = match of("encoding-type") {
            None => false,
            Some("url") => true,
            Some(_) => return Err(S3Error::InvalidArgument),
        };
        let token = of("continuation-token").filter(|_| form == Form::Objects);
        let marker = of("key-marker").filter(|marker| form == Form::Versions && !marker.is_empty());
        Ok(Self {
            form,
            bucket,
            prefix: of("prefix").unwrap_or_default(),
            delimiter: of("delimiter").filter(|delimiter| !delimiter.is_empty()),
            start_after: of("start-after").filter(|after| !after.is_empty()),
            token,
            after: token.map(read_token).transpose()?.or_else(|| marker.map(str::to_owned)),
            most: of("max-keys").map(number).transpose()?.unwrap_or(MOST_KEYS).min(MOST_KEYS),
            encodes,
        })
    }

    /// Returns the answer.
    pub(super) fn of(&self, bucket: &Bucket) -> String {
        let Page { contents, prefixes, next } = self.page(bucket);
        let element = |name: &str, value: Option<String>| {
            value.map(|value| format!("<{name}>{value}</{name}>")).unwrap_or_default()
        };
        let text = |value: Option<&str>| value.map(|value| self.text(value));
        let (count, is_truncated) = (contents.len() + prefixes.len(), next.is_some());
        let (root, own) = match self.form {
            Form::Objects => (
                "ListBucketResult",
                [
                    element("StartAfter", text(self.start_after)),
                    element("ContinuationToken", self.token.map(escaped)),
                    element("NextContinuationToken", next.map(|next| BASE64URL.encode(next))),
                    element("KeyCount", Some(count.to_string())),
                ],
            ),
            Form::Versions => (
                "ListVersionsResult",
                [
                    element("KeyMarker", Some(text(self.after.as_deref()).unwrap_or_default())),
                    element("VersionIdMarker", Some(String::new())),
                    element("NextKeyMarker", text(next.as_deref())),
                    element("NextVersionIdMarker", next.map(|_| ONLY_VERSION.to_owned())),
                ],
            ),
        };
        let parts = [
            element("Name", Some(escaped(self.bucket))),
            element("Prefix", text(Some(self.prefix))),
            element("Delimiter", text(self.delimiter)),
            own.concat(),
            element("MaxKeys", Some(self.most.to_string())),
            element("EncodingType", self.encodes.then(|| "url".to_owned())),
            element("IsTruncated", Some(is_truncated.to_string())),
            contents.concat(),
            prefixes.concat(),
        ];
        document(root, &parts.concat())
    }

    /// Returns the objects of the answer. Keys that have the delimiter after the prefix are rolled
    /// up into one common prefix, which counts as one key.
    fn page(&self, bucket: &Bucket) -> Page {
        let (mut page, mut last) = (Page::default(), None::<String>);
        for (name, object) in bucket.with_prefix(self.prefix) {
            let entry = self.rolled_up(&name).unwrap_or_else(|| name.clone());
            let is_before = match (&self.after, self.start_after) {
                (Some(after), _) => entry.as_str() <= after.as_str(),
                (None, Some(after)) => name.as_str() <= after,
                (None, None) => false,
            };
            if is_before || last.as_ref() == Some(&entry) {
                continue;
            }
            if page.contents.len() + page.prefixes.len() == self.most {
                // Without keys there is nothing to continue after.
                page.next = last;
                return page;
            }
            let text = self.text(&entry);
            if entry == name {
                page.contents.push(self.element_of(&text, &object));
            } else {
                let prefix = format!("<CommonPrefixes><Prefix>{text}</Prefix></CommonPrefixes>");
                page.prefixes.push(prefix);
            }
            last = Some(entry);
        }
        page
    }

    fn element_of(&self, key: &str, object: &Object) -> String {
        let (at, etag, size) = (object.last_modified(), object.etag(), object.bytes.len());
        let (tag, version) = match self.form {
            Form::Objects => ("Contents", String::new()),
            Form::Versions => {
                let id = format!("<VersionId>{ONLY_VERSION}</VersionId>");
                ("Version", format!("{id}<IsLatest>true</IsLatest>"))
            }
        };
        format!(
            "<{tag}><Key>{key}</Key>{version}<LastModified>{at}</LastModified><ETag>{}</ETag>\
             <Size>{size}</Size><StorageClass>STANDARD</StorageClass></{tag}>",
            escaped(&etag)
        )
    }

    /// Returns the common prefix of a name, up to the first delimiter after the asked prefix.
    fn rolled_up(&self, name: &str) -> Option<String> {
        let delimiter = self.delimiter?;
        let rest = name.get(self.prefix.len()..)?;
        let place = rest.find(delimiter)?;
        name.get(..self.prefix.len() + place + delimiter.len()).map(str::to_owned)
    }

    fn text(&self, text: &str) -> String {
        match self.encodes {
            true => utf8_percent_encode(text, &PLAIN).to_string(),
            false => escaped(text),
        }
    }
}

pub(super) fn buckets_listed(now: Timestamp) -> String {
    let bucket = |name: &str| {
        format!("<Bucket><Name>{name}</Name><CreationDate>{}</CreationDate></Bucket>", iso(now))
    };
    let buckets = [FAILED_RECORDS_BUCKET, JOURNAL_BUCKET].map(bucket).concat();
    let owner = "<Owner><ID>local</ID></Owner>";
    document("ListAllMyBucketsResult", &format!("{owner}<Buckets>{buckets}</Buckets>"))
}

fn document(root: &str, inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"{NAMESPACE}\">{inner}</{root}>"
    )
}

fn read_token(token: &str) -> Result<String, S3Error> {
    let bytes = BASE64URL.decode(token).map_err(|_| S3Error::InvalidArgument)?;
    String::from_utf8(bytes).map_err(|_| S3Error::InvalidArgument)
}

/// Returns a text as XML has it ("Extensible Markup Language (XML) 1.0", section 2.4).
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;")
}
