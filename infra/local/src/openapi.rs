//! The OpenAPI document of all functions together.

use utoipa::{
    OpenApi as _,
    openapi::{InfoBuilder, OpenApi, OpenApiBuilder},
};

/// The document, as infra/openapi.json has it.
pub fn document() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Portcullis")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("Multi-factor authentication for customer portals. Success exists only as 200, 201 or 202; every refusal is a 4xx with a problem document (RFC 9457)."));
    let mut document = OpenApiBuilder::new().info(info.build()).build();
    for part in [
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
