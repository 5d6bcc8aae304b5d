//! Ending trust in browsers.

use super::{Rights, rights::note};
use crate::{
    Decision, DecisionContext, Refusal, SignInId, User, WriteKind,
    sign_in::{SettingsChange, SignInView},
    user::{EntryKind, Untrusted},
};

/// Ends trust in one of the user's browsers, or in all of them; if there is none, nothing changes.
///
/// # Errors
/// Those of a proof that allows nothing.
pub fn end_trust(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    untrusted: Untrusted,
) -> Result<Decision<SignInView>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    let rights = Rights::of(context, user, sign_in)?;
    let mut after = user.clone();
    after.tidy(context.now);
    if !after.distrust(untrusted) {
        return SignInView::after(context, user, id).map(Decision::unchanged);
    }
    note(context, &mut after, id.key, SettingsChange::TrustEnded);
    let entry = EntryKind::TrustEnded.at(context.now).within(id.key);
    let entry = entry.on(rights.acceptance.ground());
    let view = SignInView::after(context, &after, id)?;
    Ok(Decision::write(after, vec![entry], WriteKind::TrustEnded, view))
}
