//! The contact record, as the portal's back end keeps it between sign-ins.

use crate::{
    ContactUpdate, Decision, DecisionContext, NotKept, Refusal, User, UserId,
    user::{EntryKind, contact_entry},
};

/// What was kept of a contact record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The record as it is now.
    pub user: User,
    /// What was given and not kept, and why.
    pub not_kept: NotKept,
}

/// Replaces the contact record. Codes under way to what is no longer in it die with it.
///
/// # Errors
/// [`Refusal::UserIdCase`] when the user is known under an id that differs in case.
pub fn replace_contact(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &UserId,
    update: &ContactUpdate,
) -> Result<Decision<Kept>, Refusal> {
    let is_new = known.is_none();
    let before = known.unwrap_or_else(|| context.newcomer(id.clone()));
    if before.id != *id {
        return Err(Refusal::UserIdCase);
    }
    let mut user = before.clone();
    let not_kept = user.update_contact(update, context.portal, context.keys);
    if user.contact == before.contact {
        return Ok(Decision::unchanged(Kept { user, not_kept }));
    }
    user.tidy(context.now);
    let entry = if is_new {
        EntryKind::ContactAdded.at(context.now)
    } else {
        contact_entry(&before, &user, context.now)
    };
    Ok(Decision::write(user.clone(), vec![entry], "contact", Ok(Kept { user, not_kept })))
}
