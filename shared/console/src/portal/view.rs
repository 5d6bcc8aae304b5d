use askama::Template;
use portcullis_domain::{
    PortalId,
    admin::{Right, Role},
    policy::SwitchedBy,
};
use portcullis_http::{admin::SignedIn, wire::admin::PortalView};
use portcullis_messages::Segments;

use crate::Frame;

/// The rights of an admin on a portal's pages.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rights {
    pub read: bool,
    /// Changes the profile and the API keys.
    pub portal: bool,
    pub policy: bool,
    pub switch: bool,
    pub users: bool,
    pub reset: bool,
    pub change_users: bool,
    pub activity: bool,
    pub delete: bool,
}

impl Rights {
    pub fn of(admin: &SignedIn, portal: &PortalId, switched_by: SwitchedBy) -> Self {
        Self::of_role(&admin.role, portal, switched_by)
    }

    pub fn of_role(role: &Role, portal: &PortalId, switched_by: SwitchedBy) -> Self {
        let may = |right| role.reach(right, portal).is_ok();
        Self {
            read: may(Right::ReadPortals),
            portal: may(Right::ChangePortals),
            // The admin of a portal that only the provider switches may still set the issuer.
            policy: may(Right::ChangePolicies)
                && (switched_by != SwitchedBy::Nobody || role.may_switch_from(switched_by)),
            switch: may(Right::ChangePolicies) && role.may_switch(switched_by),
            users: may(Right::ReadUsers),
            reset: may(Right::ResetUsers),
            change_users: may(Right::ChangeUsers),
            activity: may(Right::ReadActivity),
            delete: may(Right::MakePortals),
        }
    }
}

/// A preview of the messages and the app under the present policy.
pub struct Preview {
    pub issuer: Option<String>,
    pub qr_svg: Option<String>,
    /// The domain that passkeys are shown with, if the policy has them.
    pub passkey_domain: Option<String>,
    /// The subject and the text of an email.
    pub email: Option<(String, String)>,
    pub sms: Option<String>,
    pub segments: Segments,
}

#[derive(Template)]
#[template(path = "portal/page.html")]
pub struct Portal {
    pub frame: Frame,
    pub portal: PortalView,
    pub rights: Rights,
    pub preview: Preview,
    /// The domain that passkeys of its users are made for, if they can be used at all.
    pub passkey_domain: Option<String>,
    /// Users set up passkeys alone, and there is no page where they can.
    pub nobody_enrols: bool,
    /// The reason why this admin cannot switch the policy.
    pub switch_hint: Option<String>,
}
