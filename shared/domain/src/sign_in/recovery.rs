//! Recovery codes in a sign-in: on offer, chosen, checked, and shown once after they were made.

use super::{
    Acceptance, Ground, MethodOptions, Mfa, Progress, Role, SignIn, SignInView, guess,
    options,
};
use crate::{
    Bucket, Decision, DecisionContext, LockKind, Method, RecoveryCode, Refusal, SignInId, User,
    WriteKind, WrongCode,
    decision::NextStep,
    limits,
    policy::RecoveryCodesPolicy,
    user::{EntryKind, Failures},
};

/// The place of recovery codes among the ways on offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoveryOffer {
    None,
    /// One of the ways.
    Offered,
    /// The way that the user chose.
    Chosen,
    /// The only way: the user is locked, or what is bound was disabled. An enrolment follows.
    Only,
}

/// Recovery codes that were just made, to show them.
#[derive(Clone, Debug)]
pub struct MadeCodes {
    pub codes: Vec<RecoveryCode>,
    /// The user confirms to have kept them before going on.
    pub must_confirm: bool,
}

impl RecoveryOffer {
    pub(super) fn of(
        context: &DecisionContext<'_>,
        options: &MethodOptions,
        user: &User,
        sign_in: &SignIn,
    ) -> Self {
        if !options.recovery || !sign_in.is_open() {
            return Self::None;
        }
        match (must_enrol(context, options, user, sign_in), sign_in.chose_recovery) {
            // While the policy is off nobody enrols, and the lock stands.
            (Enrolment::Impossible(_), _) => Self::None,
            (Enrolment::AfterLock, _) => Self::Only,
            (Enrolment::OfNextStep, _) if options.list.is_empty() => Self::Only,
            (Enrolment::OfNextStep | Enrolment::None, true) => Self::Chosen,
            (Enrolment::OfNextStep | Enrolment::None, false) => Self::Offered,
        }
    }
}

/// The enrolment that follows a recovery code.
enum Enrolment {
    None,
    /// The table asks for it.
    OfNextStep,
    /// The user was locked.
    AfterLock,
    /// The user is locked, and nobody enrols while the policy is off.
    Impossible(Refusal),
}

fn must_enrol(
    context: &DecisionContext<'_>,
    options: &MethodOptions,
    user: &User,
    sign_in: &SignIn,
) -> Enrolment {
    match (options::lock(context, user, sign_in), options.next_step) {
        (Some(lock), _) if !context.portal.policy.enabled => {
            Enrolment::Impossible(Refusal::Locked { kind: lock.kind, until: lock.until })
        }
        (Some(_), _) => Enrolment::AfterLock,
        (None, NextStep::ChallengeThenEnrol(_)) => Enrolment::OfNextStep,
        (
            None,
            NextStep::Challenge
            | NextStep::Allowed(_)
            | NextStep::Enrol { .. }
            | NextStep::CheckEmail
            | NextStep::Denied(_),
        ) => Enrolment::None,
    }
}

/// Refuses a sign-in that is over, or to which no recovery code belongs.
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
            sign_in.chose_app = false;
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
    let charged = room(user)
        .map_err(|until| Refusal::Locked { kind: LockKind::Day, until: Some(until) })?;
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

/// The word of a user about having kept the codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Confirmed,
    Unsaid,
}

/// Returns the codes that were made in a sign-in. They are derived anew each time, so a lost reply
/// loses nothing; they are shown until the user continues, the portal has the result, or its
/// assertion has expired.
pub(super) fn made_codes(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
) -> Result<Option<MadeCodes>, Refusal> {
    let Progress::Done(acceptance) = sign_in.progress else { return Ok(None) };
    let is_late = match sign_in.return_to {
        None => context.now.since(acceptance.at) >= limits::ASSERTION_SECONDS,
        Some(_) => context.now >= sign_in.expires_at,
    };
    if is_late || sign_in.fetched.is_some() {
        return Ok(None);
    }
    let counting = user.counting_codes(context.portal, context.settings);
    let codes = counting.filter(|codes| sign_in.made_codes == Some(codes.set));
    let Some(codes) = codes else { return Ok(None) };
    let must_confirm = context.portal.policy.recovery_codes == RecoveryCodesPolicy::Required;
    Ok(Some(MadeCodes { codes: codes.derive(context.keys, user)?, must_confirm }))
}

/// Returns the codes that are left after one let the user in, if they are few.
pub(super) fn few_codes_left(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
) -> Option<u8> {
    let Progress::Done(Acceptance { method: Some(Method::RecoveryCode), .. }) = sign_in.progress
    else {
        return None;
    };
    let codes = user.counting_codes(context.portal, context.settings)?;
    Some(codes.left()).filter(|left| *left <= limits::FEW_RECOVERY_CODES)
}

/// Returns true if a restored backup ended the user's recovery codes, which the policy has.
pub(super) fn have_died(context: &DecisionContext<'_>, user: &User) -> bool {
    context.portal.policy.recovery_codes != RecoveryCodesPolicy::Off
        && user.lost_codes_by_restore(context.portal, context.settings)
}
