use portcullis_domain::{
    Malformed, Policy, Portal, Timestamp,
    policy::{Issuer, Preset},
    portal::{Profile, Share},
};
use portcullis_store::{KeyDays, ListedPortal};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::page::logo_path;

use super::{
    KeyView, NewKey, NewPolicy, NewProfile, PolicyDocument, ProfileDocument, SendingDocument,
    as_document, of_document, of_optional,
};
use crate::wire::PresetName;

/// Creates a portal.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPortal {
    /// 3 to 32 of a-z, 0-9 and -; never used again once the portal is deleted.
    #[schema(example = "acme")]
    pub id: String,
    /// The profile.
    #[serde(deserialize_with = "of_document::<NewProfile, _, _>")]
    #[schema(value_type = ProfileDocument)]
    pub profile: Profile,
    /// The preset to start from. If left out: `managed` if the profile has an `enrolment_url`, else
    /// `authenticator_app`.
    #[serde(default)]
    pub preset: Option<PresetName>,
    /// The policy, instead of a preset.
    #[serde(default, deserialize_with = "of_optional::<NewPolicy, _, _>")]
    #[schema(value_type = Option<PolicyDocument>)]
    pub policy: Option<Policy>,
    /// The limits of its first API key. If left out: the scopes `sign_in` and `contacts`, from
    /// anywhere, for a year.
    #[serde(default)]
    pub key: NewKey,
}

impl NewPortal {
    /// Returns the policy to start with.
    pub fn policy(&self) -> Result<Policy, Malformed> {
        match (&self.preset, &self.policy) {
            (Some(_), Some(_)) => {
                Err(Malformed { what: "preset", why: "must be left out if a policy is given" })
            }
            (Some(name), None) => Ok(Preset::from(*name).policy()),
            (None, Some(policy)) => Ok(policy.clone()),
            (None, None) if self.profile.enrolment_url.is_some() => Ok(Preset::Managed.policy()),
            (None, None) => Ok(Preset::AuthenticatorApp.policy()),
        }
    }
}

/// A portal that was created.
#[derive(Serialize, ToSchema)]
pub struct PortalCreated {
    /// Its id.
    #[schema(example = "acme")]
    pub id: String,
    /// The API key of its back end, shown only once.
    #[schema(example = "pcl_acme_...")]
    pub api_key: String,
    /// Its policy, whole.
    #[serde(serialize_with = "as_document::<PolicyDocument, _, _>")]
    #[schema(value_type = PolicyDocument)]
    pub policy: Policy,
}

/// A policy to start from.
#[derive(Serialize, ToSchema)]
pub struct PresetView {
    /// Its name.
    pub name: PresetName,
    /// The policy it stands for.
    #[serde(serialize_with = "as_document::<PolicyDocument, _, _>")]
    #[schema(value_type = PolicyDocument)]
    pub policy: Policy,
}

/// A portal. What is read can be sent back with another profile; the rest has calls of its own.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PortalView {
    /// Its id.
    #[schema(example = "acme")]
    pub id: String,
    /// The profile.
    #[serde(
        serialize_with = "as_document::<ProfileDocument, _, _>",
        deserialize_with = "of_document::<NewProfile, _, _>"
    )]
    #[schema(value_type = ProfileDocument)]
    pub profile: Profile,
    /// The path of the logo at the top of the hosted prompt, another one after each upload.
    #[schema(example = "/prompt/logo/acme_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBka")]
    pub logo: Option<String>,
    /// The policy.
    #[serde(
        serialize_with = "as_document::<PolicyDocument, _, _>",
        deserialize_with = "of_document::<NewPolicy, _, _>"
    )]
    #[schema(value_type = PolicyDocument)]
    pub policy: Policy,
    /// Raised when everyone has to enrol again.
    pub generation: u32,
    /// The moment at which trust in every browser of its users was ended, or `null`.
    pub trust_not_before: Option<i64>,
    /// Sign-ins that it may open within a minute, and calls about users that it may make; `null`
    /// for the usual 3000.
    pub share: Option<u32>,
    /// The days for which its log keeps entries.
    #[schema(example = 90)]
    pub log_days: u32,
    /// Its own senders and daily caps.
    pub sending: SendingDocument,
    /// The issuer that authenticator apps show, if the app is a method.
    pub issuer: Option<String>,
    /// The API keys of its back end.
    pub keys: Vec<KeyView>,
}

