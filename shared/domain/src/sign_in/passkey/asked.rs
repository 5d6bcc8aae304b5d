//! The questions for a passkey: what a page gives to the browser.

use super::{Ceremony, rules::rules_in_force, usable::check_usable};
use crate::{
    AuthenticatorId, DecisionContext, KeyVersion, PasskeyCeremony, PasskeySubject, Refusal,
    Unreadable, User,
    passkey::{CredentialId, PasskeyChallenge, RelyingParty, RpId, UserHandle},
    policy::{PasskeyRules, UserVerification},
    sign_in::{SignIn, app_key},
    user::Passkey,
};

/// The question for a passkey that the user has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedPasskey {
    pub challenge: PasskeyChallenge,
    pub rp_id: RpId,
    /// The ids of those that the user has and can use here.
    pub allowed: Vec<CredentialId>,
    pub user_verification: UserVerification,
}

/// The question for a passkey that is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPasskey {
    pub challenge: PasskeyChallenge,
    pub rp_id: RpId,
    /// The name of the service, as the browser shows it.
    pub service: String,
    pub user_handle: UserHandle,
    /// The name of the account, as the browser shows it.
    pub account: String,
    /// The ids of those that the user has here, so that the same is not made twice.
    pub excluded: Vec<CredentialId>,
    pub user_verification: UserVerification,
}

/// A sign-in in which passkeys are made and used: the party in force, and the policy's rules.
pub(in crate::sign_in) struct Asking<'a> {
    context: &'a DecisionContext<'a>,
    user: &'a User,
    sign_in: &'a SignIn,
    pub(in crate::sign_in) relying_party: RelyingParty,
    pub(in crate::sign_in) rules: PasskeyRules,
}

impl<'a> Asking<'a> {
    /// Returns `None` if passkeys have no party, so that none can be made or used.
    pub(in crate::sign_in) fn of(
        context: &'a DecisionContext<'a>,
        user: &'a User,
        sign_in: &'a SignIn,
    ) -> Option<Self> {
        let relying_party = context.relying_party(sign_in.shown_by())?;
        let rules = rules_in_force(&context.portal.policy);
        Some(Self { context, user, sign_in, relying_party, rules })
    }

    pub(in crate::sign_in) fn passkeys(&self) -> impl Iterator<Item = &'a Passkey> {
        let bound = self.user.bound(self.context.portal.generation);
        bound.filter_map(|authenticator| authenticator.passkey())
    }

    /// The ids of those that are made for this domain.
    fn ids_here(&self) -> Vec<CredentialId> {
        let rp_id = self.relying_party.rp_id();
        let here = self.passkeys().filter(|passkey| passkey.rp_id == *rp_id);
        here.map(|passkey| passkey.credential.clone()).collect()
    }

    /// The ids of those that can be used here.
    fn usable_ids(&self) -> Vec<CredentialId> {
        let (rp_id, rules) = (self.relying_party.rp_id(), self.rules);
        let usable = self.passkeys().filter(|passkey| check_usable(passkey, rp_id, rules).is_ok());
        usable.map(|passkey| passkey.credential.clone()).collect()
    }

    fn subject(&self, version: KeyVersion, ceremony: PasskeyCeremony) -> PasskeySubject<'a> {
        PasskeySubject {
            version,
            portal: &self.user.portal,
            user: &self.user.id,
            epoch: self.user.epoch,
            sign_in: self.sign_in.key,
            ceremony,
            text: self.sign_in.text,
        }
    }

    fn newest_challenge(&self, ceremony: PasskeyCeremony) -> Result<PasskeyChallenge, Refusal> {
        let keys = self.context.keys;
        Ok(keys.passkey_challenge(&self.subject(keys.version()?, ceremony))?)
    }

    /// The ceremony of using one in the sign-in.
    pub(in crate::sign_in) const fn get(&self) -> PasskeyCeremony {
        PasskeyCeremony::Get(self.sign_in.passkeys)
    }

    pub(in crate::sign_in) fn question(&self) -> Result<AskedPasskey, Refusal> {
        Ok(AskedPasskey {
            challenge: self.newest_challenge(self.get())?,
            rp_id: self.relying_party.rp_id().clone(),
            allowed: self.usable_ids(),
            user_verification: self.rules.user_verification,
        })
    }

    /// Returns the question for a passkey that will have this id.
    pub(in crate::sign_in) fn new_passkey(
        &self,
        id: AuthenticatorId,
    ) -> Result<NewPasskey, Refusal> {
        Ok(NewPasskey {
            challenge: self.newest_challenge(PasskeyCeremony::Create(id))?,
            rp_id: self.relying_party.rp_id().clone(),
            service: self.context.portal.profile.description.clone(),
            user_handle: self.user_handle(),
            account: app_key::account(self.user),
            excluded: self.ids_here(),
            user_verification: self.rules.user_verification,
        })
    }

    pub(in crate::sign_in) fn user_handle(&self) -> UserHandle {
        self.context.keys.user_handle(&self.user.portal, &self.user.id)
    }

    /// Derives the challenge anew that a browser answered, under the version of the key that it
    /// names. `None` if that was never a version, or is none any more.
    ///
    /// # Errors
    /// [`Refusal::Unreadable`] if the keys are not open.
    pub(in crate::sign_in) fn challenge(
        &self,
        answered: &str,
        ceremony: PasskeyCeremony,
    ) -> Result<Option<PasskeyChallenge>, Refusal> {
        let Ok(answered) = PasskeyChallenge::parse(answered) else { return Ok(None) };
        let subject = self.subject(KeyVersion(answered.version()), ceremony);
        match self.context.keys.passkey_challenge(&subject) {
            Ok(challenge) => Ok(Some(challenge)),
            Err(Unreadable::UnknownVersion(_)) => Ok(None),
            Err(unreadable @ (Unreadable::NotOpened(_) | Unreadable::DoesNotOpen)) => {
                Err(unreadable.into())
            }
        }
    }

    pub(in crate::sign_in) fn ceremony<'c>(
        &'c self,
        challenge: &'c PasskeyChallenge,
        user_handle: &'c UserHandle,
    ) -> Ceremony<'c> {
        Ceremony {
            relying_party: &self.relying_party,
            rules: self.rules,
            challenge,
            user_handle: user_handle.as_bytes(),
            signatures: self.context.keys,
        }
    }
}
