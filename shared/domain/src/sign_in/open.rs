//! Opening a sign-in, and looking at it again.

use super::{
    Acceptance, Event, MaySend, MethodOptions, Mfa, Outgoing, Progress, SignIn, SignInView,
    challenge::{self, Dispatch},
    link::{self, LinkMail},
    sends,
};
use crate::{
    ContactUpdate, Decision, DecisionContext, Locator, Nonce, Refusal, SignInId, SignInKey, User,
    UserId,
    decision::{AllowedReason, DeniedReason, NextStep},
    limits,
    portal::ReturnTo,
    user::{Entry, EntryKind, TicketSecret, contact_entry},
};

/// A portal's request to open a sign-in.
#[derive(Clone, Debug)]
pub struct Open {
    /// The user who signs in.
    pub user: UserId,
    /// The changes to the contact record.
    pub contact: ContactUpdate,
    /// The reason for the sign-in.
    pub event: Event,
    /// The portal's nonce. The same nonce again is answered with the same sign-in.
    pub nonce: Nonce,
    /// The ticket of a mailed link.
    pub ticket: Option<TicketSecret>,
    /// The URL the hosted prompt sends the browser back to, if it shows the screens.
    pub return_url: Option<String>,
}

/// The answer to opening: the sign-in, and a code if one is sent at once.
#[derive(Debug)]
pub struct Opened {
    /// The sign-in.
    pub view: SignInView,
    /// The code that goes out at once.
    pub dispatch: Option<Dispatch>,
    /// The link that goes out at once.
    pub link: Option<LinkMail>,
}

impl MaySend for Opened {
    fn outgoing(&self) -> Option<Outgoing> {
        let code = self.dispatch.as_ref().map(Dispatch::outgoing);
        code.or_else(|| self.link.as_ref().map(LinkMail::outgoing))
    }
}

/// Opens a sign-in.
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
    if let Some(key) = user.sign_ins.iter().find(same).map(|same| same.key) {
        let id = SignInId::new(context.portal.id.clone(), locator, key, context.keys);
        let looked = look(context, Some(user), &id)?;
        return Ok(looked.map(|view| Opened { view, dispatch: None, link: None }));
    }
    let return_to =
        open.return_url.as_ref().map(|url| context.portal.return_to(url)).transpose()?;
    // A bypass code is judged outside the locks, so its holder has to get this far.
    let lock = user.failures.lock(context.now);
    if let Some(lock) = lock.filter(|_| user.bypass(context.now).is_none()) {
        return Err(Refusal::Locked { kind: lock.kind, until: lock.until });
    }
    if user.opened.count(context.now) >= limits::SIGN_INS_PER_HOUR {
        return Err(Refusal::TooManySignIns {
            until: context.now.plus(user.opened.seconds_left(context.now)),
        });
    }
    user.tidy(context.now);
    user.opened.add(context.now);
    let before = user.clone();
    user.update_contact(&open.contact, context.portal, context.keys);
    let changed = !is_new && user.contact != before.contact;
    let changed = changed.then(|| contact_entry(&before, &user, context.now));
    let key = SignInKey::opened(context.now, context.random_bytes.sign_in);
    push(context, &mut user, key, open, return_to);
    let spent = open.ticket.as_ref().map(|ticket| link::spend(context, &mut user, key, ticket));
    let spent = spent.transpose()?;
    let id = SignInId::new(context.portal.id.clone(), locator, key, context.keys);
    let progress = user.sign_in(key).ok_or(Refusal::UnknownSignIn)?.progress;
    let options = MethodOptions::of(context, &user, progress);
    let mut entries = settle(context, &mut user, &id, options.next_step);
    entries.splice(0..0, changed.map(|entry| entry.within(key)));
    entries.splice(0..0, spent);
    let dispatch = send_at_once(context, &mut user, key, &options, &mut entries)?;
    let link = mail_link(context, &mut user, key, options.next_step, &mut entries)?;
    let sign_in = user.sign_in(key).ok_or(Refusal::UnknownSignIn)?;
    let view = if sign_in.is_open() {
        SignInView::with(context, &user, locator, sign_in, options)
    } else {
        SignInView::of(context, &user, locator, sign_in)
    };
    Ok(Decision::write(user, entries, "opened", Ok(Opened { view, dispatch, link })))
}

