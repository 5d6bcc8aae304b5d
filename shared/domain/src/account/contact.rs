//! The contact record, as the portal's back end keeps it between sign-ins.

use crate::{
    ContactUpdate, Decision, DecisionContext, NotKept, Refusal, User, UserId, WriteKind,
    user::{EntryKind, PasswordChange, contact_entry},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub user: User,
    /// The fields that were given and not kept, with the reasons.
    pub not_kept: NotKept,
}

/// Replaces the contact record, and ends what an old password began if the portal tells that it was
/// changed. Codes under way to what is no longer in the record die with it.
///
/// # Errors
/// [`Refusal::UserIdCase`] if the user is known under an id that differs in case.
pub fn replace_contact(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &UserId,
    update: &ContactUpdate,
    password_change: Option<PasswordChange>,
) -> Result<Decision<Kept>, Refusal> {
    let is_new = known.is_none();
    let before = known.unwrap_or_else(|| context.newcomer(id.clone()));
    if before.id != *id {
        return Err(Refusal::UserIdCase);
    }
    let mut user = before.clone();
    let not_kept = user.update_contact(update, context.portal, context.keys, context.now);
    let mut entries = vec![];
    if user.contact != before.contact {
        entries.push(if is_new {
            EntryKind::ContactAdded.at(context.now)
        } else {
            contact_entry(&before, &user, context.now)
        });
    }
    if password_change.is_some_and(|change| user.change_password(change)) {
        entries.push(EntryKind::PasswordChanged.at(context.now));
    }
    if entries.is_empty() {
        return Ok(Decision::unchanged(Kept { user, not_kept }));
    }
    user.tidy(context.now);
    Ok(Decision::write(user.clone(), entries, WriteKind::Contact, Kept { user, not_kept }))
}
