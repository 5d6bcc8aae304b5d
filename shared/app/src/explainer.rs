//! The words of the portal, and the sign-in, for a caller whose command was refused.

use portcullis_domain::{
    DecisionContext, Nonce, Refusal, SignInId, SignInKey, User, UserId, sign_in::SignInView,
};
use portcullis_keys::{Keyring, PortalKeyring};
use portcullis_store::{Snapshot, UserKey};

use crate::{
    AppContext, Caller, CommandError, caller::language, context::belongs, update::Stopped,
};

/// The sign-in that a command is about, which the caller sees if the command is refused.
#[derive(Clone, Copy, Debug)]
pub enum About<'a> {
    NoSignIn,
    SignIn(&'a SignInId),
    /// The one that this user's nonce opens, or has opened.
    Opening(&'a UserId, &'a Nonce),
}

impl About<'_> {
    fn key(self, user: &User, portal: &UserKey) -> Option<SignInKey> {
        match self {
            Self::NoSignIn => None,
            Self::SignIn(id) => (id.portal == portal.portal).then_some(id.key),
            // Of two sign-ins with a nonce, the one before has expired.
            Self::Opening(id, nonce) if user.id == *id => {
                user.sign_ins.iter().rfind(|sign_in| sign_in.nonce == *nonce).map(|s| s.key)
            }
            Self::Opening(..) => None,
        }
    }
}

/// Says why a command was refused, to the caller who sent it.
pub(crate) struct Explainer<'a, C> {
    pub(crate) context: &'a AppContext,
    pub(crate) keyring: &'a Keyring,
    pub(crate) caller: &'a C,
    pub(crate) key: &'a UserKey,
    pub(crate) about: About<'a>,
}

impl<C: Caller> Explainer<'_, C> {
    pub(crate) fn answered<T>(
        &self,
        done: Result<(Result<T, Refusal>, Snapshot), Stopped<Snapshot>>,
    ) -> Result<(T, Snapshot), CommandError> {
        match done {
            Ok((Ok(answer), after)) => Ok((answer, after)),
            Ok((Err(refusal), after)) => Err(self.explained(self.context.error(refusal), &after)),
            Err(Stopped { error, last: Some(last) }) => Err(self.explained(error, &last)),
            Err(Stopped { error, last: None }) => Err(error),
        }
    }

    /// Says an error in the words of the portal, if the portal lets the caller in: nobody else gets
    /// anything of what was read.
    fn explained(&self, error: CommandError, read: &Snapshot) -> CommandError {
        let Snapshot { portal, user, .. } = read;
        match portal {
            Some(portal) if self.caller.admit(Some(portal), self.context.now()).is_ok() => {
                CommandError {
                    locale: language(self.caller, portal, user.as_ref()).cloned(),
                    support: portal.profile.support.clone(),
                    sign_in: self.sign_in(read).map(Box::new),
                    ..error
                }
            }
            Some(_) | None => error,
        }
    }

    /// Returns the sign-in as it was read or written last, unless it has expired or this caller may
    /// not see it.
    fn sign_in(&self, read: &Snapshot) -> Option<SignInView> {
        let user = read.user.as_ref().filter(|_| self.caller.shows_sign_ins())?;
        let portal = read.portal.as_ref()?;
        let sign_in = self.about.key(user, self.key)?;
        let now = self.context.now();
        belongs(self.keyring, self.key, read).ok()?;
        if user.needs_a_newer_release(now) {
            return None;
        }
        let keys = PortalKeyring::new(self.keyring, portal);
        let random_bytes = self.context.random_bytes().ok()?;
        let context = DecisionContext {
            portal,
            settings: &read.settings,
            keys: &keys,
            now,
            random_bytes: &random_bytes,
            tombstone: read.tombstone.as_ref(),
            full: None,
            asked_language: self.caller.asked_language(),
        };
        self.caller.admit_to(&context, Some(user)).ok()?;
        SignInView::if_running(&context, user, self.key.locator, sign_in)
    }
}
