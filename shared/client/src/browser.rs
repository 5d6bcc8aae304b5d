//! A browser and its cookies: it holds its own pending value, and the token by which it is known.

use crate::{
    error::{Error, OwnCode},
    opening::{Opening, Step, Typed},
    pending::{Mode, Pending, Prompt},
    portcullis::Portcullis,
    purpose::{Purpose, SignIn, StepUp, SteppedUp, WithoutIntent},
    wire::{ContextFields, ProblemCode, UserFields},
};
use http::{HeaderMap, HeaderValue, Uri, header};
use std::sync::{Arc, Mutex, PoisonError};

const PENDING: &str = "portcullis-pending";
const TOKEN: &str = "portcullis-browser";
/// Seconds: a little longer than any sign-in lasts.
const PENDING_SECONDS: u32 = 1_800;
const TOKEN_SECONDS: u32 = 180 * 86_400;

/// The way that browsers reach the portal.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Transport {
    /// Cookies cannot be planted by another host, or over plain HTTP.
    #[default]
    Https,
    /// Development: cookies without `__Host-` and `Secure`.
    PlainHttp,
}

/// The browser that sent a request. Its cookies go out with the response.
#[derive(Clone)]
pub struct Browser {
    portcullis: Arc<Portcullis>,
    transport: Transport,
    cookies: String,
    query: String,
    context: ContextFields,
    to_set: Arc<Mutex<Vec<HeaderValue>>>,
}

impl std::fmt::Debug for Browser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Browser").finish_non_exhaustive()
    }
}

impl Browser {
    /// Makes the browser of a request. `ip` is the address it came from, as your server knows it.
    pub fn new(
        portcullis: Arc<Portcullis>,
        uri: &Uri,
        headers: &HeaderMap,
        ip: Option<String>,
        transport: Transport,
    ) -> Self {
        let text = |value: &HeaderValue| value.to_str().map(str::to_owned).ok();
        // HTTP/2 may split the cookies over several headers.
        let cookies: Vec<_> = headers.get_all(header::COOKIE).iter().filter_map(text).collect();
        let user_agent = headers.get(header::USER_AGENT).and_then(text);
        Self {
            portcullis,
            transport,
            cookies: cookies.join("; "),
            query: uri.query().unwrap_or_default().to_owned(),
            context: ContextFields { ip, user_agent },
            to_set: Arc::default(),
        }
    }

