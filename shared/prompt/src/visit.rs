//! A browser at the prompt, and the forms it posts.

use axum::{
    extract::{FromRef, FromRequest, FromRequestParts, Path, Request},
    response::Response,
};
use http::request::Parts;
use portcullis_app::{AppContext, Caller, Cause, Charged, CommandError, MessageSender};
use portcullis_domain::{
    AuthenticatorId, BrowserToken, DecisionContext, Device, Locale, Portal, PortalId, Refusal,
    SecretMac, SignInId, Timestamp, TransactionText, User,
    sign_in::{
        BrowserSession, admit_session,
        challenge::SendOutcome,
        link,
        prompt::{self, Browser, Claimed, Visited},
    },
};
use portcullis_http::{
    Problem, ServiceUrl,
    admin::{SessionSecret, session_of},
    device, form, known_browsers, page,
    wire::MethodName,
};
use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    cookies::{PromptText, cookie_name, pushed_cookie_name},
    ending,
    oidc::PushedPart,
    settings::SettingsDone,
};

/// A browser that looks at the prompt of a sign-in.
#[derive(Clone, Debug)]
pub struct PromptVisit {
    pub id: SignInId,
    pub(crate) cookie: Option<SecretMac>,
    /// The text that the user confirms, from the URL or the cookie of the prompt.
    pub(crate) text: Option<PromptText>,
    /// The part of a pushed request that the browser carries, if it came with one.
    pub(crate) pushed: Option<PushedPart>,
    known: Vec<BrowserToken>,
    /// The session of the console in this browser.
    session: Option<BrowserSession>,
    device: Option<Device>,
    pub(crate) query: Query,
    /// The language that the browser asks for.
    pub(crate) language: Option<Locale>,
    /// The URL under which the browser has this page.
    service: ServiceUrl,
}

/// The query of a prompt page. It holds no secret, and no decision depends on it.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Query {
    /// The name of the sentence about the last form, without `problem-`.
    pub(crate) problem: Option<String>,
    /// The seconds until the last form can be tried again.
    pub(crate) wait: Option<u32>,
    pub(crate) method: Option<MethodName>,
    /// The user wants to enter another destination than the one being enrolled.
    pub(crate) change: Option<String>,
    /// The change of the settings that was made just now.
    pub(crate) done: Option<SettingsDone>,
    /// The id of the authenticator that the user wants to remove.
    pub(crate) remove: Option<String>,
    /// The id of the authenticator in whose place another one is set up.
    pub(crate) replaces: Option<String>,
    /// The text that the user confirms, sealed; it stands in the URL that the portal was given.
    pub(crate) text: Option<String>,
}

impl Query {
    /// Returns the query that says the problem, and nothing else, on another page.
    pub(crate) fn only_problem(&self) -> String {
        self.problem_again().replacen('&', "?", 1)
    }

    /// Returns true if the last problem was one of a change that the page of the settings makes.
    pub(crate) fn is_of_settings(&self) -> bool {
        let words = ["malformed-name", "last-authenticator", "authenticator-unknown"];
        self.problem.as_deref().is_some_and(|problem| words.contains(&problem))
    }

    /// Returns the parameters that say the problem on another page, too.
    pub(crate) fn problem_again(&self) -> String {
        let problem = self.problem.as_ref().map(|word| format!("&problem={word}"));
        let wait = self.wait.map(|seconds| format!("&wait={seconds}"));
        problem.into_iter().chain(wait).collect()
    }
}

/// A form posted from the prompt of a sign-in.
#[derive(Debug)]
pub struct PromptForm<T> {
    pub from: FormSender,
    pub fields: T,
}

/// The browser that sent a form. It must be the one that opened the prompt, and the form must be
/// one that the prompt made.
#[derive(Debug)]
pub struct FormSender {
    pub visit: PromptVisit,
    form: Option<SecretMac>,
}

impl<S> FromRequestParts<S> for PromptVisit
where
    AppContext: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let visit = Self::read(parts, state).await?;
        visit.in_session(&AppContext::from_ref(state), parts).await
    }
}