impl PortalView {
    pub fn of(portal: &Portal, days: &KeyDays, now: Timestamp) -> Self {
        Self {
            id: portal.id.to_string(),
            profile: portal.profile.clone(),
            logo: logo_path(&portal.id, &portal.profile),
            policy: portal.policy.clone(),
            generation: portal.generation,
            trust_not_before: portal.trust_not_before.map(Timestamp::unix),
            share: portal.share.map(Share::per_minute),
            log_days: portal.log_days.days(),
            sending: SendingDocument::from(&portal.sending),
            issuer: portal.issuer().map(|issuer| issuer.as_str().to_owned()),
            keys: portal.keys.iter().map(|key| KeyView::of(key, days, now)).collect(),
        }
    }

    /// Returns the profile to save.
    ///
    /// # Errors
    /// [`Malformed`] if something else differs from the portal: it has a call of its own.
    pub fn new_profile(&self, portal: &Portal) -> Result<Profile, Malformed> {
        let unchanged = |what, same| {
            let why = "must be as it was read; only the profile is replaced here";
            if same { Ok(()) } else { Err(Malformed { what, why }) }
        };
        let issuer = portal.issuer();
        let issuer = issuer.as_ref().map(Issuer::as_str);
        unchanged("id", self.id == portal.id.as_str())?;
        unchanged("logo", self.logo == logo_path(&portal.id, &portal.profile))?;
        unchanged("policy", self.policy == portal.policy)?;
        unchanged("generation", self.generation == portal.generation)?;
        let trust_not_before = portal.trust_not_before.map(Timestamp::unix);
        unchanged("trust_not_before", self.trust_not_before == trust_not_before)?;
        unchanged("share", self.share == portal.share.map(Share::per_minute))?;
        unchanged("log_days", self.log_days == portal.log_days.days())?;
        unchanged("sending", self.sending == SendingDocument::from(&portal.sending))?;
        unchanged("issuer", self.issuer.as_deref() == issuer)?;
        unchanged(
            "keys",
            self.keys.len() == portal.keys.len()
                && self.keys.iter().zip(&portal.keys).all(|(key, stored)| key.shows(stored)),
        )?;
        Ok(self.profile.clone())
    }
}

/// A page of portals, in the order of their ids.
#[derive(Serialize, ToSchema)]
pub struct PortalList {
    /// The portals.
    pub portals: Vec<PortalSummary>,
    /// The start of the next page, or `null` on the last one.
    pub next_cursor: Option<String>,
}

/// A portal in the list.
#[derive(Serialize, ToSchema)]
pub struct PortalSummary {
    /// Its id.
    #[schema(example = "acme")]
    pub id: String,
    /// Its display name.
    #[schema(example = "Acme customer portal")]
    pub description: String,
    /// The issuer that authenticator apps show, if the app is a method.
    pub issuer: Option<String>,
    /// The policy.
    #[serde(serialize_with = "as_document::<PolicyDocument, _, _>")]
    #[schema(value_type = PolicyDocument)]
    pub policy: Policy,
}

impl PortalSummary {
    pub fn of(id: String, listed: ListedPortal) -> Self {
        let issuer = listed.issuer().map(|issuer| issuer.as_str().to_owned());
        Self { id, description: listed.description, issuer, policy: listed.policy }
    }
}

/// Switches a policy on or off.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SwitchRequest {
    /// On or off.
    pub enabled: bool,
    /// Must be `true`: the admin was asked and confirmed.
    pub confirm: bool,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PolicyQuery {
    /// Save nothing, and return what would change for the portal's users.
    #[serde(default)]
    #[param(required = false)]
    pub dry_run: bool,
    /// The point at which an earlier dry run of the same policy stopped.
    #[serde(default)]
    pub cursor: Option<String>,
}
