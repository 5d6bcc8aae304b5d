//! Confirming a passkey that was made.

use super::{NotMet, Registration, asked::Asking, register};
use crate::{
    Decision, DecisionContext, Method, PasskeyCeremony, Refusal, SignInId, User,
    sign_in::{
        Pending, SignInView,
        confirm::{self, Confirmed},
        manage::add,
    },
    user::Binding,
};

/// Binds the passkey that a browser made.
///
/// # Errors
/// [`Refusal::PasskeyRefused`], and those of a sign-in that awaits no passkey. Nothing is counted:
/// there is nothing to guess, because whoever enrols gives a key of their own choice.
pub fn confirm_passkey(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    given: &Registration<'_>,
) -> Result<Decision<SignInView>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    let pending = sign_in.pending.as_ref();
    let (options, rights) = confirm::options(context, user, sign_in, pending.map(Pending::place))?;
    let (new, place) = match pending {
        Some(Pending::Passkey { id, place }) => (*id, place),
        Some(Pending::App { .. } | Pending::Destination { .. }) | None => {
            return Err(Refusal::AnotherStep);
        }
    };
    options.enrolment_option(Method::Passkey).ok_or(Refusal::AnotherStep)?;
    if rights.is_some() {
        add::check_room(context, user, Method::Passkey, place)?;
    }
    let asking = Asking::of(context, user, sign_in).ok_or(Refusal::AnotherStep)?;
    let ceremony = PasskeyCeremony::Create(new);
    let challenge = asking.challenge(&given.client_data.challenge, ceremony)?;
    let challenge = challenge.ok_or(Refusal::PasskeyRefused(NotMet::Challenge))?;
    let handle = asking.user_handle();
    let ceremony = asking.ceremony(&challenge, &handle);
    let made = register(&ceremony, asking.passkeys(), given).map_err(Refusal::PasskeyRefused)?;
    // Outside of the settings it takes the place of every other.
    if rights.is_some() {
        add::check_passkey_room(context, user, &made.passkey, place)?;
    }
    let passkey = Some(made.shown());
    let binding = Binding::Passkey(made.passkey);
    let authenticator = confirm::authenticator(context, new, place, binding);
    confirm::confirmed(context, user, id, Confirmed { authenticator, passkey }, rights)
}
