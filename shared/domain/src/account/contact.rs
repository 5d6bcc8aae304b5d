//! The contact record, as the portal's back end keeps it between sign-ins.

use crate::{
    ContactUpdate, Decision, DecisionContext, Destination, NotKept, PortalKeys, Refusal, User,
    UserId, WriteKind,
    user::{By, Entry, EntryKind, LinkOnly, PasswordChange, contact_entry},
    values::named::named,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub user: User,
    /// The fields that were given and not kept, with the reasons.
    pub not_kept: NotKept,
}

/// The person who changed the contact record, as the portal says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChangedBy {
    #[default]
    User,
    /// An admin of the portal's own: an address that it takes away is told, and can freeze nothing.
    Admin,
}

named! {
    ChangedBy { User: "user", Admin: "admin" }
}

impl ChangedBy {
    const fn actor(self) -> Option<By> {
        match self {
            Self::User => None,
            Self::Admin => Some(By::PortalAdmin),
        }
    }

    /// Has a link after a freeze go to the address that an admin put into the contact record, or
    /// named again. Users move it nowhere: the password alone may have changed the address.
    fn moves_link(
        self,
        update: &ContactUpdate,
        before: &User,
        user: &mut User,
        keys: &dyn PortalKeys,
    ) {
        let Some(address) = user.contact.verified_email().cloned() else { return };
        let is_named = update.email.iter().flatten().any(|given| given.is_same(&address));
        let is_new = before.contact.verified_email() != Some(&address);
        match (self, user.link_only_to) {
            (Self::Admin, Some(LinkOnly::To(_) | LinkOnly::Nowhere)) if is_named || is_new => {
                let to = keys.destination_hash(&Destination::Email(address));
                user.link_only_to = Some(LinkOnly::To(to));
            }
            (Self::User | Self::Admin, Some(LinkOnly::To(_) | LinkOnly::Nowhere) | None) => {}
        }
    }
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
    changed_by: ChangedBy,
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
        let entry = if is_new {
            EntryKind::ContactAdded.at(context.now)
        } else {
            contact_entry(&before, &user, context.now)
        };
        entries.push(Entry { by: changed_by.actor(), ..entry });
        if user.contact.verified_email() != before.contact.verified_email() {
            match changed_by {
                ChangedBy::Admin => user.address_taken_at = Some(context.now),
                ChangedBy::User => {}
            }
        }
    }
    changed_by.moves_link(update, &before, &mut user, context.keys);
    if user.link_only_to != before.link_only_to && entries.is_empty() {
        let entry = EntryKind::ContactChanged.at(context.now);
        entries.push(Entry { by: changed_by.actor(), ..entry });
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