impl PromptVisit {
    /// Reads the request, without a session.
    async fn read<S>(parts: &mut Parts, state: &S) -> Result<Self, Response>
    where
        AppContext: FromRef<S>,
        S: Send + Sync,
    {
        // The first browser that opens a prompt is the only one that may use it, so a preview must
        // not open it.
        if page::is_prefetch(parts) {
            return Err(ending::no_content());
        }
        let language = page::language(&parts.headers);
        let text = Path::<String>::from_request_parts(parts, state).await;
        let text = text.map_or_else(|_| String::new(), |Path(text)| text);
        let context = AppContext::from_ref(state);
        let id = context.sign_in_id(&text).await;
        let id = id.map_err(|error| ending::unknown_portal(&error.into(), language.as_ref()))?;
        Self::of(id, &context, parts).await
    }

    /// Reads what a request to the prompt of this sign-in has beside its id.
    pub(crate) async fn of(
        id: SignInId,
        context: &AppContext,
        parts: &mut Parts,
    ) -> Result<Self, Response> {
        let language = page::language(&parts.headers);
        let cookie = page::cookie(&parts.headers, &cookie_name(&id));
        let cookie = cookie.and_then(|value| SecretMac::parse(value).ok());
        let known = known_browsers::of(&parts.headers);
        let query = parts.uri.query().unwrap_or_default();
        let query: Query = serde_urlencoded::from_str(query).unwrap_or_default();
        let is_word = |word: &String| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        let query = Query { problem: query.problem.filter(is_word), ..query };
        let unknown =
            |error: CommandError| ending::unknown_portal(&error.into(), language.as_ref());
        let text = PromptText::read(context, &id, &query, parts).await.map_err(unknown)?;
        let pushed = page::cookie(&parts.headers, &pushed_cookie_name(&id));
        let pushed = PushedPart::open(context, &id, pushed).await.map_err(unknown)?;
        let service = match ServiceUrl::from_request_parts(parts, &()).await {
            Ok(service) => service,
            Err(never) => match never {},
        };
        let (session, device) = (None, device(parts));
        Ok(Self { id, cookie, text, pushed, known, session, device, query, language, service })
    }

    /// Reads the session that the console's cookie stands for, if the sign-in is an admin's.
    async fn in_session(self, context: &AppContext, parts: &Parts) -> Result<Self, Response> {
        let is_own = |secret: &SessionSecret| {
            self.id.portal.is_console() && secret.locator() == self.id.locator
        };
        let Some(secret) = session_of(parts).filter(is_own) else { return Ok(self) };
        let admin = context.store().admin(self.id.locator).await;
        let admin = admin.map_err(|error| {
            let problem = CommandError::from(error).into();
            ending::unknown_portal(&problem, self.language.as_ref())
        })?;
        let admin = admin.as_ref().map(|stored| &stored.value);
        let session = BrowserSession::of(secret.hash(), admin, context.now());
        Ok(Self { session: Some(session), ..self })
    }
}

impl<S, T> FromRequest<S> for PromptForm<T>
where
    AppContext: FromRef<S>,
    S: Send + Sync,
    T: DeserializeOwned + Send,
{
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visit = PromptVisit::read(&mut parts, state).await?;
        let refused = |problem: Problem| ending::unknown_portal(&problem, visit.language.as_ref());
        let (form, fields) = form::read(body).await.map_err(refused)?;
        let form = form.and_then(|form| SecretMac::parse(&form).ok());
        // The session is read last: it may end while the form is on its way.
        let visit = visit.in_session(&AppContext::from_ref(state), &parts).await?;
        Ok(Self { from: FormSender { visit, form }, fields })
    }
}

/// Admits every portal that exists: `admit_to` decides who may see the prompt, once the user is
/// read.
fn admit(portal: Option<&Portal>) -> Result<(), Refusal> {
    portal.map(|_| ()).ok_or(Refusal::UnknownSignIn)
}

impl Caller for PromptVisit {
    fn portal(&self) -> &PortalId {
        &self.id.portal
    }

    fn admit(&self, portal: Option<&Portal>, _: Timestamp) -> Result<(), Refusal> {
        admit(portal)
    }

