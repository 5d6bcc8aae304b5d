//! Creating portals, and reading and replacing their policies.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use portcullis_api::{AnyProblem, Desk, Problem, Strict};
use portcullis_domain::{
    Malformed, Policy, Portal, PortalId, WriteId,
    policy::Preset,
    portal::{PortalSalt, Profile},
};
use portcullis_keys::{ApiKeySecret, KeyError, Keyring};
use portcullis_store::{CreatePortal, SystemDocument};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Admin, set_up::WhoeverDeploys};

/// Creates a portal.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPortal {
    /// 3 to 32 of a-z, 0-9 and -; never used again once the portal is deleted.
    #[schema(example = "acme")]
    id: String,
    /// How it presents itself.
    #[schema(value_type = Object)]
    profile: Profile,
    /// The policy to start from; `managed` where the profile has an `enrolment_url`, else `authenticator_app`.
    #[serde(default)]
    preset: Option<String>,
    /// The policy, where no preset fits.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    policy: Option<Policy>,
}

impl NewPortal {
    fn policy(&self) -> Result<Policy, Malformed> {
        match (&self.preset, &self.policy) {
            (Some(_), Some(_)) => {
                Err(Malformed { what: "preset", why: "must be left out where a policy is given" })
            }
            (Some(name), None) => Ok(Preset::parse(name)?.policy()),
            (None, Some(policy)) => Ok(policy.clone()),
            (None, None) if self.profile.enrolment_url.is_some() => Ok(Preset::Managed.policy()),
            (None, None) => Ok(Preset::AuthenticatorApp.policy()),
        }
    }
}

/// A portal that was created.
#[derive(Serialize, ToSchema)]
pub(crate) struct PortalCreated {
    /// Its id.
    id: String,
    /// The API key of its back end, shown this once.
    api_key: String,
    /// Its policy, whole.
    #[schema(value_type = Object)]
    policy: Policy,
}

/// A policy to start from.
#[derive(Serialize, ToSchema)]
pub(crate) struct PresetView {
    /// Its name.
    name: &'static str,
    /// The policy it stands for.
    #[schema(value_type = Object)]
    policy: Policy,
}

/// The policies to start from.
#[utoipa::path(
    get, path = "/v1/admin/presets", tag = "admin",
    responses((status = 200, description = "The presets", body = [PresetView]), AnyProblem),
)]
pub(crate) async fn presets(_: WhoeverDeploys) -> Json<Vec<PresetView>> {
    Json(
        Preset::ALL
            .map(|preset| PresetView { name: preset.as_str(), policy: preset.policy() })
            .into(),
    )
}

/// Create a portal. The first one makes the keyring.
#[utoipa::path(
    post, path = "/v1/admin/portals", tag = "admin", request_body = NewPortal,
    responses((status = 201, description = "The portal, and its API key, shown this once", body = PortalCreated), AnyProblem),
)]
pub(crate) async fn create(
    State(admin): State<Admin>,
    _: WhoeverDeploys,
    Strict(request): Strict<NewPortal>,
) -> Result<(StatusCode, Json<PortalCreated>), Problem> {
    let desk = &admin.desk;
    let id = PortalId::parse(&request.id)?;
    request.profile.check()?;
    let policy = request.policy()?;
    policy
        .check(&request.profile)
        .map_err(|refusal| Problem::refused(&refusal.into(), desk.now()))?;
    found_keyring(&admin).await?;
    let (key, stored) = ApiKeySecret::issue(&id, &desk.random()?, desk.now(), None);
    let portal = Portal {
        id,
        profile: request.profile,
        policy,
        generation: 1,
        salt: PortalSalt::new(desk.random()?),
        keys: vec![stored],
    };
    let write = WriteId::new(desk.random()?);
    match desk
        .store()
        .create_portal(&portal, write)
        .await
        .map_err(|error| Problem::failed(&error))?
    {
        CreatePortal::Created => {
            let api_key = key.expose().to_owned();
            Ok((
                StatusCode::CREATED,
                Json(PortalCreated { id: portal.id.to_string(), api_key, policy: portal.policy }),
            ))
        }
        CreatePortal::Taken => Err(Problem::new(
            StatusCode::CONFLICT,
            "portal_id_taken",
            "There is a portal of this id, or there was one. Choose another id.",
        )),
    }
}

