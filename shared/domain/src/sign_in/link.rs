//! The mailed link to enrol again: issued when a sign-in has to wait for it, spent when a sign-in
//! opens with it.

use super::{
    Ground, MaySend, MethodOptions, Outgoing, SignInView, challenge::SendOutcome,
    options::comes_back,
};
use crate::{
    Bucket, Decision, DecisionContext, Destination, Email, Instead, Method, Refusal, SendClass,
    SignInId, SignInKey, Timestamp, User, WriteKind,
    decision::{NextStep, held_back},
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
    /// The ticket of an earlier link, which counts again should this one not be sent.
    pub replaced: Option<Ticket>,
}

impl LinkMail {
    pub(super) fn outgoing(&self) -> Outgoing {
        Outgoing { to: Destination::Email(self.to.clone()), class: self.class }
    }
}

impl MaySend for LinkMail {
    fn outgoing(&self) -> Option<Outgoing> {
        Some(self.outgoing())
    }
}

/// The fate of a link that a sign-in waits for.
pub(super) enum Issued {
    Mail(LinkMail, Entry),
    /// A full cap of its destination holds it back.
    HeldBack(Destination, Refusal),
    /// One was mailed moments ago, or the user was sent too many messages.
    Later(Refusal),
    /// There is no address that can be mailed to.
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
    let can_be_mailed = context.portal.profile.enrolment_url.is_some()
        && context.settings.can_deliver(Method::Email);
    let address = context.link_address(user).filter(|_| can_be_mailed);
    let Some(to) = address.cloned() else {
        return Ok(Issued::None);
    };
    if comes_back(context, user, &Destination::Email(to.clone())).is_some() {
        return Ok(Issued::None);
    }
    if let Some(ticket) = user.ticket.filter(|ticket| !ticket.can_be_replaced(context.now)) {
        return Ok(Issued::Later(Refusal::ResendTooSoon { until: ticket.replaceable_from() }));
    }
    let limit = |until| Refusal::SendLimit { until, instead: Instead::Nothing };
    let bucket = user.sign_in(key).ok_or(Refusal::UnknownSignIn)?.bucket();
    let charged_to = match user.sent.with_room(bucket, limits::SENDS_PER_HOUR, context.now) {
        Ok(charged_to) => charged_to,
        Err(until) => return Ok(Issued::Later(limit(until))),
    };
    let destination = Destination::Email(to.clone());
    if let Some(window) = context.full {
        return Ok(Issued::HeldBack(destination, limit(window.ends_at)));
    }
    let (ticket, version) =
        (TicketSecret::new(context.random_bytes.ticket), context.keys.version()?);
    let mac = context.keys.secret_mac(version, &user.id, ticket.expose())?;
    let expires_at = context.now.plus(limits::TICKET_SECONDS);
    let replaced = user.ticket.replace(Ticket { version, mac, expires_at });
    let hash = context.keys.destination_hash(&destination);
    let class = user.charge_known(hash, charged_to, context.now);
    let entry = EntryKind::LinkRequested
        .at(context.now)
        .by_method(Method::Email)
        .to(Some(destination.masked()))
        .within(key);
    let mail = LinkMail { sign_in: key, to, class, ticket, expires_at, charged_to, replaced };
    Ok(Issued::Mail(mail, entry))
}

/// Issues another link in place of one that did not arrive.
///
/// # Errors
/// [`Refusal::ResendTooSoon`] if one was asked for moments ago; [`Refusal::SendLimit`] if a cap
/// holds it back; [`Refusal::AnotherStep`] if none is waited for, or none can be mailed.
pub fn issue_again(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
) -> Result<Decision<LinkMail>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    let options = MethodOptions::of(context, user, sign_in.stage());
    if !sign_in.is_open() || options.next_step != NextStep::CheckEmail {
        return Err(Refusal::AnotherStep);
    }
    // One that was not sent leaves no ticket behind, and is not asked for at once either.
    let last = user.activity.iter().rev().find(|entry| entry.kind == EntryKind::LinkRequested);
    let until = last.map(|last| last.at.plus(limits::RESEND_SECONDS));
    let until = until.filter(|until| context.now < *until);
    let mut after = user.clone();
    after.tidy(context.now);
    match issue(context, &mut after, id.key)? {
        Issued::Mail(mail, entry) => match until {
            Some(until) => Err(Refusal::ResendTooSoon { until }),
            None => Ok(Decision::write(after, vec![entry], WriteKind::Link, mail)),
        },
        Issued::HeldBack(to, refusal) => held_back(context, user, Some(id.key), &to, refusal),
        Issued::Later(refusal) => Err(refusal),
        Issued::None => Err(Refusal::AnotherStep),
    }
}

/// Writes down what became of a link. A sure non-send gives the send back, and the link before
/// counts again.
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
        if user.ticket.is_some_and(|ticket| ticket.expires_at == mail.expires_at) {
            user.ticket = mail.replaced;
        }
    }
    let to = Some(to.masked());
    let entry = kind.at(context.now).by_method(Method::Email).to(to).within(mail.sign_in);
    Decision::write(user, vec![entry], WriteKind::Link, ())
}
