//! Choices that are written as small numbers. A number stands for one choice for good: it is never
//! given to another one, also when the first is gone. `tests/golden/numbers.json` holds them.

use portcullis_domain::{
    BrowserFamily, ListedState, Method, OperatingSystem, Purpose, Scope, WriteKind,
    passkey::{Backup, PasskeyAlgorithm},
    policy::{
        AfterReset, DestinationSource, EarnedBy, EmailFallback, EnforcementKind, EnrolmentProof,
        Promotion, RecoveryCodesPolicy, SelfService, SwitchedBy, SyncedPasskeys, TextNeeds,
        UserVerification, WhenBound, WhenOff, WhenOnAgain,
    },
    portal::Audience,
    sign_in::{Acr, Event, Ground, Mfa, ReachedAcr, Role, SettingsChange},
    user::{CheckedBy, EntryKind, How, PasswordProof, ReturnReason},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

pub(super) trait Numbered: Copy + 'static {
    /// Every choice.
    #[cfg(test)]
    const NUMBERS: &'static [(&'static str, u16)];

    fn number(self) -> u16;

    /// Returns the choice of this number, if this release knows it.
    fn from_number(number: u16) -> Option<Self>;
}

/// Gives each choice its number. The compiler refuses a choice without one, and one number twice.
macro_rules! numbered {
    ($($type:ident { $($number:literal: $choice:ident),+ $(,)? })*) => {
        $(impl Numbered for $type {
            #[cfg(test)]
            const NUMBERS: &'static [(&'static str, u16)] =
                &[$((stringify!($choice), $number)),+];

            fn number(self) -> u16 {
                match self { $(Self::$choice => $number),+ }
            }

            fn from_number(number: u16) -> Option<Self> {
                match number {
                    $($number => Some(Self::$choice),)+
                    _ => None,
                }
            }
        })*
    };
}

