//! Sending a code: charge first, send, then note the outcome.

use super::{
    Challenge, MaySend, MethodOption, MethodOptions, Outgoing, Pending, SentCode, SignIn,
    SignInView, challenge_code::derive_code, passkey::choose, recovery,
};
pub use crate::decision::SendOutcome;
use crate::{
    Bucket, Code, Decision, DecisionContext, Destination, DestinationHash, Instead, Locator,
    Method, Portal, Purpose, Refusal, SendClass, SignInId, SignInKey, Timestamp, TransactionText,
    User, WriteKind,
    decision::{can_go_to, held_back},
    limits,
    user::{Entry, EntryKind},
};

/// A code that was charged and is to be sent.
#[derive(Debug)]
pub struct Dispatch {
    pub sign_in: SignInKey,
    pub n: u16,
    /// True if it was issued for this send, rather than before.
    pub fresh: bool,
    pub method: Method,
    pub purpose: Purpose,
    pub to: Destination,
    pub code: Code,
    /// The text that the user confirms with it.
    pub text: Option<TransactionText>,
    pub class: SendClass,
    /// The data for the portal's screen.
    pub sent_code: SentCode,
    /// The other ways on offer, should this one fail.
    pub others: Vec<MethodOption>,
    /// The way out should it not be sent.
    pub instead: Instead,
    pub charged_at: Timestamp,
    pub charged_to: Bucket,
}

/// Returns the host of the page that asks for the codes of a sign-in: that of the hosted prompt,
/// which only a browser on it can name, or of the portal's own pages.
pub fn host_of_page<'a>(
    portal: &'a Portal,
    sign_in: Option<&SignIn>,
    prompt: Option<&'a str>,
) -> Option<&'a str> {
    match sign_in?.return_to {
        Some(_) => prompt,
        None => portal.profile.host(),
    }
}

impl Dispatch {
    pub fn receipt(&self) -> Receipt {
        Receipt {
            sign_in: self.sign_in,
            n: self.n,
            fresh: self.fresh,
            method: self.method,
            to: self.to.clone(),
            class: self.class,
            charged_at: self.charged_at,
            charged_to: self.charged_to,
        }
    }

    pub(super) fn outgoing(&self) -> Outgoing {
        Outgoing { to: self.to.clone(), class: self.class }
    }
}

#[derive(Debug)]
pub enum Asked {
    Code(Box<Dispatch>),
    /// Nothing is sent: the app, a passkey or a recovery code was chosen, or a code that was sent
    /// before. The sign-in as it stands now.
    Chosen(Box<SignInView>),
}

impl MaySend for Asked {
    fn outgoing(&self) -> Option<Outgoing> {
        match self {
            Self::Code(dispatch) => Some(dispatch.outgoing()),
            Self::Chosen(_) => None,
        }
    }
}

/// Sends a code by a method on offer; or takes down that the user wants the app or a recovery code
/// instead.
///
/// # Errors
/// [`Refusal`] when nothing is sent; nothing is written then but the entry of a cap that is full.
pub fn request_code(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    method: Method,
) -> Result<Decision<Asked>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    if method == Method::RecoveryCode {
        return recovery::choose(context, user, sign_in, id).map(chosen);
    }
    if method == Method::Passkey {
        let options = MethodOptions::of_open_to_passkeys(context, user, sign_in)?;
        return choose::choose(context, user, sign_in, id, &options).map(chosen);
    }
    let options = MethodOptions::of_open(context, user, sign_in)?;
    if method == Method::AuthenticatorApp && options.app_instead(context, user, sign_in) {
        let mut user = user.clone();
        if let Some(sign_in) = user.sign_in_mut(id.key) {
            sign_in.chose_app = true;
            (sign_in.chose_passkey, sign_in.chose_recovery) = (false, false);
        }
        let view = SignInView::after(context, &user, id)?;
        return Ok(chosen(Decision::write(user, vec![], WriteKind::ChoseApp, view)));
    }
    if recovery::leads_back_to(context, &options, sign_in, method) {
        return recovery::lead_back(context, user, id).map(chosen);
    }
    let option = options.proof_option(method).ok_or(Refusal::NotOffered(method))?;
    let to = option.to.as_ref().ok_or(Refusal::NotOffered(method))?;
    let before = user;
    let mut user = user.clone();
    user.tidy(context.now);
    let (dispatch, entry) = match issue(context, &mut user, id.key, &options, option) {
        Ok(issued) => issued,
        Err(refusal) => return held_back(context, before, Some(id.key), to, refusal),
    };
    if let Some(sign_in) = user.sign_in_mut(id.key) {
        sign_in.chose_app = false;
        (sign_in.chose_passkey, sign_in.chose_recovery) = (false, false);
        sign_in.enrolling = None;
    }
    Ok(Decision::write(user, vec![entry], WriteKind::Code, Asked::Code(Box::new(dispatch))))
}

