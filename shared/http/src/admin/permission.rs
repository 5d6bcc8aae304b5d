//! Permissions as types in handlers' signatures: no handler can forget one, and the portal in the
//! path can be reached only through one.

use axum::extract::{FromRef, FromRequestParts, RawPathParams};
use http::request::Parts;
use portcullis_app::{AppContext, Caller};
use portcullis_domain::{
    FormId, Portal, PortalId, Refusal, Timestamp,
    account::Actor,
    admin::{Proof, Reach, Right},
};
use std::marker::PhantomData;

use super::{SessionTouch, SignedIn};
use crate::Problem;

pub trait Permission: Send + Sync {
    const RIGHT: Right;
    const PROOF: Proof;
}

macro_rules! permissions {
    ($($name:ident: $right:ident, $proof:ident;)*) => {
        $(#[doc = concat!(
            "[`Right::", stringify!($right), "`] with [`Proof::", stringify!($proof), "`], as a type."
        )]
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl Permission for $name {
            const RIGHT: Right = Right::$right;
            const PROOF: Proof = Proof::$proof;
        })*
    };
}

// What lets others in, or cannot be undone, asks for a fresh proof.
permissions! {
    ReadPortals: ReadPortals, OfSession;
    ChangePortals: ChangePortals, OfSession;
    IssueKeys: ChangePortals, Fresh;
    MakePortals: MakePortals, OfSession;
    CreatePortals: MakePortals, Fresh;
    DeletePortals: MakePortals, Fresh;
    ChangePolicies: ChangePolicies, OfSession;
    ReadUsers: ReadUsers, OfSession;
    ResetUsers: ResetUsers, OfSession;
    ResetManyUsers: ResetUsers, Fresh;
    ChangeUsers: ChangeUsers, OfSession;
    IssueBypassCodes: ChangeUsers, Fresh;
    EraseUsers: ChangeUsers, Fresh;
    ReadActivity: ReadActivity, OfSession;
    ReadSettings: ReadSettings, OfSession;
    ChangeSettings: ChangeSettings, OfSession;
    ReplaceSettings: ChangeSettings, Fresh;
    ReadAdmins: ReadAdmins, OfSession;
    ChangeAdmins: ChangeAdmins, OfSession;
    AppointAdmins: ChangeAdmins, Fresh;
}

/// An admin with a right, on any portal.
#[derive(Clone, Debug)]
pub struct Permitted<P> {
    pub admin: SignedIn,
    /// The console's form with this request, which acts once.
    pub form: Option<FormId>,
    right: PhantomData<P>,
}

impl<P: Permission, S> FromRequestParts<S> for Permitted<P>
where
    AppContext: FromRef<S>,
    SessionTouch: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let admin = SignedIn::from_request_parts(parts, state).await?;
        if !admin.role.has(P::RIGHT) {
            return Err(Refusal::NotPermitted.into());
        }
        P::PROOF.check(admin.proved_at, AppContext::from_ref(state).now())?;
        let form = parts.extensions.get().copied();
        Ok(Self { admin, form, right: PhantomData })
    }
}

/// An admin who changes their own account, after a fresh proof.
#[derive(Clone, Debug)]
pub struct OwnAccount {
    pub admin: SignedIn,
    /// The console's form with this request, which acts once.
    pub form: Option<FormId>,
}

impl<S> FromRequestParts<S> for OwnAccount
where
    AppContext: FromRef<S>,
    SessionTouch: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let admin = SignedIn::from_request_parts(parts, state).await?;
        Proof::Fresh.check(admin.proved_at, AppContext::from_ref(state).now())?;
        Ok(Self { admin, form: parts.extensions.get().copied() })
    }
}

/// An admin with a right on the portal in the path.
#[derive(Clone, Debug)]
pub struct PermittedOn<P> {
    pub admin: SignedIn,
    pub portal: PortalId,
    pub reach: Reach,
    /// The console's form with this request, which acts once.
    pub form: Option<FormId>,
    right: PhantomData<P>,
}

impl<P> PermittedOn<P> {
    pub fn actor(&self, reason: Option<String>) -> Actor {
        let (by, reach) = (Some(self.admin.by()), self.reach.clone());
        Actor { by, reach, reason, form: self.form }
    }
}

impl<P: Permission> Caller for PermittedOn<P> {
    fn portal(&self) -> &PortalId {
        &self.portal
    }

    fn admit(&self, portal: Option<&Portal>, _: Timestamp) -> Result<(), Refusal> {
        portal.map(|_| ()).ok_or(Refusal::UnknownPortal)
    }
}

impl<P: Permission, S> FromRequestParts<S> for PermittedOn<P>
where
    AppContext: FromRef<S>,
    SessionTouch: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let admin = SignedIn::from_request_parts(parts, state).await?;
        let params = RawPathParams::from_request_parts(parts, state).await;
        let params = params.map_err(|_| Refusal::UnknownPortal)?;
        let named = params.iter().find(|(name, _)| *name == "portal").map(|(_, id)| id);
        let portal = named.and_then(|id| PortalId::parse(id).ok()).ok_or(Refusal::UnknownPortal)?;
        let reach = admin.role.reach(P::RIGHT, &portal)?;
        P::PROOF.check(admin.proved_at, AppContext::from_ref(state).now())?;
        let form = parts.extensions.get().copied();
        Ok(Self { admin, portal, reach, form, right: PhantomData })
    }
}
