//! Recovery codes in a sign-in: chosen, checked, and kept after they were made.

use super::{
    Acceptance, Ground, MethodOptions, Mfa, Progress, RecoveryOffer, Role, SignIn, SignInView,
    guess,
    recovery_offer::{Enrolment, made_codes, must_enrol},
};
use crate::{
    Bucket, Decision, DecisionContext, LockKind, Method, RecoveryCode, Refusal, SignInId, User,
    WriteKind, WrongCode, limits,
    user::{EntryKind, Failures},
};

fn of_open(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
) -> Result<MethodOptions, Refusal> {
    match sign_in.progress {
        Progress::Dead => return Err(Refusal::SignInDead),
        Progress::Done(_) => return Err(Refusal::SignInDone),
        Progress::Open | Progress::MayEnrol => {}
    }
    let options = MethodOptions::of(context, user, sign_in.stage());
    if options.recovery {
        return Ok(options);
    }
    MethodOptions::of_open(context, user, sign_in)?;
    Err(Refusal::NotOffered(Method::RecoveryCode))
}

/// Takes down that the user wants to enter a recovery code.
///
/// # Errors
/// [`Refusal`] if none is on offer; nothing is written then.
pub(super) fn choose(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
    id: &SignInId,
) -> Result<Decision<SignInView>, Refusal> {
    let options = of_open(context, user, sign_in)?;
    match RecoveryOffer::of(context, &options, user, sign_in) {
        RecoveryOffer::None => match must_enrol(context, &options, user, sign_in) {
            Enrolment::Impossible(locked) => Err(locked),
            Enrolment::None | Enrolment::OfNextStep | Enrolment::AfterLock => {
                Err(Refusal::NotOffered(Method::RecoveryCode))
            }
        },
        RecoveryOffer::Chosen | RecoveryOffer::Only => {
            SignInView::after(context, user, id).map(Decision::unchanged)
        }
        RecoveryOffer::Offered => choose_way(context, user, id, |sign_in| {
            sign_in.chose_recovery = true;
            (sign_in.chose_app, sign_in.chose_passkey) = (false, false);
        }),
    }
}

/// Returns true if the user turns from a recovery code back to a code that was sent before.
pub(super) fn leads_back_to(
    context: &DecisionContext<'_>,
    options: &MethodOptions,
    sign_in: &SignIn,
    method: Method,
) -> bool {
    let sent = options.sent_code(context, sign_in);
    sign_in.chose_recovery && sent.is_some_and(|sent| sent.method == method)
}

pub(super) fn lead_back(
    context: &DecisionContext<'_>,
    user: &User,
    id: &SignInId,
) -> Result<Decision<SignInView>, Refusal> {
    choose_way(context, user, id, |sign_in| sign_in.chose_recovery = false)
}

fn choose_way(
    context: &DecisionContext<'_>,
    user: &User,
    id: &SignInId,
    choose: impl FnOnce(&mut SignIn),
) -> Result<Decision<SignInView>, Refusal> {
    let mut user = user.clone();
    if let Some(sign_in) = user.sign_in_mut(id.key) {
        choose(sign_in);
    }
    let view = SignInView::after(context, &user, id)?;
    Ok(Decision::write(user, vec![], WriteKind::ChoseRecovery, view))
}

