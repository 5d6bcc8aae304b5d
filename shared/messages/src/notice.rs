use portcullis_domain::{
    Device, Locale, Named, Timestamp,
    user::{EntryKind, How, Unsent},
};

use crate::{
    catalogue::{isolated, list, text},
    minute,
};

/// Returns the sentence on one change, for the page of its freeze link.
pub fn change_text(locale: Option<&Locale>, kind: EntryKind, at: Timestamp) -> String {
    let what = text(locale, &notice_key(kind), &[]);
    format!("{what} ({})", isolated(locale, &minute(at.unix())))
}

pub(crate) fn notice_text(locale: Option<&Locale>, change: &Unsent) -> String {
    let what = text(locale, &notice_key(change.kind), &[]);
    match change.count {
        0 | 1 => what,
        more => {
            let filled_in = [("what", what.as_str()), ("count", &more.to_string())];
            text(locale, "notice-times", &filled_in)
        }
    }
}

/// Returns the sentence on when, how and from where the newest of these changes was made.
pub(crate) fn notice_detail(locale: Option<&Locale>, name: &str, change: &Unsent) -> String {
    let how = change.how.map(|how| text(locale, how_key(how), &[("name", name)]));
    let software = change.device.and_then(|device| software(locale, device));
    let network = change.device.and_then(|device| device.network).map(|n| n.to_string());
    let from: Vec<String> = software.into_iter().chain(network).collect();
    let from = Some(list(locale, &from)).filter(|from| !from.is_empty());
    let from = from.map(|from| text(locale, "notice-from", &[("device", &from)]));
    let when = isolated(locale, &minute(change.newest.unix()));
    let parts: Vec<String> = [Some(when), how, from].into_iter().flatten().collect();
    let said = list(locale, &parts);
    let key = if change.count > 1 { "notice-last" } else { "notice-detail" };
    text(locale, key, &[("detail", &said)])
}

/// Returns the name by which people know a browser: its device, such as "Chrome on Windows".
pub fn device_name(locale: Option<&Locale>, device: Option<Device>) -> String {
    let known = device.and_then(|device| software(locale, device));
    known.unwrap_or_else(|| text(locale, "device-unknown", &[]))
}

pub(crate) fn software(locale: Option<&Locale>, device: Device) -> Option<String> {
    let Device { browser, system, network: _ } = device;
    let (browser, system) = (browser.map(|b| b.as_str()), system.map(|s| s.as_str()));
    match (browser, system) {
        (Some(browser), Some(system)) => {
            Some(text(locale, "notice-device", &[("browser", browser), ("system", system)]))
        }
        (one, other) => one.or(other).map(str::to_owned),
    }
}

const fn how_key(how: How) -> &'static str {
    match how {
        How::PasswordAlone => "notice-how-password-alone",
        How::AppCode => "notice-how-app-code",
        How::EmailCode => "notice-how-email-code",
        How::SmsCode => "notice-how-sms-code",
        How::MailedLink => "notice-how-mailed-link",
        How::BypassCode => "notice-how-bypass-code",
        How::FreezeLink => "notice-how-freeze-link",
        How::RecoveryCode => "notice-how-recovery-code",
        How::Passkey => "notice-how-passkey",
        How::SignIn => "notice-how-sign-in",
        How::Admin => "notice-how-admin",
        How::PortalAdmin => "notice-how-portal-admin",
        How::Portal => "notice-how-portal",
    }
}

/// Returns the key of the text that tells a user of a change: `notice-` and the name of its kind.
pub(crate) fn notice_key(kind: EntryKind) -> String {
    if kind.is_notified() || kind.is_told_to_admin() {
        format!("notice-{}", kind.name().replace('_', "-"))
    } else {
        "notice-other".to_owned()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use portcullis_domain::{Named, Timestamp};

    /// A change that was made so often.
    pub(crate) fn change(kind: EntryKind, count: u32) -> Unsent {
        let now = Timestamp::from_unix(1_800_000_000);
        let (how, device, freeze) = (None, None, None);
        Unsent { kind, count, newest: now, how, device, freeze, since: now, due: now, claim: None }
    }

    #[test]
    fn h3_a_notice_says_when_how_and_from_where_in_every_language() {
        let device = Device::seen(Some("Windows NT Edg/"), Some("203.0.113.77"));
        let english = notice_detail(
            None,
            "Acme",
            &Unsent { how: Some(How::PasswordAlone), device, ..change(EntryKind::Enrolled, 1) },
        );
        assert_eq!(
            english,
            "When and how: 2027-01-15 08:00 UTC, in a sign-in with the password alone, from Edge \
             on Windows, 203.0.113.0/24."
        );
        for locale in ["en", "ar", "de", "es", "fr", "nl"].map(|name| Locale::parse(name).ok()) {
            let locale = locale.as_ref();
            let said: Vec<String> = How::ALL
                .iter()
                .map(|how| {
                    let change = Unsent { how: Some(*how), device, ..change(EntryKind::Reset, 2) };
                    notice_detail(locale, "Acme", &change)
                })
                .collect();
            assert!(
                said.iter().all(|said| !said.contains('{') && !said.contains(", ,")),
                "{said:?}"
            );
            let different: std::collections::BTreeSet<_> = said.iter().collect();
            assert_eq!(different.len(), How::ALL.len(), "{said:?}");
        }
        let bare = notice_detail(None, "Acme", &change(EntryKind::Reset, 1));
        assert_eq!(bare, "When and how: 2027-01-15 08:00 UTC.");
    }
}
