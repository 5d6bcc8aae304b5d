use portcullis_domain::{
    Timestamp,
    admin::{Admin, AdminSession, SessionHash, Stage},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::wire::DeviceView;

/// Your sessions that have not ended, oldest first.
#[derive(Serialize, ToSchema)]
pub struct SessionList {
    /// Those whose second step is done.
    pub active: Vec<SessionDetail>,
    /// Those that await their second step: somebody gave your password. They end after 10 minutes.
    pub pending: Vec<SessionDetail>,
}

/// A session.
#[derive(Serialize, ToSchema)]
pub struct SessionDetail {
    /// Names the session in the call that ends it, and opens nothing.
    #[schema(example = "Zm9vYmFyYmF6cXV4")]
    pub id: String,
    /// True for the session of this call.
    pub this: bool,
    /// Unix time at which the password was given.
    pub began_at: i64,
    /// Unix time of the last call, to the minute.
    pub seen_at: i64,
    /// Unix time at which it ends if it is not used again.
    pub ends_at: i64,
    /// The device in which the password was given.
    pub device: Option<DeviceView>,
}

impl SessionList {
    pub fn of(admin: &Admin, own: &SessionHash, now: Timestamp) -> Self {
        let (mut active, mut pending) = (vec![], vec![]);
        for session in admin.sessions_left(now) {
            let listed = match session.stage {
                Stage::Active => &mut active,
                Stage::AwaitsMfa(_) => &mut pending,
            };
            listed.push(SessionDetail::of(session, own));
        }
        Self { active, pending }
    }
}

impl SessionDetail {
    fn of(session: &AdminSession, own: &SessionHash) -> Self {
        Self {
            id: session.hash.id().to_string(),
            this: session.hash == *own,
            began_at: session.started_at.unix(),
            seen_at: session.seen_at.unix(),
            ends_at: session.ends_at().unix(),
            device: session.device.map(DeviceView::from),
        }
    }
}
