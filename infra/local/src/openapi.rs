//! The OpenAPI document of all functions together.

use portcullis_api::ProblemDocument;
use utoipa::{OpenApi, openapi};

/// What the answers of every part refer to.
#[derive(OpenApi)]
#[openapi(components(schemas(ProblemDocument)))]
struct Shared;

/// The document, as infra/openapi.json has it.
pub fn document() -> openapi::OpenApi {
    let info = openapi::InfoBuilder::new()
        .title("Portcullis")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("Multi-factor authentication for customer portals. Success exists only as 200, 201 or 202; every refusal is a 4xx with a problem document (RFC 9457)."));
    let mut document = openapi::OpenApiBuilder::new().info(info.build()).build();
    for part in [
        Shared::openapi(),
        portcullis_challenge_dispatch::Document::openapi(),
        portcullis_enrolment::Document::openapi(),
        portcullis_verify::Document::openapi(),
        portcullis_reset::Document::openapi(),
        portcullis_policy_admin::Document::openapi(),
    ] {
        document.merge(part);
    }
    document
}
