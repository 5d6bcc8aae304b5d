//! The names of a policy's choices, as they are on the wire.

use portcullis_domain::{
    policy::{
        AfterReset, DestinationSource, EarnedBy, EmailFallback, EnforcementKind, EnrolmentProof,
        RecoveryCodesPolicy, SelfService, SwitchedBy, SyncedPasskeys, TextNeeds, UserVerification,
        WhenBound, WhenOff, WhenOnAgain,
    },
    portal::Audience,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Declares the names of a setting's choices.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident of $type:ident: $($word:ident),+;)*) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($word),+ }

        impl From<$type> for $name {
            fn from(choice: $type) -> Self {
                match choice { $($type::$word => Self::$word),+ }
            }
        }

        impl From<$name> for $type {
            fn from(name: $name) -> Self {
                match name { $($name::$word => Self::$word),+ }
            }
        })*
    };
}

words! {
    /// The choice whether users may decline to enrol, without what belongs to it.
    EnforcementName of EnforcementKind: Required, OptOut;
    /// The admins who may switch a policy on and off.
    SwitchedByName of SwitchedBy: Nobody, Provider, PortalAdmin;
    /// The treatment of enrolled users while the policy is off.
    WhenOffName of WhenOff: ChallengeEnrolled, ChallengeNobody;
    /// The treatment of enrolments when the policy is switched on again.
    WhenOnAgainName of WhenOnAgain: KeepEnrolments, EnrolAgain;
    /// The way to enrol again after a reset.
    AfterResetName of AfterReset: Open, EmailedLink;
    /// The proof that comes before a user's first enrolment. A user without a verified address is
    /// denied where an emailed code is asked for, until an admin issues a bypass code.
    EnrolmentProofName of EnrolmentProof: None, EmailedCode;
    /// The right of users to change what they have bound, after a proof as strong as the strongest
    /// of it, and to say that a change was not theirs.
    SelfServiceName of SelfService: Off, WithProof;
    /// The recovery codes that users get when they enrol: none, or ten of which each lets them in
    /// once. Where they are required, users confirm that they have kept them.
    RecoveryCodesName of RecoveryCodesPolicy: Off, Offered, Required;
    /// The methods that confirm a text in a step-up: all that are strong enough, or only those
    /// whose proof is of this text, which leaves the app out.
    TextNeedsName of TextNeeds: Any, Bound;
    /// The proofs that a browser is remembered for: any code or passkey, or a passkey alone.
    EarnedByName of EarnedBy: Any, PhishingResistant;
    /// The role of email if the app is out of reach.
    EmailFallbackName of EmailFallback: Forbidden, Allowed, AllowedAsDefault;
    /// The check of the person by the authenticator of a passkey: asked for, or required.
    UserVerificationName of UserVerification: Preferred, Required;
    /// The use of passkeys that are copied to other devices.
    SyncedName of SyncedPasskeys: Allowed, Refused;
    /// The use of a passkey that is bound: asked for first, or the only way on offer beside
    /// recovery codes.
    WhenBoundName of WhenBound: Prefer, Insist;
    /// The source of the destination of a delivered method.
    DestinationName of DestinationSource: Directory, User;
    /// The people who sign in at a portal.
    AudienceName of Audience: Clients, Staff;
}
