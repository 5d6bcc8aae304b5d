//! One command under way: its caller is let in, the rules are asked, and a refusal is told in the
//! words of the portal, with the sign-in that it is about.

use portcullis_domain::{
    Decision, DecisionContext, FullWindow, Portal, RandomBytes, Refusal, SignIn, SignInId,
    SignInKey, Timestamp, Unreadable, User,
    portal::ShareKind,
    sign_in::{SignInView, open::Open},
};
use portcullis_keys::{Keyring, PortalKeyring};
use portcullis_store::{Snapshot, StoreError, UserChange, UserKey};
use std::sync::Arc;

use crate::{
    AppContext, Caller, Cause, CommandError,
    caller::language,
    update::{Stopped, Update},
};

/// The sign-in that a command is about, which the caller sees if the command is refused.
#[derive(Clone, Copy, Debug)]
pub enum About<'a> {
    NoSignIn,
    /// No sign-in: the command makes the user safer, so no share holds it back.
    Protection,
    /// Whatever the command was about that this one goes on from.
    SecondWrite,
    SignIn(&'a SignInId),
    /// The one that this opens, or has opened.
    Opening(&'a Open),
}

impl About<'_> {
    fn key(self, user: &User, portal: &UserKey) -> Option<SignInKey> {
        match self {
            Self::NoSignIn | Self::Protection | Self::SecondWrite => None,
            Self::SignIn(id) => (id.portal == portal.portal).then_some(id.key),
            // Of two sign-ins with a nonce, the one before has expired.
            Self::Opening(open) if user.id == open.user => {
                let same = |sign_in: &&SignIn| sign_in.nonce == open.nonce;
                user.sign_ins.iter().rfind(same).map(|sign_in| sign_in.key)
            }
            Self::Opening(_) => None,
        }
    }
}

/// A caller's command on one user, and the sign-in that it is about.
pub(crate) struct Call<'a, C> {
    pub(crate) context: &'a AppContext,
    pub(crate) keyring: Arc<Keyring>,
    pub(crate) caller: &'a C,
    pub(crate) key: UserKey,
    pub(crate) about: About<'a>,
}

