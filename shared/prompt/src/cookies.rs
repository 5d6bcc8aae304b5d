//! The cookies of the prompt: the browser that opened it, the text that is confirmed in it, and the
//! users of whom the browser is known.

use axum::response::Response;
use http::request::Parts;
use portcullis_app::{AppContext, CommandError};
use portcullis_domain::{SignInId, TransactionText, limits, sign_in::prompt::Visited};
use portcullis_http::{
    known_browsers,
    page::{self, with_cookie},
};

use crate::{
    frame::base,
    visit::{PromptVisit, Query},
};

/// The text that the user confirms, opened, and sealed as the browser keeps it.
#[derive(Clone, Debug)]
pub(crate) struct PromptText {
    pub(crate) opened: TransactionText,
    sealed: String,
}

impl PromptText {
    /// Reads the text of a sign-in from the URL of its prompt, or from the cookie of the browser
    /// that had that URL. A text that was not
    /// sealed for this sign-in does not count.
    pub(crate) async fn read(
        context: &AppContext,
        id: &SignInId,
        query: &Query,
        parts: &Parts,
    ) -> Result<Option<Self>, CommandError> {
        let kept = page::cookie(&parts.headers, &text_cookie_name(id));
        let keyring = context.keyring().await?;
        for sealed in query.text.as_deref().into_iter().chain(kept) {
            if let Some(opened) = keyring.open_transaction_text(id, sealed)? {
                return Ok(Some(Self { opened, sealed: sealed.to_owned() }));
            }
        }
        Ok(None)
    }
}

impl PromptVisit {
    /// Sets the cookies of the prompt if this browser is the first, and the one of known browsers
    /// if the user got in.
    pub(crate) fn with_cookies(&self, visited: &Visited, answer: Response) -> Response {
        let answer = match &visited.known {
            Some(tokens) => with_cookie(answer, &known_browsers::cookie(tokens)),
            None => answer,
        };
        let Some(cookie) = &visited.cookie else { return answer };
        // The last page can be read longer than the sign-in is open.
        let left = visited.view.expires_at.since(visited.now).max(0);
        let seconds = left + limits::RESULT_SECONDS;
        let kept_at = |path: &str, name: String, value: &str| {
            format!(
                "{name}={value}; Path={path}; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax"
            )
        };
        let kept = |name: String, value: &str| kept_at("/", name, value);
        let answer = with_cookie(answer, &kept(cookie_name(&self.id), &cookie.to_string()));
        let answer = match &self.text {
            Some(text) => with_cookie(answer, &kept(text_cookie_name(&self.id), &text.sealed)),
            None => answer,
        };
        match &self.pushed {
            Some(pushed) => {
                let name = pushed_cookie_name(&self.id);
                with_cookie(answer, &kept_at(&base(&self.id), name, pushed.sealed()))
            }
            None => answer,
        }
    }
}

/// Returns a name for each sign-in of its own, so that two tabs do not disturb each other.
pub(crate) fn cookie_name(id: &SignInId) -> String {
    format!("__Host-prompt-{}", id.key)
}

/// Returns the name of the cookie of a pushed request. It goes to the pages of its own prompt alone:
/// those of many prompts together would be more than a request may have.
pub(crate) fn pushed_cookie_name(id: &SignInId) -> String {
    format!("__Secure-oidc-{}", id.key)
}

fn text_cookie_name(id: &SignInId) -> String {
    format!("__Host-text-{}", id.key)
}
