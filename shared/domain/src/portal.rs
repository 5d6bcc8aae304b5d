//! A portal: who it is, how its back end proves itself, and its policy.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use serde::{Deserialize, Serialize};

use crate::{
    Country, Locale, Malformed, Policy, PortalId, Timestamp,
    id::byte_id,
    policy::{PolicyRefusal, WhenOnAgain},
};

byte_id!(
    /// Salts every key derived for one portal: with it gone, the portal's secrets are unreadable.
    PortalSalt, 16, "the portal's salt"
);
byte_id!(
    /// SHA-256 of an API key.
    KeyHash, 32, "the key's hash"
);

/// A portal as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Portal {
    /// Its id; it must match the item's key.
    pub id: PortalId,
    /// How it presents itself.
    pub profile: Profile,
    /// What it asks of its users.
    pub policy: Policy,
    /// Raised when everyone must enrol again; older enrolments, opt-outs and defaults are stale.
    pub generation: u32,
    /// Salt of the portal's keys.
    pub salt: PortalSalt,
    /// The API keys of its back end, at most two.
    pub keys: Vec<PortalKey>,
}

impl Portal {
    /// The portal under another policy. Switching on what was off, where that means to enrol again, begins a new
    /// generation: everything bound, skipped or made a default before is stale with this one write.
    ///
    /// # Errors
    /// [`PolicyRefusal`] when the policy cannot be saved for this portal.
    pub fn with_policy(self, policy: Policy) -> Result<Self, PolicyRefusal> {
        policy.check(&self.profile)?;
        let again = !self.policy.enabled
            && policy.enabled
            && policy.when_on_again == WhenOnAgain::EnrolAgain;
        Ok(Self { generation: self.generation + u32::from(again), policy, ..self })
    }
}

/// How a portal presents itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Its name for people: 1 to 128 bytes on one line.
    pub description: String,
    /// Who signs in there.
    #[serde(default)]
    pub audience: Audience,
    /// Where phone numbers in national form belong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_country: Option<Country>,
    /// The language to write in where the user has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
    /// The name emails come from; the description where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender_name: Option<String>,
    /// A short plain name for text messages: up to 20 ASCII characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sms_name: Option<String>,
    /// How users get help: shown with every refusal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support: Option<String>,
    /// The page a mailed link to enrol again leads to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enrolment_url: Option<String>,
}

/// Who signs in at a portal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Customers.
    #[default]
    Clients,
    /// Employees.
    Staff,
}

impl Profile {
    /// A profile with a name and nothing else.
    pub fn plain(description: &str) -> Self {
        Self {
            description: description.to_owned(),
            audience: Audience::Clients,
            default_country: None,
            locale: None,
            sender_name: None,
            sms_name: None,
            support: None,
            enrolment_url: None,
        }
    }

    /// Refuses texts that cannot stand on one line of a message, and links that are not https.
    ///
    /// # Errors
    /// [`Malformed`] naming the first field that is wrong.
    pub fn check(&self) -> Result<(), Malformed> {
        let line = |text: &str, bytes| crate::id::is_line(text, bytes);
        if !line(&self.description, 128) {
            return Err(Malformed::new(
                "description",
                "must be 1 to 128 bytes of text on one line",
            ));
        }
        if self.sender_name.as_ref().is_some_and(|name| !line(name, 64)) {
            return Err(Malformed::new("sender_name", "must be 1 to 64 bytes of text on one line"));
        }
        if self.sms_name.as_ref().is_some_and(|name| !line(name, 20) || !name.is_ascii()) {
            return Err(Malformed::new(
                "sms_name",
                "must be 1 to 20 ASCII characters, so that a message stays one segment",
            ));
        }
        if self.support.as_ref().is_some_and(|support| !line(support, 200)) {
            return Err(Malformed::new("support", "must be 1 to 200 bytes of text on one line"));
        }
        let https = |url: &String| {
            url.starts_with("https://")
                && url.len() <= 512
                && url.bytes().all(|b| b.is_ascii_graphic())
        };
        if self.enrolment_url.as_ref().is_some_and(|url| !https(url)) {
            return Err(Malformed::new(
                "enrolment_url",
                "must be an https URL of at most 512 characters",
            ));
        }
        Ok(())
    }

    /// The name in text messages: plain ASCII, short.
    pub fn name_in_sms(&self) -> String {
        self.sms_name.clone().unwrap_or_else(|| {
            let plain: String = self
                .description
                .chars()
                .filter(|c| c.is_ascii_graphic() || *c == ' ')
                .take(20)
                .collect();
            if plain.trim().is_empty() { "Portal".to_owned() } else { plain.trim().to_owned() }
        })
    }
}

/// One API key of a portal's back end, at rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortalKey {
    /// Which key it is; part of the key itself.
    pub id: String,
    /// SHA-256 of the whole key.
    pub hash: KeyHash,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops working, if ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}

impl PortalKey {
    /// Whether the key still works.
    pub fn is_active(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }
}
