//! The hosted prompt: which browser may see it, what it is shown, and with what it goes back.

pub use super::way_back::{Answer, Carried, WayBack};
use super::{
    MaySend, MethodOptions, Outgoing, Pending, Progress, Screens, SignIn, SignInView,
    challenge::Dispatch,
    its_session::{BrowserSession, in_its_session},
    link::LinkMail,
    manage::Rights,
    open, opening, options,
    prompt_secret::Secret,
    way_back::OidcError,
};
use crate::{
    AuthenticatorId, BrowserToken, Bucket, Decision, DecisionContext, Device, KeyVersion, Masked,
    Method, Refusal, SecretMac, SignInId, Timestamp, User, WriteKind,
    decision::{DeniedReason, FirstProof, NextStep},
    limits,
    portal::Profile,
    user::{Entry, Lock},
};

/// A sign-in as a browser is shown it.
#[derive(Clone, Debug)]
pub struct Visited {
    pub view: SignInView,
    pub step: Step,
    /// The name of the account, shortened: the prompt is shown before the second step.
    pub account: Masked,
    pub mailed_link: Option<MailedLink>,
    pub form: SecretMac,
    /// The cookie to set, where the browser is the first.
    pub cookie: Option<SecretMac>,
    /// The tokens the browser keeps from now on, if they change.
    pub known: Option<Vec<BrowserToken>>,
    pub enrolling: Option<Method>,
    /// The authenticator that is removed for the one being enrolled.
    pub replaces: Option<AuthenticatorId>,
    /// The destination that is being enrolled, while a code sent there is good.
    pub pending: Option<PendingDestination>,
    /// Guesses left in this sign-in, once one was not accepted.
    pub guesses_left: Option<u8>,
    pub now: Timestamp,
    pub profile: Profile,
    /// The way back to the portal.
    pub way_back: WayBack,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A code is asked for, or a way to get one is chosen.
    Challenge,
    Enrol,
    /// A link to enrol again was mailed, or cannot be.
    CheckEmail,
    Denied(DeniedReason),
    /// Nothing is judged for a while.
    Locked(Lock),
    /// The user is in: the browser goes back with the result code.
    Done(SecretMac),
    /// The user is in, and may change the settings before the browser goes back with the result
    /// code.
    Settings(SecretMac),
    Dead,
    /// The portal has the result already.
    Fetched,
    Over,
}

/// A destination that is being enrolled, and to which a code went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingDestination {
    pub method: Method,
    pub to: Masked,
    pub resend_after: Timestamp,
    pub sends_left: u8,
}

/// A link to enrol again that was mailed and is still good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailedLink {
    pub to: Masked,
    pub resend_after: Timestamp,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Browser<'a> {
    pub cookie: Option<&'a SecretMac>,
    /// The session that the console's cookie stands for, at the prompt of an admin.
    pub session: Option<BrowserSession>,
    /// The tokens that say of which users it is a known browser.
    pub known: &'a [BrowserToken],
    /// The device, as its request says.
    pub device: Option<Device>,
    /// The part of a pushed request that it carries.
    pub carried: Option<&'a Carried>,
}

/// A sign-in as the first browser is shown it, with what goes out at that moment.
#[derive(Debug)]
pub struct Claimed {
    pub visited: Visited,
    pub dispatch: Option<Dispatch>,
    pub link: Option<LinkMail>,
}

impl MaySend for Claimed {
    fn outgoing(&self) -> Option<Outgoing> {
        open::outgoing(self.dispatch.as_ref(), self.link.as_ref())
    }
}

/// Gives the prompt of a sign-in to the first browser that opens it. The opening is counted now, in
/// the bucket of that browser, and what needs no asking is sent. To the same browser again it only
/// shows the sign-in. An admin's second step opens only in the browser where the password was
/// entered, so that nobody leads an admin through a sign-in that somebody else began, and while the
/// session of that password is open.
///
/// # Errors
/// [`Refusal::UnknownSignIn`] where the portal shows its own screens too; [`Refusal::OtherBrowser`]
/// to every browser but the first; [`Refusal::SignInExpired`] also if the session has ended that
/// began it; [`Refusal::TextRefused`] without the user's text; [`Refusal::TooManySignIns`].
pub fn claim(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    browser: Browser<'_>,
) -> Result<Decision<Claimed>, Refusal> {
    let user = known.ok_or(Refusal::UnknownSignIn)?;
    let sign_in = hosted(&user, id)?;
    if sign_in.browser.is_some() {
        let shown = visit(context, Some(user), id, browser)?;
        return Ok(shown.map(|visited| Claimed { visited, dispatch: None, link: None }));
    }
    // A sign-in that was begun by OpenID Connect opens with its pushed request alone.
    if sign_in.oidc.is_some() {
        return Err(Refusal::OtherBrowser);
    }
    claim_first(context, &user, id, browser)
}

