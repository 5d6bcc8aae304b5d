//! Judging a code. Portal, user, sign-in, method, destination and budgets are checked before the code is looked at,
//! and nothing about the guess is told before the write that counted it.

use super::{
    MethodOption, Progress, Role, SignIn, SignInView, Verified, bypass, check_code,
    in_progress::in_progress,
};
use crate::{
    Code, Decision, DecisionContext, Malformed, Method, Purpose, Refusal, SecretOwner, SignInId,
    User, WrongCode,
    decision::NextStep,
    policy::EmailFallback,
    user::{Binding, BypassCode, EmailDefault, EntryKind},
};

/// One guess.
#[derive(Debug)]
pub struct Guess {
    /// What was typed.
    pub typed: Typed,
    /// The method it is judged against; the newest code's where none is named, else the app.
    pub method: Option<Method>,
    /// Make email the default if the code is right.
    pub make_email_default: bool,
}

/// What a person typed, told apart by its shape.
#[derive(Debug)]
pub enum Typed {
    /// Six digits.
    Code(Code),
    /// The 16 characters of a bypass code.
    Bypass(BypassCode),
}

impl Typed {
    /// Reads either.
    ///
    /// # Errors
    /// [`Malformed`] for anything else; such an entry is not a guess and is not counted.
    pub fn parse(typed: &str) -> Result<Self, Malformed> {
        match (Code::parse(typed), BypassCode::parse(typed)) {
            (Ok(code), _) => Ok(Self::Code(code)),
            (Err(_), Ok(bypass)) => Ok(Self::Bypass(bypass)),
            (Err(wrong), Err(_)) => Err(wrong),
        }
    }
}

/// Judges a guess.
///
/// # Errors
/// [`Refusal`] when nothing was judged; nothing is written then. A judged and refused guess is in the decision's answer.
pub fn verify_code(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    guess: &Guess,
) -> Result<Decision<Verified>, Refusal> {
    let code = match &guess.typed {
        Typed::Code(code) => code,
        Typed::Bypass(_) if guess.make_email_default => return Err(Refusal::DefaultNotAllowed),
        Typed::Bypass(code) => return bypass::decide(context, known, id, code),
    };
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    let options = in_progress(context, user, sign_in)?;
    let has_app = options.proof_by(Method::AuthenticatorApp).is_some();
    let method = guess.method.unwrap_or_else(|| asked_method(sign_in, has_app));
    let option = options.proof_by(method).ok_or(Refusal::NotOffered(method))?;
    let may_default = option.role == Role::Fallback
        && context.portal.policy.email_fallback() == EmailFallback::AllowedAsDefault;
    if guess.make_email_default && !may_default {
        return Err(Refusal::DefaultNotAllowed);
    }
    let mut changed = user.clone();
    let wrong = match &option.to {
        Some(to) => {
            check_code::delivered(context, user, sign_in, method, to, Purpose::SignIn, code)?
        }
        None => app(context, &mut changed, code)?,
    };
    if let Some(why) = wrong {
        return Ok(check_code::count(context, changed, id, method, why));
    }
    let entries =
        accept(context, &mut changed, id, option, options.next_step, guess.make_email_default);
    let view = SignInView::after(context, &changed, id)?;
    Ok(Decision::write(changed, entries, "accepted", Ok(view)))
}

fn accept(
    context: &DecisionContext<'_>,
    user: &mut User,
    id: &SignInId,
    option: &MethodOption,
    next_step: NextStep,
    make_email_default: bool,
) -> Vec<crate::user::Entry> {
    user.tidy(context.now);
    let mut entries = vec![
        EntryKind::CodeAccepted
            .at(context.now)
            .by_method(option.method)
            .to(option.to.as_ref().map(|to| to.masked()))
            .within(id.key),
    ];
    let app_is_bound = user
        .bound(context.portal.generation)
        .any(|bound| bound.method() == Method::AuthenticatorApp);
    check_code::accept(context, user, id, option.method, option.role);
    if let Some(sign_in) = user.sign_in_mut(id.key)
        && (next_step == NextStep::ChallengeThenEnrol || (sign_in.chose_app && !app_is_bound))
    {
        sign_in.progress = Progress::MayEnrol;
    }
    if let Some(to) = option.to.as_ref().filter(|_| make_email_default) {
        let (generation, to) = (context.portal.generation, context.keys.destination_hash(to));
        let default = EmailDefault { generation, at: context.now, to, replaced: false };
        user.email_default = Some(default);
        entries.push(EntryKind::DefaultSet.at(context.now).by_method(Method::Email).within(id.key));
    }
    entries
}

fn asked_method(sign_in: &SignIn, app_is_bound: bool) -> Method {
    if sign_in.chose_app && app_is_bound {
        return Method::AuthenticatorApp;
    }
    sign_in
        .challenges
        .iter()
        .rfind(|c| c.purpose == Purpose::SignIn)
        .map_or(Method::AuthenticatorApp, |c| c.method)
}

/// Compares a guess with the app's secret; an accepted step is taken down, so that it never counts again.
fn app(
    context: &DecisionContext<'_>,
    user: &mut User,
    guess: &Code,
) -> Result<Option<WrongCode>, Refusal> {
    let generation = context.portal.generation;
    let (portal, id) = (user.portal.clone(), user.id.clone());
    let mut verdict = Some(WrongCode::Wrong);
    for authenticator in user.authenticators.iter_mut().filter(|a| a.generation == generation) {
        let Binding::App { secret, last_step } = &mut authenticator.binding else { continue };
        let owner = SecretOwner { portal: &portal, user: &id, authenticator: authenticator.id };
        match context.keys.totp_step(owner, secret, guess, context.now)? {
            Some(step) if step > *last_step => {
                *last_step = step;
                verdict = None;
            }
            Some(_) => verdict = verdict.map(|_| WrongCode::Reused),
            None => {}
        }
    }
    Ok(verdict)
}

/// Returns whether a code is the one that an app was accepted with last.
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
        let Binding::App { secret, last_step } = &authenticator.binding else { continue };
        let owner =
            SecretOwner { portal: &user.portal, user: &user.id, authenticator: authenticator.id };
        let step = context.keys.totp_step(owner, secret, code, context.now)?;
        same |= step == Some(*last_step);
    }
    Ok(same)
}
