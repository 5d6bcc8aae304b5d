//! Sending somebody a code outside of a sign-in, and comparing what they read out or type.
//!
//! Its guesses have a bound of their own: who needs a reset may be locked or disabled, and an admin
//! who mistypes must not lock a user.

use super::Actor;
use crate::{
    Code, CodeSubject, Decision, DecisionContext, Destination, FormId, Instead, Purpose, Refusal,
    SendClass, SignInKey, Timestamp, User, WriteKind, WrongCode,
    decision::{MaySend, Outgoing, SendOutcome, can_go_to, held_back},
    limits,
    user::{Authenticator, DestinationCheck, Entry, EntryKind},
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
    /// The form that asked for it, which may ask again if it was surely not sent.
    pub form: Option<FormId>,
}

impl MaySend for CheckDispatch {
    fn outgoing(&self) -> Option<Outgoing> {
        Some(Outgoing { to: self.to.clone(), class: self.class })
    }
}

/// Returns the destinations that a code can go to, to be read out: what is bound, then the contact
/// record, unless somebody else may have changed it just now. The channel through which the
/// password was changed proves nothing more for a day.
pub fn checkable_destinations(context: &DecisionContext<'_>, user: &User) -> Vec<Destination> {
    let bound = user.bound(context.portal.generation).filter_map(Authenticator::destination);
    let email = user.contact.verified_email().filter(|_| !context.holds_address(user));
    let email = email.cloned().map(Destination::Email);
    // Nothing says how new a number is.
    let phone = user.contact.phone.clone().filter(|_| !context.portal.policy.contact_hold);
    let barred = user.password_change.and_then(|change| change.barred_method(context.now));
    let known = bound.chain(email).chain(phone.map(Destination::Sms));
    let known = known.filter(|to| Some(to.method()) != barred && can_go_to(context, to).is_ok());
    let known: Vec<Destination> = known.collect();
    let comes_back =
        |to: &Destination| user.returned(context.keys.destination_hash(to), context.now).is_some();
    // Where the first of a method comes back, none that may prove less takes its place.
    let is_closed = |to: &Destination| {
        known.iter().find(|first| first.method() == to.method()).is_some_and(comes_back)
    };
    known.iter().filter(|to| !is_closed(to) && !comes_back(to)).cloned().collect()
}

/// Charges a code to a destination. It replaces the code that was sent before.
pub(super) fn begin(
    context: &DecisionContext<'_>,
    mut user: User,
    purpose: Purpose,
    to: &Destination,
    actor: &Actor,
) -> Result<Decision<CheckDispatch>, Refusal> {
    user.acted.check(actor.form)?;
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
        epoch: user.epoch,
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
        form: actor.form,
    };
    user.destination_check = Some(check);
    user.acted.note(actor.form, context.now)?;
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
        user.acted.forget(dispatch.form);
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
    /// The guess is right, and the code is spent. It went to this destination.
    Right(Destination),
    /// The guess is wrong, and was counted.
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
    let is_open = user.open_check(purpose, context.now).is_some();
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
        text: None,
        n: 1,
    };
    Ok(context.keys.delivered(&subject)?)
}
