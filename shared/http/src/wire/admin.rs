//! The wire types of the admin plane.

mod activity;
mod address;
mod admins;
mod bulk_reminder;
mod bulk_reset;
mod dry_run;
mod enforcement;
mod found;
mod keys;
mod log_days;
mod numbers;
mod policy;
mod portals;
mod prices;
mod profile;
mod role;
mod selection;
mod sending;
mod session;
mod sessions;
mod settings;
mod share;
mod trust;
mod user;
mod users;

pub use activity::{
    ActivityEverywhere, ActivityFilter, ActivityPage, ActivityQuery, AdminEntryView, ChangeView,
    FormatName, LookedAt,
};
pub use address::{AddressRequest, AddressView};
pub use admins::{AdminMade, AdminView, ChangeAdmin, NewAdmin};
pub use bulk_reminder::{BulkReminderProgress, BulkReminderRequest, BulkReminderStep};
pub use bulk_reset::{
    BulkResetCount, BulkResetCountRequest, BulkResetNamed, BulkResetProgress, BulkResetRequest,
    BulkResetStep, BulkResetStepRequest, BulkResetView, BulkStageName, LastBulkReset, StateCount,
};
pub use dry_run::{
    DryRunAnswer, PasskeyDomainAnswer, PasskeyDomainTrial, PortalPasskeys, ProfileTrial,
};
pub use enforcement::{
    DayDocument, EnforcementDocument, GraceDaysDocument, GraceDocument, GraceLeftView,
    GraceSignInsDocument,
};
pub use found::{FindQuery, FoundUsers, FoundView, StateFilterName};
pub use keys::{KeyMade, KeyView, NewKey, ScopeName};
pub use log_days::{LogDaysRequest, LogDaysSet};
pub use numbers::{
    DayNumbersView, DayState, EventCount, LogPartitionsView, Numbers, NumbersDays, NumbersOfDay,
    NumbersQuery, NumbersView, PortalNumbers, RaiseLogPartitions, TextsCount, UsersCount,
};
pub use policy::{
    AfterResetName, AudienceName, DestinationName, EarnedByName, EmailFallbackName,
    EnforcementName, EnrolmentProofName, MethodDocument, NewPolicy, PolicyDocument,
    PolicyReplacement, PolicySaved, RecoveryCodesName, SelfServiceName, SwitchedByName, SyncedName,
    TextNeedsName, UserVerificationName, WhenBoundName, WhenOffName, WhenOnAgainName,
};
pub use portals::{
    NewPortal, PolicyQuery, PortalCreated, PortalList, PortalSummary, PortalView, PresetView,
    SwitchRequest,
};
pub use prices::{NewPrices, PricesDocument, PricesSet, TextPriceDocument};
pub use profile::{NewProfile, ProfileDocument};
pub use role::RoleDocument;
pub use selection::{BulkFailure, SelectionDocument, name_user};
pub use sending::{SendingDocument, SendingSaved};
pub use session::{
    ChangePassword, PasswordChanged, ProofRequest, Proved, SessionActive, SessionOpened,
    SessionStatusName, SessionView, SetUpDone, SetUpRequest, SignInWithPassword, SignedOut,
};
pub use sessions::{SessionDetail, SessionList};
pub use settings::{
    ChannelName, FindingView, NewSettings, NewSmsProvider, ReadinessView, ReadyLineView,
    SettingsChecked, SettingsSaved, SettingsView, SmsProviderView, TestMessage, TestRequest,
};
pub use share::{ShareRequest, ShareSet};
pub use trust::{EndTrustRequest, EndUserTrustRequest, PortalTrustEnded};
pub use user::{ExportedUser, ProgressName, UserDetail};
pub use users::{
    BypassIssued, CheckSent, CheckedByName, Done, ListQuery, OutcomeName, ReasonedRequest,
    RemoveAuthenticatorRequest, ResetCodeRequest, StateName, UserActionRequest, UserList,
    UserListQuery, UserResetRequest, UserSummary,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Serializes a domain value as its document.
fn as_document<D, T, S>(value: &T, serializer: S) -> Result<S::Ok, S::Error>
where
    D: From<T> + Serialize,
    T: Clone,
    S: Serializer,
{
    D::from(value.clone()).serialize(serializer)
}

/// Deserializes a domain value from its document.
fn of_document<'de, D, T, R>(deserializer: R) -> Result<T, R::Error>
where
    D: Deserialize<'de>,
    T: From<D>,
    R: Deserializer<'de>,
{
    D::deserialize(deserializer).map(T::from)
}

fn of_optional<'de, D, T, R>(deserializer: R) -> Result<Option<T>, R::Error>
where
    D: Deserialize<'de>,
    T: From<D>,
    R: Deserializer<'de>,
{
    Ok(Option::<D>::deserialize(deserializer)?.map(T::from))
}
