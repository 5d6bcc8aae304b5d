//! Portals' back ends as callers, by their API keys. The scope that a call needs is a type in its
//! handler's signature: no handler can forget it.

use axum::extract::{FromRef, FromRequestParts};
use http::{header, request::Parts};
use lambda_http::request::RequestContext;
use portcullis_app::{AppContext, Caller};
use portcullis_domain::{Portal, PortalId, Refusal, Timestamp, portal::KeyUse};
use portcullis_keys::{ClaimedKey, Keyring, PresentedKey};
use std::{fmt, marker::PhantomData, net::IpAddr};

use crate::{Problem, ProblemCode, words};

pub mod scope {
    use portcullis_domain::Scope;

    pub trait NeededScope: Send + Sync {
        const SCOPE: Scope;
    }

    macro_rules! scopes {
        ($($name:ident,)*) => {
            $(#[doc = concat!("[`Scope::", stringify!($name), "`] as a type.")]
            #[derive(Clone, Copy, Debug)]
            pub struct $name;

            impl NeededScope for $name {
                const SCOPE: Scope = Scope::$name;
            })*
        };
    }

    scopes! {
        SignIn,
        Contacts,
        Reset,
        Erase,
        Oidc,
    }
}

use scope::NeededScope;

/// A portal's back end, by the API key of its request, which opens calls of this scope. A made-up
/// key is refused before the table is read; the rest is checked once the portal is read.
pub struct WithKey<S> {
    key: PresentedKey,
    from: Option<IpAddr>,
    scope: PhantomData<S>,
}

impl<S> WithKey<S> {
    pub fn key_id(&self) -> &str {
        self.key.id()
    }
}

impl<S: NeededScope> WithKey<S> {
    /// Takes the key that a request came with; none if it was made up.
    pub(crate) fn presented(
        claimed: ClaimedKey<'_>,
        parts: &Parts,
        keyring: &Keyring,
    ) -> Option<Self> {
        let key = claimed.check(keyring).ok()?;
        Some(Self { key, from: source(parts), scope: PhantomData })
    }
}

impl<S> fmt::Debug for WithKey<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WithKey")
    }
}

impl<S: NeededScope> Caller for WithKey<S> {
    fn portal(&self) -> &PortalId {
        self.key.portal()
    }

    fn admit(&self, portal: Option<&Portal>, now: Timestamp) -> Result<(), Refusal> {
        let call = KeyUse { scope: S::SCOPE, from: self.from };
        self.key.admit(portal.ok_or(Refusal::KeyRefused)?, call, now)
    }

    fn shows_sign_ins(&self) -> bool {
        true
    }

    fn key(&self) -> Option<&str> {
        Some(self.key_id())
    }
}

impl<N, S> FromRequestParts<S> for WithKey<N>
where
    AppContext: FromRef<S>,
    N: NeededScope,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let refused = || Problem::new(ProblemCode::KeyRefused, words::KEY_MISSING);
        let claimed = bearer(parts).and_then(|text| ClaimedKey::parse(text).ok());
        let claimed = claimed.ok_or_else(refused)?;
        let context = AppContext::from_ref(state);
        Self::presented(claimed, parts, &*context.keyring().await?).ok_or_else(refused)
    }
}

/// Returns the address of the caller as the gateway saw it. A header could say anything.
fn source(parts: &Parts) -> Option<IpAddr> {
    match parts.extensions.get() {
        Some(RequestContext::ApiGatewayV2(context)) => {
            context.http.source_ip.as_deref()?.parse().ok()
        }
        _ => None,
    }
}

/// Returns the one `Authorization: Bearer` token of a request (RFC 6750, section 2.1).
pub fn bearer(parts: &Parts) -> Option<&str> {
    let mut values = parts.headers.get_all(header::AUTHORIZATION).iter();
    let (value, more) = (values.next()?, values.next());
    let text = value.to_str().ok().filter(|_| more.is_none())?;
    let (scheme, credential) = text.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Bearer").then(|| credential.trim())
}
