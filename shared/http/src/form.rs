//! Posted forms, read strictly: of limited size, without unknown or repeated fields.

use axum::body::{Body, to_bytes};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error},
};
use subtle::ConstantTimeEq;

use crate::Problem;

const MAX_BYTES: usize = 16 * 1024;

/// The name of the field with the token of the page that made the form.
pub const FORM: &str = "form";

fn mismatch() -> Problem {
    Problem::bad_request("This form does not match its page. Open the page again.")
}

/// Returns the token of a form, and its other fields, still encoded.
pub async fn split(body: Body) -> Result<(Option<String>, String), Problem> {
    let body = to_bytes(body, MAX_BYTES).await.map_err(|_| mismatch())?;
    let mut pairs: Vec<(String, String)> =
        serde_urlencoded::from_bytes(&body).map_err(|_| mismatch())?;
    let form = pairs.iter().position(|(name, _)| name == FORM).map(|at| pairs.remove(at).1);
    Ok((form, serde_urlencoded::to_string(pairs).map_err(|_| mismatch())?))
}

/// Returns the token of a form, and its other fields.
pub async fn read<T: DeserializeOwned>(body: Body) -> Result<(Option<String>, T), Problem> {
    let (form, fields) = split(body).await?;
    Ok((form, serde_urlencoded::from_str(&fields).map_err(|_| mismatch())?))
}

/// Reads a field whose text is JSON, as the script of a page posts it.
pub fn json<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let text = String::deserialize(deserializer)?;
    serde_json::from_str(&text).map_err(D::Error::custom)
}

/// Returns true if both are the same, in constant time.
pub fn is_same(given: &str, wanted: &str) -> bool {
    given.as_bytes().ct_eq(wanted.as_bytes()).into()
}
