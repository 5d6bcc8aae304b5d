//! Findings of the check that asks providers what sending needs.

use super::Channel;
use crate::values::named::named;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub channel: Channel,
    /// A stable name, for programs.
    pub code: FindingCode,
    pub severity: Severity,
    /// A sentence that says what was found and what to do next.
    pub detail: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// No message can be sent; settings with such a finding are not saved.
    Blocks,
    /// Messages can be sent, to fewer people or not as many as needed.
    Limits,
    /// The provider has no way to ask, or did not say; a test message shows it.
    Unchecked,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingCode {
    NotConfigured,
    /// The account is in the provider's sandbox or trial: only verified recipients get messages.
    Sandbox,
    /// The daily quota is used up, or nearly.
    Quota,
    /// The monthly spending limit is low, or nothing.
    SpendLimit,
    Permission,
    /// No verified identity covers the sender's address.
    IdentityUnverified,
    /// The provider has stopped sending for the account.
    Paused,
    /// The provider reviews the account and may stop it.
    UnderReview,
    /// The account id or the secret is refused.
    Credentials,
    /// The sender's number is not one of the account's.
    NumberUnknown,
    NumberWithoutSms,
    SenderUnchecked,
    /// The API key may not read what the check needs.
    AccountUnchecked,
    TwilioFailure,
    /// The provider does not report what becomes of messages, or its reports cannot be checked.
    NotReported,
}

impl Finding {
    pub fn blocks(channel: Channel, code: FindingCode, detail: impl Into<String>) -> Self {
        Self { channel, code, severity: Severity::Blocks, detail: detail.into() }
    }

    pub fn limits(channel: Channel, code: FindingCode, detail: impl Into<String>) -> Self {
        Self { channel, code, severity: Severity::Limits, detail: detail.into() }
    }

    /// A finding that only a test message can settle.
    pub fn unchecked(channel: Channel, code: FindingCode, detail: impl Into<String>) -> Self {
        Self { channel, code, severity: Severity::Unchecked, detail: detail.into() }
    }
}

named! {
    Severity {
        Blocks: "blocks", Limits: "limits", Unchecked: "unchecked",
    }
    FindingCode {
        NotConfigured: "not_configured", Sandbox: "sandbox", Quota: "quota",
        SpendLimit: "spend_limit", Permission: "permission",
        IdentityUnverified: "identity_unverified", Paused: "paused", UnderReview: "under_review",
        Credentials: "credentials", NumberUnknown: "number_unknown",
        NumberWithoutSms: "number_without_sms", SenderUnchecked: "sender_unchecked",
        AccountUnchecked: "account_unchecked", TwilioFailure: "no_answer",
        NotReported: "not_reported",
    }
}