/// Judges a recovery code, outside the locks of six digits. It lets the user in once; a user who is
/// locked, or whose authenticators were disabled, has to enrol in the same sign-in.
///
/// # Errors
/// [`Refusal`] when nothing was judged; nothing is written then.
pub fn check_recovery_code(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    guess: &RecoveryCode,
) -> Result<Decision<SignInView>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    let options = of_open(context, user, sign_in)?;
    let enrols = match must_enrol(context, &options, user, sign_in) {
        Enrolment::Impossible(locked) => return Err(locked),
        Enrolment::AfterLock | Enrolment::OfNextStep => true,
        Enrolment::None => false,
    };
    let bucket = bucket(&user.failures, sign_in);
    let room = |user: &User| {
        let limits = limits::WRONG_RECOVERY_CODES_PER_DAY;
        user.wrong_recovery_codes.with_room(bucket, limits, context.now)
    };
    let charged =
        room(user).map_err(|until| Refusal::Locked { kind: LockKind::Day, until: Some(until) })?;
    let codes = user.counting_codes(context.portal, context.settings);
    let codes = codes.ok_or(Refusal::NotOffered(Method::RecoveryCode))?;
    let found = codes.find(context.keys, user, guess)?;
    let mut user = user.clone();
    user.tidy(context.now);
    let Some(index) = found else {
        user.wrong_recovery_codes.of_mut(charged).add(context.now);
        let is_full = room(&user).is_err();
        return Ok(count_wrong_code(context, user, id, is_full));
    };
    if let Some(codes) = &mut user.recovery_codes {
        codes.mark_used(index);
    }
    user.end_trust();
    if let Some(sign_in) = user.sign_in_mut(id.key) {
        sign_in.chose_recovery = false;
        sign_in.challenges.clear();
        if enrols {
            sign_in.let_enrol(Ground::RecoveryCode);
        } else {
            sign_in.finish(Acceptance {
                at: context.now,
                mfa: Mfa::Done,
                method: Some(Method::RecoveryCode),
                role: Some(Role::Recovery),
                generation: context.portal.generation,
                passkey: None,
                proven_at: None,
            });
        }
    }
    let used = EntryKind::RecoveryCodeUsed.at(context.now).by_method(Method::RecoveryCode);
    let is_low = left(&user).is_some_and(|left| left <= limits::FEW_RECOVERY_CODES);
    let low = is_low.then(|| EntryKind::RecoveryCodesLow.at(context.now));
    let entries = [used].into_iter().chain(low).map(|entry| entry.within(id.key)).collect();
    let view = SignInView::after(context, &user, id)?;
    Ok(Decision::write(user, entries, WriteKind::RecoveryAccepted, view))
}

/// Returns the bucket of a guess. A known browser in which codes were wrong often is a stranger.
fn bucket(failures: &Failures, sign_in: &SignIn) -> Bucket {
    match sign_in.known_browser {
        Some(id) if !failures.is_failing(id) => Bucket::Known,
        Some(_) | None => Bucket::Strangers,
    }
}

fn left(user: &User) -> Option<u8> {
    user.recovery_codes.map(|codes| codes.left())
}

/// Counts a wrong guess in its sign-in, which the fifth one ends, and within the day.
fn count_wrong_code(
    context: &DecisionContext<'_>,
    mut user: User,
    id: &SignInId,
    is_full: bool,
) -> Decision<SignInView> {
    let method = Method::RecoveryCode;
    let wrong = EntryKind::RecoveryCodeWrong.at(context.now).by_method(method);
    let mut entries = vec![wrong.within(id.key)];
    let guesses_left = guess::count_in_sign_in(context, &mut user, id, &mut entries);
    if is_full {
        entries.push(EntryKind::RecoveryCodesLocked.at(context.now).within(id.key));
    }
    let (why, method) = (WrongCode::Wrong, Some(method));
    let refusal = Refusal::CodeNotAccepted { why, method, guesses_left, until: None };
    Decision::refuse_and_write(user, entries, WriteKind::RecoveryWrong, refusal)
}

/// Takes down that the user has kept the codes that were made in a sign-in: they are not shown
/// again.
///
/// # Errors
/// [`Refusal::AnotherStep`] if none are shown; [`Refusal::CodesNotKept`] if the policy wants the
/// user to say so, and the user does not.
pub fn keep_codes(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    kept: Kept,
) -> Result<Decision<SignInView>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    let made = made_codes(context, user, sign_in)?.ok_or(Refusal::AnotherStep)?;
    if made.must_confirm && kept == Kept::Unsaid {
        return Err(Refusal::CodesNotKept);
    }
    let mut user = user.clone();
    user.tidy(context.now);
    if let Some(sign_in) = user.sign_in_mut(id.key) {
        sign_in.made_codes = None;
    }
    let view = SignInView::after(context, &user, id)?;
    Ok(Decision::write(user, vec![], WriteKind::CodesKept, view))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Confirmed,
    Unsaid,
}
