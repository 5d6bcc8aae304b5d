use askama::Template;
use portcullis_http::wire::admin::SendingDocument;

use crate::{Frame, portal::view::Rights};

#[derive(Template)]
#[template(path = "portal_settings/page.html")]
pub struct PortalSettings {
    pub frame: Frame,
    pub portal: String,
    pub rights: Rights,
    /// The portal's own senders and caps.
    pub sending: SendingDocument,
    /// The calls of each kind that the portal may make within a minute.
    pub share: u32,
    /// The days for which its log keeps entries.
    pub log_days: u32,
}

impl PortalSettings {
    /// Returns the portal's own senders and caps with their labels; none stands for the service's.
    fn sending(&self) -> [(String, Option<String>); 4] {
        let SendingDocument { email_from, sms_from, emails_per_day, texts_per_day } =
            self.sending.clone();
        let number = |cap: Option<u32>| cap.map(|cap| cap.to_string());
        [
            ("console-settings-email-from", email_from),
            ("console-settings-sms-from", sms_from),
            ("console-settings-emails-day", number(emails_per_day)),
            ("console-settings-texts", number(texts_per_day)),
        ]
        .map(|(label, own)| (self.frame.say(label), own))
    }
}
