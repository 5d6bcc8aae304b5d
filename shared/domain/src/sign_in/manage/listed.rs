//! The settings as a user is shown them.

use super::{Rights, add::methods_with_room, remaining::check_way_in};
use crate::{
    AuthenticatorId, AuthenticatorName, BrowserId, DecisionContext, Device, Masked, Method,
    Timestamp, User,
    decision::Facts,
    limits,
    portal::ShownBy,
    sign_in::recovery_offer::may_have_codes,
    user::{
        Authenticator, Entry, TrustedBrowser,
        sign_in::{Event, SignIn, Stage},
    },
};

/// A user's own security settings, while they can be changed.
#[derive(Clone, Debug)]
pub struct SecuritySettings {
    pub authenticators: Vec<ListedAuthenticator>,
    /// The methods that there is room for. An address or a number takes the place of the one that
    /// is bound.
    pub can_add: Vec<Method>,
    /// An app can be set up in place of another one, also where there is no room for one more.
    pub apps_in_policy: bool,
    pub email_default: bool,
    pub can_unset_default: bool,
    /// The recovery codes; `None` if the policy has none, or nothing is bound that they stand for.
    pub recovery_codes: Option<ListedCodes>,
    /// The browsers in which the user is not asked now, oldest first.
    pub trusted_browsers: Vec<ListedBrowser>,
    /// The last entries of the activity log, the newest first.
    pub recent: Vec<Entry>,
    pub changes_left: u8,
    pub until: Timestamp,
}

/// Recovery codes as their user is shown them, never the codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListedCodes {
    /// The number that is left, and the moment they were made, if there are any.
    pub left: Option<(u8, Timestamp)>,
}

#[derive(Clone, Debug)]
pub struct ListedAuthenticator {
    pub id: AuthenticatorId,
    pub method: Method,
    pub name: Option<AuthenticatorName>,
    pub to: Option<Masked>,
    pub added_at: Timestamp,
    /// False for the last way in while the policy requires one.
    pub is_removable: bool,
}

/// A browser in which a user is not asked now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListedBrowser {
    pub id: BrowserId,
    pub device: Option<Device>,
    /// The moment of the proof that earned the trust.
    pub since: Timestamp,
    /// The moment from which the user is asked again.
    pub until: Timestamp,
}

impl ListedBrowser {
    /// Returns the browsers in which a user is not asked now, oldest first. One that counts no more
    /// under the present policy is none.
    pub fn all(context: &DecisionContext<'_>, user: &User) -> Vec<Self> {
        let Some(remember) = context.portal.remember_browser() else { return vec![] };
        let counts = |browser: &&TrustedBrowser| {
            [ShownBy::Prompt, ShownBy::Portal].into_iter().any(|shown_by| {
                let begun = Stage::begun(Event::Login, shown_by);
                let stage = Stage { trusted_in: Some(browser.id), ..begun };
                Facts::gather(context, user, stage).trusted
            })
        };
        let listed = |browser: &TrustedBrowser| {
            let TrustedBrowser { id, device, since, .. } = *browser;
            Self { id, device, since, until: browser.until(remember.days) }
        };
        user.trusted_browsers.iter().filter(counts).map(listed).collect()
    }
}

impl ListedCodes {
    fn of(context: &DecisionContext<'_>, user: &User) -> Self {
        let codes = user.counting_codes(context.portal, context.settings);
        Self { left: codes.map(|codes| (codes.left(), codes.made_at)) }
    }
}

impl ListedAuthenticator {
    pub fn of(bound: &Authenticator, is_removable: bool) -> Self {
        Self {
            id: bound.id,
            method: bound.method(),
            name: bound.name.clone(),
            to: bound.destination().map(|to| to.masked()),
            added_at: bound.bound_at,
            is_removable,
        }
    }
}

impl SecuritySettings {
    /// Returns the settings in a sign-in, if they can be changed in it now.
    pub(in crate::sign_in) fn of(
        context: &DecisionContext<'_>,
        user: &User,
        sign_in: &SignIn,
    ) -> Option<Self> {
        let rights = Rights::of(context, user, sign_in).ok()?;
        let is_left = |change: &dyn Fn(&mut User)| {
            let mut after = user.clone();
            change(&mut after);
            check_way_in(context, &after, sign_in.shown_by()).is_ok()
        };
        let listed = |bound: &Authenticator| {
            let removed = |after: &mut User| drop(after.take_authenticator(bound.id));
            ListedAuthenticator::of(bound, is_left(&removed))
        };
        let generation = context.portal.generation;
        let email_default =
            user.email_default.is_some_and(|default| default.generation == generation);
        Some(Self {
            authenticators: user.bound(generation).map(listed).collect(),
            can_add: methods_with_room(context, user, sign_in.shown_by()),
            apps_in_policy: context.portal.policy.has(Method::AuthenticatorApp),
            email_default,
            can_unset_default: email_default && is_left(&|after| after.email_default = None),
            recovery_codes: may_have_codes(context, user).then(|| ListedCodes::of(context, user)),
            trusted_browsers: ListedBrowser::all(context, user),
            recent: user.activity.iter().rev().take(limits::ENTRIES_SHOWN).cloned().collect(),
            changes_left: rights.changes_left,
            until: rights.until,
        })
    }
}
