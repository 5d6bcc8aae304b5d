//! Request bodies and queries, read strictly: of limited size, without unknown or duplicate fields.

use axum::{
    body::to_bytes,
    extract::{FromRef, FromRequest, FromRequestParts, Path, Query, Request},
};
use http::{header, request::Parts};
use portcullis_app::AppContext;
use portcullis_domain::SignInId;
use serde::de::DeserializeOwned;
use utoipa::{
    IntoParams,
    openapi::{
        ObjectBuilder, Required, Type,
        path::{Parameter, ParameterBuilder, ParameterIn},
    },
};

use crate::{Problem, ProblemCode, user_name::names_a_user, words};

const MAX_BYTES: usize = 16 * 1024;

/// A JSON body. Wire types refuse unknown fields, and serde refuses duplicate ones.
#[derive(Debug)]
pub struct Strict<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Strict<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        if request.uri().query().is_some_and(names_a_user) {
            return Err(Problem::bad_request(words::ID_IN_QUERY_AND_BODY));
        }
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or("application/json");
        if !kind.to_ascii_lowercase().starts_with("application/json") {
            return Err(Problem::new(ProblemCode::NotJson, "Send the body as application/json."));
        }
        let too_large = |_| Problem::new(ProblemCode::TooLarge, words::TOO_LARGE);
        let body = to_bytes(request.into_body(), MAX_BYTES).await.map_err(too_large)?;
        let text = std::str::from_utf8(&body)
            .map_err(|_| Problem::bad_request("The body must be UTF-8."))?;
        // Some clients send a byte order mark, which RFC 8259, section 8.1, allows to ignore.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        serde_json::from_str(text).map(Self).map_err(|error| Problem::bad_request(reason(&error)))
    }
}

/// Says what is wrong with a body, without repeating its values.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!("line {}, column {}", error.line(), error.column());
    // For an unknown variant, the message lists the known ones.
    let expected =
        text.strip_prefix("unknown variant").and_then(|rest| rest.split_once(", expected "));
    if let Some((words, _)) = expected.and_then(|(_, rest)| rest.rsplit_once(" at line ")) {
        return format!("A value in the body must be {words} ({place}).");
    }
    let known = ["unknown field", "duplicate field", "missing field"];
    match known.iter().find(|start| text.starts_with(*start)) {
        // The field name is safe to repeat; the list of all other fields is cut off.
        Some(start) => {
            let name: String = text
                .split('`')
                .nth(1)
                .unwrap_or("")
                .chars()
                .filter(|c| c.is_ascii_graphic())
                .take(40)
                .collect();
            format!("The body has an {start} `{name}` ({place}).")
                .replace("an duplicate", "a duplicate")
                .replace("an missing", "a missing")
        }
        None if error.is_data() => match own_reason(&text) {
            Some(reason) => format!("{reason} ({place})."),
            None => format!("A value in the body has the wrong type or form ({place})."),
        },
        None => format!("The body is not valid JSON ({place})."),
    }
}

/// Returns the sentence of one of our own types. Serde's own messages repeat the value, so they are
/// not shown.
fn own_reason(text: &str) -> Option<&str> {
    let (reason, _) = text.rsplit_once(" at line ")?;
    let words = ["invalid ", "unknown ", "missing ", "duplicate ", "data did not match "];
    (!words.iter().any(|start| reason.starts_with(start))).then_some(reason)
}

/// A query. Serde's messages repeat the values, so they are not in the answer.
#[derive(Debug)]
pub struct StrictQuery<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for StrictQuery<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = Query::<T>::from_request_parts(parts, state).await;
        query.map(|Query(query)| Self(query)).map_err(|_| Problem::bad_request(words::WRONG_QUERY))
    }
}

/// A query in which `find` may be a phone number or an address: a plus in it is not guessed about.
#[derive(Debug)]
pub struct StrictFindQuery<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for StrictFindQuery<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let mut fields = parts.uri.query().unwrap_or_default().split('&');
        if fields.any(|field| field.starts_with("find=") && field.contains('+')) {
            return Err(Problem::bad_request(words::QUERY_FIND_PLUS));
        }
        let query = StrictQuery::from_request_parts(parts, state).await;
        query.map(|StrictQuery(query)| Self(query))
    }
}

/// The id of a sign-in in the path. A made-up id is refused before the table is read.
#[derive(Debug)]
pub struct SignInPath(pub SignInId);

impl IntoParams for SignInPath {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let text = ObjectBuilder::new().schema_type(Type::String);
        let id = ParameterBuilder::new()
            .name("id")
            .parameter_in(ParameterIn::Path)
            .required(Required::True);
        vec![id.description(Some("The id of the sign-in")).schema(Some(text)).build()]
    }
}

impl<S> FromRequestParts<S> for SignInPath
where
    AppContext: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let text = Path::<String>::from_request_parts(parts, state).await;
        let text = text.map_or_else(|_| String::new(), |Path(text)| text);
        Ok(Self(AppContext::from_ref(state).sign_in_id(&text).await?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::admin::NewProfile;

    #[test]
    fn a_body_is_refused_with_the_reason_and_never_with_the_value() {
        for (body, wanted) in [
            (r##"{"description":"A","color":"#hush"}"##, "color must be"),
            (r#"{"description":"A","default_country":"hush"}"#, "country must be"),
            (r#"{"description":"A","hush":1}"#, "The body has an unknown field `hush`"),
            (r#"{"description":["hush"]}"#, "A value in the body has the wrong type"),
            (r#"{"description":"A","audience":"hush"}"#, "A value in the body must be "),
        ] {
            let error = serde_json::from_str::<NewProfile>(body).unwrap_err();
            let sentence = reason(&error);
            assert!(sentence.starts_with(wanted), "{sentence}");
            assert!(!sentence.contains("hush") || wanted.contains("hush"), "{sentence}");
        }
    }
}
