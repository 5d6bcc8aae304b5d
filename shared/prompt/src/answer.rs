//! The page for each state of a sign-in.

use axum::response::Response;
use portcullis_app::{AppContext, Charged, CommandError, MessageSender};
use portcullis_domain::{
    Method, RecoveryCode, percent_encoded,
    sign_in::{
        MadeCodes, Question, RecoveryOffer, Role, SignInView,
        challenge::SendOutcome,
        enrol::Enrol,
        prompt::{Answer, Claimed, Step, Visited},
    },
};
use portcullis_http::{
    Problem, ProblemCode, message,
    page::{Reachable, see_other},
    reaches_nobody, try_again_in, why_no_passkey,
};
use portcullis_messages::catalogue::text;

use crate::{
    ending,
    frame::{Alert, AlertOf, Frame, base, reach},
    page::{
        Choose, EnterCode, EnterRecoveryCode, KeepCodes, Sent, enrolment, remember, render, ways,
    },
    passkey,
    settings::SettingsDone,
    visit::{PromptVisit, UncheckedVisit},
};

/// The longest wait that a page tells, in seconds: 30 days. It is read from the query, which may
/// say anything.
const LONGEST_WAIT: u32 = 30 * 86_400;

/// The page that an accepted form leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    Step,
    Enrolment(Method),
    /// The settings, which say that this is done.
    Settings(SettingsDone),
}

impl Next {
    /// Returns the page after a confirmed enrolment: the settings, if it was one for them.
    pub const fn after_enrolment(view: &SignInView) -> Self {
        match view.settings {
            Some(_) => Self::Settings(SettingsDone::Added),
            None => Self::Step,
        }
    }
}

/// The text of a bypass code that was wrong.
const BYPASS_CODE_WRONG: &str = "problem-bypass-code-wrong";

#[derive(Debug)]
pub struct Retry<'a> {
    pub typed: &'a str,
    pub problem: Problem,
}

impl PromptVisit {
    /// Shows the page for the state of a sign-in. In the first browser that opens it, a code that
    /// needs no asking goes out at this moment.
    pub async fn show(&self, context: &AppContext, sender: &MessageSender) -> Response {
        let (claimed, charged) = match self.claim(context).await {
            Ok(claimed) => claimed,
            Err(error) => return self.problem(context, &error.into()).await,
        };
        let page = match self.send(context, sender, charged, &claimed).await {
            Ok(SendOutcome::Sent | SendOutcome::Unknown) => self.step(&claimed.visited),
            // The sign-in is read again, because it is no longer as it was claimed.
            Ok(SendOutcome::NotSent) => self.after(context, Ok(Next::Step)).await,
            Err(error) => self.after(context, Err(error.into())).await,
        };
        self.with_cookies(&claimed.visited, page)
    }

    pub(crate) async fn send(
        &self,
        context: &AppContext,
        sender: &MessageSender,
        charged: Charged,
        claimed: &Claimed,
    ) -> Result<SendOutcome, CommandError> {
        let (visit, locator) = (UncheckedVisit(self), self.id.locator);
        match (&claimed.dispatch, &claimed.link) {
            (Some(dispatch), _) => {
                let sent = sender.send(context, &visit, locator, charged, dispatch).await?;
                Ok(sent.or_error(dispatch, context)?.0)
            }
            (None, Some(link)) => sender.send_link(context, &visit, locator, charged, link).await,
            (None, None) => Ok(SendOutcome::Sent),
        }
    }

