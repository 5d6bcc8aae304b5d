//! The session of the console to which a sign-in of an admin belongs.

use super::SignIn;
use crate::{Refusal, SignInId, User, admin::SessionHash};

/// Refuses an admin's sign-in to browsers without the session that began it.
pub(super) fn in_its_session(
    id: &SignInId,
    sign_in: &SignIn,
    session: Option<SessionHash>,
) -> Result<(), Refusal> {
    let began = session.is_some_and(|session| session.began(&sign_in.nonce));
    if id.portal.is_console() && !began { Err(Refusal::OtherBrowser) } else { Ok(()) }
}

/// Lets a browser in with the session that began an admin's sign-in; any other sign-in needs none.
///
/// # Errors
/// [`Refusal::OtherBrowser`] without that session.
pub fn admit_session(
    user: Option<&User>,
    id: &SignInId,
    session: Option<SessionHash>,
) -> Result<(), Refusal> {
    let sign_in = user.and_then(|user| user.sign_in(id.key)).ok_or(Refusal::UnknownSignIn)?;
    in_its_session(id, sign_in, session)
}
