use crate::values::named::named;

/// The kind of a write of a user's item, kept in the item beside the write's id. No decision looks
/// at it: it tells whoever reads the table what a write was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteKind {
    Accepted,
    Allowed,
    /// An authenticator was removed, or given another name.
    Authenticator,
    Bypass,
    BypassAccepted,
    BypassWrong,
    ChoseApp,
    ChosePasskey,
    ChoseRecovery,
    Claimed,
    Code,
    CodesKept,
    /// New recovery codes were made outside of an enrolment.
    CodesMade,
    Contact,
    Default,
    Enrol,
    Enrolled,
    Erased,
    Exported,
    Fetched,
    Frozen,
    Late,
    Link,
    OptIn,
    Opened,
    RecoveryAccepted,
    RecoveryWrong,
    /// An admin had the user reminded to set something up.
    Reminded,
    /// A provider reported what became of a message.
    Reported,
    /// An operator sealed the secrets anew, under a newer version of the keys.
    Resealed,
    Reset,
    /// An operator put the journal in force again, after a restore of the table.
    Restored,
    /// A second way in was wanted, or declined.
    SecondWay,
    Send,
    SkipCleared,
    Skipped,
    TrustEnded,
    Unlocked,
    Visited,
    Wrong,
}

named! {
    WriteKind {
        Accepted: "accepted", Allowed: "allowed", Authenticator: "authenticator", Bypass: "bypass",
        BypassAccepted: "bypass_accepted", BypassWrong: "bypass_wrong", ChoseApp: "chose_app",
        ChosePasskey: "chose_passkey", ChoseRecovery: "chose_recovery", CodesKept: "codes_kept",
        CodesMade: "codes_made",
        RecoveryAccepted: "recovery_accepted", RecoveryWrong: "recovery_wrong",
        Claimed: "claimed", Code: "code", Contact: "contact", Default: "default", Enrol: "enrol",
        Enrolled: "enrolled", Erased: "erased", Exported: "exported", Fetched: "fetched", Frozen: "frozen",
        Late: "late", Link: "link", OptIn: "opt_in", Opened: "opened", Reminded: "reminded",
        Reported: "reported", Resealed: "resealed", Reset: "reset", Restored: "restored", SecondWay: "second_way",
        Send: "send", SkipCleared: "skip_cleared", Skipped: "skipped", TrustEnded: "trust_ended",
        Unlocked: "unlocked",
        Visited: "visited", Wrong: "wrong",
    }
}