    /// Shows the enrolment page. `start` starts the enrolment of an app or a passkey, if that is
    /// the method.
    pub async fn show_enrolment(
        &self,
        context: &AppContext,
        start: impl AsyncFnOnce(Enrol) -> Result<SignInView, Problem>,
    ) -> Response {
        if self.cookie.is_none() {
            // The prompt's first page gives it to the browser.
            return see_other(&base(&self.id), &Reachable::default());
        }
        let visited = match self.see(context).await {
            Ok(visited) => visited,
            Err(problem) => return self.problem(context, &problem).await,
        };
        let page = match (self.enrolled_here(&visited), &visited.step) {
            (_, Step::Done(_) | Step::Settings(_)) if let Some(made) = &visited.view.made_codes => {
                self.keep_codes(&visited, made)
            }
            (_, Step::Done(code)) if has_just_enrolled(&visited) => {
                ending::finish(&visited, visited.back(Answer::Result(code)))
            }
            (Some(Method::AuthenticatorApp), _) => match start(Enrol::App).await {
                Ok(view) => self.begun(context, &visited, &view).await,
                Err(problem) => self.problem(context, &problem).await,
            },
            (Some(Method::Passkey), _) => match start(Enrol::Passkey).await {
                Ok(view) => self.begun(context, &visited, &view).await,
                Err(problem) => self.problem(context, &problem).await,
            },
            (Some(method), _) => {
                match visited.pending.as_ref().filter(|_| self.query.change.is_none()) {
                    Some(pending) if pending.method == method => self.enter_sent(&visited, pending),
                    Some(_) | None => self.enter_destination(&visited, method, None),
                }
            }
            (None, _) => see_other(&base(&self.id), &reach(&visited)),
        };
        self.with_cookies(&visited, page)
    }

    /// Leads on from a form to the next page, or back to this one with the problem.
    pub async fn after(&self, context: &AppContext, done: Result<Next, Problem>) -> Response {
        let here = base(&self.id);
        match done {
            Ok(Next::Step) => see_other(&here, &Reachable::default()),
            Ok(Next::Enrolment(method)) => {
                see_other(&enrolment(&here, method), &Reachable::default())
            }
            Ok(Next::Settings(done)) => {
                see_other(&format!("{here}?done={}", done.word()), &Reachable::default())
            }
            Err(problem) => match problem.key().and_then(|key| key.strip_prefix("problem-")) {
                Some(word) if can_continue(problem.code()) => {
                    let wait = problem.seconds_to_wait().filter(|_| shows_wait(problem.code()));
                    let wait = wait.map(|seconds| format!("&wait={seconds}")).unwrap_or_default();
                    let url = format!("{here}?problem={word}{wait}");
                    let mut back = see_other(&url, &Reachable::default());
                    back.extensions_mut().insert(problem.code());
                    back
                }
                Some(_) | None => self.problem(context, &problem).await,
            },
        }
    }

    pub async fn retry(&self, context: &AppContext, method: Method, retry: Retry<'_>) -> Response {
        let code = retry.problem.code();
        let answer = match self.see(context).await {
            Ok(visited) if self.enrolled_here(&visited).is_some() => {
                let mut page = self.enter_destination(&visited, method, Some(retry));
                page.extensions_mut().insert(code);
                return page;
            }
            Ok(_) => Err(retry.problem),
            Err(problem) => Err(problem),
        };
        self.after(context, answer).await
    }

    /// Shows a problem in the colours and language of the portal.
    pub async fn problem(&self, context: &AppContext, problem: &Problem) -> Response {
        let portal = context.store().portal_of(&self.id.portal, self.id.locator).await;
        let portal = portal.ok().flatten();
        let Some(profile) = portal.map(|portal| portal.value.profile) else {
            return ending::unknown_portal(problem, self.language.as_ref());
        };
        let locale = profile.locale.clone().or_else(|| self.language.clone());
        let heading = text(locale.as_ref(), "prompt-problem-title", &[]);
        let frame = Frame::of_portal(&self.id.portal, &profile, locale.clone(), heading);
        let again = problem.status().is_server_error();
        let again = again.then(|| (base(&self.id), frame.say("prompt-again")));
        ending::problem_page(frame, problem, locale.as_ref(), again)
    }

