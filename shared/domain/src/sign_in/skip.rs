//! "Skip for now", where the policy lets users decline.

use super::{Acceptance, Mfa, Picture, in_progress::in_progress};
use crate::{
    Decided, Refusal, Scene, SignInId, User,
    decision::Standing,
    user::{EntryKind, Mark},
};

/// Remembers that the user declined, and lets the user in.
///
/// # Errors
/// [`Refusal::SkipNotAllowed`] where skipping is not on offer, or [`Refusal`] of a sign-in that is over.
pub fn decide(
    scene: &Scene<'_>,
    known: Option<User>,
    id: &SignInId,
) -> Result<Decided<Picture>, Refusal> {
    let (user, sign_in) = Picture::find(scene, known.as_ref(), id)?;
    let offers = in_progress(scene, user, sign_in)?;
    if offers.standing != (Standing::Enrol { skippable: true }) {
        return Err(Refusal::SkipNotAllowed);
    }
    let mut user = user.clone();
    user.tidy(scene.now);
    let generation = scene.portal.generation;
    user.opt_out = Some(Mark { generation, at: scene.now });
    if let Some(sign_in) = user.sign_in_mut(id.key) {
        let acceptance =
            Acceptance { at: scene.now, mfa: Mfa::Skipped, method: None, role: None, generation };
        sign_in.finish(acceptance);
    }
    let picture = Picture::after(scene, &user, id)?;
    Ok(Decided::write(
        user,
        vec![EntryKind::OptedOut.at(scene.now).within(id.key)],
        "skipped",
        Ok(picture),
    ))
}
