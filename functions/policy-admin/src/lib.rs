//! The admin plane: signing admins in, portals, policies, users to look at, the log, settings,
//! admins.

use portcullis_app::{AppContext, MessageSender};
mod activity;
mod address;
mod admins;
mod bulk_reset;
mod console;
mod dry_run;
mod enrolment_pages;
mod export;
mod find;
mod helped;
mod if_match;
mod keys;
mod log_days;
mod log_partitions;
mod logo;
mod numbers;
mod origin;
mod password;
mod policy;
mod portals;
mod proof;
mod sending;
mod session;
mod sessions;
mod set_up;
mod settings;
mod share;
mod strength;
mod users;

pub use set_up::{SetUpHash, SetUpHashError};
pub use settings::RecentReadiness;

use activity::everywhere;
use axum::{Router, extract::FromRef};
use portcullis_delivery::Deployment;
use portcullis_http::admin::SessionTouch;
use portcullis_keys::{Hasher, KeyPurpose, Purposes};
use settings::{prices, test_message};
use std::sync::Arc;

#[derive(Clone)]
pub struct AppState {
    pub context: AppContext,
    pub sender: MessageSender,
    /// The permissions to send that the stack was deployed with.
    pub deployment: Deployment,
    /// The last answers of the providers.
    pub readiness: RecentReadiness,
    /// The KMS key that wraps the root key.
    pub root_key_id: Arc<str>,
    pub set_up_hash: SetUpHash,
    pub hasher: Hasher,
}

impl FromRef<AppState> for SetUpHash {
    fn from_ref(state: &AppState) -> Self {
        state.set_up_hash
    }
}

impl FromRef<AppState> for AppContext {
    fn from_ref(state: &AppState) -> Self {
        state.context.clone()
    }
}

impl FromRef<AppState> for SessionTouch {
    fn from_ref(_: &AppState) -> Self {
        Self::Yes
    }
}

/// The purposes whose keys this function opens.
pub const PURPOSES: Purposes =
    Purposes::lookup_and(&[KeyPurpose::Seal, KeyPurpose::Codes, KeyPurpose::Settings]);

/// The routes of this function.
pub fn router(state: AppState) -> Router {
    let routes = api_routes().merge(console::routes(state.context.clone()));
    portcullis_http::finished("policy-admin", routes, state)
}

portcullis_http::api!(
    AppState,
    set_up::{set_up},
    session::{look, open, sign_out, enrol, verify, change_password},
    sessions::{list, end, end_others},
    address::{look, enter, verify},
    proof::{prove},
    portals::{presets, list, create, look, replace_profile, try_profile, delete},
    logo::{replace, remove},
    keys::{make, revoke},
    policy::{look, replace, switch, end_trust},
    share::{set},
    log_days::{set},
    sending::{set},
    users::{list, look},
    bulk_reset::{look, count, ask, approve, withdraw},
    find::{everywhere},
    activity::{read},
    everywhere::{read},
    numbers::{read},
    log_partitions::{look, raise},
    settings::{look, replace, try_passkey_domain, check, readiness},
    prices::{read, set},
    test_message::{test},
    admins::{list, create, change, reset, remove},
    helped::{unlock, end_sessions, bypass_code},
);
