//! The session of a request.

use axum::extract::{FromRef, FromRequestParts};
use http::request::Parts;
use portcullis_app::{AppContext, Caller};
use portcullis_domain::{
    Locator, Portal, PortalId, Refusal, Timestamp,
    admin::{Admin, AdminId, Awaiting, Role, SessionHash, Stage},
    user::By,
};
use portcullis_keys::SessionSecret;
use portcullis_store::Versioned;

use crate::{Problem, caller::bearer};

/// The console as a caller of its own portal, after the admin's password was right.
#[derive(Debug)]
pub struct Console(PortalId);

impl Default for Console {
    fn default() -> Self {
        Self(PortalId::console())
    }
}

impl Caller for Console {
    fn portal(&self) -> &PortalId {
        &self.0
    }

    fn admit(&self, portal: Option<&Portal>, _: Timestamp) -> Result<(), Refusal> {
        portal.map(|_| ()).ok_or(Refusal::SessionRefused)
    }
}

/// The choice whether a function records that a session was used. It needs the permission to write
/// admins for that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionTouch {
    /// Recorded at most once a minute.
    Yes,
    No,
}

/// A session that has not ended, at any stage.
#[derive(Debug)]
pub struct AnySession {
    pub admin: Versioned<Admin>,
    pub locator: Locator,
    pub hash: SessionHash,
    pub stage: Stage,
    /// The last second step.
    pub proved_at: Timestamp,
    /// The moment at which the session ends if it is not used again.
    pub ends_at: Timestamp,
}

impl<S> FromRequestParts<S> for AnySession
where
    AppContext: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Presented { admin, locator, hash, now } = presented(parts, state).await?;
        let session = admin.value.session(&hash, now)?;
        let (stage, proved_at, ends_at) = (session.stage, session.proved_at, session.ends_at());
        Ok(Self { admin, locator, hash, stage, proved_at, ends_at })
    }
}

/// A session whose second step is done.
#[derive(Debug)]
pub struct ActiveSession {
    pub admin: Versioned<Admin>,
    pub locator: Locator,
    pub hash: SessionHash,
    /// The last second step.
    pub proved_at: Timestamp,
}

impl<S> FromRequestParts<S> for ActiveSession
where
    AppContext: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let AnySession { admin, locator, hash, stage, proved_at, .. } =
            AnySession::from_request_parts(parts, state).await?;
        match stage {
            Stage::AwaitsMfa(_) => Err(Refusal::SecondStepMissing.into()),
            Stage::Active => Ok(Self { admin, locator, hash, proved_at }),
        }
    }
}

/// A session that awaits its second step, or did until a moment ago.
#[derive(Debug)]
pub struct BeforeSecondStep {
    pub locator: Locator,
    pub awaiting: Awaiting,
}

impl<S> FromRequestParts<S> for BeforeSecondStep
where
    AppContext: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Presented { admin, locator, hash, now } = presented(parts, state).await?;
        let awaiting = admin.value.awaiting(&hash, now)?;
        Ok(Self { locator, awaiting })
    }
}

/// The session that a request names, and that may have ended.
struct Presented {
    admin: Versioned<Admin>,
    locator: Locator,
    hash: SessionHash,
    now: Timestamp,
}

async fn presented<S>(parts: &Parts, state: &S) -> Result<Presented, Problem>
where
    AppContext: FromRef<S>,
{
    let context = AppContext::from_ref(state);
    let given = bearer(parts).ok_or(Refusal::SessionRefused)?;
    let secret = SessionSecret::parse(given).map_err(|_| Refusal::SessionRefused)?;
    let locator = secret.locator();
    let stored = context.store().admin(locator).await?;
    let admin = stored.ok_or(Refusal::SessionRefused)?;
    Ok(Presented { admin, locator, hash: secret.hash(), now: context.now() })
}

/// An admin who has done the second step and chosen a password.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub id: AdminId,
    pub role: Role,
    pub locator: Locator,
    pub session: SessionHash,
    /// The last second step in this session.
    pub proved_at: Timestamp,
}

impl SignedIn {
    pub fn by(&self) -> By {
        By::Admin(self.id.clone())
    }
}

impl<S> FromRequestParts<S> for SignedIn
where
    AppContext: FromRef<S>,
    SessionTouch: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let ActiveSession { admin, locator, hash, proved_at } =
            ActiveSession::from_request_parts(parts, state).await?;
        let context = AppContext::from_ref(state);
        if admin.value.must_choose_password() {
            return Err(Refusal::PasswordMustChange.into());
        }
        let touch = SessionTouch::from_ref(state) == SessionTouch::Yes;
        let (id, role) = (admin.value.id.clone(), admin.value.role.clone());
        let signed_in = Self { id, role, locator, session: hash, proved_at };
        let mut touched = admin.value.clone();
        if touch && touched.touch_session(&hash, context.now()) {
            context.note_use(locator, admin, touched).await?;
        }
        Ok(signed_in)
    }
}
