//! The contact record, as the portal's back end keeps it between sign-ins.

use crate::{
    ContactUpdate, Decided, NotKept, Refusal, Scene, User, UserId,
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
    scene: &Scene<'_>,
    known: Option<User>,
    id: &UserId,
    update: &ContactUpdate,
) -> Result<Decided<Kept>, Refusal> {
    let is_new = known.is_none();
    let before = known.unwrap_or_else(|| scene.newcomer(id.clone()));
    if before.id != *id {
        return Err(Refusal::UserIdCase);
    }
    let mut user = before.clone();
    let not_kept = user.update_contact(update, scene.portal, scene.keys);
    if user.contact == before.contact {
        return Ok(Decided::unchanged(Kept { user, not_kept }));
    }
    user.tidy(scene.now);
    let entry = if is_new {
        EntryKind::ContactAdded.at(scene.now)
    } else {
        contact_entry(&before, &user, scene.now)
    };
    Ok(Decided::write(user.clone(), vec![entry], "contact", Ok(Kept { user, not_kept })))
}
