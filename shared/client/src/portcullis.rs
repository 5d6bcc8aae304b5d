//! The verbs: open, finish, check.

use crate::{
    assertion::{self, Expected, Facts},
    calls::{Calls, Repeat},
    config::{Config, ConfigError, Options, Settings, is_private},
    error::{AssertionFault, Error, OwnCode, Unavailable},
    key_set::KeySet,
    opening::{AtThePrompt, Done, Opening, Returned, Step, Typed},
    pending::{Mode, Opened, Pending, PendingSeal, Prompt, Screens, StepUpFacts, new_nonce},
    purpose::{Purpose, StepUp, WithoutIntent},
    users::{Users, encoded},
    wire::{ProblemCode, ResultRequest, SignInRequest, SignInView, UserFields},
};
use aws_lc_rs::error::Unspecified;
use reqwest::Method;
use serde::Serialize;
use serde_json::{Map, Value};
use std::sync::Arc;

/// Actions that may send a message or store something, but judge no code.
const JUDGES_NOTHING: [&str; 4] = ["challenge", "enrolment", "skip", "settings"];
const JUDGES_A_CODE: [&str; 2] = ["verify", "enrolment/confirm"];
/// Actions that take the text that the user confirms.
const TAKES_A_TEXT: [&str; 2] = ["challenge", "verify"];
/// Seconds for which a sign-in may outlive the moment that its opening named: a result waits for
/// its browser, and the settings stay open for a while after the proof.
const OUTLIVES: i64 = 900;

/// A portal's client. Make one, and keep it for as long as the process lives.
pub struct Portcullis {
    config: Arc<Config>,
    calls: Calls,
    keys: KeySet,
    sealer: PendingSeal,
}

impl std::fmt::Debug for Portcullis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Portcullis").finish_non_exhaustive()
    }
}

impl Portcullis {
    pub fn new(settings: Settings) -> Result<Self, ConfigError> {
        Self::with(settings, Options::default())
    }

    pub fn with(settings: Settings, options: Options) -> Result<Self, ConfigError> {
        let config = Arc::new(Config::new(settings, options)?);
        let sealer = PendingSeal::new(Arc::clone(&config));
        let sealer = sealer.map_err(|Unspecified| ConfigError::NoCipher)?;
        let calls = Calls::new(Arc::clone(&config));
        Ok(Self { keys: KeySet::new(Arc::clone(&config)), calls, sealer, config })
    }

    /// Opens a sign-in at the hosted prompt, after the password. `return_url` is one of the
    /// portal's return addresses, exactly as registered.
    pub async fn open<P: Purpose>(
        &self,
        user: &UserFields,
        opening: Opening<P>,
        return_url: &str,
    ) -> Result<AtThePrompt<P>, Error> {
        let step_up = opening.step_up.clone();
        let opening = Opening { browser_token: None, code: None, ..opening };
        let mut request = self.request(user, opening)?;
        request.return_url = Some(return_url.to_owned());
        let view = self.post("", &request, Repeat::Harmless).await?;
        let prompt_url = view.prompt_url.as_ref().filter(|url| is_private(url));
        let prompt_url = prompt_url.ok_or_else(|| self.calls.unavailable(Some(201), None, None))?;
        Ok(AtThePrompt {
            prompt_url: prompt_url.clone(),
            pending: self.pending(&request, &view, step_up),
        })
    }

    /// Opens a sign-in on the portal's own screens, after the password.
    pub async fn open_screens<P: Purpose>(
        &self,
        user: &UserFields,
        opening: Opening<P>,
    ) -> Result<Step<P>, Error> {
        let step_up = opening.step_up.clone();
        let request = self.request(user, opening)?;
        let view = self.post_opening(&request).await?;
        let pending = self.pending(&request, &view, step_up);
        self.step(view, pending).await
    }

    /// Seals a pending sign-in, for its browser to keep: in its own session, or in an HttpOnly
    /// cookie, and nowhere else.
    pub fn seal<P: Purpose, M: Mode>(&self, pending: &Pending<P, M>) -> Result<String, Error> {
        self.sealer.seal(pending)
    }

    /// Opens what a browser kept. `None` is what a browser has that began nothing.
    pub fn unseal<P: WithoutIntent, M: Mode>(
        &self,
        kept: Option<&str>,
    ) -> Result<Pending<P, M>, Error> {
        self.sealer.open(kept)
    }

