//! Taking away what a user has bound, so that the user can enrol again.

use super::{
    Actor,
    destination_check::{self, CheckDispatch, Compared, checkable_destinations},
};
use crate::{
    Code, Decision, DecisionContext, Destination, MfaState, Purpose, Refusal, Timestamp, User,
    UserId, WriteKind,
    decision::{BulkReset, Foreseen, can_mail_links},
    policy::AfterReset,
    settings::Channel,
    user::{CheckedBy, Entry, EntryKind, GraceState, LinkOnly},
};

/// The proof of who asks for a reset, if there is any.
#[derive(Clone, Debug)]
pub enum WhoAsks {
    /// Nothing is said: a portal vouches for its admin, or an admin is reset.
    Unsaid,
    /// The admin's word.
    CheckedBy(CheckedBy),
    /// The code that the user read out to the admin.
    CodeReadOut(Code),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResetReport {
    /// Something was bound; the user has to enrol again.
    pub had_bound: bool,
    /// True if the link the user then needs can be mailed; none where no link is needed.
    pub link_can_be_mailed: Option<bool>,
}

/// Resets one user. Open sign-ins and bypass codes end with it, so that no verify under way can
/// cross it. The count of wrong codes in a month stays: a reset must not buy guesses. A code that
/// was read out is judged in the same write. Nothing but a reset ends a freeze, and the enrolment
/// after it needs a link or a bypass code: [`User::link_only_to`] stays.
///
/// # Errors
/// [`Refusal::UnknownUser`] outside the actor's reach, [`Refusal::NotPermitted`] for the actor's
/// own account; those of the code if it was not judged.
pub fn reset(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &UserId,
    actor: &Actor,
    who_asks: &WhoAsks,
) -> Result<Decision<ResetReport>, Refusal> {
    let mut user = actor.reach_user(known, id)?;
    user.acted.check(actor.form)?;
    let checked = match who_asks {
        WhoAsks::Unsaid => None,
        WhoAsks::CheckedBy(way) => Some(*way),
        WhoAsks::CodeReadOut(guess) => {
            let purpose = Purpose::ReadOut;
            match destination_check::compare(context, &mut user, purpose, guess, actor)? {
                Compared::Right(_) => Some(CheckedBy::CodeReadOut),
                Compared::Wrong(refusal, entry) => {
                    user.tidy(context.now);
                    return Ok(Decision::refuse_and_write(
                        user,
                        vec![entry],
                        WriteKind::Wrong,
                        refusal,
                    ));
                }
            }
        }
    };
    // A form whose code was wrong has not acted, and may be sent again.
    user.acted.note(actor.form, context.now)?;
    let had_bound = take_away(&mut user, context.now);
    let entry = Entry { checked, ..actor.entry(EntryKind::Reset, context.now) };
    let needed = user.link_only_to.is_some()
        || (had_bound && context.portal.policy.after_reset == AfterReset::EmailedLink);
    let reachable =
        context.link_address(&user).is_some() && can_mail_links(context.portal, context.settings);
    let done = ResetReport { had_bound, link_can_be_mailed: needed.then_some(reachable) };
    Ok(Decision::write(user, vec![entry], WriteKind::Reset, done))
}

/// Takes away what is bound, and ends what is under way. Returns true if anything was bound.
fn take_away(user: &mut User, now: Timestamp) -> bool {
    let had_bound = user.is_guarded();
    if had_bound {
        user.grace = GraceState::Over;
    }
    user.authenticators.clear();
    user.unknown_bound.clear();
    (user.declined_second_way, user.declined_passkey) = (None, None);
    user.sign_ins.clear();
    user.opt_out = None;
    user.email_default = None;
    user.disabled_at = None;
    user.bypass = None;
    user.ticket = None;
    user.recovery_codes = None;
    user.end_trust();
    user.failures.end_rows();
    user.frozen_at = None;
    user.epoch = user.epoch.saturating_add(1);
    user.reset_at = had_bound.then_some(now);
    user.sessions_not_before = Some(now);
    had_bound
}

/// The outcome of a bulk reset for one user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkOutcome {
    Reset,
    /// The user was reset since the bulk reset began; nothing is written.
    ResetBefore,
    /// The user is no longer one of the selection.
    NotSelected,
    NothingSetUp,
    /// The user has no address that a link to enrol again can be mailed to.
    NoLink,
}

/// Resets one user of a bulk reset. Whoever has the password must not be the first to enrol, so the
/// next enrolment needs a link to the address that the user has now, or a bypass code.
pub fn reset_in_bulk(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &UserId,
    actor: &Actor,
    job: &BulkReset,
) -> Result<Decision<BulkOutcome>, Refusal> {
    let mut user = actor.reach_user(known, id)?;
    if job.is_done_for(&user) {
        return Ok(Decision::unchanged(BulkOutcome::ResetBefore));
    }
    let state = MfaState::of(&user).state(context.portal, context.settings);
    if !job.selection.has(&user.id, user.contact.organisation.as_ref(), state) {
        return Ok(Decision::unchanged(BulkOutcome::NotSelected));
    }
    let address = context.link_address(&user).cloned();
    let address = address.filter(|_| can_mail_links(context.portal, context.settings));
    match (Foreseen::of(user.is_guarded(), address.is_some()), address) {
        (Foreseen::NothingSetUp, _) => Ok(Decision::unchanged(BulkOutcome::NothingSetUp)),
        (Foreseen::NoLink, _) | (Foreseen::Reset, None) => {
            Ok(Decision::unchanged(BulkOutcome::NoLink))
        }
        (Foreseen::Reset, Some(address)) => {
            take_away(&mut user, context.now);
            let to = context.keys.destination_hash(&Destination::Email(address));
            user.link_only_to.get_or_insert(LinkOnly::To(to));
            let entry = actor.entry(EntryKind::Reset, context.now);
            Ok(Decision::write(user, vec![entry], WriteKind::Reset, BulkOutcome::Reset))
        }
    }
}

/// Sends a code to a known destination of the user, who reads it out to the admin before a reset.
///
/// # Errors
/// [`Refusal::NotOffered`] if none is known that a message can go to, and those of a send that is
/// not allowed.
pub fn send_reset_code(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &UserId,
    channel: Channel,
    actor: &Actor,
) -> Result<Decision<CheckDispatch>, Refusal> {
    let user = actor.reach_user(known, id)?;
    let to = reset_code_destination(context, &user, channel);
    let to = to.ok_or(Refusal::NotOffered(channel.method()))?;
    destination_check::begin(context, user, Purpose::ReadOut, &to, actor)
}

/// Returns the destination of a code before a reset: of a bound one and one of the contact record,
/// the bound one.
pub fn reset_code_destination(
    context: &DecisionContext<'_>,
    user: &User,
    channel: Channel,
) -> Option<Destination> {
    let mut known = checkable_destinations(context, user).into_iter();
    known.find(|to| to.method() == channel.method())
}
