//! The pages of the console, each with what its template shows: the answers of the admin calls, and little more.

mod words;

use askama::Template;
use portcullis_api::wire::admin::{
    ActivityPage, AdminView, DryRunAnswer, PortalView, SettingsView, SmsProviderView, UserDetail,
    UserList,
};
use portcullis_domain::{
    Method, Policy,
    policy::{DestinationSource, EmailFallback, MethodPolicy, Preset},
};

use super::{Bar, Frame, bars};
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
    pub presets: Vec<&'static str>,
    /// The id that was given before.
    pub id: String,
    /// The name that was given before.
    pub description: String,
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

/// A form for the policy.
#[derive(Template)]
#[template(path = "console/policy.html")]
pub struct PolicyForm {
    /// The frame.
    pub frame: Frame,
    /// The portal.
    pub portal: String,
    /// What is filled in.
    pub fields: PolicyFields,
    /// What was refused: the field, and why.
    pub refused: Option<(&'static str, String)>,
    /// What saving would do, once tried.
    pub tried: Option<DryRunAnswer>,
    /// The presets to start from.
    pub presets: Vec<&'static str>,
    /// The policy as it is can be replaced by who says so.
    pub is_locked: bool,
    /// This admin changes what the app shows, and nothing else.
    pub issuer_only: bool,
}

/// The policy as a form has it: every setting, as text.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PolicyFields {
    /// What to do: `try`, or `save`.
    pub what: String,
    /// The ETag of the policy that is replaced.
    pub etag: String,
    /// Whether it is on: `true` or `false`.
    pub enabled: String,
    /// Whether users may decline.
    pub enforcement: String,
    /// Who switches it.
    pub switched_by: String,
    /// The app is a method.
    pub app: Option<String>,
    /// What the app shows.
    pub issuer: String,
    /// What email may do when the app is out of reach.
    pub email_fallback: String,
    /// Email is a method.
    pub email: Option<String>,
    /// Whose address.
    pub email_destination: String,
    /// SMS is a method.
    pub sms: Option<String>,
    /// Whose number.
    pub sms_destination: String,
    /// What happens while it is off.
    pub when_off: String,
    /// What happens when it is on again.
    pub when_on_again: String,
    /// What happens after a reset.
    pub after_reset: String,
    /// Countries, as two-letter codes.
    pub allowed_countries: String,
    /// How long a code is good.
    pub code_lifetime_seconds: String,
    /// The operator means to replace what nobody switches.
    pub confirm_unlock: Option<String>,
}

/// The word of a setting on the wire.
fn word<T: serde::Serialize>(value: T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

impl PolicyFields {
    /// Every field but what the app shows, for a form that changes nothing else.
    fn as_they_are(&self) -> Vec<(&'static str, String)> {
        let boxes = [("app", &self.app), ("email", &self.email), ("sms", &self.sms)];
        let ticked = boxes.into_iter().filter(|(_, ticked)| ticked.is_some());
        let mut all: Vec<_> = ticked.map(|(name, _)| (name, "on".to_owned())).collect();
        let texts = [
            ("email_fallback", &self.email_fallback),
            ("email_destination", &self.email_destination),
            ("sms_destination", &self.sms_destination),
            ("enforcement", &self.enforcement),
            ("switched_by", &self.switched_by),
            ("when_off", &self.when_off),
            ("when_on_again", &self.when_on_again),
            ("after_reset", &self.after_reset),
            ("allowed_countries", &self.allowed_countries),
            ("code_lifetime_seconds", &self.code_lifetime_seconds),
        ];
        all.extend(texts.map(|(name, text)| (name, text.clone())));
        all
    }

    /// A policy, filled in.
    pub fn of(policy: &Policy, etag: String) -> Self {
        let mut fields = Self {
            etag,
            enabled: policy.enabled.to_string(),
            enforcement: word(policy.enforcement),
            switched_by: word(policy.switched_by),
            email_fallback: word(EmailFallback::Forbidden),
            email_destination: word(DestinationSource::User),
            sms_destination: word(DestinationSource::User),
            when_off: word(policy.when_off),
            when_on_again: word(policy.when_on_again),
            after_reset: word(policy.after_reset),
            code_lifetime_seconds: policy.code_lifetime_seconds.seconds().to_string(),
            ..Self::default()
        };
        let countries: Vec<String> =
            policy.allowed_countries.iter().map(|country| String::from(*country)).collect();
        fields.allowed_countries = countries.join(" ");
        let on = || Some("on".to_owned());
        for method in &policy.methods {
            match method {
                MethodPolicy::AuthenticatorApp { issuer, email_fallback } => {
                    fields.app = on();
                    fields.issuer =
                        issuer.as_ref().map(|i| i.as_str().to_owned()).unwrap_or_default();
                    fields.email_fallback = word(*email_fallback);
                }
                MethodPolicy::Email { destination } => {
                    fields.email = on();
                    fields.email_destination = word(*destination);
                }
                MethodPolicy::Sms { destination } => {
                    fields.sms = on();
                    fields.sms_destination = word(*destination);
                }
            }
        }
        fields
    }
}

/// The names of the presets.
pub fn presets() -> Vec<&'static str> {
    Preset::ALL.iter().map(|preset| preset.as_str()).collect()
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
    pub fields: ProfileFields,
}

/// How a portal presents itself, as a form has it.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProfileFields {
    /// The ETag of what is replaced.
    pub etag: String,
    /// The name.
    pub description: String,
    /// Who signs in there.
    pub audience: String,
    /// Where phone numbers in national form belong.
    pub default_country: String,
    /// The language to write in.
    pub locale: String,
    /// The name emails come from.
    pub sender_name: String,
    /// The name in text messages.
    pub sms_name: String,
    /// How users get help.
    pub support: String,
    /// The page a mailed link leads to.
    pub enrolment_url: String,
    /// Where browsers may come back to, one a line.
    pub return_urls: String,
    /// The colour of the prompt.
    pub color: String,
    /// The picture of the prompt.
    pub logo_url: String,
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
    /// The user's id, as it stands in an address.
    pub encoded: String,
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
    /// The filter as a query, for the next page and the export.
    pub query: String,
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
    /// What was found by asking the providers.
    pub checked: Option<&'static str>,
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

/// What saving a policy would do, drawn.
fn tried_chart(tried: &DryRunAnswer) -> String {
    let bar = |label: &str, count| Bar { label: label.to_owned(), count };
    let bars_of = [
        bar("must enrol", tried.must_enrol),
        bar("have no way in", tried.no_way_in),
        bar("are asked no more", tried.asked_no_more),
        bar("skips end", tried.skips_end),
    ];
    bars("What saving would do, in users", &bars_of)
}

/// The names of methods, with commas between.
fn methods(all: &[portcullis_api::wire::MethodName]) -> String {
    let names: Vec<&str> = all.iter().map(|name| method(Method::from(*name))).collect();
    names.join(", ")
}
