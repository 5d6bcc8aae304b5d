//! A user's own security settings, in a sign-in whose event is `manage`.

use portcullis_domain::{
    AuthenticatorId, AuthenticatorName, DecisionContext, Locale, Malformed, User,
    decision::{DeniedReason, NextStep},
    policy::SelfService,
    sign_in::{Event, ListedAuthenticator, MethodOptions, SecuritySettings, Stage},
    user::Untrusted,
};
use portcullis_messages::authenticator_name;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{MethodName, RecoveryCodesView, TrustedBrowserView, trusted_browsers::untrusted};

/// The user's security settings, while they can be changed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SecuritySettingsView {
    /// The authenticators, the oldest first.
    pub authenticators: Vec<ManagedAuthenticatorView>,
    /// The methods that can be added with `POST /v1/sign-ins/{id}/enrolment`. A new address or
    /// number takes the place of the one that is bound.
    pub can_add: Vec<MethodName>,
    /// The saved default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<MethodName>,
    /// The recovery codes, if there are any; never the codes themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recovery_codes: Option<RecoveryCodesView>,
    /// The browsers in which the user is not asked now, the oldest first.
    pub trusted_browsers: Vec<TrustedBrowserView>,
    /// The number of changes that can still be made with this proof.
    pub changes_left: u8,
    /// Unix time from which another proof is needed.
    pub until: i64,
}

/// An authenticator in the user's settings.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ManagedAuthenticatorView {
    /// Its id.
    #[schema(example = "5tGdL2qWc0Y")]
    pub id: String,
    /// Its method.
    pub method: MethodName,
    /// The name that the user gave it, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The name to show: the user's own, or one made of the method and the day.
    #[schema(example = "Authenticator app, added 3 March 2026")]
    pub label: String,
    /// The masked destination of its codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Unix time at which it was bound.
    pub added_at: i64,
    /// Always `true`: what is not confirmed yet is in `enrolment` or `challenge`.
    pub bound: bool,
    /// True if it can be removed.
    pub removable: bool,
    /// The reason why it cannot be removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<KeptReasonName>,
}

/// The reason why an authenticator stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KeptReasonName {
    /// It is the user's only way in, and the policy requires one.
    LastAuthenticator,
}

impl SecuritySettingsView {
    pub(crate) fn of(settings: &SecuritySettings, locale: Option<&Locale>) -> Self {
        let listed = |one| ManagedAuthenticatorView::of(one, locale);
        let browser = |one| TrustedBrowserView::of(one, locale);
        Self {
            authenticators: settings.authenticators.iter().map(listed).collect(),
            can_add: settings.can_add.iter().copied().map(MethodName::from).collect(),
            default: settings.email_default.then_some(MethodName::Email),
            recovery_codes: settings.recovery_codes.and_then(RecoveryCodesView::listed),
            trusted_browsers: settings.trusted_browsers.iter().map(browser).collect(),
            changes_left: settings.changes_left,
            until: settings.until.unix(),
        }
    }
}

impl ManagedAuthenticatorView {
    fn of(one: &ListedAuthenticator, locale: Option<&Locale>) -> Self {
        let ListedAuthenticator { id, method, name, to, added_at, is_removable } = one;
        Self {
            id: id.to_string(),
            method: (*method).into(),
            name: name.as_ref().map(|name| name.as_str().to_owned()),
            label: authenticator_name(locale, *method, name.as_ref(), *added_at),
            to: to.as_ref().map(ToString::to_string),
            added_at: added_at.unix(),
            bound: true,
            removable: *is_removable,
            reason: (!is_removable).then_some(KeptReasonName::LastAuthenticator),
        }
    }
}

/// The way for the user to change what is bound: a sign-in whose event is `manage`.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserSettingsView {
    /// True if `POST /v1/sign-ins` with the event `manage` leads to the user's settings now.
    pub available: bool,
    /// The reason, if it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<SettingsDeniedName>,
}

/// The reason why a user cannot change the own settings now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SettingsDeniedName {
    /// The policy does not let users change their settings.
    SelfServiceOff,
    /// Nothing is bound, and nobody is asked to enrol.
    NothingBound,
    /// The user needs an admin: the authenticators are disabled, or nothing can prove who it is.
    NoWayIn,
}

impl UserSettingsView {
    pub(super) fn of(context: &DecisionContext<'_>, user: &User) -> Self {
        let stage = Stage::begun(Event::Manage, context.portal.usual_pages());
        let options = MethodOptions::of(context, user, stage);
        let reason = match options.next_step {
            NextStep::Denied(DeniedReason::NothingToManage) => {
                Some(match context.portal.policy.self_service {
                    SelfService::Off => SettingsDeniedName::SelfServiceOff,
                    SelfService::WithProof => SettingsDeniedName::NothingBound,
                })
            }
            NextStep::Denied(
                DeniedReason::Frozen
                | DeniedReason::Disabled
                | DeniedReason::NoUsableMethod
                | DeniedReason::CannotStepUp
                | DeniedReason::NoVerifiedEmail,
            ) => Some(SettingsDeniedName::NoWayIn),
            NextStep::Allowed(_)
            | NextStep::Challenge
            | NextStep::ChallengeThenEnrol(_)
            | NextStep::Enrol { .. }
            | NextStep::CheckEmail => None,
        };
        Self { available: reason.is_none(), reason }
    }
}

