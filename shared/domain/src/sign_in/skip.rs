//! "Skip for now", if the policy lets users decline, or gives them time.

use super::{Acceptance, MethodOptions, Mfa, SignInView};
use crate::{
    Decision, DecisionContext, Refusal, SignInId, User, WriteKind,
    decision::NextStep,
    policy::Enforcement,
    user::{EntryKind, Mark},
};

/// Lets in a user who declines. If the policy lets users do that for good, it is remembered; if it
/// gives them time, it is counted, in the one write that lets the user in.
///
/// # Errors
/// [`Refusal::SkipNotAllowed`] where skipping is not on offer, or [`Refusal`] of a sign-in that is
/// over.
pub fn skip_enrolment(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
) -> Result<Decision<SignInView>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    let options = MethodOptions::of_open(context, user, sign_in)?;
    if options.next_step != (NextStep::Enrol { skippable: true }) {
        return Err(Refusal::SkipNotAllowed);
    }
    let ground = sign_in.ground;
    let mut user = user.clone();
    user.tidy(context.now);
    let generation = context.portal.generation;
    let (mfa, kind) = match context.portal.policy.enforcement {
        Enforcement::Required { .. } => {
            user.grace = user.grace.used(context.now);
            (Mfa::Grace, EntryKind::GraceUsed)
        }
        Enforcement::OptOut => {
            user.opt_out = Some(Mark { generation, at: context.now });
            (Mfa::Skipped, EntryKind::OptedOut)
        }
    };
    if let Some(sign_in) = user.sign_in_mut(id.key) {
        let acceptance = Acceptance {
            at: context.now,
            mfa,
            method: None,
            role: None,
            generation,
            passkey: None,
            proven_at: None,
        };
        sign_in.finish(acceptance);
    }
    let view = SignInView::after(context, &user, id)?;
    Ok(Decision::write(
        user,
        vec![kind.at(context.now).within(id.key).on(ground)],
        WriteKind::Skipped,
        view,
    ))
}
