//! Judging a bypass code: outside the locks of wrong codes, with five tries of its own.

use super::{Acceptance, Mfa, Offers, Picture, Progress, Verified};
use crate::{
    Decided, Refusal, Scene, SignInId, User, WrongCode,
    decision::{DeniedReason, Standing},
    user::{Bypass, BypassCode, EntryKind},
};

/// Judges a bypass code. It lets the user in once, or opens the enrolment where that waits for a link.
///
/// # Errors
/// [`Refusal`] when nothing was judged; nothing is written then.
pub fn decide(
    scene: &Scene<'_>,
    known: Option<User>,
    id: &SignInId,
    guess: &BypassCode,
) -> Result<Decided<Verified>, Refusal> {
    let (user, sign_in) = Picture::find(scene, known.as_ref(), id)?;
    match sign_in.progress {
        Progress::Dead => return Err(Refusal::SignInDead),
        Progress::Done(_) => return Err(Refusal::SignInDone),
        Progress::Open | Progress::MayEnrol => {}
    }
    let progress = match Offers::of(scene, user, sign_in.progress).standing {
        Standing::Denied(reason) => {
            return Err(Refusal::Denied { disabled: reason == DeniedReason::Disabled });
        }
        Standing::Allowed(_) | Standing::Enrol { .. } => return Err(Refusal::AnotherStep),
        Standing::CheckEmail | Standing::ChallengeThenEnrol => Progress::MayEnrol,
        Standing::Challenge => Progress::Done(Acceptance {
            at: scene.now,
            mfa: Mfa::Bypass,
            method: None,
            role: None,
            generation: scene.portal.generation,
        }),
    };
    let bypass = *user.bypass(scene.now).ok_or(Refusal::NoCodeRequested)?;
    let mac = scene.keys.secret_mac(bypass.version, &user.id, guess.expose())?;
    let mut user = user.clone();
    user.tidy(scene.now);
    if !bypass.mac.is(&mac) {
        return Ok(count(scene, user, id, bypass));
    }
    user.bypass = None;
    if let Some(sign_in) = user.sign_in_mut(id.key) {
        sign_in.challenges.clear();
        match progress {
            Progress::Done(acceptance) => sign_in.finish(acceptance),
            Progress::Open | Progress::MayEnrol | Progress::Dead => sign_in.progress = progress,
        }
    }
    let picture = Picture::after(scene, &user, id)?;
    let entry = EntryKind::BypassAccepted.at(scene.now).within(id.key);
    Ok(Decided::write(user, vec![entry], "bypass_accepted", Ok(picture)))
}

/// Counts a wrong try; the fifth kills the code.
fn count(scene: &Scene<'_>, mut user: User, id: &SignInId, bypass: Bypass) -> Decided<Verified> {
    let bypass = Bypass { wrong: bypass.wrong.saturating_add(1), ..bypass };
    user.bypass = (bypass.attempts_left() > 0).then_some(bypass);
    let entry = EntryKind::BypassWrong.at(scene.now).within(id.key);
    let attempts_left = bypass.attempts_left();
    let refusal = Refusal::CodeNotAccepted { why: WrongCode::Wrong, attempts_left, until: None };
    Decided::write(user, vec![entry], "bypass_wrong", Err(refusal))
}
