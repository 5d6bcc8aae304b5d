//! Opening a sign-in, and looking at it again.

use super::{
    Acceptance, Acr, EssentialAcr, Event, Ground, Managed, MaxAge, MaySend, MethodOptions, Mfa,
    Outgoing, Progress, SignIn, SignInView,
    challenge::{self, Dispatch},
    guess::Remember,
    link::{self, LinkMail},
    opening::{Recognised, bucket, make_room, open_here},
    second_step,
    verify::{self, Guess, Typed},
};
use crate::{
    BrowserId, BrowserToken, Code, ContactUpdate, Decision, DecisionContext, Device, Locator,
    Malformed, Method, Nonce, Refusal, SignInId, SignInKey, UnknownMembers, User, UserId,
    WriteKind,
    decision::{AllowedReason, DeniedReason, NextStep, limit_entry, trust_in_force},
    limits,
    portal::ReturnTo,
    user::{Entry, EntryKind, TicketSecret, contact_entry},
};

#[derive(Clone, Debug)]
pub struct Open {
    pub user: UserId,
    pub contact: ContactUpdate,
    pub event: Event,
    /// The least that a step-up asks for.
    pub acr: Acr,
    /// The age of a trusted browser's proof from which a new one is asked for, at a login.
    pub max_age: Option<MaxAge>,
    /// The portal's nonce. The same nonce again is answered with the same sign-in.
    pub nonce: Nonce,
    pub ticket: Option<TicketSecret>,
    /// The URL the hosted prompt sends the browser back to, if it shows the screens.
    pub return_url: Option<String>,
    /// The classes that are essential, if the portal began it by OpenID Connect.
    pub oidc: Option<EssentialAcr>,
    /// The token of a known browser, if the portal shows the screens and was given one.
    pub browser_token: Option<BrowserToken>,
    /// The code of the user's app, if the portal asked for it together with the password.
    pub code: Option<Code>,
    /// The device that the portal saw, if it tells of it.
    pub device: Option<Device>,
}

#[derive(Debug)]
pub struct Opened {
    pub view: SignInView,
    pub dispatch: Option<Dispatch>,
    pub link: Option<LinkMail>,
}

impl Opened {
    const fn shown(view: SignInView) -> Self {
        Self { view, dispatch: None, link: None }
    }
}

impl MaySend for Opened {
    fn outgoing(&self) -> Option<Outgoing> {
        outgoing(self.dispatch.as_ref(), self.link.as_ref())
    }
}

pub(super) fn outgoing(dispatch: Option<&Dispatch>, link: Option<&LinkMail>) -> Option<Outgoing> {
    dispatch.map(Dispatch::outgoing).or_else(|| link.map(LinkMail::outgoing))
}

