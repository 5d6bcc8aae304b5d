//! One portal.

use askama::Template;
use portcullis_domain::{PortalId, admin::Right, policy::SwitchedBy};
use portcullis_http::{admin::SignedIn, wire::admin::PortalView};

use crate::{
    Frame,
    words::{at, policy},
};

/// The rights of an admin on a portal's pages.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rights {
    /// Change how it presents itself, and its keys.
    pub portal: bool,
    pub policy: bool,
    pub switch: bool,
    pub users: bool,
    pub reset: bool,
    pub care: bool,
    pub activity: bool,
    pub delete: bool,
}

impl Rights {
    /// The rights of an admin on the pages of a portal.
    pub fn of(admin: &SignedIn, portal: &PortalId, switched_by: SwitchedBy) -> Self {
        let may = |right| admin.role.reach(right, portal).is_ok();
        Self {
            portal: may(Right::ChangePortals),
            // A portal's admin whom only the provider switches for still sets what the app shows.
            policy: may(Right::ChangePolicies)
                && (switched_by != SwitchedBy::Nobody || admin.role.may_switch_from(switched_by)),
            switch: may(Right::ChangePolicies) && admin.role.may_switch(switched_by),
            users: may(Right::ReadUsers),
            reset: may(Right::ResetUsers),
            care: may(Right::ChangeUsers),
            activity: may(Right::ReadActivity),
            delete: may(Right::MakePortals),
        }
    }
}

/// A preview of what people see under the policy as it is.
pub struct Preview {
    /// The name in the app, where that is a method.
    pub issuer: Option<String>,
    /// A QR code like that of an enrolment.
    pub qr_svg: Option<String>,
    /// The email with a code: subject and text.
    pub email: Option<(String, String)>,
    /// The text message with a code.
    pub sms: Option<String>,
    pub segments: usize,
}

#[derive(Template)]
#[template(path = "portal/page.html")]
pub struct Portal {
    pub frame: Frame,
    pub portal: PortalView,
    /// The rights of the admin here.
    pub rights: Rights,
    /// The preview of what people see.
    pub preview: Preview,
    /// The sentence on who switches the policy, if this admin does not.
    pub why_not: Option<&'static str>,
}
