//! Admins as callers: their sessions and permissions.

mod cookie;
mod permission;
mod session;

pub use cookie::{session_of, signed_in_cookie, signed_out_cookie};
pub use permission::{
    AppointAdmins, ChangeAdmins, ChangePolicies, ChangePortals, ChangeSettings, ChangeUsers,
    CreatePortals, DeletePortals, EraseUsers, IssueBypassCodes, IssueKeys, MakePortals, OwnAccount,
    Permission, Permitted, PermittedOn, ReadActivity, ReadAdmins, ReadPortals, ReadSettings,
    ReadUsers, ReplaceSettings, ResetManyUsers, ResetUsers,
};
pub use portcullis_keys::SessionSecret;
pub use session::{ActiveSession, AnySession, BeforeSecondStep, Console, SessionTouch, SignedIn};
