//! Portals: the list, one of them, and how it presents itself.

use askama::Template;
use portcullis_http::wire::admin::PortalView;

use super::{at, policy};
use crate::console::{Fields, Frame};

/// A portal in the list.
pub struct PortalRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub description: String,
    /// The policy is on.
    pub enabled: bool,
    /// The policy in words.
    pub policy: Vec<String>,
    /// What happened lately.
    pub pulse: Pulse,
}

/// What happened lately in a portal.
#[derive(Clone, Debug, Default)]
pub struct Pulse {
    /// Users that were looked at.
    pub users: usize,
    /// There are more.
    pub more_users: bool,
    /// Of those, with something that counts.
    pub enrolled: usize,
    /// Messages sent today.
    pub sent: usize,
    /// Messages that could not be sent today.
    pub failed: usize,
    /// There was more today than was looked at.
    pub more: bool,
}

impl Pulse {
    /// The share of users with something that counts, in percent.
    pub fn share(&self) -> usize {
        (self.enrolled * 100).checked_div(self.users).unwrap_or(0)
    }
}

/// The portals within reach.
#[derive(Template)]
#[template(path = "console/portals.html")]
pub struct Portals {
    /// The frame.
    pub frame: Frame,
    /// The portals.
    pub portals: Vec<PortalRow>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Portals can be made.
    pub may_make: bool,
}

/// Make a portal.
#[derive(Template)]
#[template(path = "console/new_portal.html")]
pub struct MakePortal {
    /// The frame.
    pub frame: Frame,
    /// The presets to start from.
    pub presets: Vec<(&'static str, &'static str)>,
    /// What is filled in.
    pub fields: Fields,
}

/// What an admin may do on a portal's pages.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rights {
    /// Change how it presents itself, and its keys.
    pub portal: bool,
    /// Replace its policy.
    pub policy: bool,
    /// Switch the policy.
    pub switch: bool,
    /// See its users.
    pub users: bool,
    /// Reset its users.
    pub reset: bool,
    /// Unlock, erase and more.
    pub care: bool,
    /// See its log.
    pub activity: bool,
    /// Delete it.
    pub delete: bool,
}

/// What people will see under the policy as it is.
pub struct Preview {
    /// The name in the app, where that is a method.
    pub issuer: Option<String>,
    /// A QR code like that of an enrolment.
    pub qr_svg: Option<String>,
    /// The email with a code: subject and text.
    pub email: Option<(String, String)>,
    /// The text message with a code.
    pub sms: Option<String>,
    /// How many segments it takes.
    pub segments: usize,
}

/// One portal.
#[derive(Template)]
#[template(path = "console/portal.html")]
pub struct Portal {
    /// The frame.
    pub frame: Frame,
    /// The portal.
    pub portal: PortalView,
    /// What the admin may do here.
    pub rights: Rights,
    /// What people will see.
    pub preview: Preview,
    /// Who switches the policy, where this admin does not.
    pub why_not: Option<&'static str>,
}

/// A form for how a portal presents itself.
#[derive(Template)]
#[template(path = "console/profile.html")]
pub struct ProfileForm {
    /// The frame.
    pub frame: Frame,
    /// The portal.
    pub portal: String,
    /// What is filled in.
    pub fields: Fields,
}
