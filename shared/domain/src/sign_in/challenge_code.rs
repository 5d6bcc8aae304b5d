//! The code of a challenge, derived again whenever it is sent or compared.

use super::{Challenge, SignIn};
use crate::{Code, CodeSubject, DecisionContext, Destination, Refusal, User};

pub(super) fn derive_code(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
    challenge: &Challenge,
    to: &Destination,
) -> Result<Code, Refusal> {
    let subject = CodeSubject {
        version: challenge.version,
        portal: &user.portal,
        user: &user.id,
        sign_in: sign_in.key,
        method: challenge.method,
        destination: to,
        purpose: challenge.purpose,
        n: challenge.n,
        text: sign_in.text,
    };
    Ok(context.keys.delivered(&subject)?)
}
