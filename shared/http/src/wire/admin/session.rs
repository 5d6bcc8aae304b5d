use portcullis_domain::admin::Role;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{RoleDocument, as_document};
use crate::wire::{LinkView, StatusName};

/// Creates the first operator, or another one with a newly deployed set-up secret.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUpRequest {
    /// The name to sign in with: 2 to 64 printable ASCII characters without spaces.
    #[schema(example = "operator")]
    pub name: String,
    /// The password for the first sign-in, within 7 days: 12 to 128 characters, not easy to guess.
    #[schema(example = "a sentence of a few words")]
    pub password: String,
}

/// The operator was created, and can sign in.
#[derive(Serialize, ToSchema)]
pub struct SetUpDone {
    /// The name.
    #[schema(example = "operator")]
    pub name: String,
    /// The next step.
    #[schema(
        example = "Sign in with POST /v1/admin/session within 7 days, set up an authenticator app, and choose another password."
    )]
    pub next: &'static str,
}

/// Opens a session, which then awaits the second step.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInWithPassword {
    /// The name.
    #[schema(example = "operator")]
    pub name: String,
    /// The password.
    #[schema(example = "a sentence of a few words")]
    pub password: String,
    /// The last `browser_token` that this admin was given here. Where an admin got in before, wrong
    /// passwords are counted apart, so that strangers never use them up.
    #[serde(default)]
    pub browser_token: Option<String>,
}

/// A session that awaits its second step.
#[derive(Serialize, ToSchema)]
pub struct SessionOpened {
    /// Its secret, shown only once; sent as `Authorization: Bearer`.
    #[schema(example = "pcs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    pub session: String,
    /// The second step: `challenge`, or `enrol` the first time and after a reset.
    pub status: StatusName,
    /// The sentence to show to the admin.
    #[schema(example = "Enter the 6-digit code displayed in your authenticator app")]
    pub message: String,
    /// The other ways to continue.
    pub links: Vec<LinkView>,
    /// Unix time until which the second step can be done.
    pub expires_at: i64,
}

/// A session whose second step is done.
#[derive(Serialize, ToSchema)]
pub struct SessionActive {
    /// Its new secret, shown only once; the previous one no longer works.
    #[schema(example = "pcs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    pub session: String,
    /// A token for the next sign-in from here. Keep it where nobody else can read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser_token: Option<String>,
    /// The admin who is signed in.
    #[serde(flatten)]
    pub view: SessionView,
}

/// The stage of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SessionStatusName {
    SecondStep,
    PasswordMustChange,
    Active,
}

/// The admin who is signed in.
#[derive(Serialize, ToSchema)]
pub struct SessionView {
    /// The name.
    #[schema(example = "operator")]
    pub name: String,
    /// The stage of the session.
    pub status: SessionStatusName,
    /// The role, which says what the admin may do and where.
    #[serde(serialize_with = "as_document::<RoleDocument, _, _>")]
    #[schema(value_type = RoleDocument)]
    pub role: Role,
    /// Unix time at which the session ends if it is not used again.
    pub expires_at: i64,
}

/// Does the second step again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProofRequest {
    /// The code that the app displays. One that was used before is refused.
    #[schema(example = "123456")]
    pub code: String,
    /// The last `browser_token` that this admin was given here.
    #[serde(default)]
    pub browser_token: Option<String>,
}

/// The second step was done again.
#[derive(Serialize, ToSchema)]
pub struct Proved {
    /// Unix time until which acts that ask for it go on.
    pub fresh_until: i64,
}

/// The session has ended.
#[derive(Serialize, ToSchema)]
pub struct SignedOut {
    /// Always `true`.
    pub signed_out: bool,
}

/// Changes your password. Every session ends; only the one in which a first password is changed
/// goes on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The current password.
    #[schema(example = "a sentence of a few words")]
    pub current: String,
    /// The new password: 12 to 128 characters, not easy to guess.
    #[schema(example = "another sentence of a few words")]
    pub new: String,
}

/// The password is changed.
#[derive(Serialize, ToSchema)]
pub struct PasswordChanged {
    /// True if every session has ended, this one too; false if it goes on because it replaced a
    /// first password.
    pub sign_in_again: bool,
}
