//! The readiness to send, line by line, and what to do next if something is missing.

use super::{Channel, Finding, FindingCode, Settings, Severity, SmsProvider};
use crate::values::named::named;

/// The answer to one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadyState {
    Ready,
    NotReady,
    /// The provider was not asked, did not answer, or has no way to ask.
    Unknown,
}

/// A thing that sending needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadyItem {
    /// The address, number or name that messages come from.
    Sender,
    /// The account and its secret.
    Credentials,
    /// The rights of the functions.
    Permission,
    /// The verified identity that covers the sender.
    Identity,
    /// The provider sends for the account.
    Sending,
    /// Messages go to everybody, not to verified recipients alone.
    Sandbox,
    /// Messages are left of the day's.
    Quota,
    /// Money is left of the month's.
    SpendLimit,
    /// The provider reports what becomes of messages.
    Reports,
}

named! {
    ReadyState { Ready: "ready", NotReady: "not_ready", Unknown: "unknown" }
    ReadyItem {
        Sender: "sender", Credentials: "credentials", Permission: "permission",
        Identity: "identity", Sending: "sending", Sandbox: "sandbox", Quota: "quota",
        SpendLimit: "spend_limit", Reports: "reports",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadyLine {
    pub channel: Channel,
    pub item: ReadyItem,
    pub state: ReadyState,
    /// A sentence that says what was found, and what to do next.
    pub detail: String,
}

/// The use of the provider's daily quota of emails.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EmailUsage {
    pub sent: f64,
    /// Messages within 24 hours; a negative number stands for no limit.
    pub quota: f64,
}

/// Returns the lines of both channels, from what the providers answered about these settings.
pub fn readiness(
    settings: &Settings,
    findings: &[Finding],
    usage: Option<EmailUsage>,
) -> Vec<ReadyLine> {
    use ReadyItem as I;
    let email = [I::Sender, I::Permission, I::Identity, I::Sending, I::Sandbox, I::Quota];
    let mut lines = vec![];
    if settings.email_from.is_some() {
        lines.extend(of_channel(Channel::Email, &email, findings, usage));
        lines.extend(of_channel(Channel::Email, &[I::Reports], findings, usage));
    } else {
        lines.extend(of_channel(Channel::Email, &[I::Sender], findings, usage));
    }
    let texts: &[ReadyItem] = match &settings.sms {
        None => &[I::Sender],
        Some(SmsProvider::Sns { .. }) => &[I::Sender, I::Permission, I::Sandbox, I::SpendLimit],
        Some(SmsProvider::Twilio { .. }) => {
            &[I::Sender, I::Credentials, I::Sending, I::Sandbox, I::Reports]
        }
    };
    lines.extend(of_channel(Channel::Sms, texts, findings, usage));
    if let Some(SmsProvider::Sns { .. }) = &settings.sms {
        let detail = "SNS reports on text messages to CloudWatch Logs alone, so nobody here learns which ones do not arrive. Switch on delivery status logging in SNS to look at them.";
        let (item, state) = (I::Reports, ReadyState::Unknown);
        lines.push(ReadyLine { channel: Channel::Sms, item, state, detail: detail.to_owned() });
    }
    lines
}

fn of_channel(
    channel: Channel,
    items: &[ReadyItem],
    findings: &[Finding],
    usage: Option<EmailUsage>,
) -> Vec<ReadyLine> {
    let of_channel = || findings.iter().filter(move |finding| finding.channel == channel);
    // A call that was refused or not answered leaves open what it would have said.
    let blind = of_channel().find(|finding| match item_of(finding.code) {
        ReadyItem::Permission | ReadyItem::Credentials => true,
        ReadyItem::Sender
        | ReadyItem::Identity
        | ReadyItem::Sending
        | ReadyItem::Sandbox
        | ReadyItem::Quota
        | ReadyItem::SpendLimit
        | ReadyItem::Reports => finding.code == FindingCode::TwilioFailure,
    });
    let line = |item: &ReadyItem| {
        let found: Vec<&Finding> =
            of_channel().filter(|finding| item_of(finding.code) == *item).collect();
        let (state, detail) = if found.is_empty() {
            match (item, blind) {
                (ReadyItem::Sender, _) | (_, None) => {
                    (ReadyState::Ready, ready(*item, channel, usage))
                }
                (_, Some(blind)) => (ReadyState::Unknown, unasked(blind)),
            }
        } else {
            let is_open = found.iter().all(|finding| is_unknown(finding));
            let state = if is_open { ReadyState::Unknown } else { ReadyState::NotReady };
            let details: Vec<&str> = found.iter().map(|finding| finding.detail.as_str()).collect();
            (state, details.join(" "))
        };
        ReadyLine { channel, item: *item, state, detail }
    };
    items.iter().map(line).collect()
}

/// Returns what to do about a line that is open because of this finding. Whoever did not answer has
/// no line of its own in each channel.
fn unasked(blind: &Finding) -> String {
    if blind.code == FindingCode::TwilioFailure {
        return blind.detail.clone();
    }
    "Nobody could be asked about this. Mend the other lines first, and look again.".to_owned()
}

const fn is_unknown(finding: &Finding) -> bool {
    match (finding.code, finding.severity) {
        (FindingCode::TwilioFailure, _) | (_, Severity::Unchecked) => true,
        (_, Severity::Blocks | Severity::Limits) => false,
    }
}

const fn item_of(code: FindingCode) -> ReadyItem {
    match code {
        FindingCode::NotConfigured
        | FindingCode::NumberUnknown
        | FindingCode::NumberWithoutSms
        | FindingCode::SenderUnchecked => ReadyItem::Sender,
        FindingCode::Credentials => ReadyItem::Credentials,
        FindingCode::Permission => ReadyItem::Permission,
        FindingCode::IdentityUnverified => ReadyItem::Identity,
        FindingCode::Paused
        | FindingCode::UnderReview
        | FindingCode::AccountUnchecked
        | FindingCode::TwilioFailure => ReadyItem::Sending,
        FindingCode::Sandbox => ReadyItem::Sandbox,
        FindingCode::Quota => ReadyItem::Quota,
        FindingCode::SpendLimit => ReadyItem::SpendLimit,
        FindingCode::NotReported => ReadyItem::Reports,
    }
}

/// Returns what there is, where nothing is wrong.
fn ready(item: ReadyItem, channel: Channel, usage: Option<EmailUsage>) -> String {
    let text = match (item, channel) {
        (ReadyItem::Sender, Channel::Email) => "A sender's address is set.",
        (ReadyItem::Sender, Channel::Sms) => "A provider is set.",
        (ReadyItem::Credentials, _) => "The account and its secret are accepted.",
        (ReadyItem::Permission, _) => "The functions have the permission to send.",
        (ReadyItem::Identity, _) => "A verified identity covers the sender's address.",
        (ReadyItem::Sending, _) => "The provider sends for this account.",
        (ReadyItem::Sandbox, _) => "The account is out of the sandbox: messages go to everybody.",
        (ReadyItem::Quota, _) => return of_quota(usage),
        (ReadyItem::SpendLimit, _) => "The monthly spending limit is above the default.",
        (ReadyItem::Reports, _) => "The provider reports what becomes of messages.",
    };
    text.to_owned()
}

fn of_quota(usage: Option<EmailUsage>) -> String {
    match usage {
        Some(EmailUsage { sent, quota }) if quota >= 0.0 => {
            format!("{sent} of {quota} messages were sent in the last 24 hours.")
        }
        Some(EmailUsage { sent, .. }) => {
            format!("{sent} messages were sent in the last 24 hours, and there is no limit.")
        }
        None => "The quota is not used up.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Email;

    fn states(lines: &[ReadyLine]) -> Vec<(Channel, ReadyItem, ReadyState)> {
        lines.iter().map(|line| (line.channel, line.item, line.state)).collect()
    }

    fn with_email() -> Settings {
        Settings { email_from: Email::parse("a@b.example").ok(), ..Settings::default() }
    }

    #[test]
    fn e8_an_account_without_a_fault_is_ready_in_every_line_and_says_what_was_used() {
        let usage = Some(EmailUsage { sent: 7.0, quota: 200.0 });
        let none = Finding::limits(Channel::Sms, FindingCode::NotConfigured, "No provider.");
        let lines = readiness(&with_email(), &[none], usage);
        let email: Vec<_> = lines.iter().filter(|line| line.channel == Channel::Email).collect();
        assert_eq!(email.len(), 7);
        assert!(email.iter().all(|line| line.state == ReadyState::Ready), "{email:?}");
        assert!(email[5].detail.contains("7 of 200"), "{email:?}");
        let sms = (Channel::Sms, ReadyItem::Sender, ReadyState::NotReady);
        assert_eq!(states(&lines)[7..], [sms]);
    }

    #[test]
    fn e8_what_could_not_be_asked_is_unknown_and_never_ready() {
        let refused = Finding::blocks(Channel::Email, FindingCode::Permission, "No right.");
        let lines = readiness(&with_email(), &[refused], None);
        for (channel, item, state) in states(&lines) {
            let wanted = match (channel, item) {
                (Channel::Email, ReadyItem::Sender) | (Channel::Sms, _) => ReadyState::Ready,
                (_, ReadyItem::Permission) => ReadyState::NotReady,
                _ => ReadyState::Unknown,
            };
            assert_eq!(state, wanted, "{item:?}");
        }
    }

    #[test]
    fn e8_each_line_that_is_open_because_nobody_answered_says_so_and_what_to_do() {
        let detail = "SNS did not answer. Try again in a moment.";
        let silent = Finding::blocks(Channel::Sms, FindingCode::TwilioFailure, detail);
        let sms = Some(SmsProvider::Sns { from: None });
        let lines = readiness(&Settings { sms, ..Settings::default() }, &[silent], None);
        let open = lines.iter().filter(|line| line.detail == detail);
        let open: Vec<_> = open.map(|line| (line.item, line.state)).collect();
        let unknown = |item| (item, ReadyState::Unknown);
        use ReadyItem::{Permission, Sandbox, SpendLimit};
        assert_eq!(open, [Permission, Sandbox, SpendLimit].map(unknown));
    }

    #[test]
    fn e8_sns_reports_nowhere_and_that_is_said() {
        let sms = Some(SmsProvider::Sns { from: None });
        let lines = readiness(&Settings { sms, ..Settings::default() }, &[], None);
        let last = (Channel::Sms, ReadyItem::Reports, ReadyState::Unknown);
        assert_eq!(states(&lines).last(), Some(&last));
    }
}