/// Opens a sign-in. A code that came with it is checked in the same decision, if the user is asked
/// for the app's; a wrong one counts, and the same nonce finds the sign-in again.
///
/// # Errors
/// [`Refusal`] when nothing is opened; nothing is written then.
pub fn open_sign_in(
    context: &DecisionContext<'_>,
    known: Option<User>,
    locator: Locator,
    open: &Open,
) -> Result<Decision<Opened>, Refusal> {
    let is_new = known.is_none();
    let mut user = known.unwrap_or_else(|| context.newcomer(open.user.clone()));
    if user.id != open.user {
        return Err(Refusal::UserIdCase);
    }
    let same = |s: &&SignIn| s.nonce == open.nonce && context.now < s.expires_at;
    if let Some(same) = user.sign_ins.iter().find(same) {
        // What was proven for something else, or for less, is no answer to this.
        let asked = (open.event, open.acr, open.max_age, context.text_hash(), &open.oidc);
        if (same.event, same.acr, same.max_age, same.text, &same.oidc) != asked {
            let (what, why) = match open.oidc {
                None => ("nonce", "belongs to another event, acr, max_age or text"),
                Some(_) => ("code_challenge", "belongs to another event, claims or max_age"),
            };
            return Err(Malformed::new(what, why).into());
        }
        let key = same.key;
        let id = SignInId::new(context.portal.id.clone(), locator, key, context.keys);
        let looked = match &open.code {
            Some(code) => check_once_more(context, user, &id, code)?,
            None => look(context, Some(user), &id)?,
        };
        return Ok(looked.map(Opened::shown));
    }
    let return_to =
        open.return_url.as_ref().map(|url| context.portal.return_to(url)).transpose()?;
    let browser = match return_to {
        // Its page is claimed by a browser later, which is counted then.
        Some(_) => Recognised::STRANGER,
        None => open_here(context, &mut user, open.event, open.browser_token.as_ref())?,
    };
    user.tidy(context.now);
    let before = user.clone();
    user.update_contact(&open.contact, context.portal, context.keys, context.now);
    let changed = !is_new && user.contact != before.contact;
    let changed = changed.then(|| contact_entry(&before, &user, context.now));
    let key = SignInKey::opened(context.now, context.random_bytes.sign_in);
    push(context, &mut user, key, open, return_to, &browser);
    let spent = open.ticket.as_ref().map(|ticket| link::spend(context, &mut user, key, ticket));
    let spent = spent.transpose()?;
    let id = SignInId::new(context.portal.id.clone(), locator, key, context.keys);
    let stage = user.sign_in(key).ok_or(Refusal::UnknownSignIn)?.stage();
    let options = MethodOptions::of(context, &user, stage);
    let mut entries = settle(context, &mut user, &id, options.next_step);
    entries.splice(0..0, changed.map(|entry| entry.within(key)));
    entries.splice(0..0, spent);
    entries.splice(0..0, browser.copied.map(|entry| entry.within(key)));
    let judged =
        open.code.as_ref().filter(|_| asks_for_app(context, &user, browser.known, &options));
    let (dispatch, link) = match (return_to, judged) {
        (Some(_), _) | (None, Some(_)) => (None, None),
        (None, None) => send_unasked(context, &mut user, key, &options, &mut entries)?,
    };
    let sign_in = user.sign_in(key).ok_or(Refusal::UnknownSignIn)?;
    if let Some(code) = judged {
        let entries = user.with_devices(entries);
        user.remember(&entries);
        let checked = verify::verify_code(context, Some(user), &id, &app_guess(code))?;
        return Ok(checked.map(Opened::shown).preceded_by(entries));
    }
    let view = if sign_in.is_open() {
        SignInView::with(context, &user, locator, sign_in, options)?
    } else {
        SignInView::of(context, &user, locator, sign_in)?
    };
    Ok(Decision::write(user, entries, WriteKind::Opened, Opened { view, dispatch, link }))
}

/// Looks at a sign-in again. If the policy lets the user in by now, that is written before it is
/// told.
///
/// # Errors
/// [`Refusal`] when there is no such sign-in, or its time is over.
pub fn look(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
) -> Result<Decision<SignInView>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    let options = MethodOptions::of(context, user, sign_in.stage());
    let next_step = options.next_step;
    let view = SignInView::with(context, user, id.locator, sign_in, options)?;
    match sign_in.progress {
        Progress::Dead => Err(Refusal::SignInDead),
        Progress::Done(_) if view.settled_at.is_none() && view.settings.is_none() => {
            Err(Refusal::SignInDone)
        }
        Progress::Done(_) => Ok(Decision::unchanged(view)),
        Progress::Open | Progress::MayEnrol => match next_step {
            NextStep::Allowed(_) => {
                let mut user = user.clone();
                let entries = settle(context, &mut user, id, next_step);
                let view = SignInView::after(context, &user, id)?;
                Ok(Decision::write(user, entries, WriteKind::Allowed, view))
            }
            NextStep::Challenge
            | NextStep::ChallengeThenEnrol(_)
            | NextStep::Enrol { .. }
            | NextStep::CheckEmail
            | NextStep::Denied(_) => Ok(Decision::unchanged(view)),
        },
    }
}

