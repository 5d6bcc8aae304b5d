//! The code of a challenge, derived again whenever it is sent or compared.

use super::Challenge;
use crate::{Code, CodeSubject, DecisionContext, Destination, Refusal, SignInKey, User};

pub(super) fn derive_code(
    context: &DecisionContext<'_>,
    user: &User,
    key: SignInKey,
    challenge: &Challenge,
    to: &Destination,
) -> Result<Code, Refusal> {
    let subject = CodeSubject {
        version: challenge.version,
        portal: &user.portal,
        user: &user.id,
        sign_in: key,
        method: challenge.method,
        destination: to,
        purpose: challenge.purpose,
        n: challenge.n,
    };
    Ok(context.keys.delivered(&subject)?)
}