    /// Returns the values of the `Set-Cookie` headers to add to the response.
    pub fn set_cookies(&self) -> Vec<HeaderValue> {
        self.to_set.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Opens a sign-in at the hosted prompt, after the password; returns the address to send this
    /// browser to.
    pub async fn open<P: Purpose>(
        &self,
        user: &UserFields,
        opening: Opening<P>,
        return_url: &str,
    ) -> Result<String, Error> {
        let opening = opening.of_browser(&self.context, None);
        let opened = self.portcullis.open(user, opening, return_url).await?;
        self.keep(&opened.pending)?;
        Ok(opened.prompt_url)
    }

    /// Finishes the sign-in that this browser holds, with the query of its request.
    pub async fn finish(&self) -> Result<crate::SignedIn, Error> {
        self.finish_for::<SignIn>().await
    }

    /// Finishes what this browser holds, if it was opened for this purpose.
    pub async fn finish_for<P: WithoutIntent>(&self) -> Result<P::Outcome, Error> {
        self.finish_held::<P>(self.portcullis.unseal(self.held(PENDING))).await
    }

    /// Finishes the step-up that this browser holds, if it was opened for this intent.
    pub async fn finish_step_up(&self, intent: &str) -> Result<SteppedUp, Error> {
        let held = self.portcullis.unseal_step_up(self.held(PENDING), intent);
        self.finish_held::<StepUp>(held).await
    }

    async fn finish_held<P: Purpose>(
        &self,
        held: Result<Pending<P, Prompt>, Error>,
    ) -> Result<P::Outcome, Error> {
        let outcome = match held {
            Ok(pending) => self.portcullis.finish::<P>(&pending, &self.query).await,
            Err(failure) => Err(failure),
        };
        if outcome.as_ref().err().is_none_or(is_over) {
            self.drop_pending();
        }
        outcome
    }

    /// Opens a sign-in on the portal's own screens, after the password.
    pub async fn open_screens<P: Purpose>(
        &self,
        user: &UserFields,
        opening: Opening<P>,
    ) -> Result<Step<P>, Error> {
        let opening = opening.of_browser(&self.context, self.held(TOKEN));
        self.after(self.portcullis.open_screens(user, opening).await?)
    }

    /// The portal's own screens: posts what the user did.
    pub async fn post_typed<P: WithoutIntent>(&self, typed: &Typed) -> Result<Step<P>, Error> {
        let pending = self.portcullis.unseal(self.held(PENDING))?;
        self.after(self.portcullis.post_typed(&pending, typed).await?)
    }

    /// The portal's own screens: posts what the user did in a step-up for this intent.
    pub async fn post_step_up(&self, intent: &str, typed: &Typed) -> Result<Step<StepUp>, Error> {
        let pending = self.portcullis.unseal_step_up(self.held(PENDING), intent)?;
        self.after(self.portcullis.post_typed(&pending, typed).await?)
    }

    /// The portal's own screens: shows the sign-in that this browser holds again.
    pub async fn look<P: WithoutIntent>(&self) -> Result<Step<P>, Error> {
        let pending = self.portcullis.unseal(self.held(PENDING))?;
        self.after(self.portcullis.look(&pending).await?)
    }

    /// The portal's own screens: shows the step-up for this intent again.
    pub async fn look_at_step_up(&self, intent: &str) -> Result<Step<StepUp>, Error> {
        let pending = self.portcullis.unseal_step_up(self.held(PENDING), intent)?;
        self.after(self.portcullis.look(&pending).await?)
    }

    /// Has this browser forget the sign-in that it holds. Call it where users sign out: the next
    /// person at this browser must find nothing that goes on.
    pub fn forget(&self) {
        self.drop_pending();
    }

    fn after<P: Purpose>(&self, step: Step<P>) -> Result<Step<P>, Error> {
        match &step {
            Step::Show { pending, .. } | Step::GoesOn { pending: Some(pending), .. } => {
                self.keep(pending)?;
            }
            Step::GoesOn { pending: None, .. } => self.drop_pending(),
            Step::Done(done) => {
                match &done.pending {
                    Some(pending) => self.keep(pending)?,
                    None => self.drop_pending(),
                }
                if let Some(token) = &done.browser_token {
                    self.set(TOKEN, token, TOKEN_SECONDS);
                }
            }
        }
        Ok(step)
    }

    fn keep<P: Purpose, M: Mode>(&self, pending: &Pending<P, M>) -> Result<(), Error> {
        self.set(PENDING, &self.portcullis.seal(pending)?, PENDING_SECONDS);
        Ok(())
    }

    fn drop_pending(&self) {
        self.set(PENDING, "", 0);
    }

    fn held(&self, name: &str) -> Option<&str> {
        let name = self.name(name);
        let mut pairs = self.cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(found, value)| *found == name && !value.is_empty()).map(|(_, value)| value)
    }

    fn set(&self, name: &str, value: &str, seconds: u32) {
        let name = self.name(name);
        let secure = match self.transport {
            Transport::Https => "; Secure",
            Transport::PlainHttp => "",
        };
        let cookie =
            format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
        // A token that no cookie can hold is not kept: the browser is a stranger.
        let Ok(mut cookie) = HeaderValue::try_from(cookie) else { return };
        cookie.set_sensitive(true);
        let mut to_set = self.to_set.lock().unwrap_or_else(PoisonError::into_inner);
        to_set.retain(|kept| !kept.as_bytes().starts_with(format!("{name}=").as_bytes()));
        to_set.push(cookie);
    }

    fn name(&self, name: &str) -> String {
        match self.transport {
            Transport::Https => format!("__Host-{name}"),
            Transport::PlainHttp => name.to_owned(),
        }
    }
}

/// Returns true if a failure ends the sign-in that a browser holds.
///
/// After a failure of the service the same page can be loaded again. A state of another sign-in, or
/// the page of another purpose, says nothing of the one that this browser holds: a planted link
/// must not end it.
fn is_over(failure: &Error) -> bool {
    match failure {
        Error::Unavailable(_) => false,
        Error::Refused { problem, .. } => problem.code != ProblemCode::Conflict,
        Error::Pending { code, .. } => ![OwnCode::OtherBrowser, OwnCode::WrongStep].contains(code),
        Error::NotSignedIn { .. } | Error::Assertion { .. } => true,
    }
}
