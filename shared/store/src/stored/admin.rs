//! Admins with their sessions, and the roster of operators.

use portcullis_domain::{
    Locator, Malformed, OrganisationId, PortalId, SignInKey, Timestamp,
    admin::{
        Admin, AdminId, AdminSession, Awaiting, FirstPassword, PasswordHash, Role, Roster,
        SessionHash, Stage,
    },
    portal::KeyHash,
};
use serde::{Deserialize, Serialize};

use super::{
    Stored, acted::StoredActed, device::StoredDevice, is_default, members::members, value::Text,
};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StoredAdmin {
    id: Text<AdminId>,
    role: StoredRole,
    password: String,
    #[serde(default, skip_serializing_if = "is_default")]
    must_change_password: bool,
    created_at: i64,
    #[serde(default, skip_serializing_if = "is_default")]
    removed_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sessions: Vec<StoredSession>,
    #[serde(default, skip_serializing_if = "is_default")]
    acted: StoredActed,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unlocked_at: Vec<i64>,
    #[serde(default, skip_serializing_if = "is_default")]
    counted_since: Option<i64>,
    /// The end of a first password; in older items it is counted from the making of the admin.
    #[serde(default, skip_serializing_if = "is_default")]
    password_until: Option<i64>,
    #[serde(default, skip_serializing_if = "is_default")]
    password_used: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    last_in_at: Option<i64>,
}

impl Stored for Admin {
    type Form = StoredAdmin;
}

impl From<&Admin> for StoredAdmin {
    fn from(admin: &Admin) -> Self {
        let Admin {
            id,
            role,
            password,
            first_password,
            created_at,
            removed_at,
            sessions,
            acted,
            unlocked_at,
            counted_since,
            last_in_at,
        } = admin;
        Self {
            id: Text(id.clone()),
            role: role.into(),
            password: password.expose().to_owned(),
            must_change_password: first_password.is_some(),
            created_at: created_at.unix(),
            removed_at: removed_at.map(Timestamp::unix),
            sessions: sessions.iter().map(StoredSession::from).collect(),
            acted: acted.into(),
            unlocked_at: unlocked_at.iter().map(|at| at.unix()).collect(),
            counted_since: counted_since.map(Timestamp::unix),
            password_until: first_password
                .map(|first| first.until)
                .filter(|until| *until != FirstPassword::made_at(*created_at).until)
                .map(Timestamp::unix),
            password_used: first_password.is_some_and(|first| first.used),
            last_in_at: last_in_at.map(Timestamp::unix),
        }
    }
}

impl TryFrom<StoredAdmin> for Admin {
    type Error = Malformed;

