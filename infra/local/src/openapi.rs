//! The OpenAPI document of all functions together.

mod unions;

use portcullis_http::{
    ProblemCode, ProblemDocument,
    answers::add_problems,
    wire::{
        KindName,
        admin::{FormatName, NumbersDays, StateFilterName},
    },
};
use utoipa::{
    OpenApi,
    openapi::{
        self, PathItem, RefOr, SecurityRequirement,
        path::{Operation, Parameter},
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
        server::{ServerBuilder, ServerVariableBuilder},
    },
};

/// The schemas that the calls refer to without naming them as their body.
#[derive(OpenApi)]
#[openapi(components(schemas(
    ProblemDocument,
    FormatName,
    KindName,
    NumbersDays,
    StateFilterName
)))]
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
        ("get", "/v1/health" | "/v1/openapi.json" | "/.well-known/jwks.json")
        | ("post", "/v1/admin/session") => None,
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
        ("delete", "/v1/user/default" | "/v1/user/trusted-browsers")
        | ("post", "/v1/user/reset") => "reset",
        _ => "contacts",
    }
}

/// Returns the problems of every call with such a caller, such a path and such a body.
fn problems(bearer: Option<&str>, path: &str, operation: &Operation) -> Vec<ProblemCode> {
    use ProblemCode as C;
    let mut codes = vec![C::BadRequest, C::Unavailable];
    match bearer {
        None => {}
        Some("portal_key") => {
            codes.extend([C::KeyRefused, C::Scope]);
            if path.starts_with("/v1/user") {
                codes.push(C::OverShare);
            }
        }
        Some("set_up_secret") => codes.push(C::SetUpSecretRefused),
        Some(_) => codes.extend([
            C::SessionRefused,
            C::SecondStepMissing,
            C::PasswordMustChange,
            C::NotPermitted,
        ]),
    }
    if bearer.is_some() || path.starts_with("/v1/admin") {
        codes.extend([C::NewerRelease, C::Conflict]);
    }
    if path.contains("{portal}") {
        codes.push(C::PortalUnknown);
    }
    if path.starts_with("/v1/sign-ins/{id}") {
        codes.push(C::SignInUnknown);
    }
    if let Some(body) = &operation.request_body {
        codes.push(C::TooLarge);
        let is_json = match body {
            RefOr::T(body) => body.content.contains_key("application/json"),
            RefOr::Ref(_) => true,
        };
        if is_json {
            codes.push(C::NotJson);
        }
    }
    let is_version = |parameter: &RefOr<Parameter>| match parameter {
        RefOr::T(parameter) => parameter.name == "If-Match",
        RefOr::Ref(_) => false,
    };
    if operation.parameters.iter().flatten().any(is_version) {
        codes.extend([C::IfMatchMissing, C::ChangedMeanwhile]);
    }
    codes
}

/// The hosts that answer, as examples: each deployment has its own.
fn servers() -> Vec<openapi::Server> {
    let host = ServerVariableBuilder::new().default_value("mfa.example.com").description(Some(
        "The host of the deployment, with the path of its mapping if it has one",
    ));
    let deployment = ServerBuilder::new().url("https://{host}").parameter("host", host);
    let local = ServerBuilder::new().url("http://127.0.0.1:8080").description(Some("cargo local"));
    vec![deployment.description(Some("A deployment")).build(), local.build()]
}

const DESCRIPTION: &str = "Multi-factor authentication for customer portals. Success exists only as 200, 201 or 202; every refusal is a 4xx and every failure a 5xx, both with a problem document (RFC 9457). Codes of problems, reasons, and kinds of events may be added within a version: treat one that you do not know as another refusal, reason or event.";

/// The document, as infra/openapi.json has it.
pub fn document() -> openapi::OpenApi {
    let info = openapi::InfoBuilder::new()
        .title("Portcullis")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(DESCRIPTION));
    let mut document =
        openapi::OpenApiBuilder::new().info(info.build()).servers(Some(servers())).build();
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
    let openapi::OpenApi { components, paths, .. } = &mut document;
    let components = components.get_or_insert_default();
    unions::name_variants(components);
    for (name, description) in BEARERS {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer);
        let scheme = scheme.description(Some(description)).build();
        components.add_security_scheme(name, SecurityScheme::Http(scheme));
    }
    for (path, item) in &mut paths.paths {
        for (method, operation) in operations(item) {
            let needs = bearer(method, path);
            let scopes = needs.filter(|name| *name == "portal_key").map(|_| scope(method, path));
            operation.security = needs.map(|name| vec![SecurityRequirement::new(name, scopes)]);
            let problems = problems(needs, path, operation);
            add_problems(&mut operation.responses, components, &problems);
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