    /// Opens what a browser kept of a step-up, if it was opened for this intent.
    pub fn unseal_step_up<M: Mode>(
        &self,
        kept: Option<&str>,
        intent: &str,
    ) -> Result<Pending<StepUp, M>, Error> {
        self.sealer.open_step_up(kept, intent)
    }

    /// Finishes a sign-in at the prompt, with the query that the browser came back with, or a URL
    /// that ends in it.
    pub async fn finish<P: Purpose>(
        &self,
        pending: &Pending<P, Prompt>,
        returned: &str,
    ) -> Result<P::Outcome, Error> {
        let query = Returned::parse(returned);
        if query.only("state") != Some(&pending.facts.nonce) {
            return Err(self.sealer.refused(OwnCode::OtherBrowser));
        }
        let Some(code) = query.only("result_code") else {
            let code = OwnCode::left_by(query.only("error").unwrap_or_default());
            return Err(Error::NotSignedIn { code, sentence: self.config.say(code) });
        };
        // The same code by the same key brings the same assertion for a minute.
        let path = format!("/{}/result", encoded(&pending.facts.id));
        let request = ResultRequest { result_code: code.to_owned() };
        let view = self.post(&path, &request, Repeat::Harmless).await?;
        self.outcome(view.assertion.as_deref().unwrap_or_default(), pending).await
    }

    /// The portal's own screens: posts what the user did.
    pub async fn post_typed<P: Purpose>(
        &self,
        pending: &Pending<P, Screens>,
        typed: &Typed,
    ) -> Result<Step<P>, Error> {
        let action = typed.action.as_str();
        if !JUDGES_NOTHING.contains(&action) && !JUDGES_A_CODE.contains(&action) {
            return Err(self.sealer.refused(OwnCode::WrongStep));
        }
        let path = format!("/{}/{action}", encoded(&pending.facts.id));
        let body = with_text(typed, pending.facts.step_up.as_ref());
        let view = match self.post(&path, &body, Repeat::Counted).await {
            Ok(view) => view,
            Err(failure) => self.after_failure(pending, action, failure).await?,
        };
        self.step(view, pending.clone()).await
    }

    /// The portal's own screens: shows a sign-in again, after a reload.
    pub async fn look<P: Purpose>(&self, pending: &Pending<P, Screens>) -> Result<Step<P>, Error> {
        let view = self.read(&pending.facts.id).await?;
        self.step(view, pending.clone()).await
    }

    /// Checks an assertion. `finish` has done so with every outcome.
    pub async fn check<P: Purpose>(
        &self,
        assertion: &str,
        expected: Expected<'_>,
    ) -> Result<P::Outcome, Error> {
        if !P::covers(&expected.event.to_owned().into()) {
            let sentence = self.config.say(OwnCode::AssertionRefused);
            return Err(Error::Assertion { sentence, cause: AssertionFault::AnotherEvent });
        }
        let facts: Facts =
            assertion::check(&self.config, &self.calls, &self.keys, assertion, expected).await?;
        Ok(P::made(facts))
    }

