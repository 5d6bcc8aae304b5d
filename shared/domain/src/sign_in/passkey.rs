//! Passkeys as a second factor (W3C Web Authentication Level 3): the rules for making one and for
//! proving one, each in the order of its steps in the standard.
//!
//! There is no attestation: whoever enrols gives a key of their own choice.

mod asked;
pub(super) mod choose;
mod confirm;
pub mod offer;
pub(super) mod offered;
mod prove;
mod register;
pub(super) mod rules;
pub(super) mod usable;
mod verify;

pub use crate::passkey::NotMet;
pub(super) use asked::Asking;
pub use asked::{AskedPasskey, NewPasskey};
pub use confirm::confirm_passkey;
pub use prove::{Proven, SignedResponse, prove};
pub use register::{Registration, register};
pub use verify::verify_passkey;

use crate::{
    passkey::{AuthenticatorData, Backup, ClientData, PasskeyChallenge, RelyingParty, Signatures},
    policy::{PasskeyRules, SyncedPasskeys, UserVerification},
};

/// The things that one ceremony is held to.
pub struct Ceremony<'a> {
    pub relying_party: &'a RelyingParty,
    pub rules: PasskeyRules,
    /// The challenge of this sign-in, for making a passkey or for proving one.
    pub challenge: &'a PasskeyChallenge,
    /// The user's handle, which was given to authenticators when their passkeys were made.
    pub user_handle: &'a [u8],
    pub signatures: &'a dyn Signatures,
}

/// The member `type` of client data.
#[derive(Clone, Copy)]
enum Kind {
    Create,
    Get,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Create => "webauthn.create",
            Self::Get => "webauthn.get",
        }
    }
}

impl Ceremony<'_> {
    /// Section 7.1, steps 7 to 11; section 7.2, steps 10 to 14.
    fn check_client_data(&self, data: &ClientData<'_>, kind: Kind) -> Result<(), NotMet> {
        if data.kind != kind.as_str() {
            return Err(NotMet::Type);
        }
        if !self.challenge.is_text(&data.challenge) {
            return Err(NotMet::Challenge);
        }
        if !self.relying_party.has_origin(&data.origin) {
            return Err(NotMet::Origin);
        }
        if data.cross_origin {
            return Err(NotMet::CrossOrigin);
        }
        if data.top_origin.is_some() {
            return Err(NotMet::TopOrigin);
        }
        Ok(())
    }

    /// Section 7.1, steps 14 to 17; section 7.2, steps 15 to 18.
    fn check_flags(&self, data: &AuthenticatorData) -> Result<Backup, NotMet> {
        if self.signatures.hash(self.relying_party.rp_id().as_str().as_bytes())
            != *data.rp_id_hash()
        {
            return Err(NotMet::RpIdHash);
        }
        if !data.is_user_present() {
            return Err(NotMet::UserPresent);
        }
        match self.rules.user_verification {
            UserVerification::Required if !data.is_user_verified() => {
                return Err(NotMet::UserVerified);
            }
            UserVerification::Required | UserVerification::Preferred => {}
        }
        data.backup().ok_or(NotMet::BackupFlags)
    }

    /// Section 7.1, steps 18 and 19; section 7.2, the last part of step 19. What counts is if the
    /// passkey can be copied: a copy may be made at any time.
    fn check_synced(&self, backup: Backup) -> Result<(), NotMet> {
        match self.rules.synced {
            SyncedPasskeys::Refused if backup.is_eligible() => Err(NotMet::Synced),
            SyncedPasskeys::Refused | SyncedPasskeys::Allowed => Ok(()),
        }
    }
}
