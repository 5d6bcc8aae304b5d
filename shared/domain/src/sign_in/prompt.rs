//! The hosted prompt: which browser may see it, what it is shown, and with what it goes back.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{MethodOptions, Pending, Progress, Screens, SignIn, SignInView, open};
use crate::{
    Decision, DecisionContext, KeyVersion, Masked, Method, Refusal, SecretMac, SignInId, SignInKey,
    Timestamp, User,
    admin::SessionHash,
    decision::{DeniedReason, NextStep},
    portal::Profile,
    user::Lock,
};

/// The secrets of one sign-in's prompt. They are derived and not stored, so that an item holds only which key they are
/// under; being set at all says that a browser has opened the prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secret {
    /// The cookie of the browser that opened it first.
    Browser,
    /// What its forms carry, so that no other site can post them.
    Form,
    /// What the browser brings back to the portal.
    Result,
}

impl Secret {
    /// Derives it.
    pub(super) fn of(
        self,
        context: &DecisionContext<'_>,
        user: &User,
        key: SignInKey,
        version: KeyVersion,
    ) -> Result<SecretMac, Refusal> {
        // Tickets and bypass codes, which go the same way, hold no space.
        let word = match self {
            Self::Browser => "browser",
            Self::Form => "form",
            Self::Result => "result",
        };
        Ok(context.keys.secret_mac(version, &user.id, &format!("{word} {key}"))?)
    }
}

/// A sign-in as a browser is shown it.
#[derive(Clone, Debug)]
pub struct Visited {
    /// The sign-in.
    pub view: SignInView,
    /// What comes next.
    pub step: Step,
    /// What forms carry.
    pub form: SecretMac,
    /// The cookie to set, where the browser is the first.
    pub cookie: Option<SecretMac>,
    /// What is being enrolled.
    pub enrolling: Option<Method>,
    /// The destination that is being enrolled, while a code sent there is good.
    pub pending: Option<PendingDestination>,
    /// Wrong codes left in this sign-in, once one was wrong.
    pub attempts_left: Option<u8>,
    /// The moment.
    pub now: Timestamp,
    /// How the portal presents itself.
    pub profile: Profile,
}

/// What comes next on the prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A code is asked for, or a way to get one is chosen.
    Challenge,
    /// Something is enrolled.
    Enrol,
    /// A link to enrol again was mailed, or cannot be.
    CheckEmail,
    /// There is no way in.
    Denied(DeniedReason),
    /// Nothing is judged for a while.
    Locked(Lock),
    /// The user is in: the browser goes back with the result code.
    Done(SecretMac),
    /// Too many wrong codes.
    Dead,
    /// The portal has the result already.
    Fetched,
    /// Its time is over.
    Over,
}

/// A destination that is being enrolled, and to which a code went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingDestination {
    /// The method.
    pub method: Method,
    /// The destination.
    pub to: Masked,
    /// When another code can be sent.
    pub resend_after: Timestamp,
    /// How many more can be sent in this sign-in.
    pub sends_left: u8,
}

/// What a browser brings to a prompt.
#[derive(Clone, Copy, Debug, Default)]
pub struct Browser<'a> {
    /// The cookie of this prompt.
    pub cookie: Option<&'a SecretMac>,
    /// The session that the console's cookie stands for.
    pub session: Option<SessionHash>,
}

/// Shows a sign-in to a browser. The first browser is remembered, which is written before anything is shown to it; and so
/// is a user the policy lets in meanwhile. An admin's second step opens only in the browser where the password was
/// entered, so that nobody leads an admin through a sign-in that somebody else began.
///
/// # Errors
/// [`Refusal::UnknownSignIn`] where the portal shows its own screens too; [`Refusal::OtherBrowser`] to every browser but
/// the first.
pub fn visit(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    browser: Browser<'_>,
) -> Result<Decision<Visited>, Refusal> {
    let user = known.ok_or(Refusal::UnknownSignIn)?;
    let sign_in = hosted(&user, id)?;
    if id.portal.is_console()
        && !browser.session.is_some_and(|session| session.began(&sign_in.nonce))
    {
        return Err(Refusal::OtherBrowser);
    }
    if sign_in.browser.is_some() {
        admit(context, Some(&user), id, browser.cookie)?;
    } else if context.now >= sign_in.expires_at {
        return Err(Refusal::SignInExpired);
    }
    let mut changed = user.clone();
    let first = sign_in.browser.is_none();
    if let Some(sign_in) = changed.sign_in_mut(id.key).filter(|_| first) {
        sign_in.browser = Some(context.keys.version()?);
    }
    let mut options = MethodOptions::of(context, &user, sign_in.progress);
    let lets_in =
        sign_in.is_open() && context.now < sign_in.expires_at && options.next_step.is_allowed();
    let mut entries = vec![];
    if lets_in {
        entries = open::settle(context, &mut changed, id, options.next_step);
        options = MethodOptions::of(context, &changed, hosted(&changed, id)?.progress);
    }
    let visited = Visited::of(context, &changed, id, first, options)?;
    Ok(if first || lets_in {
        Decision::write(changed, entries, "visited", Ok(visited))
    } else {
        Decision::unchanged(visited)
    })
}