fn push(
    context: &DecisionContext<'_>,
    user: &mut User,
    key: SignInKey,
    open: &Open,
    return_to: Option<ReturnTo>,
    browser: &Recognised,
) {
    make_room(user, bucket(browser.known), context.now);
    user.sign_ins.push(SignIn {
        key,
        nonce: open.nonce.clone(),
        event: open.event,
        acr: open.acr,
        max_age: open.max_age,
        text: context.text_hash(),
        oidc: open.oidc.clone(),
        expires_at: context.now.plus(limits::SIGN_IN_SECONDS),
        progress: Progress::Open,
        return_to,
        browser: None,
        known_browser: browser.known,
        trusted_in: browser.trusted_in,
        device: open.device,
        ground: Ground::default(),
        fetched: None,
        chose_app: false,
        chose_passkey: false,
        chose_recovery: false,
        made_codes: None,
        wrong: 0,
        sends: 0,
        last_send: None,
        issued: 0,
        passkeys: 0,
        challenges: vec![],
        late: vec![],
        pending: None,
        enrolling: None,
        opened_settings: false,
        managed: Managed::default(),
        unknown: UnknownMembers::default(),
    });
}

fn asks_for_app(
    context: &DecisionContext<'_>,
    user: &User,
    browser: Option<BrowserId>,
    options: &MethodOptions,
) -> bool {
    let is_offered = options.proof_option(Method::AuthenticatorApp).is_some();
    is_offered && user.failures.lock(browser, context.now).is_none()
}

/// Checks a code that came with the nonce of a sign-in that is known. If the code was accepted
/// before, because the reply was lost, the sign-in is answered to that code alone.
fn check_once_more(
    context: &DecisionContext<'_>,
    user: User,
    id: &SignInId,
    code: &Code,
) -> Result<Decision<SignInView>, Refusal> {
    let sign_in = user.sign_in(id.key).ok_or(Refusal::UnknownSignIn)?;
    match sign_in.progress {
        Progress::Done(Acceptance { mfa: Mfa::Done, .. }) => {
            second_step::check_again(context, &user, sign_in, id, code)
        }
        Progress::Open | Progress::MayEnrol => {
            let options = MethodOptions::of(context, &user, sign_in.stage());
            if asks_for_app(context, &user, sign_in.known_browser, &options) {
                verify::verify_code(context, Some(user), id, &app_guess(code))
            } else {
                look(context, Some(user), id)
            }
        }
        Progress::Done(_) | Progress::Dead => look(context, Some(user), id),
    }
}

fn app_guess(code: &Code) -> Guess {
    let method = Some(Method::AuthenticatorApp);
    Guess {
        typed: Typed::Code(code.clone()),
        method,
        make_email_default: false,
        remember: Remember::Nothing,
    }
}

