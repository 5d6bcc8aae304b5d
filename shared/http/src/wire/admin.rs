//! The wire types of the admin plane.

mod activity;
mod admins;
mod policy;
mod portals;
mod session;
mod settings;
mod user;
mod users;

pub use activity::{
    ActivityFilter, ActivityPage, ActivityQuery, AdminEntryView, ChangeView, FormatName,
};
pub use admins::{AdminMade, AdminView, ChangeAdmin, NewAdmin};
pub use policy::{PolicyDocument, PolicyReplacement, PolicySaved, ProfileDocument, RoleDocument};
pub use portals::{
    DryRunAnswer, KeyMade, KeyView, NewKey, NewPortal, PolicyQuery, PortalCreated, PortalList,
    PortalSummary, PortalView, PresetView, SwitchRequest,
};
pub use session::{
    ChangePassword, PasswordChanged, SessionActive, SessionOpened, SessionView, SetUpDone,
    SetUpRequest, SignInWithPassword, SignedOut,
};
pub use settings::{
    ChannelName, FindingView, NewSettings, NewSmsProvider, SettingsChecked, SettingsSaved,
    SettingsView, SeverityName, SmsProviderView, TestMessage, TestRequest,
};
pub use user::{ExportedUser, UserDetail};
pub use users::{
    BypassIssued, Done, ListQuery, ReasonedRequest, StateName, UserActionRequest, UserList,
    UserListQuery, UserSummary,
};
