//! The set-up secret: with it whoever deploys makes the first operator, and another one with
//! another secret.

use axum::{
    Json,
    extract::{FromRef, FromRequestParts, State},
};
use http::{StatusCode, request::Parts};
use portcullis_app::AppContext;
use portcullis_domain::{
    Acted, Policy, Portal, PortalId, Refusal, UnknownMembers, WriteId,
    admin::{Admin, AdminId, Role, Roster},
    portal::{KeyHash, LogDays, PortalSalt, Profile, Sending},
    user::{By, EntryKind},
};
use portcullis_http::{
    Problem, Strict,
    answers::SetUpProblems,
    bearer,
    wire::admin::{SetUpDone, SetUpRequest},
};
use portcullis_keys::{KeyError, WrappedKeyring, secret_hash};
use portcullis_store::{AuditEntries, Replacement, RosterSnapshot, Versioned};
use subtle::ConstantTimeEq;

use crate::{AppState, admins, strength};

/// SHA-256 of the set-up secret; the secret itself is nowhere in the deployment.
#[derive(Clone, Copy)]
pub struct SetUpHash([u8; 32]);

/// The setting is not a SHA-256 in hexadecimal.
#[derive(Clone, Copy, Debug)]
pub struct SetUpHashError;

impl std::fmt::Display for SetUpHashError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(
            "SET_UP_SECRET_SHA256 must be 64 hexadecimal digits: printf %s SECRET | sha256sum",
        )
    }
}

impl std::error::Error for SetUpHashError {}

impl SetUpHash {
    /// Reads 64 hexadecimal digits.
    ///
    /// # Errors
    /// [`SetUpHashError`] for anything else.
    pub fn parse(digits: &str) -> Result<Self, SetUpHashError> {
        let mut hash = [0; 32];
        hex::decode_to_slice(digits, &mut hash).map_err(|_| SetUpHashError)?;
        Ok(Self(hash))
    }

    pub fn of(secret: &str) -> Self {
        Self(*secret_hash(secret).as_bytes())
    }
}

/// Proof that the request came with the set-up secret of the deployment.
#[derive(Debug)]
pub(crate) struct SetupSecret(KeyHash);

impl<S> FromRequestParts<S> for SetupSecret
where
    SetUpHash: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let hash = secret_hash(bearer(parts).ok_or(Refusal::SetUpSecretRefused)?);
        let right: bool = hash.as_bytes().ct_eq(&SetUpHash::from_ref(state).0).into();
        if right { Ok(Self(hash)) } else { Err(Refusal::SetUpSecretRefused.into()) }
    }
}

/// Create the first operator.
///
/// Each deployed set-up secret does it once. Deploy another secret to create another operator.
#[utoipa::path(
    post, path = "/v1/admin/set-up",
    operation_id = "createFirstOperator", tag = "admin session", request_body = SetUpRequest,
    responses((status = 201, description = "The operator is there", body = SetUpDone), SetUpProblems),
)]
pub(crate) async fn set_up(
    State(state): State<AppState>,
    SetupSecret(secret): SetupSecret,
    Strict(request): Strict<SetUpRequest>,
) -> Result<(StatusCode, Json<SetUpDone>), Problem> {
    let context = &state.context;
    let id = AdminId::parse(&request.name)?;
    let password = strength::choose(&request.password, &id, &[])?;
    let roster = context.store().roster().await?;
    armed(roster.as_ref(), &secret)?;
    found_keyring(&state).await?;
    found_console(context).await?;
    let locator = context.keyring().await?.locator(&PortalId::console(), id.as_user());
    let held = RosterSnapshot { admin: context.store().admin(locator).await?, roster };
    let hash = state.hasher.hash(&password, context.random()?)?;
    let change = |stored: &RosterSnapshot| {
        let mut roster = armed(stored.roster.as_ref(), &secret)?;
        if stored.admin.is_some() {
            return Err(Refusal::AdminNameTaken.into());
        }
        roster.disarm(secret)?;
        roster.note(locator, &Role::Operator)?;
        let admin = Admin::new(id.clone(), Role::Operator, hash.clone(), context.now());
        let entry = admins::made(context, &admin, &By::SetUp);
        Ok((admin, roster, entry))
    };
    let admin = context.change_roster(locator, Some(held), change).await?;
    let next = "Sign in with POST /v1/admin/session within 7 days, set up an authenticator app, and choose another password.";
    Ok((StatusCode::CREATED, Json(SetUpDone { name: admin.id.to_string(), next })))
}

/// Returns the operators, if the secret has made none of them yet.
fn armed(stored: Option<&Versioned<Roster>>, secret: &KeyHash) -> Result<Roster, Refusal> {
    let roster = stored.map(|stored| stored.value.clone()).unwrap_or_default();
    if roster.is_armed(secret) { Ok(roster) } else { Err(Refusal::SetUpSecretRefused) }
}

/// Makes the keyring where there is none yet; a faster process's counts.
async fn found_keyring(state: &AppState) -> Result<(), Problem> {
    let context = &state.context;
    if context.store().keyring::<WrappedKeyring>().await?.is_some() {
        return Ok(());
    }
    let made: Result<WrappedKeyring, KeyError> =
        WrappedKeyring::make(context.kms(), &state.root_key_id, context.random()?, context.now())
            .await;
    let entry = EntryKind::KeyringMade.at(context.now()).done_by(By::SetUp);
    let entries = Some(AuditEntries::of(&PortalId::console(), entry));
    let first = Replacement { value: made?, entries };
    Ok(context.store().found_keyring(&first, WriteId::new(context.random()?)).await?)
}

/// Makes the portal whose users are the admins, where there is none yet.
async fn found_console(context: &AppContext) -> Result<(), Problem> {
    let portal = Portal {
        id: PortalId::console(),
        profile: Profile::plain("Portcullis console"),
        policy: Policy::of_console(),
        generation: 1,
        salt: PortalSalt::new(context.random()?),
        trust_not_before: None,
        share: None,
        log_days: LogDays::MOST,
        sending: Sending::default(),
        keys: vec![],
        acted: Acted::default(),
        unknown: UnknownMembers::default(),
    };
    Ok(context.found_portal(portal, &By::SetUp).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s23_only_a_whole_hash_is_taken() {
        assert!(SetUpHash::parse(&"a0".repeat(32)).is_ok());
        for wrong in ["", "a0", &"a".repeat(63), &"g0".repeat(32), &"a0".repeat(33)] {
            assert!(SetUpHash::parse(wrong).is_err());
        }
    }
}
