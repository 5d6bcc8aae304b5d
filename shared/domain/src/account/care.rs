//! What an admin does for one user, beside a reset: unlock, clear a skip, issue a bypass code, erase, export. Each needs
//! a reason, and each is in the log with it.

use crate::{
    Decided, Refusal, Scene, User, UserId, budget,
    reset::Actor,
    user::{Bypass, BypassCode, EntryKind, Tombstone},
};

/// Lets a user try again at once: every count of wrong codes begins anew. What was disabled stays so until a reset.
/// Whether there was anything to do.
///
/// # Errors
/// [`Refusal::UnlockLimit`] when it was done too often, [`Refusal::UnknownUser`] outside the actor's reach.
pub fn unlock(
    scene: &Scene<'_>,
    known: Option<User>,
    id: &UserId,
    actor: &Actor,
) -> Result<Decided<bool>, Refusal> {
    let mut user = actor.acts_on(scene, known, id)?;
    if user.failures.lock(scene.now).is_none() {
        return Ok(Decided::unchanged(false));
    }
    user.failures.unlock(scene.now)?;
    let entry = actor.entry(EntryKind::Unlocked, scene.now);
    Ok(Decided::write(user, vec![entry], "unlocked", Ok(true)))
}

/// Clears a remembered skip, so that the next sign-in asks again. Whether there was one.
///
/// # Errors
/// [`Refusal::UnknownUser`] outside the actor's reach.
pub fn clear_skip(
    scene: &Scene<'_>,
    known: Option<User>,
    id: &UserId,
    actor: &Actor,
) -> Result<Decided<bool>, Refusal> {
    let mut user = actor.acts_on(scene, known, id)?;
    if user.opt_out.take().is_none() {
        return Ok(Decided::unchanged(false));
    }
    let entry = actor.entry(EntryKind::SkipCleared, scene.now);
    Ok(Decided::write(user, vec![entry], "skip_cleared", Ok(true)))
}

/// Issues a bypass code; an earlier one dies with it.
///
/// # Errors
/// [`Refusal::UnknownUser`] outside the actor's reach, [`Refusal::Denied`] where only a reset helps.
pub fn issue_bypass(
    scene: &Scene<'_>,
    known: Option<User>,
    id: &UserId,
    actor: &Actor,
) -> Result<Decided<(BypassCode, Bypass)>, Refusal> {
    let mut user = actor.acts_on(scene, known, id)?;
    if user.disabled_at.is_some() {
        return Err(Refusal::Denied { disabled: true });
    }
    let code = BypassCode::new(scene.draw.bypass);
    let version = scene.keys.version()?;
    let bypass = Bypass {
        version,
        mac: scene.keys.secret_mac(version, &user.id, code.expose())?,
        expires_at: scene.now.plus(budget::BYPASS_SECONDS),
        wrong: 0,
    };
    user.bypass = Some(bypass);
    let entry = actor.entry(EntryKind::BypassIssued, scene.now);
    Ok(Decided::write(user, vec![entry], "bypass", Ok((code, bypass))))
}

/// Erases a user. Counters and locks stay for a while, and nothing personal with them.
///
/// # Errors
/// [`Refusal::UnknownUser`] outside the actor's reach.
pub fn erase(
    scene: &Scene<'_>,
    known: Option<User>,
    id: &UserId,
    actor: &Actor,
) -> Result<Decided<()>, Refusal> {
    let mut user = actor.acts_on(scene, known, id)?;
    user.tidy(scene.now);
    let entry = actor.entry(EntryKind::Erased, scene.now);
    Ok(Decided::erase(Tombstone::of(user, scene.now), entry, Ok(())))
}

/// Hands out everything known of a user; that it was is written down before.
///
/// # Errors
/// [`Refusal::UnknownUser`] outside the actor's reach.
pub fn export(
    scene: &Scene<'_>,
    known: Option<User>,
    id: &UserId,
    actor: &Actor,
) -> Result<Decided<User>, Refusal> {
    let user = actor.acts_on(scene, known, id)?;
    let entry = actor.entry(EntryKind::Exported, scene.now);
    Ok(Decided::write(user.clone(), vec![entry], "exported", Ok(user)))
}