numbered! {
    Method { 1: AuthenticatorApp, 2: Email, 3: Sms, 4: RecoveryCode, 5: Passkey }
    PasskeyAlgorithm { 1: Es256, 2: Rs256, 3: EdDsa }
    Backup { 1: SingleDevice, 2: NotBackedUp, 3: BackedUp }
    UserVerification { 1: Preferred, 2: Required }
    SyncedPasskeys { 1: Allowed, 2: Refused }
    WhenBound { 1: Prefer, 2: Insist }
    Promotion { 1: Off, 2: On }
    TextNeeds { 1: Any, 2: Bound }
    Purpose { 1: SignIn, 2: Enrolment, 3: ReadOut, 4: AdminAddress }
    Event { 1: Login, 2: Invitation, 3: Manage, 4: StepUp }
    Acr { 1: Delivered, 2: App, 3: Passkey }
    ReachedAcr {
        1: None, 2: Bypass, 3: Recovery, 4: Fallback, 5: Delivered, 6: App, 7: Passkey,
    }
    Mfa { 1: Done, 2: Skipped, 3: NotRequired, 4: Bypass, 5: TrustedBrowser, 6: Grace }
    Role { 1: Bound, 2: Old, 3: Directory, 4: Fallback, 5: Enrol, 6: First, 7: Recovery }
    Audience { 1: Clients, 2: Staff }
    EnforcementKind { 1: Required, 2: OptOut }
    SwitchedBy { 1: Nobody, 2: Provider, 3: PortalAdmin }
    WhenOff { 1: ChallengeEnrolled, 2: ChallengeNobody }
    WhenOnAgain { 1: KeepEnrolments, 2: EnrolAgain }
    AfterReset { 1: Open, 2: EmailedLink }
    EnrolmentProof { 1: None, 2: EmailedCode }
    SelfService { 1: Off, 2: WithProof }
    RecoveryCodesPolicy { 1: Off, 2: Offered, 3: Required }
    EarnedBy { 1: Any, 2: PhishingResistant }
    EmailFallback { 1: Forbidden, 2: Allowed, 3: AllowedAsDefault }
    DestinationSource { 1: Directory, 2: User }
    BrowserFamily { 1: Chrome, 2: Edge, 3: Firefox, 4: Opera, 5: Safari, 6: Samsung }
    OperatingSystem { 1: Android, 2: ChromeOs, 3: Ios, 4: Linux, 5: MacOs, 6: Windows }
    Ground {
        1: PasswordAlone, 2: AppCode, 3: EmailCode, 4: SmsCode, 5: MailedLink, 6: BypassCode,
        7: RecoveryCode, 8: Passkey,
    }
    CheckedBy {
        1: KnownInPerson, 2: CalledBackOnRecord, 3: IdentityDocument, 4: Other, 5: CodeReadOut,
    }
    How {
        1: PasswordAlone, 2: AppCode, 3: EmailCode, 4: SmsCode, 5: MailedLink, 6: BypassCode,
        7: SignIn, 8: Admin, 9: PortalAdmin, 10: Portal, 11: FreezeLink, 12: RecoveryCode,
        13: Passkey,
    }
    PasswordProof { 1: OldPassword, 2: Email, 3: Sms, 4: Support }
    SettingsChange {
        1: AuthenticatorAdded, 2: AuthenticatorRemoved, 3: AuthenticatorRenamed, 4: DefaultUnset,
        5: RecoveryCodesMade, 6: TrustEnded,
    }
    Scope { 1: SignIn, 2: Contacts, 3: Reset, 4: Erase, 5: Oidc }
    ListedState {
        1: Frozen, 2: Disabled, 3: NoWayIn, 4: ResetPending, 5: Enrolled, 6: EmailDefault,
        7: Skipped, 8: Stale, 9: Ready, 10: NotEnrolled,
    }
    ReturnReason { 1: Bounced, 2: Suppressed, 3: OptedOut, 4: Complained }
    EntryKind {
        1: CodeAccepted, 2: CodeWrong, 3: CodeExpired, 4: CodeReused, 5: SignInDead, 6: Locked,
        7: Disabled, 8: CodeRequested, 9: CodeSent, 10: CodeNotSent, 11: CodeUnknown,
        12: LinkRequested, 13: LinkSent, 14: LinkNotSent, 15: LinkUnknown, 16: TicketSpent,
        17: Enrolled, 18: NotRequired, 19: Skipped, 20: OptedOut, 21: Denied, 22: OptedIn,
        23: DefaultSet, 24: DefaultUnset, 25: ContactAdded, 26: ContactChanged,
        27: DetailsChanged, 28: Reset, 29: Unlocked, 30: SkipCleared, 31: BypassIssued,
        32: BypassAccepted, 33: BypassWrong, 34: Erased, 35: Exported, 36: PortalCreated,
        37: PortalChanged, 38: PortalDeleted, 39: KeyAdded, 40: KeyRevoked, 41: PolicyChanged,
        42: SwitchedOn, 43: SwitchedOff, 44: SettingsChanged, 45: TestSent, 46: AdminAdded,
        47: AdminChanged, 48: AdminRemoved, 49: AdminReset, 50: PasswordChanged, 51: SendLimited,
        52: PasswordWrong, 53: PasswordLocked, 54: AdminUnlocked, 55: SessionsEnded,
        56: AdminSessionsEnded, 57: Frozen, 60: RecoveryCodesMade, 61: RecoveryCodeUsed,
        62: RecoveryCodeWrong, 63: RecoveryCodesLow, 64: RecoveryCodesLocked,
        70: AuthenticatorRemoved, 71: AuthenticatorRenamed, 72: BrowserTrusted,
        73: TrustedSignIn, 74: TrustCopied, 75: TrustEnded, 76: GraceUsed, 80: AllTrustEnded,
        90: MessageDelivered, 91: MessageDelayed, 92: MessageReturned, 93: MessageComplained,
        100: RecoveryCodesWithdrawn, 101: KeyringMade, 102: RootKeyPublished, 103: RootKeyRetired,
        104: RootKeyWithdrawn, 105: SigningKeyPublished, 106: SigningKeyRetired,
        107: SigningKeyWithdrawn, 108: KeysRewrapped, 110: BulkResetAsked, 111: BulkResetBegun,
        112: BulkResetEnded, 113: BulkResetWithdrawn, 114: EnrolmentReminder,
    }
}

/// A choice, written as its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number<T>(pub(super) T);

impl<T> Number<T> {
    /// Takes the choice out.
    pub(super) fn value(self) -> T {
        self.0
    }
}

impl<T: Numbered> Serialize for Number<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.0.number())
    }
}

impl<'de, T: Numbered> Deserialize<'de> for Number<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = u16::deserialize(deserializer)?;
        T::from_number(number).map(Self).ok_or_else(|| D::Error::custom("a number is not known"))
    }
}

/// Reads a choice that decides nothing: one that is not known counts as none.
pub(super) fn known<'de, D, T>(deserializer: D) -> Result<Option<Number<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Numbered,
{
    let number = Option::<u16>::deserialize(deserializer)?;
    Ok(number.and_then(T::from_number).map(Number))
}

