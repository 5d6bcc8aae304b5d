//! One HTTP call: its time limit, its one repetition, and its refusals.

use crate::{
    config::Config,
    error::{Error, OwnCode, Unavailable},
    wire::{DETAIL_IS_FOR_USERS, ProblemCode, ProblemDocument},
};
use reqwest::{
    Method, RequestBuilder, Response,
    header::{RETRY_AFTER, USER_AGENT},
};
use serde::{Serialize, de::DeserializeOwned};
use std::{sync::Arc, time::Duration};

/// Says if a call may be made twice.
#[derive(Clone, Copy)]
pub(crate) enum Repeat {
    /// The same call again has the same answer.
    Harmless,
    /// The same call again could count a guess or send a message twice: it is made again only if it
    /// is sure that nothing was done.
    Counted,
}

/// Waits are never longer than this: a browser is waiting.
const LONGEST_WAIT: Duration = Duration::from_secs(2);
const SHORT_WAIT: Duration = Duration::from_millis(200);
/// Longer answers are not of this service.
const LONGEST_ANSWER: usize = 1 << 20;

/// Says to the service which library calls.
const LIBRARY: &str = concat!("portcullis-client-rust/", env!("CARGO_PKG_VERSION"));

pub(crate) struct Calls {
    config: Arc<Config>,
}

impl Calls {
    pub(crate) fn new(config: Arc<Config>) -> Self {
        Self { config }
    }

    /// Makes a call with the portal's key.
    pub(crate) async fn call<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<&(impl Serialize + ?Sized)>,
        repeat: Repeat,
    ) -> Result<T, Error> {
        let request = self.request(method, path).bearer_auth(&self.config.key);
        let request = match body {
            Some(body) => request.json(body),
            None => request,
        };
        self.repeated(request, repeat).await
    }

    /// Reads what is public. The key stays here.
    pub(crate) async fn read<T: DeserializeOwned>(&self, path: &str) -> Result<T, Error> {
        self.repeated(self.request(Method::GET, path), Repeat::Harmless).await
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.config.service);
        let request = self.config.http.request(method, url).header(USER_AGENT, LIBRARY);
        request.timeout(self.config.timeout)
    }

    pub(crate) fn unavailable(
        &self,
        status: Option<u16>,
        retry_after: Option<i64>,
        cause: Option<reqwest::Error>,
    ) -> Error {
        let sentence = self.config.say(OwnCode::Unavailable);
        let unavailable = Unavailable { sentence, status, retry_after, sign_in: None, cause };
        Error::Unavailable(Box::new(unavailable))
    }

    /// A sentence that is not for users stays in the problem document.
    fn refused(&self, problem: ProblemDocument) -> Error {
        // What a user mistyped comes with the sign-in to show again.
        let is_typed = problem.code == ProblemCode::BadRequest && problem.sign_in.is_some();
        let sentence = if is_typed || DETAIL_IS_FOR_USERS.contains(&problem.code) {
            problem.detail.clone()
        } else {
            self.config.say(OwnCode::Refused)
        };
        Error::Refused { sentence, problem: Box::new(problem) }
    }

    async fn repeated<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
        repeat: Repeat,
    ) -> Result<T, Error> {
        let again = request.try_clone();
        let failure = match self.once(request).await {
            Ok(answer) => return Ok(answer),
            Err(failure) => failure,
        };
        let (Some(again), Some(wait)) = (again, wait_before_another(&failure, repeat)) else {
            return Err(failure);
        };
        tokio::time::sleep(wait).await;
        self.once(again).await
    }

    /// Makes a call once. A success is 200, 201 or 202, and nothing else is.
    async fn once<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, Error> {
        let answer = request.send().await;
        let answer =
            answer.map_err(|cause| self.unavailable(None, None, Some(cause.without_url())))?;
        let status = answer.status().as_u16();
        let after = answer.headers().get(RETRY_AFTER);
        let after = after.and_then(|after| after.to_str().ok()?.parse().ok());
        let body = self.body(answer, status, after).await?;
        if matches!(status, 200..=202) {
            let understood = serde_json::from_slice(&body);
            return understood.map_err(|_| self.unavailable(Some(status), after, None));
        }
        let Ok(problem) = serde_json::from_slice::<ProblemDocument>(&body) else {
            return Err(self.unavailable(Some(status), after, None));
        };
        // Of the refusals with this status one is not worth a second try: `newer_release`.
        if problem.code != ProblemCode::Unavailable {
            return Err(self.refused(problem));
        }
        Err(Error::Unavailable(Box::new(Unavailable {
            sentence: problem.detail,
            status: Some(status),
            retry_after: problem.retry_after.or(after),
            sign_in: None,
            cause: None,
        })))
    }

    async fn body(
        &self,
        mut answer: Response,
        status: u16,
        after: Option<i64>,
    ) -> Result<Vec<u8>, Error> {
        let mut body = vec![];
        loop {
            let chunk = answer.chunk().await.map_err(|cause| {
                self.unavailable(Some(status), after, Some(cause.without_url()))
            })?;
            let Some(chunk) = chunk else { return Ok(body) };
            body.extend_from_slice(&chunk);
            if body.len() > LONGEST_ANSWER {
                return Err(self.unavailable(Some(status), after, None));
            }
        }
    }
}

/// Returns the time after which a failed call is made once more, if it is.
fn wait_before_another(failure: &Error, repeat: Repeat) -> Option<Duration> {
    let may_repeat = match (failure, repeat) {
        (Error::Unavailable(_), Repeat::Harmless) => true,
        // Nothing was written: other requests for this user came first, every time.
        (Error::Refused { problem, .. }, _) => problem.code == ProblemCode::Conflict,
        (Error::Unavailable(_), Repeat::Counted)
        | (Error::Pending { .. } | Error::NotSignedIn { .. } | Error::Assertion { .. }, _) => false,
    };
    let seconds = failure.retry_after().map(|seconds| seconds.try_into().unwrap_or(u64::MAX));
    let wait = seconds.map_or(SHORT_WAIT, Duration::from_secs);
    (may_repeat && wait <= LONGEST_WAIT).then_some(wait)
}