fn chosen(decided: Decision<SignInView>) -> Decision<Asked> {
    decided.map(|view| Asked::Chosen(Box::new(view)))
}

/// Charges a code for a way on offer: the same code again while more than half of its time is left,
/// else the next.
pub(super) fn issue(
    context: &DecisionContext<'_>,
    user: &mut User,
    key: SignInKey,
    options: &MethodOptions,
    option: &MethodOption,
) -> Result<(Dispatch, Entry), Refusal> {
    let to = option.to.clone().ok_or(Refusal::NotOffered(option.method))?;
    let others: Vec<MethodOption> =
        options.list.iter().filter(|other| other.method != option.method).cloned().collect();
    let instead = if others.is_empty() { Instead::Nothing } else { Instead::AnotherWay };
    let charged = charge(context, user, key, option.method, &to, Purpose::SignIn, instead)?;
    let sign_in = user.sign_in(key).ok_or(Refusal::UnknownSignIn)?;
    let sent_code = SentCode::of(context, options, sign_in, option).ok_or(Refusal::AnotherStep)?;
    dispatch(context, user, key, charged, to, sent_code, others)
}

pub(super) fn issue_for_enrolment(
    context: &DecisionContext<'_>,
    user: &mut User,
    key: SignInKey,
    options: &MethodOptions,
    to: Destination,
) -> Result<(Dispatch, Entry), Refusal> {
    can_go_to(context, &to).map_err(|_| Refusal::CountryNotAllowed)?;
    let method = to.method();
    let is_sole = options.list.iter().all(|option| option.method == method);
    let instead = if is_sole { Instead::AnotherDestination } else { Instead::AnotherWay };
    let charged = charge(context, user, key, method, &to, Purpose::Enrolment, instead)?;
    let sign_in = user.sign_in(key).ok_or(Refusal::UnknownSignIn)?;
    let sent_code = SentCode {
        method,
        to: to.masked(),
        expires_at: charged.challenge.expires_at,
        resend_after: sign_in.resend_after().unwrap_or(context.now),
        sends_left: sign_in.sends_left(),
        offer_default: false,
    };
    dispatch(context, user, key, charged, to, sent_code, vec![])
}

fn dispatch(
    context: &DecisionContext<'_>,
    user: &User,
    key: SignInKey,
    Charged { challenge, fresh, class, to: charged_to, instead }: Charged,
    to: Destination,
    sent_code: SentCode,
    others: Vec<MethodOption>,
) -> Result<(Dispatch, Entry), Refusal> {
    let sign_in = user.sign_in(key).ok_or(Refusal::UnknownSignIn)?;
    let text = context.text_of(sign_in)?.cloned();
    let code = derive_code(context, user, sign_in, &challenge, &to)?;
    let Challenge { n, method, purpose, .. } = challenge;
    let entry = EntryKind::CodeRequested
        .at(context.now)
        .by_method(method)
        .to(Some(to.masked()))
        .within(key);
    let charged_at = context.now;
    Ok((
        Dispatch {
            sign_in: key,
            n,
            fresh,
            method,
            purpose,
            to,
            code,
            text,
            class,
            sent_code,
            others,
            instead,
            charged_at,
            charged_to,
        },
        entry,
    ))
}

struct Charged {
    challenge: Challenge,
    /// True if it was issued for this message, rather than before.
    fresh: bool,
    class: SendClass,
    to: Bucket,
    instead: Instead,
}

