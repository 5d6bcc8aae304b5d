//! Taking back "always use email".

use super::own;
use crate::{Decided, Refusal, Scene, User, UserId, user::EntryKind};

/// Un-sets "always use email"; where it is not set, nothing changes. The user as it is now.
///
/// # Errors
/// [`Refusal::UnknownUser`] when there is no such user.
pub fn unset_default(
    scene: &Scene<'_>,
    known: Option<User>,
    id: &UserId,
) -> Result<Decided<User>, Refusal> {
    let mut user = own(known, id)?;
    if user.email_default.take().is_none() {
        return Ok(Decided::unchanged(user));
    }
    let entry = EntryKind::DefaultUnset.at(scene.now);
    Ok(Decided::write(user.clone(), vec![entry], "default", Ok(user)))
}
