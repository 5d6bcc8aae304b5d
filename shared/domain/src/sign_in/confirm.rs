//! Confirming an enrolment: the only way to bind anything.

use super::{
    Ground, MethodOptions, Pending, Progress, Role, SignIn, SignInView,
    guess::{self, CodeCheck},
};
use crate::{
    Code, Decision, DecisionContext, Purpose, Refusal, SecretOwner, SignInId, UnknownMembers, User,
    WriteKind, WrongCode,
    user::{Authenticator, Binding, ClockDrift, EntryKind, RecoveryCodes},
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
    let options = MethodOptions::of_open(context, user, sign_in)?;
    let pending = sign_in.pending.as_ref().ok_or(Refusal::AnotherStep)?;
    let method = pending.method();
    options.enrolment_option(method).ok_or(Refusal::AnotherStep)?;
    match compare_code(context, user, sign_in, pending, guess)? {
        CodeCheck::Late(n) => Ok(guess::forgive_late_code(context, user.clone(), id, method, n)),
        CodeCheck::NotAccepted(why) => {
            Ok(guess::count_wrong_code(context, user.clone(), id, method, why))
        }
        CodeCheck::Right(authenticator) => {
            let ground = sign_in.ground;
            let mut user = user.clone();
            user.tidy(context.now);
            let destination = authenticator.destination();
            if let Some(to) = &destination {
                user.prove(context.keys.destination_hash(to));
            }
            let to = destination.map(|to| to.masked());
            bind(&mut user, authenticator);
            if ground == Ground::RecoveryCode {
                // What was bound is replaced, as after a reset; the months stay.
                user.disabled_at = None;
                user.failures.end_rows();
            }
            let made = RecoveryCodes::after_binding(context, &mut user, ground)?;
            guess::finish_sign_in(context, &mut user, id, method, Role::Enrol);
            if let (Some(_), Some(sign_in)) = (&made, user.sign_in_mut(id.key)) {
                sign_in.made_codes = Some(context.random_bytes.recovery_set);
            }
            let accepted = EntryKind::CodeAccepted
                .at(context.now)
                .by_method(method)
                .to(to.clone())
                .within(id.key);
            let enrolled = EntryKind::Enrolled.at(context.now).by_method(method).to(to);
            let enrolled = enrolled.within(id.key).on(ground);
            let made = made.map(|made| made.within(id.key).on(ground));
            let entries = [accepted, enrolled].into_iter().chain(made).collect();
            let view = SignInView::after(context, &user, id)?;
            Ok(Decision::write(user, entries, WriteKind::Enrolled, view))
        }
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
    let bound = |id, binding| Authenticator {
        id,
        generation: context.portal.generation,
        bound_at: context.now,
        binding,
        unknown: UnknownMembers::default(),
    };
    match pending {
        Pending::App { id, secret } => {
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
        Pending::Destination { id, to } => {
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

/// Binds an authenticator in place of that of its method and of older generations. Half-done
/// enrolments and rights to enrol end in every sign-in: the next one needs what is bound now.
fn bind(user: &mut User, authenticator: Authenticator) {
    user.unknown_bound.retain(|old| old.generation == authenticator.generation);
    user.authenticators.retain(|old| {
        old.generation == authenticator.generation && old.method() != authenticator.method()
    });
    user.authenticators.push(authenticator);
    user.reset_at = None;
    user.link_only_to = None;
    user.opt_out = None;
    user.ticket = None;
    for sign_in in &mut user.sign_ins {
        sign_in.pending = None;
        sign_in.enrolling = None;
        // The next enrolment needs a proof of its own.
        if sign_in.progress == Progress::MayEnrol {
            sign_in.progress = Progress::Open;
            sign_in.ground = Ground::default();
        }
    }
}
