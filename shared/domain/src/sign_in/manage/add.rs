//! Adding an authenticator: the ways on offer, the place that one takes, and binding it.

use super::{Rights, rights::note};
use crate::{
    DecisionContext, Method, Refusal, SignInId, User, limits,
    portal::ShownBy,
    sign_in::MethodOptions,
    user::{
        Authenticator, Entry, EntryKind, GraceState, Passkey,
        sign_in::{Place, SettingsChange, SignIn},
    },
};

/// Returns the ways that can be added in a sign-in, for this place.
///
/// # Errors
/// Those of [`Rights::of`]; [`Refusal::UnknownAuthenticator`] for a place that nothing is in.
pub(in crate::sign_in) fn ways(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
    place: &Place,
) -> Result<MethodOptions, Refusal> {
    Rights::of(context, user, sign_in)?;
    if let Some(replaced) = place.replaces {
        let bound = user.bound_as(replaced, context.portal.generation);
        bound.ok_or(Refusal::UnknownAuthenticator)?;
    }
    Ok(MethodOptions::to_add(context, sign_in.shown_by()))
}

/// Checks that there is room for one more of a method in this place. An address or a number takes
/// the place of the one that is bound.
///
/// # Errors
/// [`Refusal::TooManyAuthenticators`] if there is none.
pub(in crate::sign_in) fn check_room(
    context: &DecisionContext<'_>,
    user: &User,
    method: Method,
    place: &Place,
) -> Result<(), Refusal> {
    let stays = |bound: &&Authenticator| !gives_way(bound, method, place);
    let staying = || user.bound(context.portal.generation).filter(stays);
    let of_method = staying().filter(|bound| bound.method() == method).count();
    let most = match method {
        Method::AuthenticatorApp => limits::APPS,
        Method::Passkey => limits::PASSKEYS,
        Method::Email | Method::Sms => 1,
        Method::RecoveryCode => 0,
    };
    if staying().count() < limits::AUTHENTICATORS && of_method < most {
        Ok(())
    } else {
        Err(Refusal::TooManyAuthenticators)
    }
}

/// Checks that the item has room for a passkey beside those that stay: keys and ids of the largest
/// kind are many times as long as the usual ones.
///
/// # Errors
/// [`Refusal::TooManyAuthenticators`] if it has none.
pub(in crate::sign_in) fn check_passkey_room(
    context: &DecisionContext<'_>,
    user: &User,
    made: &Passkey,
    place: &Place,
) -> Result<(), Refusal> {
    let stays = |bound: &&Authenticator| !gives_way(bound, Method::Passkey, place);
    let staying = user.bound(context.portal.generation).filter(stays);
    let taken: usize = staying.filter_map(Authenticator::passkey).map(Passkey::room).sum();
    if taken + made.room() <= limits::PASSKEYS_ROOM {
        Ok(())
    } else {
        Err(Refusal::TooManyAuthenticators)
    }
}

pub(in crate::sign_in) fn methods_with_room(
    context: &DecisionContext<'_>,
    user: &User,
    shown_by: ShownBy,
) -> Vec<Method> {
    let ways =
        MethodOptions::to_add(context, shown_by).list.into_iter().map(|option| option.method);
    let place = Place::default();
    ways.filter(|method| check_room(context, user, *method, &place).is_ok()).collect()
}

fn gives_way(bound: &Authenticator, method: Method, place: &Place) -> bool {
    place.replaces == Some(bound.id) || (method.is_delivered() && bound.method() == method)
}

/// Binds an authenticator beside the others, in its place; the sign-in stays done. Returns the
/// entries of what was removed for it.
pub(in crate::sign_in) fn bind(
    context: &DecisionContext<'_>,
    user: &mut User,
    id: &SignInId,
    authenticator: Authenticator,
    place: &Place,
    rights: &Rights,
) -> Vec<Entry> {
    let method = authenticator.method();
    let bound: Vec<Authenticator> = user.bound(context.portal.generation).cloned().collect();
    let replaced = bound.iter().filter(|bound| gives_way(bound, method, place));
    let mut entries = vec![];
    for old in replaced.filter_map(|old| user.take_authenticator(old.id)) {
        entries.push(removal(context, &old).within(id.key).on(rights.acceptance.ground()));
    }
    // As any confirmed enrolment does: nothing of before is left to be done.
    user.unknown_bound.retain(|old| old.generation == authenticator.generation);
    user.authenticators.retain(|old| old.generation == authenticator.generation);
    user.authenticators.push(authenticator);
    (user.reset_at, user.link_only_to, user.ticket) = (None, None, None);
    user.opt_out = None;
    user.grace = GraceState::Over;
    user.end_rights();
    if let Some(sign_in) = user.sign_in_mut(id.key) {
        sign_in.challenges.clear();
        sign_in.late.clear();
        sign_in.managed.ended = false;
        if !entries.is_empty() {
            sign_in.managed.note(SettingsChange::AuthenticatorRemoved, context.now);
        }
    }
    note(context, user, id.key, SettingsChange::AuthenticatorAdded);
    entries
}

pub(in crate::sign_in) fn removal(context: &DecisionContext<'_>, old: &Authenticator) -> Entry {
    let entry = EntryKind::AuthenticatorRemoved.at(context.now).by_method(old.method());
    entry.to(old.destination().map(|to| to.masked()))
}
