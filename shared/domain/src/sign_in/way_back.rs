//! The way in which a browser goes from the hosted prompt back to the portal.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{SignIn, SignInView};
use crate::{
    DecisionContext, SecretMac,
    values::{Named as _, named::named},
};

/// The way in which a browser goes back to the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WayBack {
    /// With a result code, and the nonce as `state`.
    Result,
    /// With an authorization code, if the browser still has what it carried.
    Oidc(Option<Carried>),
    /// With an error, because less than what is essential was reached.
    Unmet(Option<Carried>),
}

/// The answer with which a browser goes back to the portal.
#[derive(Clone, Copy, Debug)]
pub enum Answer<'a> {
    /// The user is in.
    Result(&'a SecretMac),
    /// The user is not in, and leaves from the page of this name.
    Left(&'a str),
}

/// The part of a pushed request that the browser carries to the end.
#[derive(Clone, PartialEq, Eq)]
pub struct Carried {
    /// The issuer, which the answer names (RFC 9207).
    pub issuer: String,
    pub state: Option<String>,
    /// The portal's nonce, sealed. The code contains it.
    pub nonce: String,
    /// The start of the SHA-256 of the redirect URI that was pushed.
    pub redirect_uri: [u8; 9],
}

/// An error with which the browser goes back to the portal, by the names of RFC 6749, section
/// 4.1.2.1, of OpenID Connect Core, sections 3.1.2.6 and 6.3.3, and of OpenID Connect Core Error
/// Code `unmet_authentication_requirements`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OidcError {
    InvalidRequest,
    /// The pushed request was used, or its time is over.
    InvalidRequestUri,
    LoginRequired,
    /// The user left the prompt, or cannot get in.
    AccessDenied,
    /// The user is in, or could get in, by less than what is essential.
    Unmet,
}

named! {
    OidcError {
        InvalidRequest: "invalid_request", InvalidRequestUri: "invalid_request_uri",
        LoginRequired: "login_required", AccessDenied: "access_denied",
        Unmet: "unmet_authentication_requirements",
    }
}

impl WayBack {
    /// Returns the way back. What a browser carries counts only while the portal has the redirect
    /// URI that was pushed.
    pub(super) fn of(
        context: &DecisionContext<'_>,
        sign_in: &SignIn,
        carried: Option<&Carried>,
    ) -> Self {
        let url = sign_in.return_to.and_then(|place| context.portal.return_url(place));
        let carried = carried.filter(|carried| carried.is_for(context, url));
        match sign_in.oidc {
            None => Self::Result,
            Some(_) if sign_in.is_unmet() => Self::Unmet(carried.cloned()),
            Some(_) => Self::Oidc(carried.cloned()),
        }
    }

    /// Returns this URL of the portal with the answer, or `None` if the browser lost what it
    /// carried. `denied` is the error for a user who is not in.
    pub(super) fn url(
        &self,
        url: &str,
        view: &SignInView,
        denied: OidcError,
        answer: Answer<'_>,
    ) -> Option<String> {
        match (self, answer) {
            (Self::Result, Answer::Result(code)) => {
                let code = code.to_string();
                Some(with(url, &[("result_code", &code), ("state", view.nonce.as_str())]))
            }
            (Self::Result, Answer::Left(left)) => {
                Some(with(url, &[("error", left), ("state", view.nonce.as_str())]))
            }
            (Self::Oidc(carried), Answer::Result(secret)) => {
                let carried = carried.as_ref()?;
                // The portal's nonce stays sealed.
                let code = format!("{}.{secret}.{}", view.id, carried.nonce);
                Some(carried.back(url, &[("code", &code)]))
            }
            (Self::Unmet(carried), Answer::Result(_)) => {
                Some(carried.as_ref()?.back_with(url, OidcError::Unmet))
            }
            (Self::Oidc(carried) | Self::Unmet(carried), Answer::Left(left)) => {
                let error = [("error", denied.name()), ("error_description", left)];
                Some(carried.as_ref()?.back(url, &error))
            }
        }
    }
}

impl std::fmt::Debug for Carried {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Carried")
    }
}

impl Carried {
    /// Returns true if this is the redirect URI that was pushed.
    pub(super) fn is_for(&self, context: &DecisionContext<'_>, url: Option<&str>) -> bool {
        let hash = url.map(|url| context.keys.hash(url.as_bytes()));
        hash.is_some_and(|hash| hash.starts_with(&self.redirect_uri))
    }

    /// Returns the URL of the portal with an error.
    pub fn back_with(&self, url: &str, error: OidcError) -> String {
        self.back(url, &[("error", error.name())])
    }

    /// Returns the URL of the portal with these parameters, and with `state` and `iss` behind them.
    fn back(&self, url: &str, parameters: &[(&str, &str)]) -> String {
        let state = self.state.as_deref().map(|state| ("state", state));
        let own = parameters.iter().copied().chain(state);
        let all: Vec<_> = own.chain([("iss", self.issuer.as_str())]).collect();
        with(url, &all)
    }
}

/// Returns a URL with these parameters in its query.
fn with(url: &str, parameters: &[(&str, &str)]) -> String {
    let encoded =
        parameters.iter().map(|(name, value)| format!("{name}={}", percent_encoded(value)));
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}{}", encoded.collect::<Vec<_>>().join("&"))
}

/// Returns a text as it stands in a path or a query: all that is not unreserved is encoded (RFC
/// 3986, section 2.3).
pub fn percent_encoded(text: &str) -> String {
    const RESERVED: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(text, RESERVED).to_string()
}
