//! Admins at the border: who is signed in, and what a handler's signature permits.

mod permission;
mod session;

pub use permission::{
    ChangeAdmins, ChangePolicies, ChangePortals, ChangeSettings, ChangeUsers, MakePortals, May, On,
    Permission, ReadActivity, ReadAdmins, ReadPortals, ReadSettings, ReadUsers, ResetUsers,
};
pub use portcullis_keys::SessionSecret;
pub use session::{AnySession, BeforeSecondStep, Console, SignedIn, TakesNote};
