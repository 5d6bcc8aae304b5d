//! Permission as a type in the handler's signature: no handler can forget it, and the portal of the
//! path is reached through it only.

use axum::extract::{FromRef, FromRequestParts, RawPathParams};
use http::request::Parts;
use portcullis_app::{AppContext, Caller};
use portcullis_domain::{
    FormId, Portal, PortalId, Refusal, Timestamp,
    account::Actor,
    admin::{Reach, Right},
};
use std::marker::PhantomData;

use super::{SessionTouch, SignedIn};
use crate::Problem;

/// A right, as a type.
pub trait Permission: Send + Sync {
    const RIGHT: Right;
}

/// Declares the types of the rights.
macro_rules! permissions {
    ($($name:ident,)*) => {
        $(#[doc = concat!("[`Right::", stringify!($name), "`] as a type.")]
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl Permission for $name {
            const RIGHT: Right = Right::$name;
        })*
    };
}

permissions! {
    ReadPortals,
    ChangePortals,
    MakePortals,
    ChangePolicies,
    ReadUsers,
    ResetUsers,
    ChangeUsers,
    ReadActivity,
    ReadSettings,
    ChangeSettings,
    ReadAdmins,
    ChangeAdmins,
}

/// An admin with a right, wherever the role has it.
#[derive(Clone, Debug)]
pub struct Permitted<P> {
    pub admin: SignedIn,
    /// The form of the console that asks for it, which acts once.
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
        if admin.role.has(P::RIGHT) {
            let form = parts.extensions.get().copied();
            Ok(Self { admin, form, right: PhantomData })
        } else {
            Err(Refusal::NotPermitted.into())
        }
    }
}

/// An admin with a right on the portal of the path.
#[derive(Clone, Debug)]
pub struct PermittedOn<P> {
    pub admin: SignedIn,
    pub portal: PortalId,
    pub reach: Reach,
    /// The form of the console that asks for it, which acts once.
    pub form: Option<FormId>,
    right: PhantomData<P>,
}

impl<P> PermittedOn<P> {
    /// The admin as somebody who acts on a user, for a reason.
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
        let form = parts.extensions.get().copied();
        Ok(Self { admin, portal, reach, form, right: PhantomData })
    }
}
