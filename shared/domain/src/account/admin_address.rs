//! The address at which an admin is told of changes. Admins are users of the portal `console`, and
//! it is the verified address of that user.

use super::{
    Actor,
    destination_check::{self, CheckDispatch, Compared},
};
use crate::{
    Code, Decision, DecisionContext, Destination, Email, KnownEmail, Purpose, Refusal, User,
    UserId, WriteKind,
    decision::can_go_to,
    user::{Entry, contact_entry},
};

/// Sends a code to the address that an admin entered for themselves.
///
/// # Errors
/// [`Refusal::NotOffered`] if no email can be sent, and those of a send that is not allowed.
pub fn send_address_code(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &UserId,
    address: &Email,
    actor: &Actor,
) -> Result<Decision<CheckDispatch>, Refusal> {
    let user = actor.reach_user(known, id)?;
    let to = Destination::Email(address.clone());
    can_go_to(context, &to).map_err(|_| Refusal::NotOffered(to.method()))?;
    destination_check::begin(context, user, Purpose::AdminAddress, &to, actor)
}

/// Takes the address that the code was sent to. The one before it is told.
///
/// # Errors
/// [`Refusal`] if nothing was judged; nothing is written then.
pub fn confirm_address(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &UserId,
    guess: &Code,
    actor: &Actor,
) -> Result<Decision<Email>, Refusal> {
    let before = actor.reach_user(known, id)?;
    before.acted.check(actor.form)?;
    let mut user = before.clone();
    user.tidy(context.now);
    let purpose = Purpose::AdminAddress;
    match destination_check::compare(context, &mut user, purpose, guess, actor)? {
        Compared::Right(Destination::Email(address)) => {
            user.acted.note(actor.form, context.now)?;
            user.contact.email = Some(KnownEmail { address: address.clone(), verified: true });
            let changed = contact_entry(&before, &user, context.now);
            let entry = Entry { by: actor.by.clone(), ..changed };
            Ok(Decision::write(user, vec![entry], WriteKind::Contact, address))
        }
        Compared::Right(Destination::Sms(_)) => Err(Refusal::NoCodeRequested),
        Compared::Wrong(refusal, entry) => {
            Ok(Decision::refuse_and_write(user, vec![entry], WriteKind::Wrong, refusal))
        }
    }
}
