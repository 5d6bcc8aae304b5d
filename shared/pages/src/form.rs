//! Posted forms, read strictly: bounded, no unknown and no repeated fields.

use axum::body::{Body, to_bytes};
use portcullis_api::Problem;
use serde::de::DeserializeOwned;

/// The largest form, in bytes.
const MAX_FORM: usize = 16 * 1024;

/// The field that says which page made the form.
pub(crate) const FORM: &str = "form";

/// A form: what says which page made it, and its fields.
///
/// # Errors
/// 400 for anything that is not exactly such a form.
pub(crate) async fn read<T: DeserializeOwned>(body: Body) -> Result<(Option<String>, T), Problem> {
    let wrong = || Problem::bad_request("This form is not what this page makes. Open it again.");
    let body = to_bytes(body, MAX_FORM).await.map_err(|_| wrong())?;
    let mut pairs: Vec<(String, String)> =
        serde_urlencoded::from_bytes(&body).map_err(|_| wrong())?;
    let form = pairs.iter().position(|(name, _)| name == FORM).map(|at| pairs.swap_remove(at).1);
    let fields = serde_urlencoded::to_string(pairs).map_err(|_| wrong())?;
    Ok((form, serde_urlencoded::from_str(&fields).map_err(|_| wrong())?))
}
