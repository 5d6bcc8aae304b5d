//! Issuing a bypass code.

use super::Actor;
use crate::{
    Decided, Refusal, Scene, User, UserId, budget,
    user::{Bypass, BypassCode, EntryKind},
};

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
