//! Checking a bypass code: outside the locks of wrong codes, five times in a sign-in.

use super::{Acceptance, Event, Ground, MethodOptions, Mfa, Progress, SignInView, guess};
use crate::{
    Decision, DecisionContext, Refusal, SignInId, User, WriteKind, WrongCode,
    decision::{DeniedReason, FirstProof, NextStep},
    user::{BypassCode, EntryKind},
};

/// Judges a bypass code. It lets the user in once, or opens the enrolment where that waits for a
/// link.
///
/// # Errors
/// [`Refusal`] when nothing was judged; nothing is written then.
pub fn check_bypass_code(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    guess: &BypassCode,
) -> Result<Decision<SignInView>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    match sign_in.progress {
        Progress::Dead => return Err(Refusal::SignInDead),
        Progress::Done(_) => return Err(Refusal::SignInDone),
        Progress::Open | Progress::MayEnrol => {}
    }
    // An admin cannot stand for the user where something is to be confirmed.
    if sign_in.event == Event::StepUp {
        return Err(Refusal::AnotherStep);
    }
    let progress = match MethodOptions::of(context, user, sign_in.stage()).next_step {
        NextStep::Denied(
            reason @ (DeniedReason::Frozen
            | DeniedReason::Disabled
            | DeniedReason::NoUsableMethod
            | DeniedReason::NothingToManage
            | DeniedReason::CannotStepUp),
        ) => return Err(reason.refusal()),
        // An admin who stands for the user does so by a reset.
        NextStep::ChallengeThenEnrol(FirstProof::RecoveryCode) => {
            return Err(Refusal::Denied { disabled: true });
        }
        NextStep::Allowed(_) | NextStep::Enrol { .. } => return Err(Refusal::AnotherStep),
        // An admin who issues a bypass code stands for the user as the emailed code would.
        NextStep::Denied(DeniedReason::NoVerifiedEmail)
        | NextStep::CheckEmail
        | NextStep::ChallengeThenEnrol(FirstProof::OldMethod | FirstProof::EmailedCode) => {
            Progress::MayEnrol
        }
        NextStep::Challenge => Progress::Done(Acceptance {
            at: context.now,
            mfa: Mfa::Bypass,
            method: None,
            role: None,
            generation: context.portal.generation,
            passkey: None,
            proven_at: None,
        }),
    };
    let bypass = *user.bypass(context.now).ok_or(Refusal::NoCodeRequested)?;
    let mac = context.keys.secret_mac(bypass.version, &user.id, guess.expose())?;
    let mut user = user.clone();
    user.tidy(context.now);
    if !bypass.mac.is(&mac) {
        return Ok(count_wrong_code(context, user, id));
    }
    user.bypass = None;
    user.end_trust();
    if let Some(sign_in) = user.sign_in_mut(id.key) {
        sign_in.challenges.clear();
        match progress {
            Progress::Done(acceptance) => sign_in.finish(acceptance),
            Progress::Open | Progress::MayEnrol | Progress::Dead => {
                sign_in.let_enrol(Ground::BypassCode);
            }
        }
    }
    let view = SignInView::after(context, &user, id)?;
    let entry = EntryKind::BypassAccepted.at(context.now).within(id.key);
    Ok(Decision::write(user, vec![entry], WriteKind::BypassAccepted, view))
}

/// Counts a wrong guess in its sign-in, which the fifth one ends. The code itself lives on: it is
/// too long to be guessed, and whoever has the password only could take it from the user.
fn count_wrong_code(
    context: &DecisionContext<'_>,
    mut user: User,
    id: &SignInId,
) -> Decision<SignInView> {
    let mut entries = vec![EntryKind::BypassWrong.at(context.now).within(id.key)];
    let guesses_left = guess::count_in_sign_in(context, &mut user, id, &mut entries);
    let why = WrongCode::Wrong;
    let refusal = Refusal::CodeNotAccepted { why, method: None, guesses_left, until: None };
    Decision::refuse_and_write(user, entries, WriteKind::BypassWrong, refusal)
}
