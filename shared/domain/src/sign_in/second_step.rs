//! The second step of an admin's session by calls: a sign-in of the portal `console` without the
//! prompt.

use super::{
    Progress, Remember, SignIn, SignInView, confirm, guess,
    verify::{self, Guess, Typed},
};
use crate::{
    Code, Decision, DecisionContext, Method, Refusal, SignInId, User, WrongCode, limits,
    sign_in::Mfa,
};

/// Checks what a call brought: a code confirms the app that is being set up, or is checked against
/// the app that is bound; a bypass code takes its place. A sign-in that is done already, because
/// the reply was lost, is answered to the code that ended it.
///
/// # Errors
/// [`Refusal::OtherBrowser`] if the prompt shows this sign-in, and every refusal of a code.
pub fn verify_second_step(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    typed: &Typed,
) -> Result<Decision<SignInView>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    by_calls(sign_in)?;
    match (sign_in.progress, typed) {
        (Progress::Done(acceptance), Typed::Code(code))
            if context.now.since(acceptance.at) < limits::RESULT_AGAIN_SECONDS =>
        {
            check_again(context, user, sign_in, id, code)
        }
        (Progress::Done(_), Typed::Code(_) | Typed::Bypass(_) | Typed::Recovery(_)) => {
            Err(Refusal::SignInDone)
        }
        (Progress::Open | Progress::MayEnrol | Progress::Dead, Typed::Code(code))
            if sign_in.pending.is_some() =>
        {
            confirm::confirm_enrolment(context, known, id, code)
        }
        (
            Progress::Open | Progress::MayEnrol | Progress::Dead,
            Typed::Code(_) | Typed::Bypass(_) | Typed::Recovery(_),
        ) => {
            let guess = Guess {
                typed: typed.clone(),
                method: None,
                make_email_default: false,
                remember: Remember::Nothing,
            };
            verify::verify_code(context, known, id, &guess)
        }
    }
}

/// Leaves out of a view what calls cannot do: passkeys are used on the pages of this service alone.
pub fn for_calls(mut view: SignInView) -> SignInView {
    view.options.retain(|option| option.method != Method::Passkey);
    view.passkey = None;
    view
}

/// Refuses an admin whose sign-in ended without a second step.
///
/// # Errors
/// [`Refusal::SecondStepMissing`] then.
pub const fn was_done(mfa: Mfa) -> Result<(), Refusal> {
    match mfa {
        Mfa::Done | Mfa::Bypass => Ok(()),
        Mfa::Skipped | Mfa::NotRequired | Mfa::TrustedBrowser | Mfa::Grace => {
            Err(Refusal::SecondStepMissing)
        }
    }
}

/// Refuses a sign-in that the prompt shows: it goes on in the browser that began it, and nowhere
/// else.
pub fn by_calls(sign_in: &SignIn) -> Result<(), Refusal> {
    if sign_in.return_to.is_some() { Err(Refusal::OtherBrowser) } else { Ok(()) }
}

/// Answers a done sign-in once more, for a caller who lost the answer. The code must be the last of
/// the app that was accepted; any other is a wrong guess.
pub(super) fn check_again(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
    id: &SignInId,
    code: &Code,
) -> Result<Decision<SignInView>, Refusal> {
    let secrets = verify::app_secrets(context, user);
    verify::check_lock(context, user, sign_in, secrets)?;
    if verify::is_last_accepted(context, user, code)? {
        return SignInView::after(context, user, id).map(Decision::unchanged);
    }
    Ok(guess::count_wrong_code(
        context,
        user.clone(),
        id,
        Method::AuthenticatorApp,
        WrongCode::Wrong,
        secrets,
    ))
}
