//! Forms with a file (multipart/form-data, RFC 7578).

use axum::{
    body::{Body, to_bytes},
    extract::FromRequestParts,
};
use futures_util::stream;
use http::{HeaderMap, header, request::Parts};
use multer::{Multipart, parse_boundary};
use portcullis_domain::portal::Logo;
use portcullis_http::{Problem, ProblemCode};
use std::convert::Infallible;

/// The largest form with a file, in bytes: the largest file, and some room for fields.
const MAX_BYTES: usize = Logo::MAX_BYTES + 16 * 1_024;

/// The file of the form that was sent, if it had one.
#[derive(Clone, Debug, Default)]
pub struct Upload(pub Option<Vec<u8>>);

impl<S: Send + Sync> FromRequestParts<S> for Upload {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

/// Returns the boundary between the parts of a form, if it is of several parts.
pub(crate) fn boundary(headers: &HeaderMap) -> Option<String> {
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    parse_boundary(kind).ok()
}

/// Takes a form apart: its fields, as a form without a file has them, and the file.
pub(crate) async fn split(body: Body, boundary: String) -> Result<(String, Upload), Problem> {
    let too_large = |_| {
        Problem::new(ProblemCode::TooLarge, "Choose a file of at most 32 KB, and send it again.")
    };
    let mismatch =
        || Problem::bad_request("This form does not match its page. Open the page again.");
    let body = to_bytes(body, MAX_BYTES).await.map_err(too_large)?;
    let body = stream::once(async { Ok::<_, Infallible>(body) });
    let mut parts = Multipart::new(body, boundary);
    let (mut fields, mut file) = (vec![], None);
    while let Some(part) = parts.next_field().await.map_err(|_| mismatch())? {
        let name = part.name().ok_or_else(mismatch)?.to_owned();
        let is_file = part.file_name().is_some();
        let bytes = part.bytes().await.map_err(|_| mismatch())?;
        if !is_file {
            fields.push((name, String::from_utf8(bytes.into()).map_err(|_| mismatch())?));
        } else if file.replace(bytes.to_vec()).is_some() {
            return Err(mismatch());
        }
    }
    let fields = serde_urlencoded::to_string(fields).map_err(|_| mismatch())?;
    Ok((fields, Upload(file)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_form_with_a_file_is_taken_apart_and_one_that_is_none_is_refused() {
        let part = |head: &str, body: &str| {
            format!("--b\r\ncontent-disposition: form-data; {head}\r\n\r\n{body}\r\n")
        };
        let split = async |parts: &[String]| {
            super::split(Body::from(parts.concat() + "--b--\r\n"), "b".to_owned()).await
        };
        let field = part("name=\"etag\"", "\"a&b\"");
        let file = part("name=\"logo\"; filename=\"x.png\"", "PNG\r\n\0");
        let (fields, upload) = split(&[field.clone(), file.clone()]).await.unwrap();
        assert_eq!((fields.as_str(), upload.0), ("etag=%22a%26b%22", Some(b"PNG\r\n\0".to_vec())));
        assert_eq!(split(std::slice::from_ref(&field)).await.unwrap().1.0, None);
        let large = part("name=\"logo\"; filename=\"x\"", &"x".repeat(MAX_BYTES));
        for (wrong, code) in [
            (vec![file.clone(), file], ProblemCode::BadRequest),
            (vec!["--b\r\n\r\nno name\r\n".to_owned()], ProblemCode::BadRequest),
            (vec![field, "--c".to_owned()], ProblemCode::BadRequest),
            (vec![large], ProblemCode::TooLarge),
        ] {
            assert_eq!(split(&wrong).await.unwrap_err().code(), code, "{wrong:.80?}");
        }
        let of = |kind: &str| {
            boundary(&HeaderMap::from_iter([(header::CONTENT_TYPE, kind.parse().unwrap())]))
        };
        assert_eq!(of("multipart/form-data; boundary=b").as_deref(), Some("b"));
        assert_eq!(of("application/x-www-form-urlencoded"), None);
        assert_eq!(of("multipart/form-data"), None);
    }
}