    /// The calls between sign-ins.
    pub fn users(&self) -> Users<'_> {
        Users { calls: &self.calls }
    }

    async fn outcome<P: Purpose, M: Mode>(
        &self,
        assertion: &str,
        pending: &Pending<P, M>,
    ) -> Result<P::Outcome, Error> {
        let facts = &pending.facts;
        let event = facts.event.as_str();
        let step_up = facts.step_up.as_ref();
        let acr = step_up.map(|step_up| &step_up.acr);
        let text = step_up.and_then(|step_up| step_up.text.as_deref());
        let (user, nonce, proven_since) = (&facts.user, &facts.nonce, facts.proven_since);
        let expected = Expected { user, nonce, event, acr, text, proven_since };
        self.check::<P>(assertion, expected).await
    }

    fn request<P>(&self, user: &UserFields, opening: Opening<P>) -> Result<SignInRequest, Error> {
        let nonce = new_nonce().map_err(|Unspecified| self.calls.unavailable(None, None, None))?;
        let Opening { event, ticket, context, browser_token, code, max_age, step_up, .. } = opening;
        let (acr, text) = step_up.map(|step_up| (step_up.acr, step_up.text)).unzip();
        let text = text.flatten();
        let request = SignInRequest::new(event, nonce, user.clone());
        Ok(SignInRequest { acr, text, max_age, ticket, context, browser_token, code, ..request })
    }

    fn pending<P: Purpose, M: Mode>(
        &self,
        request: &SignInRequest,
        view: &SignInView,
        step_up: Option<StepUpFacts>,
    ) -> Pending<P, M> {
        let max_age = request.max_age.map(i64::from);
        Pending::new(Opened {
            id: &view.id,
            nonce: &request.nonce,
            user: &request.user.id,
            event: &request.event,
            expires_at: view.expires_at.saturating_add(OUTLIVES),
            step_up,
            proven_since: max_age.map(|max_age| self.config.now().saturating_sub(max_age)),
        })
    }

    /// A code could be counted twice: the second opening has none, and finds the same sign-in.
    async fn post_opening(&self, request: &SignInRequest) -> Result<SignInView, Error> {
        if request.code.is_none() {
            return self.post("", request, Repeat::Harmless).await;
        }
        match self.post("", request, Repeat::Counted).await {
            Err(Error::Unavailable(_)) => {
                let request = SignInRequest { code: None, ..request.clone() };
                self.post("", &request, Repeat::Counted).await
            }
            answer => answer,
        }
    }

    /// A call that may have been carried out is not made again: the sign-in is read.
    async fn after_failure<P: Purpose>(
        &self,
        pending: &Pending<P, Screens>,
        action: &str,
        failure: Error,
    ) -> Result<SignInView, Error> {
        let is_done = match &failure {
            Error::Refused { problem, .. } => {
                [ProblemCode::SignInDone, ProblemCode::AnotherStep].contains(&problem.code)
            }
            Error::Unavailable(_) => false,
            Error::Pending { .. } | Error::NotSignedIn { .. } | Error::Assertion { .. } => {
                return Err(failure);
            }
        };
        if let (Error::Refused { .. }, false) = (&failure, is_done) {
            return Err(failure);
        }
        let Ok(view) = self.read(&pending.facts.id).await else { return Err(failure) };
        if is_done || view.assertion.is_some() || JUDGES_NOTHING.contains(&action) {
            return Ok(view);
        }
        Err(match failure {
            Error::Unavailable(before) => {
                Error::Unavailable(Box::new(Unavailable { sign_in: Some(view), ..*before }))
            }
            other => other,
        })
    }

    async fn step<P: Purpose>(
        &self,
        mut view: SignInView,
        pending: Pending<P, Screens>,
    ) -> Result<Step<P>, Error> {
        // Recovery codes are shown once more after a reload.
        let goes_on = view.input.is_some()
            || view.settings.is_some()
            || view.recovery_codes.is_some()
            || !view.links.is_empty();
        if pending.facts.has_outcome {
            // Who holds this browser now may be somebody else: a session begins once.
            (view.assertion, view.browser_token) = (None, None);
            let pending = goes_on.then_some(pending);
            return Ok(Step::GoesOn { view: Box::new(view), pending });
        }
        let Some(assertion) = &view.assertion else {
            return Ok(Step::Show { view: Box::new(view), pending });
        };
        let outcome = self.outcome(assertion, &pending).await?;
        let browser_token = view.browser_token.clone();
        let pending = goes_on.then(|| pending.after_outcome());
        Ok(Step::Done(Box::new(Done { outcome, view, browser_token, pending })))
    }

    async fn read(&self, id: &str) -> Result<SignInView, Error> {
        let path = format!("/v1/sign-ins/{}", encoded(id));
        self.calls.call(Method::GET, &path, None::<&()>, Repeat::Harmless).await
    }

    async fn post(
        &self,
        path: &str,
        body: &impl Serialize,
        repeat: Repeat,
    ) -> Result<SignInView, Error> {
        let path = format!("/v1/sign-ins{path}");
        self.calls.call(Method::POST, &path, Some(body), repeat).await
    }
}

/// Returns the body of an act, with the text that the user confirms: a view that was read again
/// does not have it.
fn with_text(typed: &Typed, step_up: Option<&StepUpFacts>) -> Map<String, Value> {
    let mut body = typed.body.clone();
    let text = step_up.and_then(|step_up| step_up.text.clone());
    if let Some(text) = text.filter(|_| TAKES_A_TEXT.contains(&typed.action.as_str())) {
        body.insert("text".to_owned(), Value::String(text));
    }
    body
}
