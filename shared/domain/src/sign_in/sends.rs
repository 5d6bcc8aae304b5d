//! Messages that go out with a decision, and what one leaves behind that a full cap holds back.

use crate::{
    Decision, DecisionContext, Destination, Refusal, SendClass, SignInKey, User, WriteKind,
    user::{Entry, EntryKind},
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

/// Returns the entry of a message that a full cap holds back, unless the window has one already:
/// asking again writes nothing.
pub(super) fn limit_entry(
    context: &DecisionContext<'_>,
    user: &User,
    key: SignInKey,
    to: &Destination,
) -> Option<Entry> {
    let window = context.full?;
    let masked = Some(to.masked());
    let known = user.activity.iter().any(|known| {
        known.kind == EntryKind::SendLimited && known.to == masked && known.at >= window.began_at
    });
    let entry = EntryKind::SendLimited.at(context.now).by_method(to.method());
    (!known).then(|| entry.to(masked).within(key))
}

/// Refuses a message, for the reason that `refusal` gives. If a full cap held it back, the first
/// time in its window that is written as an entry.
pub(super) fn held_back<T>(
    context: &DecisionContext<'_>,
    user: &User,
    key: SignInKey,
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
