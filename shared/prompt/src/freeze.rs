//! The page of a freeze link, "This was not me". It belongs to no sign-in and needs no cookie: the
//! link is the right, and opening its page changes nothing.

use axum::{
    extract::{FromRef, FromRequest, FromRequestParts, Request},
    response::Response,
};
use http::request::Parts;
use portcullis_app::{AppContext, Caller, CommandError};
use portcullis_domain::{
    Decision, DecisionContext, Locale, Portal, PortalId, Refusal, SecretMac, Timestamp, User,
    account::freeze::{FreezePage, FreezeState, freeze, look},
    portal::Profile,
    user::{ClaimedFreezeLink, FreezeLink},
};
use portcullis_http::{Problem, form, page};
use portcullis_messages::{catalogue::text, change_text};
use serde::Deserialize;

use crate::{
    ending,
    frame::Frame,
    page::{Freeze, Message, render},
};

pub const PATH: &str = "/prompt/freeze";

/// Somebody who opened the page of a freeze link that was made here.
#[derive(Debug)]
pub struct FreezeVisit {
    link: FreezeLink,
    /// The token that the form of the page carries.
    form: SecretMac,
    language: Option<Locale>,
}

#[derive(Debug)]
pub struct FreezePress(FreezeVisit);

#[derive(Deserialize)]
struct Query {
    link: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoFields {}

impl<S> FromRequestParts<S> for FreezeVisit
where
    AppContext: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Response;

    /// Refuses a link that was made up, before the table is asked.
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        if page::is_prefetch(parts) {
            return Err(ending::no_content());
        }
        let language = page::language(&parts.headers);
        let query = parts.uri.query().unwrap_or_default();
        let refused = |problem: Problem| ending::unknown_portal(&problem, language.as_ref());
        let context = AppContext::from_ref(state);
        let keyring = context.keyring().await.map_err(|error| refused(error.into()))?;
        let made_here = || {
            let query = serde_urlencoded::from_str::<Query>(query);
            let Query { link } = query.map_err(|_| Refusal::FreezeLinkRefused)?;
            let claimed = ClaimedFreezeLink::parse(&link);
            let link = claimed.map_err(|_| Refusal::FreezeLinkRefused)?.check(&*keyring)?;
            let form = link.form(&*keyring)?;
            Ok((link, form))
        };
        let made_here: Result<_, Refusal> = made_here();
        let (link, form) = made_here.map_err(|refusal| refused(context.error(refusal).into()))?;
        Ok(Self { link, form, language })
    }
}

impl<S> FromRequest<S> for FreezePress
where
    AppContext: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visit = FreezeVisit::from_request_parts(&mut parts, state).await?;
        let refused = |problem: Problem| ending::unknown_portal(&problem, visit.language.as_ref());
        let (form, NoFields {}) = form::read(body).await.map_err(refused)?;
        let form = form.and_then(|form| SecretMac::parse(&form).ok());
        if form.is_some_and(|form| visit.form.is(&form)) {
            return Ok(Self(visit));
        }
        let context = AppContext::from_ref(state);
        Err(refused(context.error(Refusal::FormRefused).into()))
    }
}

impl Caller for FreezeVisit {
    fn portal(&self) -> &PortalId {
        &self.link.portal
    }

    fn admit(&self, portal: Option<&Portal>, _: Timestamp) -> Result<(), Refusal> {
        portal.map(|_| ()).ok_or(Refusal::FreezeLinkRefused)
    }

    fn asked_language(&self) -> Option<&Locale> {
        self.language.as_ref()
    }
}

enum Seen {
    Page(FreezePage),
    /// The link is dead. Nothing is said of the account: its reader may no longer belong to it.
    Dead(Profile, Option<Locale>),
}

type Command =
    fn(&DecisionContext<'_>, Option<User>, &FreezeLink) -> Result<Decision<FreezePage>, Refusal>;

impl FreezeVisit {
    /// Shows what the button does, and what became of it once somebody pressed it.
    pub async fn show(&self, context: &AppContext) -> Response {
        match self.run(context, look).await {
            Ok(Seen::Page(page)) => self.page(page),
            other => self.dead_or_failed(context, other),
        }
    }

    /// Runs a command of a link. A dead one is no refusal here, so that its page has the portal's
    /// name, language and support.
    async fn run(&self, context: &AppContext, command: Command) -> Result<Seen, CommandError> {
        let run = |context: &DecisionContext<'_>, user: Option<User>| {
            let locale = context.portal.locale_for(None).or(context.asked_language).cloned();
            match command(context, user, &self.link) {
                Ok(decision) => Ok(decision.map(Seen::Page)),
                Err(Refusal::FreezeLinkRefused) => {
                    let profile = context.portal.profile.clone();
                    Ok(Decision::unchanged(Seen::Dead(profile, locale)))
                }
                Err(other) => Err(other),
            }
        };
        Ok(context.command(self, self.link.locator, None, run).await?.0)
    }

    fn page(&self, page: FreezePage) -> Response {
        let FreezePage { account, profile, locale, state } = page;
        let say = |key| text(locale.as_ref(), key, &[]);
        let heading = match state {
            FreezeState::Asks => say("prompt-freeze-title"),
            FreezeState::Done => say("prompt-frozen-title"),
        };
        let frame = Frame::of_portal(&self.link.portal, &profile, locale.clone(), heading);
        let frame = Frame { account: Some(account), form: self.form.to_string(), ..frame };
        match state {
            FreezeState::Asks => {
                let change = change_text(locale.as_ref(), self.link.kind, self.link.at);
                let change = frame.fill("prompt-freeze-change", "change", &change);
                let page = Freeze { frame, change, action: self.url() };
                render(&page.frame, &page)
            }
            FreezeState::Done => {
                let paragraphs = vec![say("prompt-frozen-done"), say("prompt-frozen-next")];
                let frame = Frame { is_stuck: true, ..frame };
                ending::page(Message { frame, paragraphs, button: None, again: None })
            }
        }
    }

    /// Shows that a link is dead, or that something failed.
    fn dead_or_failed(&self, context: &AppContext, seen: Result<Seen, CommandError>) -> Response {
        match seen {
            Ok(Seen::Dead(profile, locale)) => {
                let heading = text(locale.as_ref(), "prompt-problem-title", &[]);
                let frame = Frame::of_portal(&self.link.portal, &profile, locale.clone(), heading);
                let refused = context.error(Refusal::FreezeLinkRefused).into();
                ending::problem_page(frame, &refused, locale.as_ref(), None)
            }
            // The page says so by GET, so that a reload sends nothing again.
            Ok(Seen::Page(_)) => page::see_other(&self.url(), &page::Reachable::default()),
            Err(error) => ending::unknown_portal(&error.into(), self.language.as_ref()),
        }
    }

    fn url(&self) -> String {
        format!("{PATH}?link={}", self.link.expose())
    }
}

impl FreezePress {
    pub async fn freeze(&self, context: &AppContext) -> Response {
        let Self(visit) = self;
        visit.dead_or_failed(context, visit.run(context, freeze).await)
    }
}