/// Gives the prompt of a sign-in that no browser opened yet to this browser.
pub(super) fn claim_first(
    context: &DecisionContext<'_>,
    user: &User,
    id: &SignInId,
    browser: Browser<'_>,
) -> Result<Decision<Claimed>, Refusal> {
    let sign_in = hosted(user, id)?;
    in_its_session(id, sign_in, browser.session)?;
    if context.now >= sign_in.expires_at {
        return Err(Refusal::SignInExpired);
    }
    let mut changed = user.clone();
    changed.tidy(context.now);
    let recognised = opening::Recognised::by(context, &mut changed, browser.known)?;
    let known_browser = recognised.known;
    if sign_in.is_open() {
        opening::count_opening(&mut changed, known_browser, context.now)?;
    }
    if known_browser.is_some() {
        opening::make_room(&mut changed, Bucket::Known, context.now);
    }
    context.text_of(sign_in)?;
    let version = context.keys.version()?;
    if let Some(sign_in) = changed.sign_in_mut(id.key) {
        sign_in.browser = Some(version);
        (sign_in.known_browser, sign_in.trusted_in) = (known_browser, recognised.trusted_in);
        // What the prompt sees itself counts for more than what the portal told.
        sign_in.device = browser.device.or(sign_in.device);
    }
    let (options, mut entries) = let_in(context, &mut changed, id)?;
    entries.splice(0..0, recognised.copied.map(|entry| entry.within(id.key)));
    let (dispatch, link) =
        open::send_unasked(context, &mut changed, id.key, &options, &mut entries)?;
    let cookie = Some(Secret::Browser.of(context, &changed, id.key, version)?);
    let visited = Visited { cookie, ..Visited::of(context, &changed, id, browser, options)? };
    let claimed = Claimed { visited, dispatch, link };
    Ok(Decision::write(changed, entries, WriteKind::Claimed, claimed))
}

/// Shows a sign-in to the browser that opened its prompt. If the policy lets the user in by now,
/// that is written before it is shown.
///
/// # Errors
/// [`Refusal::UnknownSignIn`] where the portal shows its own screens too; [`Refusal::OtherBrowser`]
/// to every other browser; [`Refusal::SignInExpired`] if the session has ended that began it;
/// [`Refusal::TextRefused`] without the text that the user is to confirm.
pub fn visit(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    browser: Browser<'_>,
) -> Result<Decision<Visited>, Refusal> {
    let user = known.ok_or(Refusal::UnknownSignIn)?;
    in_its_session(id, hosted(&user, id)?, browser.session)?;
    admit(context, Some(&user), id, browser.cookie)?;
    context.text_of(hosted(&user, id)?)?;
    let mut changed = user.clone();
    let (options, entries) = let_in(context, &mut changed, id)?;
    let visited = Visited::of(context, &changed, id, browser, options)?;
    Ok(if changed == user {
        Decision::unchanged(visited)
    } else {
        Decision::write(changed, entries, WriteKind::Visited, visited)
    })
}

/// Lets a user in whom the policy does not ask. Returns the options, with the entries.
fn let_in(
    context: &DecisionContext<'_>,
    user: &mut User,
    id: &SignInId,
) -> Result<(MethodOptions, Vec<Entry>), Refusal> {
    let sign_in = hosted(user, id)?;
    let options = MethodOptions::of(context, user, sign_in.stage());
    let is_waiting = sign_in.is_open() && context.now < sign_in.expires_at;
    if is_waiting && options.next_step == (NextStep::Enrol { skippable: true }) {
        user.meet_grace(&context.portal.policy, context.now);
    }
    if !(is_waiting && options.next_step.is_allowed()) {
        return Ok((options, vec![]));
    }
    let entries = open::settle(context, user, id, options.next_step);
    let stage = hosted(user, id)?.stage();
    Ok((MethodOptions::of(context, user, stage), entries))
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

/// Lets the browser in that opened the prompt first, and no other. Returns the version of the key
/// that the prompt's secrets are under.
///
/// # Errors
/// [`Refusal::OtherBrowser`], and [`Refusal::UnknownSignIn`] where the portal shows its own
/// screens.
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

pub(super) fn hosted<'a>(user: &'a User, id: &SignInId) -> Result<&'a SignIn, Refusal> {
    user.sign_in(id.key).filter(|sign_in| sign_in.return_to.is_some()).ok_or(Refusal::UnknownSignIn)
}

