//! Confirming an enrolment: the only way to bind anything.

use super::{
    Pending, Progress, Role, SignIn, SignInView, Verified, check_code, in_progress::in_progress,
};
use crate::{
    Code, Decision, DecisionContext, Purpose, Refusal, SecretOwner, SignInId, User, WrongCode,
    user::{Authenticator, Binding, EntryKind},
};

/// Judges the code that confirms what is being enrolled.
///
/// # Errors
/// [`Refusal`] when nothing was judged; nothing is written then. A judged and refused guess is in the decision's answer.
pub fn confirm_enrolment(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    guess: &Code,
) -> Result<Decision<Verified>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    let options = in_progress(context, user, sign_in)?;
    let pending = sign_in.pending.as_ref().ok_or(Refusal::AnotherStep)?;
    let method = pending.method();
    options.enrolment_by(method).ok_or(Refusal::AnotherStep)?;
    match check_code(context, user, sign_in, pending, guess)? {
        Err(why) => Ok(check_code::count(context, user.clone(), id, method, why)),
        Ok(authenticator) => {
            let mut user = user.clone();
            user.tidy(context.now);
            let to = authenticator.destination().map(|to| to.masked());
            bind(&mut user, authenticator);
            check_code::accept(context, &mut user, id, method, Role::Enrol);
            let accepted = EntryKind::CodeAccepted
                .at(context.now)
                .by_method(method)
                .to(to.clone())
                .within(id.key);
            let enrolled =
                EntryKind::Enrolled.at(context.now).by_method(method).to(to).within(id.key);
            let view = SignInView::after(context, &user, id)?;
            Ok(Decision::write(user, vec![accepted, enrolled], "enrolled", Ok(view)))
        }
    }
}

/// The authenticator a right code binds, or what was wrong with the code.
fn check_code(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
    pending: &Pending,
    guess: &Code,
) -> Result<Result<Authenticator, WrongCode>, Refusal> {
    let bound = |id, binding| Authenticator {
        id,
        generation: context.portal.generation,
        bound_at: context.now,
        binding,
    };
    match pending {
        Pending::App { id, secret } => {
            let owner = SecretOwner { portal: &user.portal, user: &user.id, authenticator: *id };
            let step = context.keys.totp_step(owner, secret, guess, context.now)?;
            Ok(step
                .map(|last_step| bound(*id, Binding::App { secret: secret.clone(), last_step }))
                .ok_or(WrongCode::Wrong))
        }
        Pending::Destination { id, to } => {
            let wrong = check_code::delivered(
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
            Ok(wrong.map_or(Ok(bound(*id, binding)), Err))
        }
    }
}

/// Binds an authenticator. What it takes the place of goes, and so does everything half-enrolled in other sign-ins, and
/// every right to enrol: the next one needs what is bound now.
fn bind(user: &mut User, authenticator: Authenticator) {
    user.authenticators.retain(|old| {
        old.generation == authenticator.generation && old.method() != authenticator.method()
    });
    user.authenticators.push(authenticator);
    user.reset_at = None;
    user.opt_out = None;
    user.ticket = None;
    for sign_in in &mut user.sign_ins {
        sign_in.pending = None;
        // What stood before this enrolment stands before the next one again.
        if sign_in.progress == Progress::MayEnrol {
            sign_in.progress = Progress::Open;
        }
    }
}
