//! Secrets at rest, and the questions this crate asks of whoever holds the keys.

use crate::values::Named;
use std::fmt;
use thiserror::Error;
use zeroize::Zeroize;

use crate::{
    AuthenticatorId, Code, Destination, Method, PortalId, RecoveryCode, RecoverySetId, SecretMac,
    SignInKey, SignInTags, TextHash, UserId,
    passkey::{PasskeyChallenge, Signatures, UserHandle},
    values::id::byte_id,
};

byte_id!(
    /// A keyed hash of a normalised destination.
    DestinationHash, 8, "the destination's hash"
);

byte_id!(
    /// A keyed hash of what a counter counts, such as a [`crate::CanonicalAddress`]. It is a type
    /// of its own so that a destination is never known again by it.
    CounterHash, 16, "the counter's hash"
);

byte_id!(
    /// A keyed hash of a [`crate::user::FindKey`], within one portal.
    FindHash, 16, "the hash of what users are found by"
);

/// The version of a purpose's root key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyVersion(pub u32);

/// A secret sealed with AES-256-GCM: nonce, ciphertext and tag, under one key version.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    pub version: KeyVersion,
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed")
    }
}

/// A shared secret of an authenticator app: 160 random bits (RFC 4226, section 4, R6).
#[derive(Clone)]
pub struct TotpSecret([u8; 20]);

impl TotpSecret {
    pub const fn new(bytes: [u8; 20]) -> Self {
        Self(bytes)
    }

    pub const fn expose(&self) -> &[u8; 20] {
        &self.0
    }
}

impl Drop for TotpSecret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret")
    }
}

/// The owner of a secret, bound into the seal, so that it opens nowhere else.
#[derive(Clone, Copy, Debug)]
pub struct SecretOwner<'a> {
    pub portal: &'a PortalId,
    pub user: &'a UserId,
    pub authenticator: AuthenticatorId,
}

/// The purpose of a delivered code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    #[default]
    SignIn,
    /// To confirm a destination the user entered.
    Enrolment,
    /// For an admin to whom the user reads it out, before a reset.
    ReadOut,
    /// To confirm the address that an admin entered for themselves.
    AdminAddress,
}

impl Purpose {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Enrolment => "enrolment",
            Self::ReadOut => "read_out",
            Self::AdminAddress => "admin_address",
        }
    }

    /// Returns true if the code shows that whoever entered a destination can read what goes there.
    pub const fn confirms_destination(self) -> bool {
        match self {
            Self::Enrolment | Self::AdminAddress => true,
            Self::SignIn | Self::ReadOut => false,
        }
    }
}

/// Everything a delivered code depends on.
#[derive(Clone, Copy, Debug)]
pub struct CodeSubject<'a> {
    pub version: KeyVersion,
    pub portal: &'a PortalId,
    pub user: &'a UserId,
    pub sign_in: SignInKey,
    pub method: Method,
    /// The destination in force now.
    pub destination: &'a Destination,
    pub purpose: Purpose,
    /// The number of the code in the sign-in, over all methods and destinations.
    pub n: u16,
    /// The text that the user confirms with it, if there is one.
    pub text: Option<TextHash>,
}

/// Everything a recovery code depends on.
#[derive(Clone, Copy, Debug)]
pub struct RecoverySubject<'a> {
    pub version: KeyVersion,
    pub portal: &'a PortalId,
    pub user: &'a UserId,
    pub set: RecoverySetId,
    /// The place of the code in its set.
    pub index: u8,
    /// The system's restore number when the set was made.
    pub restore: u32,
}

/// The ceremony that a challenge is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasskeyCeremony {
    /// Making the passkey that will have this id.
    Create(AuthenticatorId),
    /// Proving one, after so many proofs were accepted in the same sign-in.
    Get(u8),
}

/// Everything the challenge of a passkey depends on.
#[derive(Clone, Copy, Debug)]
pub struct PasskeySubject<'a> {
    pub version: KeyVersion,
    pub portal: &'a PortalId,
    pub user: &'a UserId,
    pub epoch: u32,
    pub sign_in: SignInKey,
    pub ceremony: PasskeyCeremony,
    /// The text that the user confirms with it, if there is one.
    pub text: Option<TextHash>,
}

/// A key is missing or a sealed secret does not open: nothing can be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Unreadable {
    #[error("the keys for {0} are not open in this function")]
    NotOpened(&'static str),
    #[error("key version {} is not known", .0.0)]
    UnknownVersion(KeyVersion),
    #[error("the sealed secret does not open")]
    DoesNotOpen,
}

/// The keys of one portal, as the rules see them.
pub trait PortalKeys: SignInTags + Signatures {
    /// The version new codes are derived under.
    fn version(&self) -> Result<KeyVersion, Unreadable>;

    /// The delivered code of a subject.
    fn delivered(&self, subject: &CodeSubject<'_>) -> Result<Code, Unreadable>;

    /// The recovery code of a subject.
    fn recovery_code(&self, subject: &RecoverySubject<'_>) -> Result<RecoveryCode, Unreadable>;

    /// The challenge of a subject.
    fn passkey_challenge(
        &self,
        subject: &PasskeySubject<'_>,
    ) -> Result<PasskeyChallenge, Unreadable>;

    /// The name that authenticators know a user by. It never changes.
    fn user_handle(&self, portal: &PortalId, user: &UserId) -> UserHandle;

    /// The keyed hash of a destination.
    fn destination_hash(&self, destination: &Destination) -> DestinationHash;

    /// The first of these TOTP steps whose code this is.
    fn totp_step(
        &self,
        owner: SecretOwner<'_>,
        secret: &Sealed,
        guess: &Code,
        steps: &[u64],
    ) -> Result<Option<u64>, Unreadable>;

    /// Seals a new secret for its owner.
    fn seal(
        &self,
        owner: SecretOwner<'_>,
        secret: &TotpSecret,
        nonce: [u8; 12],
    ) -> Result<Sealed, Unreadable>;

    /// The keyed hash of a random secret of one user, such as a bypass code.
    fn secret_mac(
        &self,
        version: KeyVersion,
        user: &UserId,
        secret: &str,
    ) -> Result<SecretMac, Unreadable>;

    /// Opens a secret of its owner, to show it once more before it is confirmed.
    fn open(&self, owner: SecretOwner<'_>, secret: &Sealed) -> Result<TotpSecret, Unreadable>;
}

impl Named for Purpose {
    const ALL: &'static [Self] =
        &[Self::SignIn, Self::Enrolment, Self::ReadOut, Self::AdminAddress];

    fn name(self) -> &'static str {
        self.as_str()
    }
}