/// Looks at a sign-in again. A policy that changed meanwhile may have let the user in, which is
/// written before it is told.
///
/// # Errors
/// [`Refusal`] when there is no such sign-in, or its time is over.
pub fn look(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
) -> Result<Decision<SignInView>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    let options = MethodOptions::of(context, user, sign_in.progress);
    let next_step = options.next_step;
    let view = SignInView::with(context, user, id.locator, sign_in, options);
    match sign_in.progress {
        Progress::Dead => Err(Refusal::SignInDead),
        Progress::Done(acceptance)
            if context.now.since(acceptance.at) >= limits::ASSERTION_SECONDS =>
        {
            Err(Refusal::SignInDone)
        }
        Progress::Done(_) => Ok(Decision::unchanged(view)),
        Progress::Open | Progress::MayEnrol => match next_step {
            NextStep::Allowed(_) => {
                let mut user = user.clone();
                let entries = settle(context, &mut user, id, next_step);
                let view = SignInView::after(context, &user, id)?;
                Ok(Decision::write(user, entries, "allowed", Ok(view)))
            }
            NextStep::Challenge
            | NextStep::ChallengeThenEnrol
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
) {
    while user.sign_ins.len() >= limits::SIGN_INS_KEPT {
        // What has ended goes first; among equals the oldest.
        let ended = user.sign_ins.iter().position(|sign_in| !sign_in.is_open());
        user.sign_ins.remove(ended.unwrap_or(0));
    }
    user.sign_ins.push(SignIn {
        key,
        nonce: open.nonce.clone(),
        event: open.event,
        expires_at: context.now.plus(limits::SIGN_IN_SECONDS),
        progress: Progress::Open,
        return_to,
        browser: None,
        fetched: None,
        chose_app: false,
        wrong: 0,
        sends: 0,
        last_send: None,
        issued: 0,
        challenges: vec![],
        pending: None,
    });
}

/// Lets a user in at once where the table says so, and notes a user with no way in.
pub(super) fn settle(
    context: &DecisionContext<'_>,
    user: &mut User,
    id: &SignInId,
    next_step: NextStep,
) -> Vec<Entry> {
    let (mfa, kind) = match next_step {
        NextStep::Allowed(AllowedReason::NotRequired) => (Mfa::NotRequired, EntryKind::NotRequired),
        NextStep::Allowed(AllowedReason::Skipped) => (Mfa::Skipped, EntryKind::Skipped),
        NextStep::Denied(DeniedReason::NoUsableMethod | DeniedReason::Disabled) => {
            let known = user.activity.last().is_some_and(|last| last.kind == EntryKind::Denied);
            return if known {
                vec![]
            } else {
                vec![EntryKind::Denied.at(context.now).within(id.key)]
            };
        }
        NextStep::Challenge
        | NextStep::ChallengeThenEnrol
        | NextStep::Enrol { .. }
        | NextStep::CheckEmail => return vec![],
    };
    let acceptance = Acceptance {
        at: context.now,
        mfa,
        method: None,
        role: None,
        generation: context.portal.generation,
    };
    if let Some(sign_in) = user.sign_in_mut(id.key) {
        sign_in.finish(acceptance);
    }
    vec![kind.at(context.now).within(id.key)]
}

/// Mails the link a sign-in waits for.
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
        link::Issued::HeldBack(entry) => {
            entries.extend(entry);
            Ok(None)
        }
        link::Issued::None => Ok(None),
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
    if !sign_in.is_open() {
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
            entries.extend(held.and_then(|to| sends::limit_entry(context, user, key, to)));
            Ok(None)
        }
        Err(other) => Err(other),
    }
}