/// Returns the letter of a kind of write. It stands for this kind for good, like a number.
pub(crate) const fn letter(kind: WriteKind) -> char {
    match kind {
        WriteKind::Accepted => 'a',
        WriteKind::Allowed => 'l',
        WriteKind::Authenticator => 'A',
        WriteKind::Bypass => 'b',
        WriteKind::BypassAccepted => 'B',
        WriteKind::BypassWrong => 'W',
        WriteKind::ChoseApp => 'p',
        WriteKind::ChosePasskey => 'h',
        WriteKind::ChoseRecovery => 'P',
        WriteKind::Claimed => 'C',
        WriteKind::Code => 'c',
        WriteKind::CodesKept => 'K',
        WriteKind::CodesMade => 'M',
        WriteKind::Contact => 'n',
        WriteKind::Default => 'd',
        WriteKind::Enrol => 'e',
        WriteKind::Enrolled => 'E',
        WriteKind::Erased => 'x',
        WriteKind::Exported => 'X',
        WriteKind::Fetched => 'f',
        WriteKind::Frozen => 'F',
        WriteKind::Late => '-',
        WriteKind::Link => 'k',
        WriteKind::Opened => 'o',
        WriteKind::OptIn => 'i',
        WriteKind::RecoveryAccepted => 'R',
        WriteKind::RecoveryWrong => 'q',
        WriteKind::Reminded => 'm',
        WriteKind::Reported => 'D',
        WriteKind::Resealed => 'z',
        WriteKind::Reset => 'r',
        WriteKind::Restored => 'J',
        WriteKind::SecondWay => 'y',
        WriteKind::Send => 's',
        WriteKind::SkipCleared => 'S',
        WriteKind::Skipped => 'j',
        WriteKind::TrustEnded => 'T',
        WriteKind::Unlocked => 'u',
        WriteKind::Visited => 'v',
        WriteKind::Wrong => 'w',
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use portcullis_domain::Named;
    use std::collections::{BTreeMap, BTreeSet};

    fn numbers<T: Numbered>() -> BTreeMap<u16, &'static str> {
        T::NUMBERS.iter().map(|(choice, number)| (*number, *choice)).collect()
    }

    /// Every number with what it stands for.
    pub(crate) fn all() -> serde_json::Value {
        let kinds: BTreeMap<_, _> =
            WriteKind::ALL.iter().map(|kind| (letter(*kind), kind.name())).collect();
        serde_json::json!({
            "method": numbers::<Method>(), "purpose": numbers::<Purpose>(),
            "event": numbers::<Event>(), "acr": numbers::<Acr>(), "reached_acr": numbers::<ReachedAcr>(), "mfa": numbers::<Mfa>(), "role": numbers::<Role>(),
            "audience": numbers::<Audience>(), "enforcement": numbers::<EnforcementKind>(),
            "switched_by": numbers::<SwitchedBy>(), "when_off": numbers::<WhenOff>(),
            "when_on_again": numbers::<WhenOnAgain>(), "after_reset": numbers::<AfterReset>(),
            "email_fallback": numbers::<EmailFallback>(),
            "destination": numbers::<DestinationSource>(),
            "browser": numbers::<BrowserFamily>(), "system": numbers::<OperatingSystem>(),
            "ground": numbers::<Ground>(), "how": numbers::<How>(),
            "checked_by": numbers::<CheckedBy>(), "enrolment_proof": numbers::<EnrolmentProof>(), "password_proof": numbers::<PasswordProof>(), "scope": numbers::<Scope>(), "entry": numbers::<EntryKind>(), "outcome": kinds,
            "settings_change": numbers::<SettingsChange>(),
            "self_service": numbers::<SelfService>(),
            "recovery_codes": numbers::<RecoveryCodesPolicy>(),
            "passkey_algorithm": numbers::<PasskeyAlgorithm>(), "backup": numbers::<Backup>(),
            "user_verification": numbers::<UserVerification>(),
            "synced": numbers::<SyncedPasskeys>(), "when_bound": numbers::<WhenBound>(),
            "promotion": numbers::<Promotion>(), "earned_by": numbers::<EarnedBy>(),
            "text_needs": numbers::<TextNeeds>(), "return_reason": numbers::<ReturnReason>(),
            "listed_state": numbers::<ListedState>(),
        })
    }

    #[test]
    fn no_two_kinds_of_writes_have_one_letter() {
        let letters: BTreeSet<char> = WriteKind::ALL.iter().map(|kind| letter(*kind)).collect();
        assert_eq!(letters.len(), WriteKind::ALL.len());
    }
}
