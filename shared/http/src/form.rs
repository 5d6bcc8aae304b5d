//! Posted forms, read strictly: bounded, no unknown and no repeated fields.

use axum::body::{Body, to_bytes};
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq;

use crate::Problem;

/// The largest form, in bytes.
const MAX_FORM: usize = 16 * 1024;

/// The field that says which page made the form.
pub const FORM: &str = "form";

fn wrong() -> Problem {
    Problem::bad_request("This form does not match its page. Open the page again.")
}

/// A form: what says which page made it, and the rest of it, still encoded.
pub async fn split(body: Body) -> Result<(Option<String>, String), Problem> {
    let body = to_bytes(body, MAX_FORM).await.map_err(|_| wrong())?;
    let mut pairs: Vec<(String, String)> =
        serde_urlencoded::from_bytes(&body).map_err(|_| wrong())?;
    let form = pairs.iter().position(|(name, _)| name == FORM).map(|at| pairs.remove(at).1);
    Ok((form, serde_urlencoded::to_string(pairs).map_err(|_| wrong())?))
}

/// A form: what says which page made it, and its fields.
pub async fn read<T: DeserializeOwned>(body: Body) -> Result<(Option<String>, T), Problem> {
    let (form, fields) = split(body).await?;
    Ok((form, serde_urlencoded::from_str(&fields).map_err(|_| wrong())?))
}

/// Returns true if both are the same, in constant time.
pub fn is_same(given: &str, wanted: &str) -> bool {
    given.as_bytes().ct_eq(wanted.as_bytes()).into()
}
