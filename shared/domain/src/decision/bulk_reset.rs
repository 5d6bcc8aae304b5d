//! The reset of many users of a portal: one admin asks for it, another one approves it, and each
//! step resets a part of the users.

use super::Selection;
use crate::{
    BulkRefusal, Malformed, MfaState, Portal, PortalId, Refusal, Settings, Timestamp, User,
    admin::{Admin, AdminId, Reach, Right},
    limits,
    settings::Channel,
    values::id::byte_id,
};

byte_id!(
    /// One bulk reset of one portal.
    BulkResetId, 8, "the bulk reset"
);

/// The bulk reset of a portal: the last one that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkReset {
    pub id: BulkResetId,
    pub selection: Selection,
    /// The reach of the admin who asked.
    pub reach: Reach,
    pub reason: String,
    /// The users who would be reset, as they were counted when it was asked for.
    pub about: u32,
    pub asked_by: AdminId,
    pub asked_at: Timestamp,
    pub stage: BulkStage,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BulkStage {
    /// It awaits its approval.
    Asked,
    Begun(BulkApproval),
    /// It ended, or was withdrawn.
    Over,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkApproval {
    pub by: AdminId,
    pub at: Timestamp,
}

/// The outcome of a bulk reset for a user, foreseen from the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreseen {
    Reset,
    /// Nothing is set up, so nothing is taken away.
    NothingSetUp,
    /// No link to enrol again can be mailed.
    NoLink,
}

impl Foreseen {
    /// Returns what is done with a user in this state, to whom a link can be mailed or not.
    pub const fn of(is_guarded: bool, has_link: bool) -> Self {
        match (is_guarded, has_link) {
            (false, _) => Self::NothingSetUp,
            (true, false) => Self::NoLink,
            (true, true) => Self::Reset,
        }
    }
}

impl MfaState {
    /// Returns true if nothing is bound or made the default, as [`User::has_nothing_set_up`] says.
    pub const fn has_nothing_set_up(&self) -> bool {
        self.bound.is_empty() && self.unknown_bound.is_empty() && self.email_default.is_none()
    }

    /// Returns true if something guards the user, as [`User::is_guarded`] says.
    pub const fn is_guarded(&self) -> bool {
        !self.has_nothing_set_up() || self.disabled || self.reset || self.frozen || self.link_forced
    }
}

/// Returns true if the portal can mail links to enrol again.
pub fn can_mail_links(portal: &Portal, settings: &Settings) -> bool {
    portal.profile.enrolment_url.is_some() && settings.can_deliver(Channel::Email.method())
}

#[derive(Clone, Copy, Debug)]
pub struct Approver<'a> {
    pub admin: &'a Admin,
    pub reach: &'a Reach,
}

impl BulkReset {
    /// Seconds after which a request, or an approved one, lapses.
    pub const OPEN_SECONDS: i64 = limits::DAY_SECONDS;
    /// The most bytes of a reason: it stands in the entry of each user beside the id and the admin.
    pub const REASON_BYTES: usize = 90;

    pub fn check_reason(reason: &str) -> Result<(), Malformed> {
        if reason.len() <= Self::REASON_BYTES {
            Ok(())
        } else {
            Err(Malformed::new("reason", "must be at most 90 bytes for a bulk reset"))
        }
    }

    /// Returns the moment at which it lapses; `None` if it is over.
    pub fn lapses_at(&self) -> Option<Timestamp> {
        let since = match &self.stage {
            BulkStage::Asked => self.asked_at,
            BulkStage::Begun(approval) => approval.at,
            BulkStage::Over => return None,
        };
        Some(since.plus(Self::OPEN_SECONDS))
    }

    pub fn is_open(&self, now: Timestamp) -> bool {
        self.lapses_at().is_some_and(|at| now < at)
    }

    /// Takes the place of the one before, if that is no longer open.
    pub fn after(self, before: Option<&Self>, now: Timestamp) -> Result<Self, BulkRefusal> {
        let is_open = before.is_some_and(|before| before.is_open(now));
        if is_open { Err(BulkRefusal::AnotherOpen) } else { Ok(self) }
    }

