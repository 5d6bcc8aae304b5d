//! Sending somebody a code outside of a sign-in, and comparing what they read out or type.
//!
//! Its guesses have a bound of their own: who needs a reset may be locked or disabled, and an admin
//! who mistypes must not lock a user.

use super::Actor;
use crate::{
    Code, CodeSubject, Decision, DecisionContext, Destination, Instead, Purpose, Refusal,
    SendClass, SignInKey, Timestamp, User, WriteKind, WrongCode,
    decision::{MaySend, Outgoing, SendOutcome, can_go_to, held_back},
    limits,
    user::{DestinationCheck, Entry, EntryKind},
};

/// A code that was charged and is to be sent.
#[derive(Debug)]
pub struct CheckDispatch {
    pub key: SignInKey,
    pub purpose: Purpose,
    pub to: Destination,
    pub code: Code,
    pub class: SendClass,
    pub expires_at: Timestamp,
}

impl MaySend for CheckDispatch {
    fn outgoing(&self) -> Option<Outgoing> {
        Some(Outgoing { to: self.to.clone(), class: self.class })
    }
}

/// Returns the destinations that a code can go to, to be read out: those that are known to be the
/// user's, but for an address that the policy holds.
pub fn checkable_destinations(context: &DecisionContext<'_>, user: &User) -> Vec<Destination> {
    let held = context.holds_address(user);
    let held = user.contact.verified_email().filter(|_| held).cloned().map(Destination::Email);
    let is_held = |to: &Destination| held.as_ref().is_some_and(|held| held.is_same(to));
    let known = user.known_destinations().into_iter();
    known.filter(|to| !is_held(to) && can_go_to(context, to).is_ok()).collect()
}

/// Charges a code to a destination. The code before it dies.
pub(super) fn begin(
    context: &DecisionContext<'_>,
    mut user: User,
    purpose: Purpose,
    to: &Destination,
    actor: &Actor,
) -> Result<Decision<CheckDispatch>, Refusal> {
    user.tidy(context.now);
    let before = user.destination_check(context.now).cloned();
    if let Some(before) = &before {
        let may_again = before.key.opened_at().plus(limits::RESEND_SECONDS);
        let until = before.until();
        if before.sends >= limits::CHECKS_PER_DAY || before.guesses_left() == 0 {
            return Err(Refusal::ChecksUsedUp { until });
        }
        if before.to.is_same(to) && before.sends > 0 && context.now < may_again {
            return Err(Refusal::ResendTooSoon { until: may_again });
        }
    }
    if let Some(window) = context.full {
        let until = window.ends_at;
        let refusal = Refusal::SendLimit { until, instead: Instead::Nothing };
        return held_back(context, &user, None, to, refusal);
    }
    let class = if purpose.confirms_destination() {
        SendClass::Unconfirmed
    } else {
        user.class_of_known(context.keys.destination_hash(to), context.now)
    };
    let check = DestinationCheck {
        key: SignInKey::opened(context.now, context.random_bytes.sign_in),
        version: context.keys.version()?,
        purpose,
        to: to.clone(),
        expires_at: context.now.plus(limits::CHECK_SECONDS),
        since: before.as_ref().map_or(context.now, |before| before.since),
        sends: before.as_ref().map_or(0, |before| before.sends).saturating_add(1),
        wrong: before.map_or(0, |before| before.wrong),
    };
    let dispatch = CheckDispatch {
        key: check.key,
        purpose,
        to: to.clone(),
        code: code_of(context, &user, &check)?,
        class,
        expires_at: check.expires_at,
    };
    user.destination_check = Some(check);
    let entry = about(actor.entry(EntryKind::CodeRequested, context.now), to);
    Ok(Decision::write(user, vec![entry], WriteKind::Code, dispatch))
}

/// Writes down what became of a code. A sure non-send gives it back, and never a guess.
pub fn record(
    context: &DecisionContext<'_>,
    mut user: User,
    dispatch: &CheckDispatch,
    outcome: SendOutcome,
) -> Decision<()> {
    let kind = match outcome {
        SendOutcome::Sent => EntryKind::CodeSent,
        SendOutcome::Unknown => EntryKind::CodeUnknown,
        SendOutcome::NotSent => EntryKind::CodeNotSent,
    };
    if outcome == SendOutcome::NotSent {
        user.give_back_class(context.keys.destination_hash(&dispatch.to), dispatch.class);
        let own = user.destination_check.as_mut().filter(|check| check.key == dispatch.key);
        if let Some(check) = own {
            check.sends = check.sends.saturating_sub(1);
            check.expires_at = context.now;
        }
    }
    let entry = about(kind.at(context.now), &dispatch.to);
    Decision::write(user, vec![entry], WriteKind::Send, ())
}

/// The result of a comparison.
pub(super) enum Compared {
    /// It is the code, and is spent: the destination that it went to.
    Right(Destination),
    /// It is not, and was counted.
    Wrong(Refusal, Entry),
}

/// Compares a guess with the code of a check. A right one is spent, a wrong one counted, in the
/// user that is then written.
///
/// # Errors
/// [`Refusal::NoCodeRequested`] if there is no code to compare with, [`Refusal::ChecksUsedUp`] if
/// too many were wrong within a day: nothing is judged then.
pub(super) fn compare(
    context: &DecisionContext<'_>,
    user: &mut User,
    purpose: Purpose,
    guess: &Code,
    actor: &Actor,
) -> Result<Compared, Refusal> {
    let check = user.destination_check(context.now).ok_or(Refusal::NoCodeRequested)?;
    if check.guesses_left() == 0 {
        return Err(Refusal::ChecksUsedUp { until: check.until() });
    }
    let is_open = check.purpose == purpose && context.now < check.expires_at;
    let is_known = purpose.confirms_destination()
        || checkable_destinations(context, user).iter().any(|to| to.is_same(&check.to));
    if !(is_open && is_known) {
        return Err(Refusal::NoCodeRequested);
    }
    let (right, to) = (code_of(context, user, check)?.matches(guess), check.to.clone());
    let Some(check) = user.destination_check.as_mut() else {
        return Err(Refusal::NoCodeRequested);
    };
    if right {
        check.expires_at = context.now;
        return Ok(Compared::Right(to));
    }
    check.wrong = check.wrong.saturating_add(1);
    let guesses_left = check.guesses_left();
    let entry = about(actor.entry(EntryKind::CodeWrong, context.now), &to);
    let (why, method) = (WrongCode::Wrong, Some(to.method()));
    let refusal = Refusal::CodeNotAccepted { why, method, guesses_left, until: None };
    Ok(Compared::Wrong(refusal, entry))
}

fn about(entry: Entry, to: &Destination) -> Entry {
    entry.by_method(to.method()).to(Some(to.masked()))
}

fn code_of(
    context: &DecisionContext<'_>,
    user: &User,
    check: &DestinationCheck,
) -> Result<Code, Refusal> {
    let subject = CodeSubject {
        version: check.version,
        portal: &user.portal,
        user: &user.id,
        sign_in: check.key,
        method: check.to.method(),
        destination: &check.to,
        purpose: check.purpose,
        n: 1,
    };
    Ok(context.keys.delivered(&subject)?)
}
