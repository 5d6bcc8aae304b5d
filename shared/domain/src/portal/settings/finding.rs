//! Findings of the check that asks providers what sending needs.

use super::Channel;

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
    /// The provider has no way to ask; a test message shows it.
    Unchecked,
}

impl Severity {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Blocks => "blocks",
            Self::Limits => "limits",
            Self::Unchecked => "unchecked",
        }
    }
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
}

impl FindingCode {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotConfigured => "not_configured",
            Self::Sandbox => "sandbox",
            Self::Quota => "quota",
            Self::SpendLimit => "spend_limit",
            Self::Permission => "permission",
            Self::IdentityUnverified => "identity_unverified",
            Self::Paused => "paused",
            Self::UnderReview => "under_review",
            Self::Credentials => "credentials",
            Self::NumberUnknown => "number_unknown",
            Self::NumberWithoutSms => "number_without_sms",
            Self::SenderUnchecked => "sender_unchecked",
            Self::AccountUnchecked => "account_unchecked",
            Self::TwilioFailure => "no_answer",
        }
    }
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