    /// Returns true if an admin could approve a request of this reach by another admin.
    pub fn could_approve(admin: &Admin, by: &AdminId, portal: &PortalId, reach: &Reach) -> bool {
        let own = admin.role.reach(Right::ResetUsers, portal);
        admin.is_active() && admin.id != *by && own.is_ok_and(|own| own.includes(reach))
    }

    /// Begins it, by the approval of another admin. The approval of the same admin once more
    /// changes nothing, because the reply may have been lost.
    pub fn approve(
        mut self,
        id: BulkResetId,
        approver: Approver<'_>,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        self.check_open(id, now)?;
        let Approver { admin, reach } = approver;
        if admin.id == self.asked_by {
            return Err(BulkRefusal::OwnRequest.into());
        }
        if !reach.includes(&self.reach) {
            return Err(Refusal::NotPermitted);
        }
        match &self.stage {
            BulkStage::Begun(approval) if approval.by == admin.id => Ok(self),
            BulkStage::Begun(_) => Err(BulkRefusal::OtherAdmins.into()),
            BulkStage::Over => Err(BulkRefusal::Unknown.into()),
            BulkStage::Asked => {
                let since = admin.created_at.max(admin.counted_since.unwrap_or(admin.created_at));
                if since >= self.asked_at {
                    return Err(BulkRefusal::NewAdmin.into());
                }
                self.stage = BulkStage::Begun(BulkApproval { by: admin.id.clone(), at: now });
                Ok(self)
            }
        }
    }

    /// Withdraws it, or stops it where it is.
    pub fn withdraw(
        mut self,
        id: BulkResetId,
        by: &AdminId,
        now: Timestamp,
    ) -> Result<Self, BulkRefusal> {
        self.check_open(id, now)?;
        self.check_admin(by)?;
        self.stage = BulkStage::Over;
        Ok(self)
    }

    /// Returns the approval under which an admin does a step of it.
    pub fn check_step(
        &self,
        id: BulkResetId,
        by: &AdminId,
        now: Timestamp,
    ) -> Result<&BulkApproval, BulkRefusal> {
        self.check_open(id, now)?;
        match &self.stage {
            BulkStage::Asked => Err(BulkRefusal::NotApproved),
            BulkStage::Over => Err(BulkRefusal::Unknown),
            BulkStage::Begun(approval) => {
                self.check_admin(by)?;
                Ok(approval)
            }
        }
    }

    /// Ends it, now that nobody of its users is left.
    #[must_use]
    pub fn ended(self) -> Self {
        Self { stage: BulkStage::Over, ..self }
    }

    /// Returns the moment since which its users are reset, once it has begun.
    pub const fn begun_at(&self) -> Option<Timestamp> {
        match &self.stage {
            BulkStage::Begun(approval) => Some(approval.at),
            BulkStage::Asked | BulkStage::Over => None,
        }
    }

    /// Returns true if the user was reset since it began. Of those who were frozen since then, the
    /// moment says nothing: they await a reset.
    pub fn is_done_for(&self, user: &User) -> bool {
        let since = self.begun_at();
        since.is_some_and(|since| user.sessions_not_before >= Some(since))
            && user.frozen_at.is_none()
    }

    pub fn why(&self) -> String {
        format!("{} (bulk reset {}, asked for by {})", self.reason, self.id, self.asked_by)
    }

    fn check_open(&self, id: BulkResetId, now: Timestamp) -> Result<(), BulkRefusal> {
        let at = self.lapses_at().filter(|_| self.id == id).ok_or(BulkRefusal::Unknown)?;
        if now < at { Ok(()) } else { Err(BulkRefusal::Lapsed) }
    }

    fn check_admin(&self, by: &AdminId) -> Result<(), BulkRefusal> {
        let approved = match &self.stage {
            BulkStage::Begun(approval) => approval.by == *by,
            BulkStage::Asked | BulkStage::Over => false,
        };
        if self.asked_by == *by || approved { Ok(()) } else { Err(BulkRefusal::OtherAdmins) }
    }
}
