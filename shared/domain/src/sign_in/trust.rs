//! Trust in a browser: a right code or a passkey earns it, if the user asks for it with that proof.

use super::{
    Acceptance, Event, Ground, Mfa, Progress, Role, SignIn,
    guess::{Accepted, Remember},
};
use crate::{
    BrowserId, DecisionContext, Device, SignInKey, User,
    policy::RememberBrowser,
    user::{Entry, EntryKind, TrustedBrowser},
};

/// Returns the policy's setting if the browser of a sign-in can be remembered. Whoever got in by a
/// recovery or bypass code may not be the user, and a proof for something else is no login.
pub(super) fn offered(context: &DecisionContext<'_>, sign_in: &SignIn) -> Option<RememberBrowser> {
    let is_login = match sign_in.event {
        Event::Login | Event::Invitation => true,
        Event::Manage | Event::StepUp => false,
    };
    let is_own = match sign_in.ground {
        Ground::RecoveryCode | Ground::BypassCode => false,
        Ground::PasswordAlone
        | Ground::AppCode
        | Ground::EmailCode
        | Ground::SmsCode
        | Ground::MailedLink
        | Ground::Passkey => true,
    };
    context.portal.remember_browser().filter(|_| is_login && is_own)
}

/// Returns true if a proof in this role can earn trust: one that stands in for another cannot, nor
/// can one that only opens an enrolment.
pub(super) const fn earns(role: Role) -> bool {
    match role {
        Role::Bound | Role::Directory => true,
        Role::Old | Role::Fallback | Role::Enrol | Role::First | Role::Recovery => false,
    }
}

/// Trusts the browser of a sign-in that a proof has just ended, if the user asked for it and the
/// proof earns it. One that was trusted before is trusted anew.
pub(super) fn earn(
    context: &DecisionContext<'_>,
    user: &mut User,
    key: SignInKey,
    accepted: Accepted,
) -> Option<Entry> {
    let Accepted { method, role, passkey, remember } = accepted;
    let sign_in = user.sign_in(key)?;
    let policy = match (remember, sign_in.progress) {
        (Remember::ThisBrowser, Progress::Done(Acceptance { mfa: Mfa::Done, .. })) => {
            offered(context, sign_in)?
        }
        (Remember::ThisBrowser, Progress::Done(_) | Progress::Open | Progress::MayEnrol)
        | (Remember::ThisBrowser, Progress::Dead)
        | (Remember::Nothing, _) => return None,
    };
    if !earns(role) || !policy.earned_by.takes(method) {
        return None;
    }
    let before = sign_in.trusted_in;
    let device = sign_in.device;
    let trusted = TrustedBrowser {
        id: BrowserId::of(&key),
        counter: 1,
        since: context.now,
        days: policy.days,
        method,
        role,
        passkey,
        generation: context.portal.generation,
        device: device.and_then(|Device { browser, system, .. }| Device::of(browser, system, None)),
    };
    user.trust(trusted, before);
    Some(EntryKind::BrowserTrusted.at(context.now).by_method(method).within(key))
}
