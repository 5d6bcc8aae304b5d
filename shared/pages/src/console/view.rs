//! The pages of the console, each with what its template shows: the answers of the admin calls, and little more.

mod policy;
mod portal;
mod words;

use askama::Template;
use portcullis_domain::{Method, admin::Role};
use portcullis_http::wire::admin::{
    ActivityPage, AdminView, FindingView, SettingsView, SmsProviderView, UserDetail, UserList,
};

use super::{Fields, Frame};
pub use policy::{PolicyForm, policy_fields, presets};
pub use portal::{MakePortal, Portal, PortalRow, Portals, Preview, ProfileForm, Pulse, Rights};
pub use words::{at, day, method, policy, policy_in_short, role, state, word};

/// Name and password.
#[derive(Template)]
#[template(path = "console/sign_in.html")]
pub struct SignIn {
    /// The frame.
    pub frame: Frame,
    /// What is filled in.
    pub fields: Fields,
}

/// Choose a password of one's own.
#[derive(Template)]
#[template(path = "console/password.html")]
pub struct ChoosePassword {
    /// The frame.
    pub frame: Frame,
    /// What is filled in.
    pub fields: Fields,
}

/// Users.
#[derive(Template)]
#[template(path = "console/users.html")]
pub struct Users {
    /// The frame.
    pub frame: Frame,
    /// The portal.
    pub portal: String,
    /// The portal's own page is within reach.
    pub may_go_up: bool,
    /// A page of users.
    pub list: UserList,
    /// The states to choose from.
    pub states: Vec<(String, String)>,
    /// The filter.
    pub fields: Fields,
    /// Whom to find.
    pub find: Fields,
}

/// One user.
#[derive(Template)]
#[template(path = "console/user.html")]
pub struct User {
    /// The frame.
    pub frame: Frame,
    /// The portal.
    pub portal: String,
    /// The user.
    pub user: UserDetail,
    /// Where the user's item lies, by which pages name the user.
    pub locator: String,
    /// What the admin may do here.
    pub rights: Rights,
}

/// A question before something is done.
#[derive(Template)]
#[template(path = "console/dialog.html")]
pub struct Dialog {
    /// The frame.
    pub frame: Frame,
    /// What will happen.
    pub consequences: Vec<String>,
    /// A reason is asked for.
    pub asks_reason: bool,
    /// What is filled in.
    pub fields: Fields,
    /// Fields that go along.
    pub hidden: Vec<(&'static str, String)>,
    /// Where it is posted to.
    pub action: String,
    /// Where nothing is done.
    pub cancel: String,
}

/// The log.
#[derive(Template)]
#[template(path = "console/activity.html")]
pub struct Activity {
    /// The frame.
    pub frame: Frame,
    /// The portal.
    pub portal: String,
    /// A page of it.
    pub log: ActivityPage,
    /// The filter: user, event, actor, first day, last day.
    pub fields: Fields,
    /// The kinds of entries to choose from.
    pub kinds: Vec<(String, String)>,
    /// The filter, sealed, for the next page and the export; empty if there is none.
    pub sealed: String,
}

/// What became of messages.
#[derive(Template)]
#[template(path = "console/delivery.html")]
pub struct Delivery {
    /// The frame.
    pub frame: Frame,
    /// The portal.
    pub portal: String,
    /// Charts, each with its heading.
    pub charts: Vec<(String, String)>,
    /// Texts sent today, and the cap.
    pub texts: (usize, u32),
    /// What was looked at.
    pub note: String,
}

/// The system's settings.
#[derive(Template)]
#[template(path = "console/settings.html")]
pub struct Settings {
    /// The frame.
    pub frame: Frame,
    /// What is set.
    pub settings: SettingsView,
    /// The same, filled in, with the ETag.
    pub fields: Fields,
    /// The admin may change them.
    pub may_change: bool,
    /// What came of asking the providers.
    pub checked: Option<String>,
    /// What they said.
    pub findings: Vec<FindingView>,
}

/// What a provider said of the settings.
pub fn finding(finding: &FindingView) -> String {
    let channel = if finding.channel == "email" { "Email" } else { "Text messages" };
    format!("{channel}: {}. {}", finding.code, finding.detail)
}

/// The settings, filled in.
pub fn settings_fields(settings: &SettingsView, etag: String) -> Fields {
    let (provider, from, account, client_id) = match &settings.sms {
        None => ("none", "", "", ""),
        Some(SmsProviderView::Sns { from }) => ("sns", from.as_deref().unwrap_or(""), "", ""),
        Some(SmsProviderView::Twilio { account, client_id, from, .. }) => {
            ("twilio", from.as_str(), account.as_deref().unwrap_or(""), client_id.as_str())
        }
    };
    let text = str::to_owned;
    Fields::of([
        ("etag", etag),
        ("email_from", settings.email_from.clone().unwrap_or_default()),
        ("provider", text(provider)),
        ("sms_from", text(from)),
        ("account", text(account)),
        ("client_id", text(client_id)),
        ("countries", settings.countries.join(" ")),
        ("per_prefix", settings.caps.texts_per_prefix_per_day.to_string()),
        ("per_portal", settings.caps.texts_per_portal_per_day.to_string()),
    ])
}

/// Admins.
#[derive(Template)]
#[template(path = "console/admins.html")]
pub struct Admins {
    /// The frame.
    pub frame: Frame,
    /// The admins.
    pub admins: Vec<AdminView>,
    /// The admin may change them.
    pub may_change: bool,
    /// The portals to choose from.
    pub portals: Vec<(String, String)>,
    /// Who is to be made.
    pub fields: Fields,
}

/// The roles to choose from.
const ROLES: [(&str, &str); 5] = [
    ("operator", "operator: everything, everywhere"),
    ("technician", "technician: policies and users of the portals below"),
    ("portal_admin", "portal admin: the portal below"),
    ("org_admin", "organisation admin: reset the users of the organisation below"),
    ("auditor", "auditor: read everything"),
];

/// The fields that stand for a role.
pub fn role_pairs(role: &Role) -> Vec<(&'static str, String)> {
    let portals = role.portals().into_iter().map(|portal| ("portals", portal.to_string()));
    let organisation = match role {
        Role::OrgAdmin { organisation, .. } => organisation.to_string(),
        Role::Operator | Role::Technician { .. } | Role::PortalAdmin { .. } | Role::Auditor => {
            String::new()
        }
    };
    let others = [("role", role.as_str().to_owned()), ("organization", organisation)];
    portals.chain(others).collect()
}

/// A role, filled in.
pub fn role_fields(role: &Role) -> Fields {
    Fields::of(role_pairs(role))
}

/// One admin.
#[derive(Template)]
#[template(path = "console/admin.html")]
pub struct Admin {
    /// The frame.
    pub frame: Frame,
    /// The admin.
    pub admin: AdminView,
    /// The portals to choose from.
    pub portals: Vec<(String, String)>,
    /// The role, filled in.
    pub fields: Fields,
}

/// The names of methods, with commas between.
fn methods(all: &[portcullis_http::wire::MethodName]) -> String {
    let names: Vec<&str> = all.iter().map(|name| method(Method::from(*name))).collect();
    names.join(", ")
}