impl Visited {
    fn of(
        context: &DecisionContext<'_>,
        user: &User,
        id: &SignInId,
        browser: Browser<'_>,
        options: MethodOptions,
    ) -> Result<Self, Refusal> {
        let sign_in = hosted(user, id)?;
        let version = sign_in.browser.ok_or(Refusal::OtherBrowser)?;
        let secret = |secret: Secret| secret.of(context, user, id.key, version);
        let view = SignInView::with(context, user, id.locator, sign_in, options.clone())?;
        let way_back = WayBack::of(context, sign_in, browser.carried);
        Ok(Self {
            account: user.account(),
            mailed_link: mailed_link(context, user),
            step: step(context, user, sign_in, secret(Secret::of_way_back(&way_back))?, &options),
            known: known_tokens(context, user, browser, &view)?,
            view,
            form: secret(Secret::Form)?,
            cookie: None,
            enrolling: sign_in.pending.as_ref().map(Pending::method),
            replaces: sign_in.pending.as_ref().and_then(|pending| pending.place().replaces),
            pending: pending(context, sign_in),
            guesses_left: sign_in.has_refused().then(|| sign_in.guesses_left()),
            now: context.now,
            profile: context.portal.profile.clone(),
            way_back,
        })
    }

    /// Returns the URL the browser goes back to with this answer, or `None` if the portal no longer
    /// has it or the browser lost what it carried.
    pub fn back(&self, answer: Answer<'_>) -> Option<String> {
        let Screens::Prompt(Some(url)) = &self.view.screens else { return None };
        let denied = match self.step {
            Step::Denied(DeniedReason::CannotStepUp) => OidcError::Unmet,
            Step::Challenge
            | Step::Enrol
            | Step::CheckEmail
            | Step::Denied(_)
            | Step::Locked(_)
            | Step::Done(_)
            | Step::Settings(_)
            | Step::Dead
            | Step::Fetched
            | Step::Over => OidcError::AccessDenied,
        };
        self.way_back.url(url, &self.view, denied, answer)
    }
}

fn mailed_link(context: &DecisionContext<'_>, user: &User) -> Option<MailedLink> {
    let (ticket, to) = (user.ticket(context.now)?, user.contact.verified_email()?);
    Some(MailedLink { to: to.masked(), resend_after: ticket.replaceable_from() })
}

/// Returns the tokens that the browser keeps from now on, once the user got in by a code: this
/// user's newest, and those of a few other users. None if nothing changes.
fn known_tokens(
    context: &DecisionContext<'_>,
    user: &User,
    browser: Browser<'_>,
    view: &SignInView,
) -> Result<Option<Vec<BrowserToken>>, Refusal> {
    let Some(new) = view.browser_token else { return Ok(None) };
    let (restore, mut kept) = (context.settings.restore_number, vec![]);
    for token in browser.known {
        if !user.is_browser_token(context.keys, token, restore, context.now)? {
            kept.push(*token);
        }
    }
    kept.push(new);
    let surplus = kept.len().saturating_sub(limits::KNOWN_USERS_PER_BROWSER);
    kept.drain(..surplus);
    Ok((kept != browser.known).then_some(kept))
}

fn step(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
    result: SecretMac,
    options: &MethodOptions,
) -> Step {
    if sign_in.fetched.is_some() {
        return Step::Fetched;
    }
    if context.now >= sign_in.expires_at {
        return Step::Over;
    }
    match sign_in.progress {
        Progress::Dead => return Step::Dead,
        Progress::Done(_) if Rights::of(context, user, sign_in).is_ok() => {
            return Step::Settings(result);
        }
        Progress::Done(_) => return Step::Done(result),
        Progress::Open | Progress::MayEnrol => {}
    }
    // A passkey is judged outside the locks, as a recovery code is.
    let lock = options::lock(context, user, sign_in).filter(|_| !options.outlast_locks());
    match (options.next_step, lock) {
        (NextStep::Denied(reason), _) => Step::Denied(reason),
        (NextStep::CheckEmail, _) => Step::CheckEmail,
        // A recovery code is judged outside the locks.
        (NextStep::ChallengeThenEnrol(FirstProof::RecoveryCode), _) => Step::Challenge,
        (
            NextStep::Challenge | NextStep::ChallengeThenEnrol(_) | NextStep::Enrol { .. },
            Some(lock),
        ) => Step::Locked(lock),
        (NextStep::Challenge | NextStep::ChallengeThenEnrol(_), None) => Step::Challenge,
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
