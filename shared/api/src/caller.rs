//! Who is calling, and whether a portal lets them: its back end with an API key, or an admin within reach of it.

use axum::extract::{FromRef, FromRequestParts};
use http::{header, request::Parts};
use portcullis_domain::{Portal, PortalId, Refusal, Scene, Timestamp, User};
use portcullis_keys::{ClaimedKey, PresentedKey};

use crate::{Desk, Problem, ProblemCode, words};

/// Somebody who acts in one portal. Every key of the table is made from its portal, never from the request's path.
pub trait Caller: Sync {
    /// The portal.
    fn portal(&self) -> &PortalId;

    /// Lets the caller in, now that the portal is read.
    ///
    /// # Errors
    /// [`Refusal`] otherwise.
    fn admit(&self, portal: Option<&Portal>, now: Timestamp) -> Result<(), Refusal>;

    /// Lets the caller act on this user, now that the user is read too; a portal's back end may act on each of its own.
    ///
    /// # Errors
    /// [`Refusal`] otherwise.
    fn admit_to(&self, _: &Scene<'_>, _: Option<&User>) -> Result<(), Refusal> {
        Ok(())
    }
}

impl Caller for PresentedKey {
    fn portal(&self) -> &PortalId {
        self.portal()
    }

    fn admit(&self, portal: Option<&Portal>, now: Timestamp) -> Result<(), Refusal> {
        self.admit(portal.ok_or(Refusal::KeyRefused)?, now)
    }
}

/// The key a request came with; a handler that takes a portal's call cannot be written without it. What was made up is
/// refused here, before the table is asked.
#[derive(Debug)]
pub struct WithKey(pub PresentedKey);

impl<S> FromRequestParts<S> for WithKey
where
    Desk: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let refused = || Problem::new(ProblemCode::KeyRefused, words::KEY_MISSING);
        let claimed = bearer(parts).and_then(|text| ClaimedKey::parse(text).ok());
        let claimed = claimed.ok_or_else(refused)?;
        let desk = Desk::from_ref(state);
        claimed.check(desk.ring().await?).map(Self).map_err(|_| refused())
    }
}

/// What a request carries as its one `Authorization: Bearer` header (RFC 6750, section 2.1).
pub fn bearer(parts: &Parts) -> Option<&str> {
    let mut values = parts.headers.get_all(header::AUTHORIZATION).iter();
    let (value, more) = (values.next()?, values.next());
    let text = value.to_str().ok().filter(|_| more.is_none())?;
    let (scheme, credential) = text.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Bearer").then(|| credential.trim())
}
