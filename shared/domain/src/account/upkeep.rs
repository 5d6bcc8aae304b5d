//! What a portal's back end does for its users between sign-ins: the contact record, "Enable MFA" after a skip, and
//! un-setting "always use email".

use crate::{
    ContactUpdate, Decided, NotKept, Refusal, Scene, Timestamp, User, UserId,
    policy::Enforcement,
    user::{Entry, EntryKind},
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

/// Returns the entry of a changed contact record: users are told if a destination changed.
pub fn contact_entry(before: &User, after: &User, now: Timestamp) -> Entry {
    let (was, is) = (before.known_destinations(), after.known_destinations());
    let same = was.len() == is.len() && was.iter().all(|to| is.iter().any(|now| now.is_same(to)));
    let email = |user: &User| user.contact.email.as_ref().map(|email| email.address.clone());
    if same && email(before) == email(after) {
        EntryKind::DetailsChanged.at(now)
    } else {
        EntryKind::ContactChanged.at(now)
    }
}

/// Clears a remembered skip, so that the next sign-in enrols. The portal signs the user out.
///
/// # Errors
/// [`Refusal::NotSkipped`] when nothing that counts was skipped, or the policy is off.
pub fn opt_in(scene: &Scene<'_>, known: Option<User>, id: &UserId) -> Result<Decided<()>, Refusal> {
    let mut user = own(known, id)?;
    if !can_opt_in(scene, &user) {
        return Err(Refusal::NotSkipped);
    }
    user.opt_out = None;
    Ok(Decided::write(user, vec![EntryKind::OptedIn.at(scene.now)], "opt_in", Ok(())))
}

/// Returns true if the user skipped, and that counts now.
pub fn can_opt_in(scene: &Scene<'_>, user: &User) -> bool {
    let policy = &scene.portal.policy;
    policy.enabled
        && policy.enforcement == Enforcement::OptOut
        && user.has_skipped(scene.portal.generation)
}

/// Un-sets "always use email"; where it is not set, nothing changes. The user as it is now.
///
/// # Errors
/// [`Refusal::UnknownUser`] when there is no such user.
pub fn unset_default(
    scene: &Scene<'_>,
    known: Option<User>,
    id: &UserId,
) -> Result<Decided<User>, Refusal> {
    let mut user = own(known, id)?;
    if user.email_default.take().is_none() {
        return Ok(Decided::unchanged(user));
    }
    let entry = EntryKind::DefaultUnset.at(scene.now);
    Ok(Decided::write(user.clone(), vec![entry], "default", Ok(user)))
}

/// The user, if known under exactly this id.
///
/// # Errors
/// [`Refusal::UnknownUser`] and [`Refusal::UserIdCase`].
pub fn own(known: Option<User>, id: &UserId) -> Result<User, Refusal> {
    let user = known.ok_or(Refusal::UnknownUser)?;
    if user.id == *id { Ok(user) } else { Err(Refusal::UserIdCase) }
}
