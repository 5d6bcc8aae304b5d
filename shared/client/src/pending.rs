//! A sign-in that waits for its browser. The value is sealed, so that it can lie in a cookie:
//! nobody can read or make one.

use crate::{
    config::Config,
    error::{Error, OwnCode},
    purpose::{Outcomes, Purpose, StepUp, WithoutIntent},
    wire::{AcrName, EventName},
};
use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey},
    error::Unspecified,
    hkdf::{HKDF_SHA256, Salt},
    rand,
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use serde::{Deserialize, Serialize};
use std::{marker::PhantomData, sync::Arc};

/// A way to sign in: [`Prompt`] or [`Screens`].
pub trait Mode: Send + Sync + 'static {
    #[doc(hidden)]
    const NAME: ModeName;
}

/// The hosted prompt asks.
#[derive(Clone, Copy, Debug)]
pub enum Prompt {}

/// The portal's own screens ask.
#[derive(Clone, Copy, Debug)]
pub enum Screens {}

/// The name of a mode, as it is sealed.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ModeName {
    Prompt,
    Screens,
}

impl Mode for Prompt {
    const NAME: ModeName = ModeName::Prompt;
}

impl Mode for Screens {
    const NAME: ModeName = ModeName::Screens;
}

/// A sign-in that was opened, and can be finished by the browser that it was opened for.
///
/// Only an opening makes one, and [`Portcullis::unseal`](crate::Portcullis::unseal) from what that
/// browser kept: without it there is nothing to finish.
pub struct Pending<P, M> {
    pub(crate) facts: PendingFacts,
    purpose: PhantomData<fn() -> (P, M)>,
}

/// The facts that the end of a sign-in is compared with.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct PendingFacts {
    mode: ModeName,
    /// The id of the sign-in.
    pub(crate) id: String,
    /// It comes back as `state`, and in the assertion.
    pub(crate) nonce: String,
    pub(crate) user: String,
    pub(crate) event: EventName,
    /// Seconds since the Unix epoch.
    expires_at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) step_up: Option<StepUpFacts>,
    /// The earliest moment that the proof may be of, if the opening has a `max_age`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) proven_since: Option<i64>,
    /// Its outcome was given: what follows in the same sign-in brings no other one.
    #[serde(default)]
    pub(crate) has_outcome: bool,
}

#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct StepUpFacts {
    /// The least that the proof has to be.
    pub(crate) acr: AcrName,
    /// The things that the user is about to do.
    pub(crate) intent: String,
    /// The text that the user confirms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
}

impl<P, M> Clone for Pending<P, M> {
    fn clone(&self) -> Self {
        Self { facts: self.facts.clone(), purpose: PhantomData }
    }
}

impl<P, M> std::fmt::Debug for Pending<P, M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pending").finish_non_exhaustive()
    }
}

/// The values of an opening.
pub(crate) struct Opened<'a> {
    pub(crate) id: &'a str,
    pub(crate) nonce: &'a str,
    pub(crate) user: &'a str,
    pub(crate) event: &'a EventName,
    pub(crate) expires_at: i64,
    pub(crate) step_up: Option<StepUpFacts>,
    pub(crate) proven_since: Option<i64>,
}

impl<P: Purpose, M: Mode> Pending<P, M> {
    pub(crate) fn new(opened: Opened<'_>) -> Self {
        let facts = PendingFacts {
            mode: M::NAME,
            id: opened.id.to_owned(),
            nonce: opened.nonce.to_owned(),
            user: opened.user.to_owned(),
            event: opened.event.clone(),
            expires_at: opened.expires_at,
            step_up: opened.step_up,
            proven_since: opened.proven_since,
            has_outcome: false,
        };
        Self { facts, purpose: PhantomData }
    }

    pub(crate) fn after_outcome(mut self) -> Self {
        self.facts.has_outcome = match P::OUTCOMES {
            Outcomes::One => true,
            Outcomes::Many => false,
        };
        self
    }
}

pub(crate) struct PendingSeal {
    config: Arc<Config>,
    key: RandomizedNonceKey,
    /// A pending value is worth nothing at another portal, even under the same secret.
    purpose: String,
}

impl PendingSeal {
    pub(crate) fn new(config: Arc<Config>) -> Result<Self, Unspecified> {
        let purpose = format!("portcullis pending v1 {}", config.portal);
        let extracted = Salt::new(HKDF_SHA256, &[]).extract(config.pending_secret.as_bytes());
        let mut key = [0; 32];
        extracted.expand(&[purpose.as_bytes()], HKDF_SHA256)?.fill(&mut key)?;
        Ok(Self { config, key: RandomizedNonceKey::new(&AES_256_GCM, &key)?, purpose })
    }

    pub(crate) fn seal<P, M>(&self, pending: &Pending<P, M>) -> Result<String, Error> {
        let mut text = serde_json::to_vec(&pending.facts)
            .map_err(|_| self.refused(OwnCode::PendingRefused))?;
        let sealed = self.key.seal_in_place_append_tag(Aad::from(&self.purpose), &mut text);
        let nonce = sealed.map_err(|Unspecified| self.refused(OwnCode::PendingRefused))?;
        Ok(BASE64URL.encode([nonce.as_ref().as_slice(), &text].concat()))
    }

    /// Opens the pending value of a browser.
    pub(crate) fn open<P: WithoutIntent, M: Mode>(
        &self,
        sealed: Option<&str>,
    ) -> Result<Pending<P, M>, Error> {
        self.open_any(sealed)
    }

    /// Opens the pending value of a browser, if its step-up was opened for this intent.
    pub(crate) fn open_step_up<M: Mode>(
        &self,
        sealed: Option<&str>,
        intent: &str,
    ) -> Result<Pending<StepUp, M>, Error> {
        let pending: Pending<StepUp, M> = self.open_any(sealed)?;
        let opened_for = pending.facts.step_up.as_ref().map(|facts| facts.intent.as_str());
        // Nothing is opened for the empty intent.
        if intent.is_empty() || opened_for != Some(intent) {
            return Err(self.refused(OwnCode::WrongStep));
        }
        Ok(pending)
    }

    fn open_any<P: Purpose, M: Mode>(&self, sealed: Option<&str>) -> Result<Pending<P, M>, Error> {
        let sealed = sealed.filter(|sealed| !sealed.is_empty());
        let sealed = sealed.ok_or_else(|| self.refused(OwnCode::NoPending))?;
        let facts = self.opened(sealed).ok_or_else(|| self.refused(OwnCode::PendingRefused))?;
        if self.config.now() >= facts.expires_at {
            return Err(self.refused(OwnCode::PendingOver));
        }
        if facts.mode != M::NAME || !P::covers(&facts.event) {
            return Err(self.refused(OwnCode::WrongStep));
        }
        Ok(Pending { facts, purpose: PhantomData })
    }

    fn opened(&self, sealed: &str) -> Option<PendingFacts> {
        let mut whole = BASE64URL.decode(sealed).ok()?;
        let (nonce, text) = whole.split_at_mut_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let text = self.key.open_in_place(nonce, Aad::from(&self.purpose), text).ok()?;
        serde_json::from_slice(text).ok()
    }

    pub(crate) fn refused(&self, code: OwnCode) -> Error {
        Error::Pending { code, sentence: self.config.say(code) }
    }
}

/// Makes the nonce of a sign-in.
pub(crate) fn new_nonce() -> Result<String, Unspecified> {
    let mut bytes = [0; 16];
    rand::fill(&mut bytes)?;
    Ok(BASE64URL.encode(bytes))
}
