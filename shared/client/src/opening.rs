//! The opening of a sign-in, and the steps that follow.

use crate::{
    pending::{Pending, Prompt, Screens, StepUpFacts},
    purpose::{Manage, Purpose, SignIn, StepUp},
    wire::{AcrName, ContextFields, EventName, SignInView, unprintable},
};
use serde_json::{Map, Value};
use std::marker::PhantomData;

/// The things that are opened, beside the user.
pub struct Opening<P> {
    pub(crate) event: EventName,
    pub(crate) ticket: Option<String>,
    pub(crate) context: Option<ContextFields>,
    pub(crate) browser_token: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) max_age: Option<u32>,
    pub(crate) step_up: Option<StepUpFacts>,
    pub(crate) purpose: PhantomData<fn() -> P>,
}

impl<P> Opening<P> {
    fn of(event: EventName) -> Self {
        let (ticket, context, browser_token, code) = (None, None, None, None);
        let (max_age, step_up, purpose) = (None, None, PhantomData);
        Self { event, ticket, context, browser_token, code, max_age, step_up, purpose }
    }

    /// Adds the address and the `User-Agent` of the browser.
    #[must_use]
    pub fn context(self, context: ContextFields) -> Self {
        Self { context: Some(context), ..self }
    }

    /// Adds what is known of the browser, if the portal has not said it.
    pub(crate) fn of_browser(mut self, context: &ContextFields, token: Option<&str>) -> Self {
        self.context.get_or_insert_with(|| context.clone());
        self.browser_token = self.browser_token.or_else(|| token.map(str::to_owned));
        self
    }

    /// The portal's own screens: adds the last token of this browser, from its HttpOnly cookie.
    #[must_use]
    pub fn browser_token(self, token: impl Into<String>) -> Self {
        Self { browser_token: Some(token.into()), ..self }
    }
}

impl Opening<SignIn> {
    pub fn login() -> Self {
        Self::of(EventName::Login)
    }

    /// The user accepts an invitation to the portal.
    pub fn invitation() -> Self {
        Self::of(EventName::Invitation)
    }

    /// Adds the seconds for which the proof of a trusted browser counts; with 0 it never counts. A
    /// user who skips gets in all the same. The service takes it with a login, and not with an
    /// invitation.
    #[must_use]
    pub fn max_age(self, seconds: u32) -> Self {
        Self { max_age: Some(seconds), ..self }
    }

    /// Adds the `ticket` of a mailed link to enrol again.
    #[must_use]
    pub fn ticket(self, ticket: impl Into<String>) -> Self {
        Self { ticket: Some(ticket.into()), ..self }
    }

    /// The portal's own screens: adds the code of the app, if the login form asks for it.
    #[must_use]
    pub fn code(self, code: impl Into<String>) -> Self {
        Self { code: Some(code.into()), ..self }
    }
}

impl Opening<Manage> {
    /// A user who is signed in opens "Security settings".
    pub fn manage() -> Self {
        Self::of(EventName::Manage)
    }
}

impl Opening<StepUp> {
    /// A user who is signed in proves it once more. The proof is at least `acr`, and for nothing
    /// but the `intent`, which is what the user is about to do, as in `payment 4711`.
    pub fn step_up(acr: AcrName, intent: impl Into<String>) -> Self {
        let step_up = Some(StepUpFacts { acr, intent: intent.into(), text: None });
        Self { step_up, ..Self::of(EventName::StepUp) }
    }

    /// Adds what the user confirms, as in `Pay EUR 250.00 to ACME`. The user sees it before
    /// anything else, and the assertion has to be of it.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        if let Some(facts) = &mut self.step_up {
            facts.text = Some(text.into());
        }
        self
    }

    /// The portal's own screens: adds the code of the app, if the portal's page asks for it.
    #[must_use]
    pub fn code(self, code: impl Into<String>) -> Self {
        Self { code: Some(code.into()), ..self }
    }
}

/// The place to send the browser to, and what it has to hold until it is back.
#[derive(Debug)]
pub struct AtThePrompt<P> {
    pub prompt_url: String,
    pub pending: Pending<P, Prompt>,
}

/// A step on the portal's own screens.
#[derive(Debug)]
pub enum Step<P: Purpose> {
    /// The user is in, or the settings are open.
    Done(Box<Done<P>>),
    /// Show the view, and post what its form or link says.
    Show { view: Box<SignInView>, pending: Pending<P, Screens> },
    /// The outcome was given before, and the user did more in the same sign-in. Show the view; if
    /// nothing is pending, there is nothing left to do.
    GoesOn { view: Box<SignInView>, pending: Option<Pending<P, Screens>> },
}

/// A sign-in that brought its result.
pub struct Done<P: Purpose> {
    pub outcome: P::Outcome,
    /// It may have something to show besides: recovery codes, the settings, the offer of a second
    /// way in.
    pub view: SignInView,
    /// Keep it in an HttpOnly cookie of this browser, never beside the user.
    pub browser_token: Option<String>,
    /// The same sign-in, if the view has a form or links to go on with.
    pub pending: Option<Pending<P, Screens>>,
}

impl<P: Purpose> std::fmt::Debug for Done<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Done").finish_non_exhaustive()
    }
}

/// An act on the portal's own screen: the `action` and the `body` of the view's form or link, with
/// the typed text.
#[derive(Clone)]
pub struct Typed {
    pub action: String,
    pub body: Map<String, Value>,
}
unprintable!(Typed);

impl Typed {
    /// A link, as the view has it.
    pub fn link(link: &crate::wire::LinkView) -> Self {
        Self { action: link.action.clone(), body: members(&link.body) }
    }

    /// A form, with the text that was typed into its field.
    pub fn form(input: &crate::wire::InputView, typed: impl Into<String>) -> Self {
        let mut body = members(&input.body);
        if !["none", "passkey"].contains(&input.field.as_str()) {
            body.insert(input.field.as_str().to_owned(), Value::String(typed.into()));
        }
        Self { action: input.action.clone(), body }
    }
}

fn members(body: &Value) -> Map<String, Value> {
    body.as_object().cloned().unwrap_or_default()
}

/// The query that a browser came back with.
pub(crate) struct Returned(Vec<(String, String)>);

impl Returned {
    /// Reads a query, or a URL that ends in one.
    pub(crate) fn parse(query: &str) -> Self {
        let query = query.split_once('?').map_or(query, |(_, query)| query);
        let query = query.split('#').next().unwrap_or_default();
        Self(serde_urlencoded::from_str(query).unwrap_or_default())
    }

    /// Returns the value of a member that is there exactly once.
    pub(crate) fn only(&self, name: &str) -> Option<&str> {
        let mut found = self.0.iter().filter(|(member, _)| member == name);
        match (found.next(), found.next()) {
            (Some((_, value)), None) if !value.is_empty() => Some(value),
            (Some(_) | None, _) => None,
        }
    }
}
