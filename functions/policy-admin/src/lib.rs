//! Portals, their policies, and the system's settings.

mod portals;
mod set_up;
mod settings;

pub use set_up::{SetUpHash, SetUpHashError};

use axum::{
    Router,
    extract::FromRef,
    middleware,
    routing::{get, post, put},
};
use portcullis_api::Desk;
use std::sync::Arc;
use utoipa::OpenApi;

/// What the handlers work with.
#[derive(Clone)]
pub struct Admin {
    /// The desk.
    pub desk: Desk,
    /// The KMS key that wraps the root key.
    pub root_key_id: Arc<str>,
    /// What the set-up secret must hash to.
    pub set_up_hash: SetUpHash,
}

impl FromRef<Admin> for SetUpHash {
    fn from_ref(admin: &Admin) -> Self {
        admin.set_up_hash
    }
}

/// The routes of this function.
pub fn router(admin: Admin) -> Router {
    Router::new()
        .route("/v1/admin/presets", get(portals::presets))
        .route("/v1/admin/portals", post(portals::create))
        .route(
            "/v1/admin/portals/{portal}/policy",
            get(portals::policy).put(portals::replace_policy),
        )
        .route("/v1/admin/settings", put(settings::replace))
        .fallback(portcullis_api::unknown_route)
        .layer(middleware::from_fn(portcullis_api::finish))
        .with_state(admin)
}

/// What this function adds to the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(
    portals::presets,
    portals::create,
    portals::policy,
    portals::replace_policy,
    settings::replace
))]
pub struct Document;
