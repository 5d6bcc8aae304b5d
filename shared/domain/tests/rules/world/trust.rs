//! Proofs with which a browser is to be trusted.

use super::World;
use portcullis_domain::{
    Refusal,
    policy::{EarnedBy, RememberBrowser, TrustDays},
    sign_in::{
        Remember,
        verify::{self, Guess},
    },
};
use portcullis_model::{Answer, Press, TrustTerms};

impl World {
    pub(super) fn verify_and_trust(&mut self, n: usize, code: &str) -> Result<Answer, Refusal> {
        let id = self.id(n);
        let guess = Guess {
            typed: verify::Typed::parse(code)?,
            method: None,
            make_email_default: false,
            remember: Remember::ThisBrowser,
        };
        let view = self.run(|context, user| verify::verify_code(context, user, &id, &guess))?;
        Ok(self.verified(&view))
    }

    pub(super) fn use_passkey_and_trust(
        &mut self,
        n: usize,
        drawn: &Press,
    ) -> Result<Answer, Refusal> {
        self.use_passkey_with(n, drawn, Remember::ThisBrowser)
    }

    pub fn with_trust(mut self, terms: TrustTerms) -> Self {
        self.set_trust(Some(terms));
        self
    }

    pub(super) fn set_trust(&mut self, terms: Option<TrustTerms>) {
        self.portal.policy.remember_browser = terms.map(|terms| RememberBrowser {
            days: TrustDays::parse(u8::try_from(terms.days).unwrap()).unwrap(),
            earned_by: match terms.by_passkey {
                true => EarnedBy::PhishingResistant,
                false => EarnedBy::Any,
            },
        });
    }
}