/// Lets a user in at once if the table says so, and notes a user with no way in, or whose grace
/// begins.
pub(super) fn settle(
    context: &DecisionContext<'_>,
    user: &mut User,
    id: &SignInId,
    next_step: NextStep,
) -> Vec<Entry> {
    let (mfa, kind) = match next_step {
        NextStep::Allowed(AllowedReason::NotRequired) => (Mfa::NotRequired, EntryKind::NotRequired),
        NextStep::Allowed(AllowedReason::Skipped) => (Mfa::Skipped, EntryKind::Skipped),
        NextStep::Allowed(AllowedReason::TrustedBrowser) => {
            (Mfa::TrustedBrowser, EntryKind::TrustedSignIn)
        }
        NextStep::Denied(
            DeniedReason::Frozen
            | DeniedReason::NoUsableMethod
            | DeniedReason::NothingToManage
            | DeniedReason::NoVerifiedEmail
            | DeniedReason::CannotStepUp
            | DeniedReason::Disabled,
        ) => {
            let known = user.activity.last().is_some_and(|last| last.kind == EntryKind::Denied);
            return if known {
                vec![]
            } else {
                vec![EntryKind::Denied.at(context.now).within(id.key)]
            };
        }
        NextStep::Enrol { skippable: true } => {
            user.meet_grace(&context.portal.policy, context.now);
            return vec![];
        }
        NextStep::Challenge
        | NextStep::ChallengeThenEnrol(_)
        | NextStep::Enrol { skippable: false }
        | NextStep::CheckEmail => return vec![],
    };
    let plain = Acceptance {
        at: context.now,
        mfa,
        method: None,
        role: None,
        generation: context.portal.generation,
        passkey: None,
        proven_at: None,
    };
    let stage = user.sign_in(id.key).map(SignIn::stage);
    let trusted = stage.and_then(|stage| trust_in_force(context, user, stage)).copied();
    let acceptance = match trusted.filter(|_| mfa == Mfa::TrustedBrowser) {
        Some(trusted) => trusted.stands_in(plain),
        None => plain,
    };
    if let Some(sign_in) = user.sign_in_mut(id.key) {
        sign_in.finish(acceptance);
    }
    let entry = Entry { method: acceptance.method, ..kind.at(context.now) };
    vec![entry.within(id.key)]
}

/// Sends what needs no asking: a code, or the link to enrol again.
pub(super) fn send_unasked(
    context: &DecisionContext<'_>,
    user: &mut User,
    key: SignInKey,
    options: &MethodOptions,
    entries: &mut Vec<Entry>,
) -> Result<(Option<Dispatch>, Option<LinkMail>), Refusal> {
    let dispatch = send_at_once(context, user, key, options, entries)?;
    Ok((dispatch, mail_link(context, user, key, options.next_step, entries)?))
}

fn mail_link(
    context: &DecisionContext<'_>,
    user: &mut User,
    key: SignInKey,
    next_step: NextStep,
    entries: &mut Vec<Entry>,
) -> Result<Option<LinkMail>, Refusal> {
    let sign_in = user.sign_in(key).ok_or(Refusal::UnknownSignIn)?;
    if !sign_in.is_open() || next_step != NextStep::CheckEmail {
        return Ok(None);
    }
    match link::issue(context, user, key)? {
        link::Issued::Mail(mail, entry) => {
            entries.push(entry);
            Ok(Some(mail))
        }
        link::Issued::HeldBack(to, _) => {
            entries.extend(limit_entry(context, user, Some(key), &to));
            Ok(None)
        }
        link::Issued::Later(_) | link::Issued::None => Ok(None),
    }
}

/// Sends the code that needs no asking. A limit that forbids it is no reason to refuse the sign-in:
/// the user can ask later.
fn send_at_once(
    context: &DecisionContext<'_>,
    user: &mut User,
    key: SignInKey,
    options: &MethodOptions,
    entries: &mut Vec<Entry>,
) -> Result<Option<Dispatch>, Refusal> {
    let sign_in = user.sign_in(key).ok_or(Refusal::UnknownSignIn)?;
    let lock = user.failures.lock(sign_in.known_browser, context.now);
    if !sign_in.is_open() || lock.is_some() {
        return Ok(None);
    }
    let Some(option) = options.sent_at_once() else { return Ok(None) };
    match challenge::issue(context, user, key, options, option) {
        Ok((dispatch, entry)) => {
            entries.push(entry);
            Ok(Some(dispatch))
        }
        Err(Refusal::SendLimit { .. } | Refusal::NoSendsLeft | Refusal::ResendTooSoon { .. }) => {
            let held = option.to.as_ref();
            entries.extend(held.and_then(|to| limit_entry(context, user, Some(key), to)));
            Ok(None)
        }
        Err(other) => Err(other),
    }
}
