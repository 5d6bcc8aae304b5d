//! The set-up secret: with it whoever deploys makes the first operator, and another one with another secret.

use axum::{
    Json,
    extract::{FromRef, FromRequestParts, State},
};
use http::{StatusCode, request::Parts};
use portcullis_app::AppContext;
use portcullis_domain::{
    Acted, Policy, Portal, PortalId, Refusal, WriteId,
    admin::{Admin, AdminId, Role, Roster},
    change,
    policy::{Preset, SwitchedBy},
    portal::{KeyHash, PortalSalt, Profile},
    user::{By, EntryKind},
};
use portcullis_http::{
    AnyProblem, Problem, ProblemCode, Strict, bearer,
    wire::admin::{SetUpDone, SetUpRequest},
};
use portcullis_keys::{KeyError, Password, WrappedKeyring, secret_hash};
use portcullis_store::Trail;
use subtle::ConstantTimeEq;

use crate::{AppState, admins, concurrency::entry};

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

    /// The hash of this secret.
    pub fn of(secret: &str) -> Self {
        Self(*secret_hash(secret).as_bytes())
    }
}

/// Proof that the request came with the set-up secret of the deployment.
#[derive(Debug)]
pub(crate) struct SetupSecret(KeyHash);

fn refused() -> Problem {
    let detail = "Send the set-up secret of the deployment as \"Authorization: Bearer ...\". Each secret makes one operator; deploy with another one to make another.";
    Problem::new(ProblemCode::SetUpSecretRefused, detail)
}

impl<S> FromRequestParts<S> for SetupSecret
where
    SetUpHash: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let hash = secret_hash(bearer(parts).ok_or_else(refused)?);
        let right: bool = hash.as_bytes().ct_eq(&SetUpHash::from_ref(state).0).into();
        if right { Ok(Self(hash)) } else { Err(refused()) }
    }
}

/// Make the first operator. Each deployed set-up secret does it once: whoever deploys with another one can make another.
#[utoipa::path(
    post, path = "/v1/admin/set-up", tag = "admin session", request_body = SetUpRequest,
    responses((status = 201, description = "The operator is there", body = SetUpDone), AnyProblem),
)]
pub(crate) async fn set_up(
    State(state): State<AppState>,
    SetupSecret(secret): SetupSecret,
    Strict(request): Strict<SetUpRequest>,
) -> Result<(StatusCode, Json<SetUpDone>), Problem> {
    let context = &state.context;
    let id = AdminId::parse(&request.name)?;
    let password = Password::choose(&request.password)?;
    let failed = |error| Problem::failed(&error);
    let stored = context.store().roster().await.map_err(failed)?;
    let (mut roster, last) =
        stored.map_or((Roster::default(), None), |stored| (stored.value, Some(stored.write)));
    if !roster.is_armed(&secret) {
        return Err(refused());
    }
    found_keyring(&state).await?;
    found_console(context).await?;
    let locator = context.keyring().await?.locator(&PortalId::console(), id.as_user());
    if context.store().admin(locator).await.map_err(failed)?.is_some() {
        return Err(admins::name_taken());
    }
    roster.used = Some(secret);
    let told = |refusal: Refusal| Problem::refused(&refusal, context.now());
    roster.note(locator, &Role::Operator).map_err(told)?;
    let hash = state.hasher.hash(&password, context.random()?)?;
    let admin = Admin::new(id, Role::Operator, hash, false, context.now());
    let trail = Trail::of(&PortalId::console(), admins::made(context, &admin, By::SetUp));
    let write = WriteId::new(context.random()?);
    let put = context
        .store()
        .put_admin_and_roster(locator, (&admin, None), (&roster, last.as_deref()), write, &trail)
        .await
        .map_err(failed)?;
    if !put {
        return Err(refused());
    }
    let next = "Sign in with POST /v1/admin/session, and set up an authenticator app.";
    Ok((StatusCode::CREATED, Json(SetUpDone { name: admin.id.to_string(), next })))
}

/// Makes the keyring where there is none yet; a faster process's counts.
async fn found_keyring(state: &AppState) -> Result<(), Problem> {
    let context = &state.context;
    let failed = |error| Problem::failed(&error);
    if context.store().keyring::<WrappedKeyring>().await.map_err(failed)?.is_some() {
        return Ok(());
    }
    let made: Result<WrappedKeyring, KeyError> =
        WrappedKeyring::make(context.kms(), &state.root_key_id, context.random()?, context.now())
            .await;
    context.store().found_keyring(&made?, WriteId::new(context.random()?)).await.map_err(failed)
}

/// Makes the portal whose users are the admins, where there is none yet: an authenticator app, always, switched by nobody.
async fn found_console(context: &AppContext) -> Result<(), Problem> {
    let portal = Portal {
        id: PortalId::console(),
        profile: Profile::plain("Portcullis console"),
        policy: Policy { switched_by: SwitchedBy::Nobody, ..Preset::AuthenticatorApp.policy() },
        generation: 1,
        salt: PortalSalt::new(context.random()?),
        keys: vec![],
        acted: Acted::default(),
    };
    let made = entry(context, EntryKind::PortalCreated, By::SetUp);
    let trail = Trail::of(&portal.id, made.changing(change::of_portal(None, &portal)));
    let write = WriteId::new(context.random()?);
    let created = context.store().create_portal(&portal, write, &trail).await;
    created?;
    Ok(())
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
