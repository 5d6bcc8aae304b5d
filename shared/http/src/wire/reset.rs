use portcullis_domain::{
    Malformed, OrganisationId, UserId,
    account::{Actor, ResetReport},
    admin::Reach,
    user::By,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::UserName;

/// Resets a user. The portal vouches for its admin.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetRequest {
    /// The portal's id of the user to reset.
    #[schema(example = "u-1842")]
    pub id: String,
    /// The admin.
    pub actor: ActorRequest,
    /// The reason, for the activity log: 1 to 200 bytes on one line.
    pub reason: String,
    /// Must be `true`: the admin was asked and confirmed.
    pub confirm: bool,
}

/// An admin of the portal.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActorRequest {
    /// The portal's user id of the admin.
    pub id: String,
    /// The reach of the admin's rights.
    pub role: ActorRole,
    /// The admin's organisation; needed for `org_admin`.
    #[serde(default)]
    pub organization: Option<String>,
}

/// The reach of an admin's rights.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActorRole {
    OrgAdmin,
    PortalAdmin,
}

impl ResetRequest {
    pub fn into_actor(self) -> Result<(UserName, Actor), Malformed> {
        confirmed(self.confirm)?;
        let reason = reason(&self.reason)?;
        let reach = match (self.actor.role, &self.actor.organization) {
            (ActorRole::PortalAdmin, _) => Reach::Portal,
            (ActorRole::OrgAdmin, Some(organisation)) => {
                Reach::Organisation(OrganisationId::parse(organisation)?)
            }
            (ActorRole::OrgAdmin, None) => {
                return Err(Malformed {
                    what: "actor.organization",
                    why: "is needed for an org_admin",
                });
            }
        };
        let by = Some(By::Portal(UserId::parse(&self.actor.id)?));
        Ok((UserName::Id(self.id), Actor { by, reach, reason: Some(reason), form: None }))
    }
}

/// Parses a reason for the activity log.
pub fn reason(text: &str) -> Result<String, Malformed> {
    let reason = text.trim();
    if reason.is_empty() || reason.len() > 200 || reason.chars().any(char::is_control) {
        return Err(Malformed { what: "reason", why: "must be 1 to 200 bytes on one line" });
    }
    Ok(reason.to_owned())
}

pub fn confirmed(confirm: bool) -> Result<(), Malformed> {
    if confirm { Ok(()) } else { Err(Malformed { what: "confirm", why: "must be true" }) }
}

/// The report of a reset.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResetDone {
    /// True if an authenticator was removed; the user has to enrol again.
    pub had_bound: bool,
    /// Present if the user needs a link to enrol again: true if the next sign-in can mail it. If it
    /// cannot, issue a bypass code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link_can_be_mailed: Option<bool>,
}

impl ResetDone {
    /// Returns the key of the sentence on the next step, for the admin.
    pub const fn next_key(&self) -> &'static str {
        match (self.had_bound, self.link_can_be_mailed) {
            (_, Some(true)) => "console-reset-link",
            (_, Some(false)) => "console-reset-no-address",
            (true, None) => "console-reset-open",
            (false, None) => "console-reset-nothing",
        }
    }
}

impl From<ResetReport> for ResetDone {
    fn from(done: ResetReport) -> Self {
        Self { had_bound: done.had_bound, link_can_be_mailed: done.link_can_be_mailed }
    }
}
