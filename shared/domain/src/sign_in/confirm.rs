//! Confirming an enrolment: the only way to bind anything.

use super::{
    Ground, MethodOptions, Pending, Place, Remember, Role, SignIn, SignInView,
    guess::{self, Accepted, CodeCheck},
    manage::{Rights, add},
};
use crate::{
    AuthenticatorId, Code, Decision, DecisionContext, Method, Purpose, Refusal, SecretOwner,
    SignInId, UnknownMembers, User, WriteKind, WrongCode,
    decision::OldSet,
    user::{
        Authenticator, Binding, ClockDrift, Entry, EntryKind, GraceState, PasskeyUse, RecoveryCodes,
    },
};

/// Checks the code that confirms an enrolment.
///
/// # Errors
/// [`Refusal`] if nothing was compared; nothing is written then. A guess that was compared and not
/// accepted is counted: its refusal is the answer of the decision, which is given after the write.
pub fn confirm_enrolment(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    guess: &Code,
) -> Result<Decision<SignInView>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    let pending = sign_in.pending.as_ref();
    let (options, rights) = options(context, user, sign_in, pending.map(Pending::place))?;
    let pending = pending.ok_or(Refusal::AnotherStep)?;
    let method = pending.method();
    options.enrolment_option(method).ok_or(Refusal::AnotherStep)?;
    if rights.is_some() {
        add::check_room(context, user, method, pending.place())?;
    }
    match compare_code(context, user, sign_in, pending, guess)? {
        CodeCheck::Late(n) => Ok(guess::forgive_late_code(context, user.clone(), id, method, n)),
        CodeCheck::NotAccepted(why) => {
            Ok(guess::count_wrong_code(context, user.clone(), id, method, why, 1))
        }
        CodeCheck::Right(authenticator) => {
            confirmed(context, user, id, Confirmed { authenticator, passkey: None }, rights)
        }
    }
}

/// An authenticator that was confirmed.
pub(super) struct Confirmed {
    pub(super) authenticator: Authenticator,
    pub(super) passkey: Option<PasskeyUse>,
}

/// Binds what was confirmed: beside what is bound, if the settings are changed; else in its place,
/// and the user is in.
pub(super) fn confirmed(
    context: &DecisionContext<'_>,
    user: &User,
    id: &SignInId,
    confirmed: Confirmed,
    rights: Option<Rights>,
) -> Result<Decision<SignInView>, Refusal> {
    let Confirmed { authenticator, passkey } = confirmed;
    let sign_in = user.sign_in(id.key).ok_or(Refusal::UnknownSignIn)?;
    let place = sign_in.pending.as_ref().map(Pending::place).cloned().unwrap_or_default();
    let ground = rights.map_or(sign_in.ground, |rights| rights.acceptance.ground());
    let old_set = old_set(user, ground, rights.as_ref());
    let (method, destination) = (authenticator.method(), authenticator.destination());
    let mut user = user.clone();
    user.tidy(context.now);
    if let Some(to) = &destination {
        user.prove(context.keys.destination_hash(to));
    }
    let removed = match rights {
        Some(rights) => add::bind(context, &mut user, id, authenticator, &place, &rights),
        None => {
            let removed = bind(context, &mut user, id, authenticator, ground);
            let remember = Remember::Nothing;
            let accepted = Accepted { method, role: Role::Enrol, passkey, remember };
            guess::finish_sign_in(context, &mut user, id, accepted);
            if let Some(sign_in) = user.sign_in_mut(id.key) {
                sign_in.ground = ground;
            }
            removed
        }
    };
    let made = RecoveryCodes::after_binding(context, &mut user, old_set)?;
    if let (Some(_), Some(sign_in)) = (&made, user.sign_in_mut(id.key)) {
        sign_in.made_codes = Some(context.random_bytes.recovery_set);
    }
    let to = destination.map(|to| to.masked());
    let entry = |kind: EntryKind| kind.at(context.now).within(id.key);
    let accepted = entry(EntryKind::CodeAccepted).by_method(method).to(to.clone());
    let enrolled = entry(EntryKind::Enrolled).by_method(method).to(to).on(ground);
    let made = made.map(|made| made.within(id.key).on(ground));
    let entries = [accepted, enrolled].into_iter().chain(removed).chain(made).collect();
    let view = SignInView::after(context, &user, id)?;
    Ok(Decision::write(user, entries, WriteKind::Enrolled, view))
}

/// Returns what becomes of the recovery codes. A set of which a code gave the right to bind
/// something ends with it; not the one that was made since.
fn old_set(user: &User, ground: Ground, rights: Option<&Rights>) -> OldSet {
    let made_at = user.recovery_codes.map(|codes| codes.made_at);
    let is_new = rights.is_some_and(|rights| made_at >= Some(rights.acceptance.at));
    if ground == Ground::RecoveryCode && !is_new { OldSet::Ends } else { OldSet::Stays }
}

