//! The steps that verifying and confirming share: comparing a sent code, counting a wrong one,
//! finishing the sign-in.

use super::{Acceptance, Mfa, Progress, Role, SignIn, challenge_code::derive_code};
use crate::{
    Code, Decision, DecisionContext, Destination, Method, Purpose, Refusal, SignInId, User,
    WriteKind, WrongCode,
    decision::has_recovered,
    user::{Entry, EntryKind, PasskeyUse},
};

pub(super) enum CodeCheck<T = ()> {
    Right(T),
    /// It is the sent code of this number, for the first time since that one expired.
    Late(u16),
    NotAccepted(WrongCode),
}

/// Compares a guess with the codes sent to the destination in force now.
///
/// # Errors
/// [`Refusal::NoCodeRequested`] when there is nothing to compare with: no guess is counted then.
pub(super) fn compare_sent_code(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
    method: Method,
    to: &Destination,
    purpose: Purpose,
    guess: &Code,
) -> Result<CodeCheck, Refusal> {
    let destination = context.keys.destination_hash(to);
    let mut verdict: Option<CodeCheck> = None;
    for challenge in &sign_in.challenges {
        if challenge.method != method
            || challenge.purpose != purpose
            || challenge.destination != destination
        {
            continue;
        }
        let matches = derive_code(context, user, sign_in, challenge, to)?.matches(guess);
        let found = match (matches, context.now < challenge.expires_at) {
            (true, true) => CodeCheck::Right(()),
            (true, false) if sign_in.late.contains(&challenge.n) => {
                CodeCheck::NotAccepted(WrongCode::Expired)
            }
            (true, false) => CodeCheck::Late(challenge.n),
            (false, _) => CodeCheck::NotAccepted(WrongCode::Wrong),
        };
        verdict = Some(match verdict {
            Some(before) => before.or(found),
            None => found,
        });
    }
    verdict.ok_or(Refusal::NoCodeRequested)
}

impl CodeCheck {
    /// Returns what two codes say together: the best for who typed it.
    fn or(self, other: Self) -> Self {
        match (&self, &other) {
            (Self::Right(()), _)
            | (Self::Late(_), Self::Late(_) | Self::NotAccepted(_))
            | (Self::NotAccepted(WrongCode::Expired), Self::NotAccepted(_)) => self,
            (Self::Late(_) | Self::NotAccepted(_), _) => other,
        }
    }
}

/// Answers a delivered code that came too late. It was the right one, which only its destination
/// knew, so it costs no guess; the second time it does.
pub(super) fn forgive_late_code<T>(
    context: &DecisionContext<'_>,
    mut user: User,
    id: &SignInId,
    method: Method,
    n: u16,
) -> Decision<T> {
    user.tidy(context.now);
    let mut guesses_left = 0;
    if let Some(sign_in) = user.sign_in_mut(id.key) {
        sign_in.late.push(n);
        guesses_left = sign_in.guesses_left();
    }
    let entry = EntryKind::CodeExpired.at(context.now).by_method(method).within(id.key);
    let (why, method) = (WrongCode::Expired, Some(method));
    let refusal = Refusal::CodeNotAccepted { why, method, guesses_left, until: None };
    Decision::refuse_and_write(user, vec![entry], WriteKind::Late, refusal)
}

/// Counts a wrong code, once for each secret that it was tried against.
pub(super) fn count_wrong_code<T>(
    context: &DecisionContext<'_>,
    mut user: User,
    id: &SignInId,
    method: Method,
    why: WrongCode,
    secrets: usize,
) -> Decision<T> {
    let kind = match why {
        WrongCode::Wrong => EntryKind::CodeWrong,
        WrongCode::Expired => EntryKind::CodeExpired,
        WrongCode::Reused => EntryKind::CodeReused,
    };
    let mut entries = vec![kind.at(context.now).by_method(method).within(id.key)];
    user.tidy(context.now);
    let browser = user.sign_in(id.key).and_then(|sign_in| sign_in.known_browser);
    let before = user.failures.clone();
    user.failures.count_against(browser, secrets, context.now);
    let guesses_left = count_in_sign_in(context, &mut user, id, &mut entries);
    if user.failures.disables() && user.disabled_at.is_none() {
        user.disabled_at = Some(context.now);
        entries.push(EntryKind::Disabled.at(context.now).within(id.key));
    }
    let lock = user.failures.lock(browser, context.now);
    // A browser that counts as a stranger from now on may meet a lock that was told already.
    let bucket = user.failures.bucket(browser, context.now);
    if lock.is_some() && before.lock_of(bucket, context.now).is_none() {
        entries.push(EntryKind::Locked.at(context.now).within(id.key));
    }
    // A recovery code leads past the lock.
    let stands = user.sign_in(id.key).is_none_or(|s| !has_recovered(context, s.stage()));
    let until = lock.filter(|_| stands).and_then(|lock| lock.until);
    Decision::refuse_and_write(
        user,
        entries,
        WriteKind::Wrong,
        Refusal::CodeNotAccepted { why, method: Some(method), guesses_left, until },
    )
}

/// Counts a wrong code in its sign-in, which the last one ends. It returns how many are left.
pub(super) fn count_in_sign_in(
    context: &DecisionContext<'_>,
    user: &mut User,
    id: &SignInId,
    entries: &mut Vec<Entry>,
) -> u8 {
    let Some(sign_in) = user.sign_in_mut(id.key) else { return 0 };
    sign_in.wrong = sign_in.wrong.saturating_add(1);
    let left = sign_in.guesses_left();
    if left == 0 {
        sign_in.progress = Progress::Dead;
        entries.push(EntryKind::SignInDead.at(context.now).within(id.key));
    }
    left
}

/// The choice to have the browser remembered, beside a code or a passkey.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Remember {
    ThisBrowser,
    #[default]
    Nothing,
}

/// A proof that was accepted.
#[derive(Clone, Copy)]
pub(super) struct Accepted {
    pub(super) method: Method,
    pub(super) role: Role,
    pub(super) passkey: Option<PasskeyUse>,
    pub(super) remember: Remember,
}

/// Lets the user in, which ends every code of the sign-in. A caller may ask for an enrolment first
/// by setting the progress back to [`Progress::MayEnrol`].
pub(super) fn finish_sign_in(
    context: &DecisionContext<'_>,
    user: &mut User,
    id: &SignInId,
    accepted: Accepted,
) {
    let Accepted { method, role, passkey, remember: _ } = accepted;
    let browser = user.sign_in(id.key).and_then(|sign_in| sign_in.known_browser);
    user.failures.succeed(browser);
    if let Some(sign_in) = user.sign_in_mut(id.key) {
        let acceptance = Acceptance {
            at: context.now,
            mfa: Mfa::Done,
            method: Some(method),
            role: Some(role),
            generation: context.portal.generation,
            passkey,
            proven_at: None,
        };
        sign_in.finish(acceptance);
    }
}
