//! The pages of the console, each with what its template shows: the answers of the admin calls, and little more.

mod policy;
mod portal;
mod words;

use askama::Template;
use portcullis_api::wire::admin::{
    ActivityPage, AdminView, FindingView, SettingsView, SmsProviderView, UserDetail, UserList,
};
use portcullis_domain::Method;

use super::Frame;
pub use policy::{PolicyFields, PolicyForm, presets};
pub use portal::{
    MakePortal, Portal, PortalRow, Portals, Preview, ProfileFields, ProfileForm, Pulse, Rights,
};
pub use words::{at, day, method, policy, policy_in_short, role, state};

/// Name and password.
#[derive(Template)]
#[template(path = "console/sign_in.html")]
pub struct SignIn {
    /// The frame.
    pub frame: Frame,
    /// The name that was given before.
    pub name: String,
}

/// Choose a password of one's own.
#[derive(Template)]
#[template(path = "console/password.html")]
pub struct ChoosePassword {
    /// The frame.
    pub frame: Frame,
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
    /// The state that was chosen.
    pub state: String,
    /// The organisation that was chosen.
    pub organization: String,
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
    /// Fields that go along.
    pub hidden: Vec<(&'static str, String)>,
    /// Where it is posted to.
    pub action: String,
    /// Where nothing is done.
    pub cancel: String,
}

/// Something was done.
#[derive(Template)]
#[template(path = "console/done.html")]
pub struct Outcome {
    /// The frame.
    pub frame: Frame,
    /// What was done.
    pub text: String,
    /// What is shown this once.
    pub secret: Option<String>,
    /// Where to go on.
    pub next: (String, &'static str),
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
    pub filter: [String; 5],
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
    /// Their ETag.
    pub etag: String,
    /// The admin may change them.
    pub may_change: bool,
    /// What came of asking the providers.
    pub checked: Option<String>,
    /// What they said.
    pub findings: Vec<FindingView>,
}

impl Settings {
    fn provider(&self) -> &'static str {
        match &self.settings.sms {
            None => "none",
            Some(SmsProviderView::Sns { .. }) => "sns",
            Some(SmsProviderView::Twilio { .. }) => "twilio",
        }
    }

    fn sms_from(&self) -> String {
        match &self.settings.sms {
            None => String::new(),
            Some(SmsProviderView::Sns { from }) => from.clone().unwrap_or_default(),
            Some(SmsProviderView::Twilio { from, .. }) => from.clone(),
        }
    }

    fn account(&self) -> String {
        match &self.settings.sms {
            Some(SmsProviderView::Twilio { account, .. }) => account.clone().unwrap_or_default(),
            Some(SmsProviderView::Sns { .. }) | None => String::new(),
        }
    }

    fn client_id(&self) -> String {
        match &self.settings.sms {
            Some(SmsProviderView::Twilio { client_id, .. }) => client_id.clone(),
            Some(SmsProviderView::Sns { .. }) | None => String::new(),
        }
    }
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
}

/// One admin.
#[derive(Template)]
#[template(path = "console/admin.html")]
pub struct Admin {
    /// The frame.
    pub frame: Frame,
    /// The admin.
    pub admin: AdminView,
}

/// The names of methods, with commas between.
fn methods(all: &[portcullis_api::wire::MethodName]) -> String {
    let names: Vec<&str> = all.iter().map(|name| method(Method::from(*name))).collect();
    names.join(", ")
}
