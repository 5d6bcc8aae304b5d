//! Messages that go out with a decision: if one can, what became of it, and what one leaves behind
//! that a full cap holds back.

use super::{Decision, DecisionContext, WriteKind};
use crate::{
    Destination, Method, Refusal, SendClass, SignInKey, User,
    user::{Entry, EntryKind},
    values::named::named,
};

/// A message that goes out once the decision is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    pub to: Destination,
    pub class: SendClass,
}

/// An answer that a message may go out with.
pub trait MaySend {
    fn outgoing(&self) -> Option<Outgoing>;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendOutcome {
    /// The provider took it.
    Sent,
    /// It was surely not sent.
    NotSent,
    /// Nobody knows.
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnavailableReason {
    NoVerifiedEmail,
    NoPhone,
    ProviderNotSet,
    CountryNotAllowed,
    /// The password was changed through it a moment ago, so that its codes prove nothing more.
    ChangedPassword,
    /// The address is new, and the policy holds it for a day.
    NewAddress,
    /// Neither the portal nor the service has a domain that passkeys can be made for.
    NoPasskeyDomain,
    /// Every passkey that is bound was made for another domain than the one in force.
    OtherPasskeyDomain,
    /// The user has a passkey, beside which the policy offers nothing weaker.
    PasskeyOnly,
    /// The passkey can be copied to other devices, which the policy refuses.
    SyncedPasskey,
    /// Too many codes were wrong, and a passkey lets in.
    Locked,
    /// Messages to its destination come back.
    Undeliverable,
    /// It would be strong enough for a step-up, and the user has none.
    NotEnrolled,
}

named! {
    SendOutcome { Sent: "sent", NotSent: "not_sent", Unknown: "unknown" }
    UnavailableReason {
        NoVerifiedEmail: "no_verified_email", NoPhone: "no_phone",
        ProviderNotSet: "provider_not_set", CountryNotAllowed: "country_not_allowed",
        ChangedPassword: "changed_password", NewAddress: "new_address",
        NoPasskeyDomain: "no_passkey_domain", OtherPasskeyDomain: "other_passkey_domain",
        PasskeyOnly: "passkey_only", SyncedPasskey: "synced_passkey",
        Locked: "locked", Undeliverable: "undeliverable", NotEnrolled: "not_enrolled",
    }
}

/// Checks that a message can go to a destination.
///
/// # Errors
/// [`UnavailableReason`] if the provider is not set, or the country is not allowed.
pub fn can_go_to(context: &DecisionContext<'_>, to: &Destination) -> Result<(), UnavailableReason> {
    match to {
        Destination::Email(_) if context.settings.can_deliver(Method::Email) => Ok(()),
        Destination::Sms(phone) if context.settings.can_deliver(Method::Sms) => {
            let allowed = context.settings.allows_country(&context.portal.policy, phone.country());
            if allowed { Ok(()) } else { Err(UnavailableReason::CountryNotAllowed) }
        }
        Destination::Email(_) | Destination::Sms(_) => Err(UnavailableReason::ProviderNotSet),
    }
}

/// Returns the entry of a message that a full cap holds back, unless the window has one already:
/// asking again writes nothing. `key` is the sign-in it is for, if it is for one.
pub(crate) fn limit_entry(
    context: &DecisionContext<'_>,
    user: &User,
    key: Option<SignInKey>,
    to: &Destination,
) -> Option<Entry> {
    let window = context.full?;
    let masked = Some(to.masked());
    let known = user.activity.iter().any(|known| {
        known.kind == EntryKind::SendLimited && known.to == masked && known.at >= window.began_at
    });
    let entry = EntryKind::SendLimited.at(context.now).by_method(to.method()).to(masked);
    (!known).then_some(Entry { sign_in: key, ..entry })
}

/// Refuses a message with `refusal`. If a full cap held it back, the first time in its window that
/// is written as an entry; nothing else of the user changes.
pub(crate) fn held_back<T>(
    context: &DecisionContext<'_>,
    user: &User,
    key: Option<SignInKey>,
    to: &Destination,
    refusal: Refusal,
) -> Result<Decision<T>, Refusal> {
    let by_full_cap = match (context.full, &refusal) {
        (Some(window), Refusal::SendLimit { until, .. }) => *until == window.ends_at,
        (Some(_) | None, _) => false,
    };
    let entry = limit_entry(context, user, key, to).filter(|_| by_full_cap);
    let Some(entry) = entry else { return Err(refusal) };
    let mut user = user.clone();
    user.tidy(context.now);
    Ok(Decision::refuse_and_write(user, vec![entry], WriteKind::Send, refusal))
}
