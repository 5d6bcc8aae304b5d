//! The OpenAPI document of all functions together.

use portcullis_http::{
    ProblemDocument,
    wire::admin::{ChannelName, FormatName, SeverityName, StateName},
};
use utoipa::{
    OpenApi,
    openapi::{
        self, PathItem, SecurityRequirement,
        path::Operation,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

/// The schemas that the calls refer to without naming them as their body.
#[derive(OpenApi)]
#[openapi(components(schemas(ProblemDocument, ChannelName, FormatName, SeverityName, StateName)))]
struct Shared;

/// The kinds of bearer, each with its name in the document.
const BEARERS: [(&str, &str); 3] = [
    (
        "portal_key",
        "The API key of a portal's back end: pcl_... The role named by a call is the scope that the key must have.",
    ),
    ("admin_session", "The session of an admin: pcs_..."),
    ("set_up_secret", "The set-up secret of the deployment"),
];

/// Returns the bearer that a call needs, or `None` if it is open to all.
fn bearer(method: &str, path: &str) -> Option<&'static str> {
    match (method, path) {
        ("get", "/v1/health" | "/.well-known/jwks.json") | ("post", "/v1/admin/session") => None,
        ("post", "/v1/admin/set-up") => Some("set_up_secret"),
        (_, path) if path.starts_with("/v1/admin/") => Some("admin_session"),
        _ => Some("portal_key"),
    }
}

/// A test compares these scopes with the answers of the calls.
fn scope(method: &str, path: &str) -> &'static str {
    match (method, path) {
        (_, path) if path.starts_with("/v1/sign-ins") => "sign_in",
        ("delete", "/v1/user") => "erase",
        ("delete", "/v1/user/default") | ("post", "/v1/user/reset") => "reset",
        _ => "contacts",
    }
}

/// The document, as infra/openapi.json has it.
pub fn document() -> openapi::OpenApi {
    let info = openapi::InfoBuilder::new()
        .title("Portcullis")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("Multi-factor authentication for customer portals. Success exists only as 200, 201 or 202; every refusal is a 4xx with a problem document (RFC 9457)."));
    let mut document = openapi::OpenApiBuilder::new().info(info.build()).build();
    for part in [
        Shared::openapi(),
        portcullis_challenge_dispatch::ApiDoc::openapi(),
        portcullis_enrolment::ApiDoc::openapi(),
        portcullis_verify::ApiDoc::openapi(),
        portcullis_reset::ApiDoc::openapi(),
        portcullis_policy_admin::ApiDoc::openapi(),
    ] {
        document.merge(part);
    }
    let components = document.components.get_or_insert_default();
    for (name, description) in BEARERS {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer);
        let scheme = scheme.description(Some(description)).build();
        components.add_security_scheme(name, SecurityScheme::Http(scheme));
    }
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations(item) {
            operation.operation_id = Some(name(method, path));
            let needs = bearer(method, path);
            let scopes = needs.filter(|name| *name == "portal_key").map(|_| scope(method, path));
            operation.security = needs.map(|name| vec![SecurityRequirement::new(name, scopes)]);
        }
    }
    document
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let PathItem { get, put, post, delete, .. } = item;
    [("get", get), ("put", put), ("post", post), ("delete", delete)]
        .into_iter()
        .filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

/// A name of an operation that no other has: its method, and its path without what varies.
fn name(method: &str, path: &str) -> String {
    let words = path.split(['/', '-', '.']).filter(|word| !["", "v1"].contains(word));
    let words: Vec<String> = words.map(|word| word.trim_matches(['{', '}']).to_owned()).collect();
    format!("{method}_{}", words.join("_"))
}