    fn step(&self, visited: &Visited) -> Response {
        let view = &visited.view;
        let on = |url: &str| see_other(url, &reach(visited));
        match &visited.step {
            Step::Done(_) | Step::Settings(_) if view.made_codes.is_some() => {
                on(&format!("{}/enrolment{}", base(&self.id), self.query.only_problem()))
            }
            Step::Done(_) if has_just_enrolled(visited) => {
                on(&format!("{}/enrolment", base(&self.id)))
            }
            Step::Done(code) if view.passkey_offered => {
                passkey::offer(visited, visited.back(Answer::Result(code)))
            }
            Step::Done(code) if !view.second_way.is_empty() => {
                ending::second_way(visited, visited.back(Answer::Result(code)))
            }
            Step::Done(code) => {
                let back = visited.back(Answer::Result(code));
                match (visited.view.few_codes_left, back) {
                    (Some(left), back) => ending::few_codes_left(visited, left, back),
                    (None, Some(back)) => on(&back),
                    (None, None) => ending::ended(visited, "problem-sign-in-done", "over"),
                }
            }
            Step::Settings(code) => match self.refused_addition(visited) {
                Some(page) => on(&page),
                None => self.settings(visited, visited.back(Answer::Result(code))),
            },
            Step::Challenge => self.challenge(visited),
            Step::Enrol if view.sent_code.is_some() => self.challenge(visited),
            Step::Enrol => match self.enrolled_here(visited) {
                Some(method) => {
                    on(&(enrolment(&base(&self.id), method) + &self.query.problem_again()))
                }
                None => self.choose(visited),
            },
            Step::CheckEmail => ending::check_email(visited, self.alert(visited)),
            Step::Denied(reason) => ending::denied(visited, *reason, self.code_alert(visited)),
            Step::Locked(lock) => ending::locked(visited, lock, self.code_alert(visited)),
            Step::Dead => ending::ended(visited, "problem-sign-in-dead", "dead"),
            Step::Fetched => ending::ended(visited, "problem-sign-in-done", "over"),
            Step::Over => ending::ended(visited, "problem-sign-in-expired", "over"),
        }
    }

    pub(crate) fn frame(&self, visited: &Visited, heading: String) -> Frame {
        Frame::of(visited, heading, "left").with_alert(self.alert(visited))
    }

    /// Returns the sentence about the last problem if it was a code: the page says the rest.
    fn code_alert(&self, visited: &Visited) -> Option<Alert> {
        let problem = self.query.problem.as_deref()?;
        let is_code = matches!(
            problem,
            "code-wrong"
                | "app-code-wrong"
                | "malformed-code"
                | "recovery-code-wrong"
                | "bypass-code-wrong"
                | "malformed-recovery-code"
        );
        self.alert(visited).filter(|_| is_code)
    }

    /// Returns the sentence about the last problem, with the guesses left or the time to wait.
    fn alert(&self, visited: &Visited) -> Option<Alert> {
        let locale = visited.view.locale.as_ref();
        let key = format!("problem-{}", self.query.problem.as_ref()?);
        let sentence = Some(text(locale, &key, &[])).filter(|sentence| !sentence.is_empty());
        let is_wrong_code = matches!(
            key.as_str(),
            "problem-code-wrong"
                | "problem-app-code-wrong"
                | "problem-recovery-code-wrong"
                | "problem-passkey-wrong"
                | BYPASS_CODE_WRONG
        );
        let left = visited.guesses_left.filter(|_| is_wrong_code);
        let left =
            left.map(|left| text(locale, "prompt-attempts-left", &[("count", &left.to_string())]));
        let wait = self.query.wait.filter(|seconds| sentence.is_some() && *seconds <= LONGEST_WAIT);
        let wait = wait.map(|seconds| try_again_in(locale, seconds.into()));
        let sentences: Vec<String> = sentence.into_iter().chain(left).chain(wait).collect();
        let of = if key == BYPASS_CODE_WRONG { AlertOf::BypassCode } else { AlertOf::Page };
        (!sentences.is_empty()).then(|| Alert { text: sentences.join(" "), of })
    }

