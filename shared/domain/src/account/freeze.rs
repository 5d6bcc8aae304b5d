//! The link of a notice, "This was not me": looking at it, and freezing the user by it.

use crate::{
    Decision, DecisionContext, Locale, Masked, Refusal, User, WriteKind,
    portal::Profile,
    user::{EntryKind, FreezeLink},
};

#[derive(Clone, Debug)]
pub struct FreezePage {
    pub account: Masked,
    pub profile: Profile,
    pub locale: Option<Locale>,
    pub state: FreezeState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FreezeState {
    /// The user is not frozen, and the link can do it.
    Asks,
    /// The user is frozen: by this link, or by another of the same days.
    Done,
}

/// Looks at the page of a link, and changes nothing.
///
/// # Errors
/// [`Refusal::FreezeLinkRefused`] if the link is dead.
pub fn look(
    context: &DecisionContext<'_>,
    known: Option<User>,
    link: &FreezeLink,
) -> Result<Decision<FreezePage>, Refusal> {
    let user = known.ok_or(Refusal::FreezeLinkRefused)?;
    let state = state(context, &user, link)?;
    Ok(Decision::unchanged(page(context, &user, link, state)))
}

/// Freezes the user by a link. A second press finds it done, and writes nothing.
///
/// # Errors
/// [`Refusal::FreezeLinkRefused`] if the link is dead.
pub fn freeze(
    context: &DecisionContext<'_>,
    known: Option<User>,
    link: &FreezeLink,
) -> Result<Decision<FreezePage>, Refusal> {
    let mut user = known.ok_or(Refusal::FreezeLinkRefused)?;
    match state(context, &user, link)? {
        FreezeState::Done => Ok(Decision::unchanged(page(context, &user, link, FreezeState::Done))),
        FreezeState::Asks => {
            user.tidy(context.now);
            user.freeze(link.to, context.now);
            let to = user.known_address(context.keys, link.to).map(|to| to.masked());
            let entry = EntryKind::Frozen.at(context.now).to(to);
            let done = page(context, &user, link, FreezeState::Done);
            Ok(Decision::write(user, vec![entry], WriteKind::Frozen, done))
        }
    }
}

fn page(
    context: &DecisionContext<'_>,
    user: &User,
    link: &FreezeLink,
    state: FreezeState,
) -> FreezePage {
    // The reader of an address that is no longer the user's is not shown the present one.
    let account = match user.known_address(context.keys, link.to) {
        Some(_) => user.account(),
        None => user.account_without_address(),
    };
    FreezePage {
        account,
        profile: context.portal.profile.clone(),
        locale: context.locale(user),
        state,
    }
}

/// Returns the state of a link. It is dead once it expired, once an admin took its address away,
/// and under another epoch than its own: a reset, an erasure or a freeze of before. An address that
/// the user dropped keeps its links: a thief would begin with dropping it.
fn state(
    context: &DecisionContext<'_>,
    user: &User,
    link: &FreezeLink,
) -> Result<FreezeState, Refusal> {
    let was_taken = user.address_taken_at.is_some_and(|taken| link.at < taken);
    let is_known = user.known_address(context.keys, link.to).is_some();
    let is_alive = context.portal.has_freeze_links()
        && (is_known || !was_taken)
        && context.now < link.expires_at;
    let (now, next) = (link.epoch, link.epoch.saturating_add(1));
    match (is_alive, user.frozen_at) {
        (true, None) if user.epoch == now => Ok(FreezeState::Asks),
        (true, Some(_)) if user.epoch == next => Ok(FreezeState::Done),
        (true | false, Some(_) | None) => Err(Refusal::FreezeLinkRefused),
    }
}
