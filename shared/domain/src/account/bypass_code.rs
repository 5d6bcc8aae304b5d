use super::Actor;
use crate::{
    Decision, DecisionContext, Refusal, User, UserId, WriteKind, limits,
    user::{Bypass, BypassCode, EntryKind},
};

/// Issues a bypass code; an earlier one dies with it.
///
/// # Errors
/// [`Refusal::UnknownUser`] outside the actor's reach, [`Refusal::Denied`] and
/// [`Refusal::FrozenUntilReset`] where only a reset helps.
pub fn issue_bypass(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &UserId,
    actor: &Actor,
) -> Result<Decision<(BypassCode, Bypass)>, Refusal> {
    let mut user = actor.acts_on(context, known, id)?;
    if user.frozen_at.is_some() {
        return Err(Refusal::FrozenUntilReset);
    }
    if user.disabled_at.is_some() {
        return Err(Refusal::Denied { disabled: true });
    }
    let code = BypassCode::new(context.random_bytes.bypass);
    let version = context.keys.version()?;
    let bypass = Bypass {
        version,
        mac: context.keys.secret_mac(version, &user.id, code.expose())?,
        expires_at: context.now.plus(limits::BYPASS_SECONDS),
    };
    user.bypass = Some(bypass);
    let entry = actor.entry(EntryKind::BypassIssued, context.now);
    Ok(Decision::write(user, vec![entry], WriteKind::Bypass, (code, bypass)))
}
