//! The admin plane: signing admins in, portals, policies, users to look at, the log, settings, admins.

use portcullis_app::{AppContext, MessageSender};
mod activity;
mod admins;
mod concurrency;
mod console;
mod dry_run;
mod keys;
mod origin;
mod password;
mod policy;
mod portals;
mod session;
mod set_up;
mod settings;
mod users;

pub use set_up::{SetUpHash, SetUpHashError};

use axum::{
    Router,
    extract::FromRef,
    routing::{delete, get, post, put},
};
use portcullis_delivery::Deployment;
use portcullis_http::{
    admin::TakesNote,
    wire::admin::{ChannelName, FormatName, SeverityName, StateName},
};
use portcullis_keys::{Hasher, KeyPurpose, Purposes};
use std::sync::Arc;
use utoipa::OpenApi;

/// What the handlers work with.
#[derive(Clone)]
pub struct Administration {
    /// The context.
    pub context: AppContext,
    /// Who carries messages; asked whether they would.
    pub sender: MessageSender,
    /// The permissions to send that the stack was deployed with.
    pub deployment: Deployment,
    /// The KMS key that wraps the root key.
    pub root_key_id: Arc<str>,
    /// What the set-up secret must hash to.
    pub set_up_hash: SetUpHash,
    /// What computes the hashes of passwords.
    pub hasher: Hasher,
}

impl FromRef<Administration> for SetUpHash {
    fn from_ref(administration: &Administration) -> Self {
        administration.set_up_hash
    }
}

impl FromRef<Administration> for AppContext {
    fn from_ref(administration: &Administration) -> Self {
        administration.context.clone()
    }
}

impl FromRef<Administration> for TakesNote {
    fn from_ref(_: &Administration) -> Self {
        Self::Yes
    }
}

/// The purposes whose keys this function opens.
pub const PURPOSES: Purposes =
    Purposes::lookup_and(&[KeyPurpose::Seal, KeyPurpose::Codes, KeyPurpose::Settings]);

/// The routes of this function.
pub fn router(administration: Administration) -> Router {
    let routes = Router::new()
        .route("/v1/admin/set-up", post(set_up::set_up))
        .route(
            "/v1/admin/session",
            get(session::look).post(session::open).delete(session::sign_out),
        )
        .route("/v1/admin/session/enrolment", post(session::enrol))
        .route("/v1/admin/session/verify", post(session::verify))
        .route("/v1/admin/session/password", put(session::change_password))
        .route("/v1/admin/presets", get(portals::presets))
        .merge(portal_routes())
        .route("/v1/admin/settings", get(settings::look).put(settings::replace))
        .route("/v1/admin/settings/check", post(settings::check))
        .route("/v1/admin/settings/test", post(settings::test))
        .route("/v1/admin/admins", get(admins::list).post(admins::create))
        .route("/v1/admin/admins/{name}", put(admins::change))
        .route("/v1/admin/admins/{name}/reset", post(admins::reset))
        .route("/v1/admin/admins/{name}/remove", post(admins::remove))
        .merge(console::routes(administration.context.clone()));
    portcullis_http::finished(routes, administration)
}

fn portal_routes() -> Router<Administration> {
    Router::new()
        .route("/v1/admin/portals", get(portals::list).post(portals::create))
        .route("/v1/admin/portals/{portal}", get(portals::look).put(portals::replace_profile))
        .route("/v1/admin/portals/{portal}/delete", post(portals::delete))
        .route("/v1/admin/portals/{portal}/keys", post(keys::make))
        .route("/v1/admin/portals/{portal}/keys/{key}", delete(keys::revoke))
        .route("/v1/admin/portals/{portal}/policy", get(policy::look).put(policy::replace))
        .route("/v1/admin/portals/{portal}/mfa", post(policy::switch))
        .route("/v1/admin/portals/{portal}/users", get(users::list))
        .route("/v1/admin/portals/{portal}/user", get(users::look))
        .route("/v1/admin/portals/{portal}/activity", get(activity::read))
}

/// What this function adds to the OpenAPI document.
#[derive(OpenApi)]
#[openapi(
    paths(
        set_up::set_up,
        session::open,
        session::look,
        session::sign_out,
        session::enrol,
        session::verify,
        session::change_password,
        portals::presets,
        portals::list,
        portals::create,
        portals::look,
        portals::replace_profile,
        portals::delete,
        keys::make,
        keys::revoke,
        policy::look,
        policy::replace,
        policy::switch,
        users::list,
        users::look,
        activity::read,
        settings::look,
        settings::replace,
        settings::check,
        settings::test_message::test,
        admins::list,
        admins::create,
        admins::change,
        admins::reset,
        admins::remove
    ),
    components(schemas(ChannelName, FormatName, SeverityName, StateName))
)]
pub struct Document;