    fn challenge(&self, visited: &Visited) -> Response {
        let view = &visited.view;
        match view.recovery {
            RecoveryOffer::Chosen | RecoveryOffer::Only => {
                return self.enter_recovery_code(visited);
            }
            RecoveryOffer::None | RecoveryOffer::Offered => {}
        }
        if let Question::Passkey(asked) = view.question() {
            return self.use_passkey(visited, asked);
        }
        let prompt = view.sent_code.as_ref().filter(|_| !view.uses_app);
        let app = view
            .options
            .iter()
            .any(|option| option.method == Method::AuthenticatorApp && option.role != Role::Enrol);
        if let Some(why) = why_no_passkey(view) {
            return ending::no_passkey(visited, why, self.alert(visited));
        }
        let Some(method) =
            prompt.map(|prompt| prompt.method).or(app.then_some(Method::AuthenticatorApp))
        else {
            return self.choose(visited);
        };
        let frame = self.frame(visited, message(view, prompt, SendOutcome::Sent));
        let frame = frame.with_bypass(visited);
        let base = base(&self.id);
        let sent = prompt.map(|prompt| Sent {
            action: format!("{base}/challenge"),
            method: prompt.method.as_str(),
            wait: prompt.resend_after.since(visited.now).max(0),
            again: prompt.sends_left > 0,
        });
        let page = EnterCode {
            action: format!("{base}/verify"),
            method: Some(method.as_str()),
            offer_default: prompt.is_some_and(|prompt| prompt.offer_default),
            remember: remember(view, method),
            sent,
            ways: ways(visited, &frame, prompt),
            frame,
        };
        render(&page.frame, &page)
    }

    fn enter_recovery_code(&self, visited: &Visited) -> Response {
        let locale = visited.view.locale.as_ref();
        let (heading, why) = match why_no_passkey(&visited.view) {
            Some(why) => (text(locale, "sign-in-enter-recovery-code", &[]), Some(why)),
            None => (message(&visited.view, None, SendOutcome::Sent), None),
        };
        // The codes may be lost, too.
        let is_stuck = why.is_some();
        let takes_bypass = is_stuck && visited.view.takes_bypass_code();
        let frame = Frame { is_stuck, takes_bypass, ..self.frame(visited, heading) };
        let (ways, paragraphs) = (ways(visited, &frame, None), why.into_iter().collect());
        let page = EnterRecoveryCode { paragraphs, button: None, ways, frame };
        render(&page.frame, &page)
    }

    /// Shows the recovery codes that were just made, until the user continues.
    fn keep_codes(&self, visited: &Visited, made: &MadeCodes) -> Response {
        let frame =
            self.frame(visited, text(visited.view.locale.as_ref(), "prompt-codes-title", &[]));
        let frame = Frame { back: None, ..frame };
        let codes: Vec<String> = made.codes.iter().map(RecoveryCode::grouped).collect();
        let heading = frame.fill("prompt-codes-file", "name", frame.portal.as_str());
        let content = format!("{heading}\r\n\r\n{}\r\n", codes.join("\r\n"));
        let file = format!("data:text/plain;charset=utf-8,{}", percent_encoded(&content));
        let page = KeepCodes { codes, file, must_confirm: made.must_confirm, frame };
        render(&page.frame, &page)
    }

    fn choose(&self, visited: &Visited) -> Response {
        let frame = self.frame(visited, message(&visited.view, None, SendOutcome::Sent));
        let mut frame = frame.with_bypass(visited);
        frame.is_stuck |= reaches_nobody(&visited.view);
        let page = Choose { ways: ways(visited, &frame, None), frame };
        render(&page.frame, &page)
    }
}

fn has_just_enrolled(visited: &Visited) -> bool {
    let accepted = visited.view.status.acceptance();
    accepted.is_some_and(|accepted| accepted.role == Some(Role::Enrol))
}

/// Returns true for a limit that ends by itself: the page says when.
fn shows_wait(code: ProblemCode) -> bool {
    matches!(
        code,
        ProblemCode::SendLimit | ProblemCode::TooManySignIns | ProblemCode::ResendTooSoon
    )
}

fn can_continue(code: ProblemCode) -> bool {
    !matches!(
        code,
        ProblemCode::SignInUnknown
            | ProblemCode::OtherBrowser
            | ProblemCode::FormRefused
            | ProblemCode::Unavailable
            | ProblemCode::NewerRelease
    )
}
