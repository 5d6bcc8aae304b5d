//! Checking the use of a passkey. Nothing is revealed of a signature before the write that counted
//! it; what is refused before a signature is looked at costs nothing, and writes nothing.

use super::{NotMet, Proven, SignedResponse, asked::Asking, prove};
use crate::{
    Decision, DecisionContext, Method, Refusal, SignInId, User, WriteKind, WrongCode,
    sign_in::{
        MethodOptions, Remember, SignInView,
        guess::{self, Accepted},
        verify,
    },
    user::{Binding, EntryKind, Passkey},
};

/// Judges the use of a passkey: the user is in, or comes to the enrolment that a passkey opens
/// whose method has left the policy.
///
/// # Errors
/// [`Refusal::PasskeyRefused`], and those of a sign-in that asks for no passkey. Nothing is written
/// then. A signature that was judged and is wrong is counted in the sign-in; its refusal is the
/// answer of the decision.
pub fn verify_passkey(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    given: &SignedResponse<'_>,
    remember: Remember,
) -> Result<Decision<SignInView>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    let options = MethodOptions::of_open_to_passkeys(context, user, sign_in)?;
    let none = Refusal::NotOffered(Method::Passkey);
    let option = options.proof_option(Method::Passkey).ok_or_else(|| none.clone())?;
    let asking = Asking::of(context, user, sign_in).ok_or(none)?;
    let challenge = asking.challenge(&given.client_data.challenge, asking.get())?;
    let challenge = challenge.ok_or(Refusal::PasskeyRefused(NotMet::Challenge))?;
    let handle = asking.user_handle();
    let ceremony = asking.ceremony(&challenge, &handle);
    let proven = match prove(&ceremony, asking.passkeys(), given) {
        Ok(proven) => proven,
        Err(not_met) if not_met.costs_a_try() => {
            return Ok(count_wrong_signature(context, user.clone(), id, not_met));
        }
        Err(not_met) => return Err(Refusal::PasskeyRefused(not_met)),
    };
    let role = option.role;
    let passkey = Some(proven.shown());
    let mut user = user.clone();
    if let Some(sign_in) = user.sign_in_mut(id.key) {
        sign_in.passkeys = sign_in.passkeys.saturating_add(1);
        sign_in.chose_passkey = false;
    }
    note_use(context, &mut user, proven);
    let accepted = Accepted { method: Method::Passkey, role, passkey, remember };
    let entries = verify::accept(context, &mut user, id, accepted, None, options.next_step);
    let view = SignInView::after(context, &user, id)?;
    Ok(Decision::write(user, entries, WriteKind::Accepted, view))
}

/// Keeps what a use changed of a passkey: its counter, and the state of its copies.
fn note_use(context: &DecisionContext<'_>, user: &mut User, proven: Proven) {
    let Proven { passkey: Passkey { credential, key: _, rp_id, counter, backup }, .. } = proven;
    let generation = context.portal.generation;
    for authenticator in user.authenticators.iter_mut().filter(|a| a.generation == generation) {
        let Binding::Passkey(kept) = &mut authenticator.binding else { continue };
        if kept.credential == credential && kept.rp_id == rp_id {
            (kept.counter, kept.backup) = (counter, backup);
        }
    }
}

/// Counts a wrong signature in its sign-in, which the fifth one ends, and nowhere else: nobody
/// guesses a signature, and it lowers nothing that holds for six digits.
fn count_wrong_signature(
    context: &DecisionContext<'_>,
    mut user: User,
    id: &SignInId,
    not_met: NotMet,
) -> Decision<SignInView> {
    user.tidy(context.now);
    let (why, kind) = if not_met == NotMet::Counter {
        (WrongCode::Reused, EntryKind::CodeReused)
    } else {
        (WrongCode::Wrong, EntryKind::CodeWrong)
    };
    let mut entries = vec![kind.at(context.now).by_method(Method::Passkey).within(id.key)];
    let guesses_left = guess::count_in_sign_in(context, &mut user, id, &mut entries);
    let method = Some(Method::Passkey);
    let refusal = Refusal::CodeNotAccepted { why, method, guesses_left, until: None };
    Decision::refuse_and_write(user, entries, WriteKind::Wrong, refusal)
}
