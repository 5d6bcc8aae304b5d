//! The one who acts on a user, and the user who is acted on.

use crate::{
    DecisionContext, FormId, Refusal, Timestamp, User, UserId,
    admin::Reach,
    user::{By, Entry, EntryKind},
};

/// Somebody who acts on a user, with their reach and their reason.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The person; `None` is the portal's back end.
    pub by: Option<By>,
    pub reach: Reach,
    pub reason: Option<String>,
    /// The form of the console that asks for it, which acts once.
    pub form: Option<FormId>,
}

impl Reach {
    /// The user, if known under exactly this id, and within reach.
    ///
    /// # Errors
    /// [`Refusal::UnknownUser`] and [`Refusal::UserIdCase`].
    pub fn user(&self, known: Option<User>, id: &UserId) -> Result<User, Refusal> {
        let known = known.filter(|user| self.covers(user.contact.organisation.as_ref()));
        own(known, id)
    }
}

impl Actor {
    /// The user, within reach; nobody acts on their own account.
    ///
    /// # Errors
    /// [`Refusal::UnknownUser`], [`Refusal::UserIdCase`], [`Refusal::NotPermitted`].
    pub fn reach_user(&self, known: Option<User>, id: &UserId) -> Result<User, Refusal> {
        let user = self.reach.user(known, id)?;
        match &self.by {
            Some(By::Portal(own)) if *own == user.id => Err(Refusal::NotPermitted),
            Some(By::Portal(_) | By::PortalAdmin | By::Admin(_) | By::SetUp | By::Ops(_))
            | None => Ok(user),
        }
    }

    /// The user, within reach, to act on: once for a form.
    ///
    /// # Errors
    /// Those of [`Actor::reach_user`], and [`Refusal::FormUsed`].
    pub fn acts_on(
        &self,
        context: &DecisionContext<'_>,
        known: Option<User>,
        id: &UserId,
    ) -> Result<User, Refusal> {
        let mut user = self.reach_user(known, id)?;
        user.acted.note(self.form, context.now)?;
        Ok(user)
    }

    pub fn entry(&self, kind: EntryKind, now: Timestamp) -> Entry {
        Entry { by: self.by.clone(), why: self.reason.clone(), ..kind.at(now) }
    }
}

/// The user, if known under exactly this id.
///
/// # Errors
/// [`Refusal::UnknownUser`] and [`Refusal::UserIdCase`].
pub fn own(known: Option<User>, id: &UserId) -> Result<User, Refusal> {
    let user = known.ok_or(Refusal::UnknownUser)?;
    if user.id == *id { Ok(user) } else { Err(Refusal::UserIdCase) }
}