/// Lets a form in: it comes from the browser that opened the prompt, and was made by this prompt.
///
/// # Errors
/// [`Refusal::OtherBrowser`] and [`Refusal::FormRefused`]; nothing is judged then.
pub fn admit_form(
    context: &DecisionContext<'_>,
    user: Option<&User>,
    id: &SignInId,
    cookie: Option<&SecretMac>,
    form: Option<&SecretMac>,
) -> Result<(), Refusal> {
    let version = admit(context, user, id, cookie)?;
    let user = user.ok_or(Refusal::UnknownSignIn)?;
    let wanted = Secret::Form.of(context, user, id.key, version)?;
    form.filter(|form| wanted.is(form)).map(|_| ()).ok_or(Refusal::FormRefused)
}

/// Lets the browser in that opened the prompt first, and no other. It answers the key the prompt's secrets are under.
///
/// # Errors
/// [`Refusal::OtherBrowser`], and [`Refusal::UnknownSignIn`] where the portal shows its own screens.
pub fn admit(
    context: &DecisionContext<'_>,
    user: Option<&User>,
    id: &SignInId,
    cookie: Option<&SecretMac>,
) -> Result<KeyVersion, Refusal> {
    let user = user.ok_or(Refusal::UnknownSignIn)?;
    let version = hosted(user, id)?.browser.ok_or(Refusal::OtherBrowser)?;
    let wanted = Secret::Browser.of(context, user, id.key, version)?;
    cookie.filter(|cookie| wanted.is(cookie)).map(|_| version).ok_or(Refusal::OtherBrowser)
}

/// A sign-in whose screens the prompt shows.
fn hosted<'a>(user: &'a User, id: &SignInId) -> Result<&'a SignIn, Refusal> {
    user.sign_in(id.key).filter(|sign_in| sign_in.return_to.is_some()).ok_or(Refusal::UnknownSignIn)
}

impl Visited {
    fn of(
        context: &DecisionContext<'_>,
        user: &User,
        id: &SignInId,
        first: bool,
        options: MethodOptions,
    ) -> Result<Self, Refusal> {
        let sign_in = hosted(user, id)?;
        let version = sign_in.browser.ok_or(Refusal::OtherBrowser)?;
        let secret = |secret: Secret| secret.of(context, user, id.key, version);
        Ok(Self {
            step: step(context, user, sign_in, secret(Secret::Result)?, options.next_step),
            view: SignInView::with(context, user, id.locator, sign_in, options),
            form: secret(Secret::Form)?,
            cookie: first.then(|| secret(Secret::Browser)).transpose()?,
            enrolling: sign_in.pending.as_ref().map(Pending::method),
            pending: pending(context, sign_in),
            attempts_left: (sign_in.wrong > 0).then(|| sign_in.attempts_left()),
            now: context.now,
            profile: context.portal.profile.clone(),
        })
    }

    /// Where the browser goes back to, with these words of ours in its query.
    pub fn back(&self, name: &str, value: &str) -> Option<String> {
        let Screens::Prompt(Some(url)) = &self.view.screens else { return None };
        let joint = if url.contains('?') { '&' } else { '?' };
        let state = percent_encoded(self.view.nonce.as_str());
        Some(format!("{url}{joint}{name}={value}&state={state}"))
    }
}

/// Returns a text as it stands in a path or a query: all that is not unreserved is encoded (RFC 3986,
/// section 2.3).
pub fn percent_encoded(text: &str) -> String {
    const RESERVED: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(text, RESERVED).to_string()
}

fn step(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
    result: SecretMac,
    next_step: NextStep,
) -> Step {
    match sign_in.progress {
        _ if sign_in.fetched.is_some() => return Step::Fetched,
        _ if context.now >= sign_in.expires_at => return Step::Over,
        Progress::Dead => return Step::Dead,
        Progress::Done(_) => return Step::Done(result),
        Progress::Open | Progress::MayEnrol => {}
    }
    match (next_step, user.failures.lock(context.now)) {
        (NextStep::Denied(reason), _) => Step::Denied(reason),
        (NextStep::CheckEmail, _) => Step::CheckEmail,
        (
            NextStep::Challenge | NextStep::ChallengeThenEnrol | NextStep::Enrol { .. },
            Some(lock),
        ) => Step::Locked(lock),
        (NextStep::Challenge | NextStep::ChallengeThenEnrol, None) => Step::Challenge,
        (NextStep::Enrol { .. }, None) => Step::Enrol,
        // It was written as done before it is shown.
        (NextStep::Allowed(_), _) => Step::Over,
    }
}

fn pending(context: &DecisionContext<'_>, sign_in: &SignIn) -> Option<PendingDestination> {
    let Some(Pending::Destination { to, .. }) = &sign_in.pending else { return None };
    let newest = sign_in.challenges.last().filter(|newest| {
        context.now < newest.expires_at && newest.destination == context.keys.destination_hash(to)
    })?;
    Some(PendingDestination {
        method: newest.method,
        to: to.masked(),
        resend_after: sign_in.resend_after().unwrap_or(context.now),
        sends_left: sign_in.sends_left(),
    })
}
