//! Checking a code. Portal, user, sign-in, method, destination and limits are checked before the
//! code is compared, and nothing about the guess is revealed before the write that counted it.

use super::{
    Ground, MethodOptions, Remember, Role, SignIn, SignInView, bypass,
    guess::{self, Accepted, CodeCheck},
    recovery, trust,
};
use crate::{
    Code, Decision, DecisionContext, Destination, Malformed, Method, Purpose, RecoveryCode,
    Refusal, SecretOwner, SignInId, User, WriteKind, WrongCode,
    decision::NextStep,
    policy::EmailFallback,
    user::{Binding, BypassCode, EmailDefault, Entry, EntryKind, GraceState},
};

#[derive(Debug)]
pub struct Guess {
    pub typed: Typed,
    /// The method it is checked against. If none is named: the app if the user chose it and has it,
    /// else the method of the newest code, else the app.
    pub method: Option<Method>,
    pub make_email_default: bool,
    pub remember: Remember,
}

/// The text that a person typed, told apart by its shape.
#[derive(Clone, Debug)]
pub enum Typed {
    /// Six digits.
    Code(Code),
    /// The 16 characters of a bypass code.
    Bypass(BypassCode),
    /// The 15 characters of a recovery code.
    Recovery(RecoveryCode),
}

impl Typed {
    /// Reads any of them.
    ///
    /// # Errors
    /// [`Malformed`] for anything else; such an entry is not a guess and is not counted.
    pub fn parse(typed: &str) -> Result<Self, Malformed> {
        let other = || {
            let bypass = BypassCode::parse(typed).map(Self::Bypass);
            bypass.or_else(|_| RecoveryCode::parse(typed).map(Self::Recovery))
        };
        Code::parse(typed).map(Self::Code).or_else(|wrong| other().map_err(|_| wrong))
    }

    /// Reads what was typed into the field of a method, if one is named.
    ///
    /// # Errors
    /// [`Malformed`], in the words of that field.
    pub fn parse_for(method: Option<Method>, typed: &str) -> Result<Self, Malformed> {
        match (Self::parse(typed), method) {
            (Ok(Self::Code(_) | Self::Bypass(_)) | Err(_), Some(Method::RecoveryCode)) => {
                RecoveryCode::parse(typed).map(Self::Recovery)
            }
            (read, _) => read,
        }
    }
}

/// Checks a guess.
///
/// # Errors
/// [`Refusal`] if nothing was compared: then nothing is written. Once a guess was compared, the
/// decision is written first, and its answer is given afterwards, also if that is a refusal.
pub fn verify_code(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    guess: &Guess,
) -> Result<Decision<SignInView>, Refusal> {
    let code = match &guess.typed {
        Typed::Code(code) => code,
        Typed::Bypass(_) | Typed::Recovery(_) if guess.make_email_default => {
            return Err(Refusal::DefaultNotAllowed);
        }
        Typed::Bypass(code) => return bypass::check_bypass_code(context, known, id, code),
        Typed::Recovery(code) => return recovery::check_recovery_code(context, known, id, code),
    };
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    // Refuses a sign-in that is over, and a user who is denied or locked.
    let options = MethodOptions::of_open(context, user, sign_in)?;
    let offers_app = options.proof_option(Method::AuthenticatorApp).is_some();
    let method = guess.method.unwrap_or_else(|| asked_method(sign_in, offers_app));
    let option = options.judged_option(method).ok_or(Refusal::NotOffered(method))?;
    let may_default = option.role == Role::Fallback
        && context.portal.policy.email_fallback() == EmailFallback::AllowedAsDefault;
    if guess.make_email_default && !may_default {
        return Err(Refusal::DefaultNotAllowed);
    }
    let mut changed = user.clone();
    let (checked, secrets) = match &option.to {
        Some(to) => {
            let by = Purpose::SignIn;
            (guess::compare_sent_code(context, user, sign_in, method, to, by, code)?, 1)
        }
        // A passkey has no code.
        None if method == Method::Passkey => return Err(Refusal::NotOffered(method)),
        None => {
            let secrets = app_secrets(context, user);
            check_lock(context, user, sign_in, secrets)?;
            (compare_app_code(context, &mut changed, code)?.into(), secrets)
        }
    };
    match checked {
        CodeCheck::Right(()) => {}
        CodeCheck::Late(n) => {
            return Ok(guess::forgive_late_code(context, changed, id, method, n));
        }
        CodeCheck::NotAccepted(why) => {
            return Ok(guess::count_wrong_code(context, changed, id, method, why, secrets));
        }
    }
    let (role, remember) = (option.role, guess.remember);
    let accepted = Accepted { method, role, passkey: None, remember };
    let to = option.to.as_ref();
    let mut entries = accept(context, &mut changed, id, accepted, to, options.next_step);
    if let Some(to) = to.filter(|_| guess.make_email_default) {
        entries.push(make_email_default(context, &mut changed, id, to));
    }
    let view = SignInView::after(context, &changed, id)?;
    Ok(Decision::write(changed, entries, WriteKind::Accepted, view))
}