    fn try_from(stored: StoredAdmin) -> Result<Self, Malformed> {
        let created_at = Timestamp::from_unix(stored.created_at);
        let until = stored.password_until.map(Timestamp::from_unix);
        let until = until.unwrap_or(FirstPassword::made_at(created_at).until);
        let first = FirstPassword { until, used: stored.password_used };
        let sessions = stored.sessions.into_iter().map(AdminSession::try_from);
        let sessions = sessions.collect::<Result<_, Malformed>>()?;
        Ok(Self {
            id: stored.id.value(),
            role: stored.role.into(),
            password: PasswordHash::new(stored.password),
            first_password: stored.must_change_password.then_some(first),
            created_at,
            removed_at: stored.removed_at.map(Timestamp::from_unix),
            sessions,
            acted: stored.acted.into(),
            unlocked_at: stored.unlocked_at.into_iter().map(Timestamp::from_unix).collect(),
            counted_since: stored.counted_since.map(Timestamp::from_unix),
            last_in_at: stored.last_in_at.map(Timestamp::from_unix),
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "snake_case", deny_unknown_fields)]
enum StoredRole {
    Operator,
    Technician { portals: Vec<Text<PortalId>> },
    PortalAdmin { portal: Text<PortalId> },
    OrgAdmin { portal: Text<PortalId>, organization: Text<OrganisationId> },
    Auditor,
}

impl From<&Role> for StoredRole {
    fn from(role: &Role) -> Self {
        match role.clone() {
            Role::Operator => Self::Operator,
            Role::Technician { portals } => {
                Self::Technician { portals: portals.into_iter().map(Text).collect() }
            }
            Role::PortalAdmin { portal } => Self::PortalAdmin { portal: Text(portal) },
            Role::OrgAdmin { portal, organisation } => {
                Self::OrgAdmin { portal: Text(portal), organization: Text(organisation) }
            }
            Role::Auditor => Self::Auditor,
        }
    }
}

impl From<StoredRole> for Role {
    fn from(stored: StoredRole) -> Self {
        match stored {
            StoredRole::Operator => Self::Operator,
            StoredRole::Technician { portals } => {
                Self::Technician { portals: portals.into_iter().map(Text::value).collect() }
            }
            StoredRole::PortalAdmin { portal } => Self::PortalAdmin { portal: portal.value() },
            StoredRole::OrgAdmin { portal, organization } => {
                Self::OrgAdmin { portal: portal.value(), organisation: organization.value() }
            }
            StoredRole::Auditor => Self::Auditor,
        }
    }
}

members! {
    struct StoredSession {
        "hash" hash: Option<Text<SessionHash>>,
        "started_at" started_at: i64,
        "seen_at" seen_at: i64,
        "stage" stage: Option<StoredStage>,
        "before" before: Option<StoredAwaiting>,
        /// The last second step, if it was done after the session began.
        "proved_at" proved_at: Option<i64>,
        "device" device: Option<StoredDevice>,
    }
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredStage {
    AwaitsMfa(Text<SignInKey>),
    Active,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredAwaiting {
    hash: Text<SessionHash>,
    sign_in: Text<SignInKey>,
    until: i64,
}

impl From<&AdminSession> for StoredSession {
    fn from(session: &AdminSession) -> Self {
        let AdminSession { hash, started_at, seen_at, proved_at, stage, before, device, unknown } =
            session;
        Self {
            hash: Some(Text(*hash)),
            started_at: started_at.unix(),
            seen_at: seen_at.unix(),
            stage: Some(match stage {
                Stage::AwaitsMfa(sign_in) => StoredStage::AwaitsMfa(Text(*sign_in)),
                Stage::Active => StoredStage::Active,
            }),
            before: before.map(StoredAwaiting::from),
            proved_at: Some(proved_at).filter(|at| *at != started_at).map(|at| at.unix()),
            device: device.map(StoredDevice::from),
            unknown: unknown.clone(),
        }
    }
}

impl TryFrom<StoredSession> for AdminSession {
    type Error = Malformed;

    fn try_from(stored: StoredSession) -> Result<Self, Malformed> {
        let malformed = |why| Malformed { what: "a session", why };
        let hash = stored.hash.ok_or(malformed("has no hash"))?;
        let stage = match stored.stage.ok_or(malformed("has no stage"))? {
            StoredStage::AwaitsMfa(sign_in) => Stage::AwaitsMfa(sign_in.value()),
            StoredStage::Active => Stage::Active,
        };
        Ok(Self {
            hash: hash.value(),
            started_at: Timestamp::from_unix(stored.started_at),
            seen_at: Timestamp::from_unix(stored.seen_at),
            proved_at: Timestamp::from_unix(stored.proved_at.unwrap_or(stored.started_at)),
            stage,
            before: stored.before.map(Awaiting::from),
            device: stored.device.and_then(StoredDevice::device),
            unknown: stored.unknown,
        })
    }
}

impl From<Awaiting> for StoredAwaiting {
    fn from(Awaiting { hash, sign_in, until }: Awaiting) -> Self {
        Self { hash: Text(hash), sign_in: Text(sign_in), until: until.unix() }
    }
}

impl From<StoredAwaiting> for Awaiting {
    fn from(stored: StoredAwaiting) -> Self {
        Self {
            hash: stored.hash.value(),
            sign_in: stored.sign_in.value(),
            until: Timestamp::from_unix(stored.until),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StoredRoster {
    operators: Vec<Text<Locator>>,
    /// The set-up secret that was used last.
    #[serde(default, skip_serializing_if = "is_default")]
    used: Option<Text<KeyHash>>,
    /// Those before it, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    used_before: Vec<Text<KeyHash>>,
}

impl Stored for Roster {
    type Form = StoredRoster;
}

impl From<&Roster> for StoredRoster {
    fn from(Roster { operators, used }: &Roster) -> Self {
        let operators = operators.iter().copied().map(Text).collect();
        let (last, before) = match used.split_last() {
            Some((last, before)) => (Some(Text(*last)), before),
            None => (None, [].as_slice()),
        };
        let used_before = before.iter().copied().map(Text).collect();
        Self { operators, used: last, used_before }
    }
}

impl TryFrom<StoredRoster> for Roster {
    type Error = Malformed;

    fn try_from(stored: StoredRoster) -> Result<Self, Malformed> {
        let operators = stored.operators.into_iter().map(Text::value).collect();
        let used = stored.used_before.into_iter().chain(stored.used).map(Text::value).collect();
        Ok(Self { operators, used })
    }
}
