//! Redirect mode: the portal's back end exchanges what the browser brought back for the assertion.

use super::{Acceptance, Fetched, Progress, SignInView, prompt_secret::Secret};
use crate::{
    Decision, DecisionContext, Refusal, SecretMac, SignInId, Timestamp, User, WriteKind, limits,
};

#[derive(Clone, Debug)]
pub struct Redeemed {
    pub view: SignInView,
    pub acceptance: Acceptance,
    /// The moment the assertion was issued first.
    pub issued_at: Timestamp,
}

/// Redeems a result code; within a minute the same API key gets the same again, in case the reply
/// was lost.
///
/// # Errors
/// [`Refusal::ResultRefused`] for another code, one that was redeemed, or if nobody is in.
pub fn redeem_result(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    code: &SecretMac,
    key: &str,
) -> Result<Decision<Redeemed>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    let Progress::Done(acceptance) = sign_in.progress else { return Err(Refusal::ResultRefused) };
    let version = sign_in.browser.ok_or(Refusal::ResultRefused)?;
    // A code of OpenID Connect is exchanged with its code verifier, by `oidc::redeem_code`.
    if sign_in.oidc.is_some() {
        return Err(Refusal::ResultRefused);
    }
    if !Secret::Result.of(context, user, id.key, version)?.is(code) {
        return Err(Refusal::ResultRefused);
    }
    let view = SignInView::of(context, user, id.locator, sign_in)?;
    let redeemed = |issued_at| Redeemed { view, acceptance, issued_at };
    match &sign_in.fetched {
        Some(fetched) => {
            let again =
                fetched.key == key && context.now.since(fetched.at) < limits::RESULT_AGAIN_SECONDS;
            if again {
                Ok(Decision::unchanged(redeemed(fetched.at)))
            } else {
                Err(Refusal::ResultRefused)
            }
        }
        None => {
            let mut changed = user.clone();
            changed.tidy(context.now);
            if let Some(sign_in) = changed.sign_in_mut(id.key) {
                sign_in.fetched = Some(Fetched { at: context.now, key: key.to_owned() });
            }
            Ok(Decision::write(changed, vec![], WriteKind::Fetched, redeemed(context.now)))
        }
    }
}