impl<C: Caller> Call<'_, C> {
    /// Lets the caller in, now that the portal and the user are read, and asks the rules. `full` is
    /// the window of a full cap that holds back the message.
    pub(crate) fn decide<T>(
        &self,
        read: &Snapshot,
        random_bytes: &RandomBytes,
        full: Option<FullWindow>,
        decide: impl Fn(&DecisionContext<'_>, Option<User>) -> Result<Decision<T>, Refusal>,
    ) -> Result<Decision<T>, Cause> {
        self.caller.admit(read.portal.as_ref(), self.context.now())?;
        let portal = read.portal.as_ref().ok_or(Refusal::UnknownPortal)?;
        self.refuse_over_share(read)?;
        self.with_rules(portal, read, random_bytes, full, |context| {
            Ok(decide(context, read.user.clone())?)
        })
    }

    /// The kind that this call is counted as; none from browsers and admins, without an API key. A
    /// sign-in that has begun goes on whatever its portal does: its opening was counted.
    fn counts_as(&self, read: &Snapshot) -> Option<ShareKind> {
        self.caller.key()?;
        match self.about {
            About::NoSignIn | About::Protection => Some(ShareKind::Users),
            About::Opening(open) if self.is_in_known_browser(open, read) => {
                Some(ShareKind::KnownBrowsers)
            }
            About::Opening(_) => Some(ShareKind::SignIns),
            About::SignIn(_) | About::SecondWrite => None,
        }
    }

    /// Returns true if an opening brings the token of a browser in which its user got in before.
    /// A token that cannot be checked is a stranger's.
    fn is_in_known_browser(&self, open: &Open, read: &Snapshot) -> bool {
        let (Some(portal), Some(user), Some(token)) =
            (&read.portal, &read.user, &open.browser_token)
        else {
            return false;
        };
        let keys = PortalKeyring::new(&self.keyring, portal);
        let (tokens, restore) = (std::slice::from_ref(token), read.settings.restore_number);
        let known = user.known_browser(&keys, tokens, restore, self.context.now());
        user.id == open.user && known.is_ok_and(|known| known.is_some())
    }

    /// Refuses a portal that has used up its share, unless the call makes a user safer or asks for
    /// a sign-in that is open already: the reply may have been lost.
    fn refuse_over_share(&self, read: &Snapshot) -> Result<(), Refusal> {
        let now = self.context.now();
        let Some(kind) = self.counts_as(read) else { return Ok(()) };
        let is_let_through = match self.about {
            About::Protection => true,
            About::Opening(_) => self.is_open(read, now),
            About::NoSignIn | About::SecondWrite | About::SignIn(_) => false,
        };
        match self.context.shares().until(&self.key.portal, kind, now) {
            Some(until) if !is_let_through => Err(Refusal::OverShare { until }),
            Some(_) | None => Ok(()),
        }
    }

    fn is_open(&self, read: &Snapshot, now: Timestamp) -> bool {
        read.user.as_ref().is_some_and(|user| {
            let found = self.about.key(user, &self.key).and_then(|key| user.sign_in(key));
            found.is_some_and(|sign_in| now < sign_in.expires_at)
        })
    }

    /// Counts a call that was answered against the portal's share.
    pub(crate) async fn count(&self, after: &Snapshot) {
        if let (Some(kind), Some(portal)) = (self.counts_as(after), &after.portal) {
            let context = self.context;
            context.shares().count(context.store(), portal, kind, context.now()).await;
        }
    }

    /// Asks the rules about what was read, unless the caller may not act on this user.
    fn with_rules<T>(
        &self,
        portal: &Portal,
        read: &Snapshot,
        random_bytes: &RandomBytes,
        full: Option<FullWindow>,
        ask: impl FnOnce(&DecisionContext<'_>) -> Result<T, Cause>,
    ) -> Result<T, Cause> {
        let now = self.context.now();
        self.refuse_copied_item(read)?;
        if read.user.as_ref().is_some_and(|user| user.needs_a_newer_release(now)) {
            return Err(StoreError::NewerRelease { kind: "user" }.into());
        }
        let keys = PortalKeyring::new(&self.keyring, portal);
        let context = DecisionContext {
            portal,
            settings: &read.settings,
            service: self.context.service(),
            keys: &keys,
            now,
            random_bytes,
            tombstone: read.tombstone.as_ref(),
            full,
            asked_language: self.caller.asked_language(),
            text: self.caller.text(),
        };
        self.caller.admit_to(&context, read.user.as_ref())?;
        ask(&context)
    }

    /// Refuses an item copied into another user's row: it names another user than its key does.
    fn refuse_copied_item(&self, read: &Snapshot) -> Result<(), Refusal> {
        match &read.user {
            Some(user) if self.keyring.locator(&self.key.portal, &user.id) != self.key.locator => {
                Err(Unreadable::DoesNotOpen.into())
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Returns a decision as what the loop of changes writes and answers.
    pub(crate) fn update_of<T>(
        &self,
        decision: Decision<T>,
    ) -> Update<UserChange, Result<T, Refusal>> {
        let Decision { change, answer } = decision;
        let with_key = |change| UserChange { change, key: self.caller.key().map(str::to_owned) };
        Update { change: change.map(with_key), answer }
    }

    /// Returns the answer with the state it left, or the error as the caller is told it.
    pub(crate) fn answer<T>(
        &self,
        done: Result<(Result<T, Refusal>, Snapshot), Stopped<Snapshot>>,
    ) -> Result<(T, Snapshot), CommandError> {
        match done {
            Ok((Ok(answer), after)) => Ok((answer, after)),
            Ok((Err(refusal), after)) => {
                Err(self.in_words_of_portal(self.context.error(refusal), &after))
            }
            Err(Stopped { error, last: Some(last) }) => Err(self.in_words_of_portal(error, &last)),
            Err(Stopped { error, last: None }) => Err(error),
        }
    }

    /// Says an error in the words of the portal, if the portal lets the caller in: nobody else gets
    /// anything of what was read.
    fn in_words_of_portal(&self, error: CommandError, read: &Snapshot) -> CommandError {
        let Snapshot { portal, user, .. } = read;
        match portal {
            Some(portal) if self.caller.admit(Some(portal), self.context.now()).is_ok() => {
                CommandError {
                    locale: language(self.caller, portal, user.as_ref()).cloned(),
                    support: portal.profile.support.clone(),
                    sign_in: self.sign_in(&error.cause, portal, read).map(Box::new),
                    ..error
                }
            }
            Some(_) | None => error,
        }
    }

    /// Returns the sign-in as it was read or written last, unless it has expired or this caller may
    /// not see it. A failure comes without it, so that it reveals nothing.
    fn sign_in(&self, cause: &Cause, portal: &Portal, read: &Snapshot) -> Option<SignInView> {
        match cause {
            Cause::Refused(Refusal::Unreadable(_))
            | Cause::Store(
                StoreError::Unavailable { .. }
                | StoreError::Unread
                | StoreError::Unwritten
                | StoreError::Undecodable { .. }
                | StoreError::NewerRelease { .. }
                | StoreError::Missing { .. },
            )
            | Cause::Keys(_)
            | Cause::RngUnavailable => return None,
            Cause::Refused(_) | Cause::NotSent { .. } | Cause::Store(StoreError::Contended) => {}
        }
        let user = read.user.as_ref().filter(|_| self.caller.shows_sign_ins())?;
        let sign_in = self.about.key(user, &self.key)?;
        let random_bytes = self.context.random_bytes().ok()?;
        let shown = self.with_rules(portal, read, &random_bytes, None, |context| {
            Ok(SignInView::if_running(context, user, self.key.locator, sign_in))
        });
        shown.ok()?
    }
}
