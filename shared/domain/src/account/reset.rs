//! Taking away what a user has bound, so that the user can enrol again.

use crate::{
    Decided, FormId, Method, OrganisationId, Refusal, Scene, Timestamp, User, UserId,
    policy::AfterReset,
    upkeep,
    user::{By, Entry, EntryKind},
};

/// Who does something to a user, how far that reaches, and why.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Who; the portal's back end where nobody is named.
    pub by: Option<By>,
    /// How far the admin's rights go in the portal.
    pub reach: Reach,
    /// Why, for the log.
    pub reason: Option<String>,
    /// The form of the console that asks for it, which acts once.
    pub form: Option<FormId>,
}

/// How far an admin's rights go inside a portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The whole portal.
    Portal,
    /// The users of one organisation.
    Organisation(OrganisationId),
}

impl Reach {
    /// Returns true if users of this organisation are within it.
    pub fn covers(&self, organisation: Option<&OrganisationId>) -> bool {
        match self {
            Self::Portal => true,
            Self::Organisation(own) => organisation == Some(own),
        }
    }

    /// The user, if known under exactly this id, and within reach.
    ///
    /// # Errors
    /// [`Refusal::UnknownUser`] and [`Refusal::UserIdCase`].
    pub fn user(&self, known: Option<User>, id: &UserId) -> Result<User, Refusal> {
        let known = known.filter(|user| self.covers(user.contact.organisation.as_ref()));
        upkeep::own(known, id)
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
            Some(By::Portal(_) | By::Admin(_) | By::SetUp) | None => Ok(user),
        }
    }

    /// The user, within reach, to act on: once for a form.
    ///
    /// # Errors
    /// Those of [`Actor::reach_user`], and [`Refusal::FormUsed`].
    pub fn acts_on(
        &self,
        scene: &Scene<'_>,
        known: Option<User>,
        id: &UserId,
    ) -> Result<User, Refusal> {
        let mut user = self.reach_user(known, id)?;
        user.acted.note(self.form, scene.now)?;
        Ok(user)
    }

    /// The entry of what this actor did.
    pub fn entry(&self, kind: EntryKind, now: Timestamp) -> Entry {
        Entry { by: self.by.clone(), why: self.reason.clone(), ..kind.at(now) }
    }
}

/// What a reset took away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WasReset {
    /// Something was bound; the user has to enrol again.
    pub had_bound: bool,
    /// True if the link the user then needs can be mailed; none where no link is needed.
    pub link_can_be_mailed: Option<bool>,
}

/// Resets one user. Open sign-ins and bypass codes end with it, so that no verify under way can cross it.
/// The count of wrong codes in a month stays: a reset must not buy guesses.
///
/// # Errors
/// [`Refusal::UnknownUser`] outside the actor's reach, [`Refusal::NotPermitted`] for the actor's own account.
pub fn decide(
    scene: &Scene<'_>,
    known: Option<User>,
    id: &UserId,
    actor: &Actor,
) -> Result<Decided<WasReset>, Refusal> {
    let mut user = actor.acts_on(scene, known, id)?;
    let had_bound = user.is_guarded();
    user.authenticators.clear();
    user.sign_ins.clear();
    user.opt_out = None;
    user.email_default = None;
    user.disabled_at = None;
    user.bypass = None;
    user.ticket = None;
    user.failures.succeed();
    user.reset_at = had_bound.then_some(scene.now);
    let entry = actor.entry(EntryKind::Reset, scene.now);
    let needed = had_bound && scene.portal.policy.after_reset == AfterReset::EmailedLink;
    let reachable =
        user.contact.verified_email().is_some() && scene.settings.can_deliver(Method::Email);
    let done = WasReset { had_bound, link_can_be_mailed: needed.then_some(reachable) };
    Ok(Decided::write(user, vec![entry], "reset", Ok(done)))
}