fn charge(
    context: &DecisionContext<'_>,
    user: &mut User,
    key: SignInKey,
    method: Method,
    to: &Destination,
    purpose: Purpose,
    instead: Instead,
) -> Result<Charged, Refusal> {
    let charged_to = may_send(context, user, key, purpose, instead)?;
    let version = context.keys.version()?;
    let sign_in = user.sign_in_mut(key).ok_or(Refusal::UnknownSignIn)?;
    if sign_in.sends_left() == 0 {
        return Err(Refusal::NoSendsLeft);
    }
    // Another way, or a corrected destination, needs no wait; the same again does.
    let destination = context.keys.destination_hash(to);
    let newest = sign_in.challenges.last();
    let repeated = newest.is_some_and(|c| c.method == method && c.destination == destination);
    if let Some(until) = sign_in.resend_after().filter(|until| repeated && context.now < *until) {
        return Err(Refusal::ResendTooSoon { until });
    }
    sign_in.sends += 1;
    sign_in.last_send = Some(context.now);
    let lifetime = context.portal.policy.code_lifetime_seconds.seconds();
    let same =
        |c: &&Challenge| c.method == method && c.purpose == purpose && c.destination == destination;
    let again = sign_in
        .challenges
        .iter()
        .rfind(same)
        .copied()
        .filter(|c| c.expires_at.since(context.now) * 2 > lifetime);
    let challenge = again.unwrap_or_else(|| {
        sign_in.issued += 1;
        let expires_at = context.now.plus(lifetime).min(sign_in.expires_at);
        Challenge { n: sign_in.issued, version, method, purpose, destination, expires_at }
    });
    // The one asked for is the newest, whether it is new or not: what is typed next is compared
    // with its method.
    sign_in.challenges.retain(|c| c.n != challenge.n);
    sign_in.challenges.push(challenge);
    let surplus = sign_in.challenges.len().saturating_sub(limits::GOOD_CODES);
    sign_in.challenges.drain(..surplus);
    let SignIn { challenges, late, .. } = sign_in;
    late.retain(|n| challenges.iter().any(|kept| kept.n == *n));
    let class = if purpose.confirms_destination() {
        SendClass::Unconfirmed
    } else {
        user.charge_known(destination, charged_to, context.now)
    };
    Ok(Charged { challenge, fresh: again.is_none(), class, to: charged_to, instead })
}

/// Returns the bucket that a message is charged to, unless a cap holds it back: one that users
/// share, or the user's own. What is being enrolled has no part in the latter, so that a stranger
/// with the password cannot use it up.
fn may_send(
    context: &DecisionContext<'_>,
    user: &User,
    key: SignInKey,
    purpose: Purpose,
    instead: Instead,
) -> Result<Bucket, Refusal> {
    if let Some(window) = context.full {
        return Err(Refusal::SendLimit { until: window.ends_at, instead });
    }
    let bucket = user.sign_in(key).ok_or(Refusal::UnknownSignIn)?.bucket();
    if purpose.confirms_destination() {
        return Ok(bucket);
    }
    let room = user.sent.with_room(bucket, limits::SENDS_PER_HOUR, context.now);
    room.map_err(|until| Refusal::SendLimit { until, instead })
}

/// Takes back what [`charge`] took, and what the enrolment that asked for it began; no guess is
/// given back.
fn give_back(user: &mut User, receipt: &Receipt, to: DestinationHash) {
    match receipt.class {
        SendClass::Unconfirmed => {}
        SendClass::Known | SendClass::Proven => {
            user.give_back_known(to, receipt.class, receipt.charged_to);
        }
    }
    let Some(sign_in) = user.sign_in_mut(receipt.sign_in) else { return };
    sign_in.sends = sign_in.sends.saturating_sub(1);
    sign_in.last_send = sign_in.last_send.filter(|at| *at != receipt.charged_at);
    sign_in.challenges.retain(|challenge| !(receipt.fresh && challenge.n == receipt.n));
    let awaits_it = match &sign_in.pending {
        Some(Pending::Destination { to, .. }) => *to == receipt.to,
        Some(Pending::App { .. } | Pending::Passkey { .. }) | None => false,
    };
    if receipt.fresh && awaits_it {
        sign_in.pending = None;
    }
}

/// The facts of the first write of a send that the second one needs.
#[derive(Clone, Debug)]
pub struct Receipt {
    pub sign_in: SignInKey,
    pub n: u16,
    /// True if it was issued for this send.
    pub fresh: bool,
    pub method: Method,
    pub to: Destination,
    pub class: SendClass,
    pub charged_at: Timestamp,
    pub charged_to: Bucket,
}

/// Writes down what became of a send. A sure non-send gives the send back, and never a guess. The
/// answer is the view of the sign-in, if the user still has it.
pub fn record(
    context: &DecisionContext<'_>,
    mut user: User,
    locator: Locator,
    receipt: &Receipt,
    outcome: SendOutcome,
) -> Decision<Option<SignInView>> {
    let kind = match outcome {
        SendOutcome::Sent => EntryKind::CodeSent,
        SendOutcome::Unknown => EntryKind::CodeUnknown,
        SendOutcome::NotSent => EntryKind::CodeNotSent,
    };
    match outcome {
        SendOutcome::NotSent => {
            give_back(&mut user, receipt, context.keys.destination_hash(&receipt.to));
        }
        SendOutcome::Sent | SendOutcome::Unknown => {}
    }
    let entry = kind
        .at(context.now)
        .by_method(receipt.method)
        .to(Some(receipt.to.masked()))
        .within(receipt.sign_in);
    let view = SignInView::if_running(context, &user, locator, receipt.sign_in);
    Decision::write(user, vec![entry], WriteKind::Send, view)
}
