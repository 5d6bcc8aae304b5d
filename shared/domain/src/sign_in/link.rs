//! The mailed link to enrol again: issued when a sign-in has to wait for it, spent when a sign-in
//! opens with it.

use super::{Ground, MaySend, MethodOptions, Outgoing, SignInView, challenge::SendOutcome};
use crate::{
    Bucket, Decision, DecisionContext, Destination, Email, Method, Refusal, SendClass, SignInId,
    SignInKey, Timestamp, User, WriteKind,
    decision::{NextStep, limit_entry},
    limits,
    user::{Entry, EntryKind, Ticket, TicketSecret},
};

/// A link that was charged and is to be mailed.
#[derive(Debug)]
pub struct LinkMail {
    pub sign_in: SignInKey,
    pub to: Email,
    pub class: SendClass,
    pub ticket: TicketSecret,
    pub expires_at: Timestamp,
    pub charged_to: Bucket,
}

impl LinkMail {
    pub(super) fn outgoing(&self) -> Outgoing {
        Outgoing { to: Destination::Email(self.to.clone()), class: self.class }
    }
}

impl MaySend for Option<LinkMail> {
    fn outgoing(&self) -> Option<Outgoing> {
        self.as_ref().map(LinkMail::outgoing)
    }
}

/// The fate of a link that a sign-in waits for.
pub(super) enum Issued {
    Mail(LinkMail, Entry),
    /// A full cap holds it back; the first time in its window that is an entry.
    HeldBack(Option<Entry>),
    /// There is no address, or one was mailed moments ago.
    None,
}

/// Spends the ticket a sign-in opens with: it may enrol.
///
/// # Errors
/// [`Refusal::TicketRefused`] when it is another's, was spent, was replaced, or has expired.
pub(super) fn spend(
    context: &DecisionContext<'_>,
    user: &mut User,
    key: SignInKey,
    given: &TicketSecret,
) -> Result<Entry, Refusal> {
    let ticket = user.ticket(context.now).ok_or(Refusal::TicketRefused)?;
    let mac = context.keys.secret_mac(ticket.version, &user.id, given.expose())?;
    if !ticket.mac.is(&mac) {
        return Err(Refusal::TicketRefused);
    }
    user.ticket = None;
    if let Some(sign_in) = user.sign_in_mut(key) {
        sign_in.let_enrol(Ground::MailedLink);
    }
    Ok(EntryKind::TicketSpent.at(context.now).within(key))
}

/// Issues a link for a sign-in that waits for one, if it can be mailed and none was moments ago.
pub(super) fn issue(
    context: &DecisionContext<'_>,
    user: &mut User,
    key: SignInKey,
) -> Result<Issued, Refusal> {
    let address = user.contact.verified_email().cloned();
    let address = address.filter(|_| !context.holds_address(user));
    let Some(to) = address.filter(|_| context.settings.can_deliver(Method::Email)) else {
        return Ok(Issued::None);
    };
    let recent = user.ticket.is_some_and(|ticket| !ticket.can_be_replaced(context.now));
    let bucket = user.sign_in(key).ok_or(Refusal::UnknownSignIn)?.bucket();
    let room = user.sent.with_room(bucket, limits::SENDS_PER_HOUR, context.now).ok();
    let Some(charged_to) = room.filter(|_| !recent) else { return Ok(Issued::None) };
    let destination = Destination::Email(to.clone());
    if context.full.is_some() {
        return Ok(Issued::HeldBack(limit_entry(context, user, Some(key), &destination)));
    }
    let (ticket, version) =
        (TicketSecret::new(context.random_bytes.ticket), context.keys.version()?);
    let mac = context.keys.secret_mac(version, &user.id, ticket.expose())?;
    let expires_at = context.now.plus(limits::TICKET_SECONDS);
    user.ticket = Some(Ticket { version, mac, expires_at });
    let hash = context.keys.destination_hash(&destination);
    let class = user.charge_known(hash, charged_to, context.now);
    let entry = EntryKind::LinkRequested
        .at(context.now)
        .by_method(Method::Email)
        .to(Some(destination.masked()))
        .within(key);
    Ok(Issued::Mail(LinkMail { sign_in: key, to, class, ticket, expires_at, charged_to }, entry))
}

/// Issues another link in place of one that did not arrive; none if a cap holds it back.
///
/// # Errors
/// [`Refusal::ResendTooSoon`] if one was mailed moments ago; [`Refusal::AnotherStep`] if none is
/// waited for, or none can be mailed.
pub fn issue_again(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
) -> Result<Decision<Option<LinkMail>>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    let options = MethodOptions::of(context, user, sign_in.progress);
    if !sign_in.is_open() || options.next_step != NextStep::CheckEmail {
        return Err(Refusal::AnotherStep);
    }
    if let Some(ticket) = user.ticket(context.now).filter(|t| !t.can_be_replaced(context.now)) {
        return Err(Refusal::ResendTooSoon { until: ticket.replaceable_from() });
    }
    let mut user = user.clone();
    user.tidy(context.now);
    let (mail, entry) = match issue(context, &mut user, id.key)? {
        Issued::Mail(mail, entry) => (Some(mail), Some(entry)),
        Issued::HeldBack(entry) => (None, entry),
        Issued::None => return Err(Refusal::AnotherStep),
    };
    Ok(Decision::write(user, entry.into_iter().collect(), WriteKind::Link, mail))
}

/// Writes down what became of a link. A sure non-send gives the send back, and the next sign-in may
/// mail at once.
pub fn record(
    context: &DecisionContext<'_>,
    mut user: User,
    mail: &LinkMail,
    outcome: SendOutcome,
) -> Decision<()> {
    let kind = match outcome {
        SendOutcome::Sent => EntryKind::LinkSent,
        SendOutcome::Unknown => EntryKind::LinkUnknown,
        SendOutcome::NotSent => EntryKind::LinkNotSent,
    };
    let to = Destination::Email(mail.to.clone());
    if outcome == SendOutcome::NotSent {
        user.give_back_known(context.keys.destination_hash(&to), mail.class, mail.charged_to);
        user.ticket = user.ticket.filter(|ticket| ticket.expires_at != mail.expires_at);
    }
    let to = Some(to.masked());
    let entry = kind.at(context.now).by_method(Method::Email).to(to).within(mail.sign_in);
    Decision::write(user, vec![entry], WriteKind::Link, ())
}