/// A portal's policy.
#[utoipa::path(
    get, path = "/v1/admin/portals/{portal}/policy", tag = "admin", params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "The policy, with its ETag", body = Object), AnyProblem),
)]
pub(crate) async fn policy(
    State(admin): State<Admin>,
    _: WhoeverDeploys,
    Path(portal): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let stored = known(&admin.desk, &portal).await?;
    Ok(([(header::ETAG, format!("\"{}\"", stored.write))], Json(stored.value.policy)))
}

/// Replace a portal's policy, if it is still the one of the `If-Match` header.
#[utoipa::path(
    put, path = "/v1/admin/portals/{portal}/policy", tag = "admin", request_body = Object,
    params(("portal" = String, Path, description = "The portal's id"), ("If-Match" = String, Header, description = "The ETag of the policy that is replaced")),
    responses((status = 200, description = "The policy, with its new ETag", body = Object), AnyProblem),
)]
pub(crate) async fn replace_policy(
    State(admin): State<Admin>,
    _: WhoeverDeploys,
    Path(portal): Path<String>,
    headers: HeaderMap,
    Strict(policy): Strict<Policy>,
) -> Result<impl IntoResponse, Problem> {
    let desk = &admin.desk;
    let stored = known(desk, &portal).await?;
    let changed = || {
        Problem::new(
            StatusCode::PRECONDITION_FAILED,
            "changed_meanwhile",
            "The policy was changed meanwhile. Read it again, and repeat your change.",
        )
    };
    let etag = format!("\"{}\"", stored.write);
    match headers.get(header::IF_MATCH).map(|value| value.as_bytes()) {
        None => {
            return Err(Problem::new(
                StatusCode::PRECONDITION_REQUIRED,
                "if_match_missing",
                "Send the ETag of the policy you read as If-Match.",
            ));
        }
        Some(given) if given != etag.as_bytes() => return Err(changed()),
        Some(_) => {}
    }
    let portal = stored
        .value
        .with_policy(policy)
        .map_err(|refusal| Problem::refused(&refusal.into(), desk.now()))?;
    let write = WriteId::new(desk.random()?);
    if !desk
        .store()
        .put_portal(&portal, &stored.write, write)
        .await
        .map_err(|error| Problem::failed(&error))?
    {
        return Err(changed());
    }
    Ok(([(header::ETAG, format!("\"{write}\""))], Json(portal.policy)))
}

async fn known(desk: &Desk, portal: &str) -> Result<SystemDocument<Portal>, Problem> {
    let unknown = || {
        Problem::new(
            StatusCode::NOT_FOUND,
            "portal_unknown",
            "There is no such portal. Check the id.",
        )
    };
    let id = PortalId::parse(portal).map_err(|_| unknown())?;
    desk.store().portal(&id).await.map_err(|error| Problem::failed(&error))?.ok_or_else(unknown)
}

/// Makes the keyring where there is none yet; a faster process's counts.
pub(crate) async fn found_keyring(admin: &Admin) -> Result<(), Problem> {
    let desk = &admin.desk;
    let failed = |error| Problem::failed(&error);
    if desk.store().keyring::<Keyring>().await.map_err(failed)?.is_some() {
        return Ok(());
    }
    let made: Result<Keyring, KeyError> =
        Keyring::make(desk.kms(), &admin.root_key_id, desk.random()?, desk.now()).await;
    desk.store().found_keyring(&made?, WriteId::new(desk.random()?)).await.map_err(failed)
}