/// Changes the settings, after a proof in the same sign-in.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsRequest {
    /// The change.
    pub change: SettingsChangeName,
    /// The id of the authenticator that is removed or renamed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "5tGdL2qWc0Y")]
    pub authenticator: Option<String>,
    /// Its new name, 1 to 32 characters on one line; left out or empty, it has none of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Work phone")]
    pub name: Option<String>,
    /// The id of the browser in which trust is ended; left out, it is ended in all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "5tGdL2qWc0Y")]
    pub browser: Option<String>,
}

/// A change of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SettingsChangeName {
    /// Remove an authenticator.
    Remove,
    /// Give an authenticator another name.
    Rename,
    /// Un-set the saved default.
    UnsetDefault,
    /// Make new recovery codes. The old ones stop working.
    NewRecoveryCodes,
    /// End trust in a browser, or in all of them.
    EndTrust,
    /// Open the settings in a sign-in that offers a second way in.
    AddSecondWay,
    /// Remember that the user wants no second way in.
    DeclineSecondWay,
    /// Open the settings in a sign-in that offers a passkey.
    AddPasskey,
    /// Remember that the user wants no passkey.
    DeclinePasskey,
}

/// A change of the settings, as the rules take it.
#[derive(Clone, Debug)]
pub enum SettingsCommand {
    Remove(AuthenticatorId),
    Rename(AuthenticatorId, Option<AuthenticatorName>),
    UnsetDefault,
    NewRecoveryCodes,
    EndTrust(Untrusted),
    AddSecondWay,
    DeclineSecondWay,
    AddPasskey,
    DeclinePasskey,
}

impl SettingsRequest {
    pub(crate) fn remove(id: AuthenticatorId) -> Self {
        let authenticator = Some(id.to_string());
        Self { authenticator, ..Self::plain(SettingsChangeName::Remove) }
    }

    pub(crate) fn end_trust(untrusted: Untrusted) -> Self {
        let browser = match untrusted {
            Untrusted::All => None,
            Untrusted::One(id) => Some(id.to_string()),
        };
        Self { browser, ..Self::plain(SettingsChangeName::EndTrust) }
    }

    /// A change that needs no more words.
    pub(crate) const fn plain(change: SettingsChangeName) -> Self {
        Self { change, authenticator: None, name: None, browser: None }
    }

    /// Parses the members that belong to the change.
    pub fn into_command(self) -> Result<SettingsCommand, Malformed> {
        let malformed = |why| Malformed { what: "change", why };
        if self.browser.is_some() && self.change != SettingsChangeName::EndTrust {
            return Err(malformed("must be end_trust if a browser is named"));
        }
        let id = self.authenticator.as_deref().map(AuthenticatorId::parse).transpose()?;
        match (self.change, id, self.name) {
            (SettingsChangeName::EndTrust, None, None) => {
                Ok(SettingsCommand::EndTrust(untrusted(self.browser.as_deref())?))
            }
            (SettingsChangeName::Remove, Some(id), None) => Ok(SettingsCommand::Remove(id)),
            (SettingsChangeName::Rename, Some(id), name) => {
                Ok(SettingsCommand::Rename(id, parse_name(name.as_deref())?))
            }
            (SettingsChangeName::UnsetDefault, None, None) => Ok(SettingsCommand::UnsetDefault),
            (SettingsChangeName::NewRecoveryCodes, None, None) => {
                Ok(SettingsCommand::NewRecoveryCodes)
            }
            (SettingsChangeName::AddSecondWay, None, None) => Ok(SettingsCommand::AddSecondWay),
            (SettingsChangeName::DeclineSecondWay, None, None) => {
                Ok(SettingsCommand::DeclineSecondWay)
            }
            (SettingsChangeName::AddPasskey, None, None) => Ok(SettingsCommand::AddPasskey),
            (SettingsChangeName::DeclinePasskey, None, None) => Ok(SettingsCommand::DeclinePasskey),
            (SettingsChangeName::Remove, ..) => {
                Err(malformed("must come with authenticator and nothing else if it is remove"))
            }
            (SettingsChangeName::Rename, None, _) => {
                Err(malformed("must come with authenticator if it is rename"))
            }
            (
                SettingsChangeName::UnsetDefault
                | SettingsChangeName::NewRecoveryCodes
                | SettingsChangeName::EndTrust
                | SettingsChangeName::AddSecondWay
                | SettingsChangeName::DeclineSecondWay
                | SettingsChangeName::AddPasskey
                | SettingsChangeName::DeclinePasskey,
                ..,
            ) => Err(malformed(
                "must come without authenticator and name unless it is remove or rename",
            )),
        }
    }
}

/// Parses a name; nothing but blanks is none.
pub(super) fn parse_name(name: Option<&str>) -> Result<Option<AuthenticatorName>, Malformed> {
    name.filter(|name| !name.trim().is_empty()).map(AuthenticatorName::parse).transpose()
}