/// Lets the user in by a proof, or to the enrolment that it opens.
pub(super) fn accept(
    context: &DecisionContext<'_>,
    user: &mut User,
    id: &SignInId,
    accepted: Accepted,
    to: Option<&Destination>,
    next_step: NextStep,
) -> Vec<Entry> {
    user.tidy(context.now);
    let Accepted { method, role, passkey: _, remember: _ } = accepted;
    let entry = EntryKind::CodeAccepted.at(context.now).by_method(method);
    let entry = entry.to(to.map(Destination::masked)).within(id.key);
    let app_is_bound = user
        .bound(context.portal.generation)
        .any(|bound| bound.method() == Method::AuthenticatorApp);
    let strongest = user.strongest(context.portal.generation);
    let is_strong = role.strength(method) >= strongest;
    guess::finish_sign_in(context, user, id, accepted);
    if let Some(sign_in) = user.sign_in_mut(id.key)
        && is_strong
        && (matches!(next_step, NextStep::ChallengeThenEnrol(_))
            || (sign_in.chose_app && !app_is_bound))
    {
        sign_in.let_enrol(Ground::code(method));
    }
    if let Some(to) = to {
        user.prove(context.keys.destination_hash(to));
    }
    let trusted = trust::earn(context, user, id.key, accepted);
    [entry].into_iter().chain(trusted).collect()
}

fn make_email_default(
    context: &DecisionContext<'_>,
    user: &mut User,
    id: &SignInId,
    to: &Destination,
) -> Entry {
    let (generation, to) = (context.portal.generation, context.keys.destination_hash(to));
    user.grace = GraceState::Over;
    user.email_default = Some(EmailDefault { generation, at: context.now, to, replaced: false });
    let set = EntryKind::DefaultSet.at(context.now).by_method(Method::Email).within(id.key);
    set.on(Ground::EmailCode)
}

fn asked_method(sign_in: &SignIn, offers_app: bool) -> Method {
    if sign_in.chose_app && offers_app {
        return Method::AuthenticatorApp;
    }
    sign_in
        .challenges
        .iter()
        .rfind(|c| c.purpose == Purpose::SignIn)
        .map_or(Method::AuthenticatorApp, |c| c.method)
}

/// Returns the number of secrets that a code of the app is compared with: what a guess is charged,
/// which costs one also where there is none.
pub(super) fn app_secrets(context: &DecisionContext<'_>, user: &User) -> usize {
    let bound = user.bound(context.portal.generation);
    bound.filter(|bound| bound.method() == Method::AuthenticatorApp).count().max(1)
}

/// Refuses a guess untried if too few are left to charge it for each secret.
pub(super) fn check_lock(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
    secrets: usize,
) -> Result<(), Refusal> {
    match user.failures.lock_for(sign_in.known_browser, secrets, context.now) {
        Some(lock) => Err(Refusal::Locked { kind: lock.kind, until: lock.until }),
        None => Ok(()),
    }
}

/// The result of comparing a guess with the secrets of a user's apps, the better the greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum AppCodeCheck {
    Wrong,
    /// It, or a newer one, was accepted before.
    Reused,
    Right,
}

impl From<AppCodeCheck> for CodeCheck {
    fn from(checked: AppCodeCheck) -> Self {
        match checked {
            AppCodeCheck::Right => Self::Right(()),
            AppCodeCheck::Reused => Self::NotAccepted(WrongCode::Reused),
            AppCodeCheck::Wrong => Self::NotAccepted(WrongCode::Wrong),
        }
    }
}

/// Compares a guess with the app's secret. The step of a right code is noted in the user, so that
/// neither it nor an older one is accepted again.
fn compare_app_code(
    context: &DecisionContext<'_>,
    user: &mut User,
    guess: &Code,
) -> Result<AppCodeCheck, Refusal> {
    let generation = context.portal.generation;
    let (portal, id) = (user.portal.clone(), user.id.clone());
    let mut best = AppCodeCheck::Wrong;
    for authenticator in user.authenticators.iter_mut().filter(|a| a.generation == generation) {
        let Binding::App { secret, last_step, drift } = &mut authenticator.binding else {
            continue;
        };
        let owner = SecretOwner { portal: &portal, user: &id, authenticator: authenticator.id };
        let steps = drift.steps_accepted(context.now);
        let checked = match context.keys.totp_step(owner, secret, guess, &steps)? {
            Some(step) if step > *last_step => {
                *last_step = step;
                AppCodeCheck::Right
            }
            Some(_) => AppCodeCheck::Reused,
            None => AppCodeCheck::Wrong,
        };
        best = best.max(checked);
    }
    Ok(best)
}

/// Returns true if a code is the one that an app was accepted with last.
///
/// # Errors
/// [`Refusal`] if a secret does not open.
pub(super) fn is_last_accepted(
    context: &DecisionContext<'_>,
    user: &User,
    code: &Code,
) -> Result<bool, Refusal> {
    let mut same = false;
    for authenticator in user.bound(context.portal.generation) {
        let Binding::App { secret, last_step, drift } = &authenticator.binding else { continue };
        let owner =
            SecretOwner { portal: &user.portal, user: &user.id, authenticator: authenticator.id };
        let steps = drift.steps_accepted(context.now);
        let step = context.keys.totp_step(owner, secret, code, &steps)?;
        same |= step == Some(*last_step);
    }
    Ok(same)
}
