//! The trusted browsers that a query names, beside their user.

use axum::extract::FromRequestParts;
use http::request::Parts;
use portcullis_domain::{BrowserId, user::Untrusted};
use utoipa::{
    IntoParams,
    openapi::{
        ObjectBuilder, Required, Type,
        path::{Parameter, ParameterBuilder, ParameterIn},
    },
};

use crate::{Problem, QueryUser, UserName, words};

/// The user named by the parameter `id`, and one of the user's browsers named by `browser`; without
/// that, all of them.
#[derive(Debug)]
pub struct QueryBrowsers {
    pub user: UserName,
    pub untrusted: Untrusted,
}

impl<S: Send + Sync> FromRequestParts<S> for QueryBrowsers {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let (mut user, mut browser) = (None, None);
        for field in query.split('&').filter(|field| !field.is_empty()) {
            let (name, value) = field.split_once('=').unwrap_or((field, ""));
            let known = match name {
                "id" => user.replace(value),
                "browser" => browser.replace(value),
                _ => Some(name),
            };
            if known.is_some() {
                return Err(Problem::bad_request(words::QUERY_BROWSERS));
            }
        }
        let user = user.ok_or_else(|| Problem::bad_request(words::QUERY_ID_MISSING))?;
        // A malformed id is refused: it must not mean all of them.
        let browser = browser.map(BrowserId::parse).transpose()?;
        let untrusted = browser.map_or(Untrusted::All, Untrusted::One);
        Ok(Self { user: UserName::in_query(user)?, untrusted })
    }
}

impl IntoParams for QueryBrowsers {
    fn into_params(parameter_in: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let text = ObjectBuilder::new().schema_type(Type::String);
        let browser = ParameterBuilder::new()
            .name("browser")
            .parameter_in(ParameterIn::Query)
            .required(Required::False)
            .description(Some("The id of one browser; left out, trust in all of them is ended"))
            .schema(Some(text))
            .build();
        let mut params = QueryUser::into_params(parameter_in);
        params.push(browser);
        params
    }
}