    fn admit_to(&self, context: &DecisionContext<'_>, user: Option<&User>) -> Result<(), Refusal> {
        prompt::admit(context, user, &self.id, self.cookie.as_ref())?;
        admit_session(user, &self.id, self.session)
    }

    fn asked_language(&self) -> Option<&Locale> {
        self.language.as_ref()
    }

    fn text(&self) -> Option<&TransactionText> {
        self.text.as_ref().map(|text| &text.opened)
    }

    fn browser_host(&self) -> Option<&str> {
        self.service.host()
    }
}

impl Caller for FormSender {
    fn portal(&self) -> &PortalId {
        &self.visit.id.portal
    }

    fn admit(&self, portal: Option<&Portal>, _: Timestamp) -> Result<(), Refusal> {
        admit(portal)
    }

    fn admit_to(&self, context: &DecisionContext<'_>, user: Option<&User>) -> Result<(), Refusal> {
        let PromptVisit { id, cookie, session, .. } = &self.visit;
        prompt::admit_form(context, user, id, cookie.as_ref(), self.form.as_ref())?;
        admit_session(user, id, *session)
    }

    fn asked_language(&self) -> Option<&Locale> {
        self.visit.asked_language()
    }

    fn text(&self) -> Option<&TransactionText> {
        self.visit.text()
    }

    fn browser_host(&self) -> Option<&str> {
        self.visit.browser_host()
    }
}

impl FormSender {
    /// Mails the link to enrol again once more.
    pub async fn mail_link_again(
        &self,
        context: &AppContext,
        sender: &MessageSender,
    ) -> Result<(), Problem> {
        let id = &self.visit.id;
        let again = |context: &DecisionContext<'_>, user: Option<User>| {
            link::issue_again(context, user, id)
        };
        let (mail, charged) = context.send_on_sign_in(self, id, again).await?;
        match sender.send_link(context, self, id.locator, charged, &mail).await? {
            SendOutcome::Sent | SendOutcome::Unknown => Ok(()),
            SendOutcome::NotSent => {
                Err(CommandError::from(Cause::NotSent { others: vec![] }).into())
            }
        }
    }
}

/// A visit whose cookie the command checks itself, because the first browser has none yet.
pub(crate) struct UncheckedVisit<'a>(pub(crate) &'a PromptVisit);

impl Caller for UncheckedVisit<'_> {
    fn portal(&self) -> &PortalId {
        &self.0.id.portal
    }

    fn admit(&self, portal: Option<&Portal>, _: Timestamp) -> Result<(), Refusal> {
        admit(portal)
    }

    fn asked_language(&self) -> Option<&Locale> {
        self.0.asked_language()
    }

    fn text(&self) -> Option<&TransactionText> {
        self.0.text()
    }

    fn browser_host(&self) -> Option<&str> {
        self.0.browser_host()
    }
}

impl PromptVisit {
    /// Reads the sign-in for the browser that opened its prompt.
    pub(crate) async fn see(&self, context: &AppContext) -> Result<Visited, Problem> {
        let visit = |context: &DecisionContext<'_>, user| {
            prompt::visit(context, user, &self.id, self.browser())
        };
        Ok(context.on_sign_in(&UncheckedVisit(self), &self.id, visit).await?.0)
    }

    /// Reads the sign-in, and gives its prompt to this browser if it is the first.
    pub(crate) async fn claim(
        &self,
        context: &AppContext,
    ) -> Result<(Claimed, Charged), CommandError> {
        let claim = |context: &DecisionContext<'_>, user| {
            prompt::claim(context, user, &self.id, self.browser())
        };
        context.send_on_sign_in(&UncheckedVisit(self), &self.id, claim).await
    }

    /// Returns the authenticator in whose place the page sets up another one.
    pub fn replaced(&self) -> Option<AuthenticatorId> {
        self.query.replaces.as_deref().and_then(|id| AuthenticatorId::parse(id).ok())
    }

    pub(crate) fn browser(&self) -> Browser<'_> {
        let (session, device) = (self.session, self.device);
        let carried = self.pushed.as_ref().map(PushedPart::carried);
        Browser { cookie: self.cookie.as_ref(), session, known: &self.known, device, carried }
    }
}