/// Returns the ways that can be enrolled, with the right to add one to what is bound, if it is
/// that.
pub(super) fn options(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
    place: Option<&Place>,
) -> Result<(MethodOptions, Option<Rights>), Refusal> {
    if !sign_in.changes_settings() {
        return Ok((MethodOptions::of_open(context, user, sign_in)?, None));
    }
    let rights = Rights::of(context, user, sign_in)?;
    // The proof holds, but a lock keeps codes from being compared behind it too.
    let lock = match sign_in.pending {
        Some(Pending::Passkey { .. }) => None,
        Some(Pending::App { .. } | Pending::Destination { .. }) | None => {
            user.failures.lock(sign_in.known_browser, context.now)
        }
    };
    if let Some(lock) = lock {
        return Err(Refusal::Locked { kind: lock.kind, until: lock.until });
    }
    let ways = add::ways(context, user, sign_in, place.unwrap_or(&Place::default()))?;
    Ok((ways, Some(rights)))
}

/// Returns the authenticator to bind in a place.
pub(super) fn authenticator(
    context: &DecisionContext<'_>,
    id: AuthenticatorId,
    place: &Place,
    binding: Binding,
) -> Authenticator {
    Authenticator {
        id,
        generation: context.portal.generation,
        bound_at: context.now,
        name: place.name.clone(),
        binding,
        unknown: UnknownMembers::default(),
    }
}

/// Compares the code; a right one makes the authenticator to bind.
fn compare_code(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
    pending: &Pending,
    guess: &Code,
) -> Result<CodeCheck<Authenticator>, Refusal> {
    let bound = |id, binding| authenticator(context, id, pending.place(), binding);
    match pending {
        Pending::App { id, secret, place: _ } => {
            let owner = SecretOwner { portal: &user.portal, user: &user.id, authenticator: *id };
            let steps = ClockDrift::steps_that_enrol(context.now);
            Ok(match context.keys.totp_step(owner, secret, guess, &steps)? {
                Some(last_step) => {
                    let (secret, drift) = (secret.clone(), ClockDrift::of(last_step, context.now));
                    CodeCheck::Right(bound(*id, Binding::App { secret, last_step, drift }))
                }
                None => CodeCheck::NotAccepted(WrongCode::Wrong),
            })
        }
        // A passkey has no code.
        Pending::Passkey { .. } => Err(Refusal::AnotherStep),
        Pending::Destination { id, to, place: _ } => {
            let checked = guess::compare_sent_code(
                context,
                user,
                sign_in,
                pending.method(),
                to,
                Purpose::Enrolment,
                guess,
            )?;
            let binding = match to {
                crate::Destination::Email(address) => Binding::Email(address.clone()),
                crate::Destination::Sms(phone) => Binding::Sms(phone.clone()),
            };
            Ok(match checked {
                CodeCheck::Right(()) => CodeCheck::Right(bound(*id, binding)),
                CodeCheck::Late(n) => CodeCheck::Late(n),
                CodeCheck::NotAccepted(why) => CodeCheck::NotAccepted(why),
            })
        }
    }
}

/// Binds an authenticator in place of those of its method, of older generations, and of those with
/// codes that were disabled. Half-done
/// enrolments and rights to enrol end in every sign-in: the next one needs what is bound now.
/// Returns the entries of what still counted and was removed for it.
fn bind(
    context: &DecisionContext<'_>,
    user: &mut User,
    id: &SignInId,
    authenticator: Authenticator,
    ground: Ground,
) -> Vec<Entry> {
    let was_disabled = ground == Ground::RecoveryCode && user.disabled_at.is_some();
    if ground == Ground::RecoveryCode {
        // What was bound is replaced, as after a reset; the months stay.
        user.disabled_at = None;
        user.failures.end_rows();
    }
    let (generation, method) = (authenticator.generation, authenticator.method());
    // What was disabled because its codes were guessed at comes back by no enrolment. Nobody
    // guesses a passkey.
    let gives_way = |old: &Authenticator| {
        old.method() == method || (was_disabled && old.method() != Method::Passkey)
    };
    let counted = user.bound(generation).filter(|old| gives_way(old));
    let removed: Vec<Entry> =
        counted.map(|old| add::removal(context, old).within(id.key).on(ground)).collect();
    user.unknown_bound.retain(|old| old.generation == generation);
    user.authenticators.retain(|old| old.generation == generation && !gives_way(old));
    user.authenticators.push(authenticator);
    if !removed.is_empty() {
        user.end_trust();
    }
    user.reset_at = None;
    user.link_only_to = None;
    user.opt_out = None;
    user.grace = GraceState::Over;
    user.ticket = None;
    user.end_rights();
    removed
}
