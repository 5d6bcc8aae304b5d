//! The bulk reset of a portal.

use portcullis_domain::{
    ListedState, Malformed, OrganisationId, UserId,
    admin::{AdminId, Reach},
    decision::{BulkApproval, BulkReset, BulkResetId, BulkStage, Selection},
};

use super::{
    Stored,
    members::members,
    number::Number,
    value::{Moment, Text},
};

members! {
    pub(crate) struct StoredBulkReset {
        "i" id: Option<Text<BulkResetId>>,
        "s" state: Option<Number<ListedState>>,
        "o" organisation: Option<Text<OrganisationId>>,
        /// The users who are named; none if it has a filter.
        "u" users: Vec<Text<UserId>>,
        /// The organisation that the admin who asked reaches, if it is not the portal.
        "r" reach: Option<Text<OrganisationId>>,
        "w" reason: String,
        "n" about: u32,
        "a" asked_by: Option<Text<AdminId>>,
        "t" asked_at: Option<Moment>,
        "b" begun_by: Option<Text<AdminId>>,
        "c" begun_at: Option<Moment>,
        "x" is_over: bool,
    }
}

impl Stored for BulkReset {
    type Form = StoredBulkReset;
}

impl From<&BulkReset> for StoredBulkReset {
    fn from(bulk_reset: &BulkReset) -> Self {
        let BulkReset { id, selection, reach, reason, about, asked_by, asked_at, stage } =
            bulk_reset;
        let (state, organisation, users) = match selection {
            Selection::Filtered { state, organisation } => (*state, organisation.clone(), vec![]),
            Selection::Named(users) => (None, None, users.clone()),
        };
        let (approval, is_over) = match stage {
            BulkStage::Asked => (None, false),
            BulkStage::Begun(approval) => (Some(approval), false),
            BulkStage::Over => (None, true),
        };
        Self {
            id: Some(Text(*id)),
            state: state.map(Number),
            organisation: organisation.map(Text),
            users: users.into_iter().map(Text).collect(),
            reach: match reach {
                Reach::Portal => None,
                Reach::Organisation(own) => Some(Text(own.clone())),
            },
            reason: reason.clone(),
            about: *about,
            asked_by: Some(Text(asked_by.clone())),
            asked_at: Some((*asked_at).into()),
            begun_by: approval.map(|approval| Text(approval.by.clone())),
            begun_at: approval.map(|approval| approval.at.into()),
            is_over,
            unknown: Default::default(),
        }
    }
}

impl TryFrom<StoredBulkReset> for BulkReset {
    type Error = Malformed;

    fn try_from(stored: StoredBulkReset) -> Result<Self, Malformed> {
        if stored.unknown.need_a_newer_release() {
            return Err(Malformed { what: "the bulk reset", why: "needs a newer release" });
        }
        let lacks = Malformed { what: "the bulk reset", why: "lacks a member" };
        let users: Vec<UserId> = stored.users.into_iter().map(Text::value).collect();
        let selection = match users.is_empty() {
            true => Selection::Filtered {
                state: stored.state.map(Number::value),
                organisation: stored.organisation.map(Text::value),
            },
            false => Selection::named(users)?,
        };
        let stage = match (stored.is_over, stored.begun_by, stored.begun_at) {
            (true, _, _) => BulkStage::Over,
            (false, Some(by), Some(at)) => {
                BulkStage::Begun(BulkApproval { by: by.value(), at: at.into() })
            }
            (false, None, None) => BulkStage::Asked,
            (false, _, _) => return Err(lacks),
        };
        Ok(Self {
            id: stored.id.ok_or(lacks)?.value(),
            selection,
            reach: match stored.reach {
                Some(own) => Reach::Organisation(own.value()),
                None => Reach::Portal,
            },
            reason: stored.reason,
            about: stored.about,
            asked_by: stored.asked_by.ok_or(lacks)?.value(),
            asked_at: stored.asked_at.ok_or(lacks)?.into(),
            stage,
        })
    }
}
