//! Notifying a user of a change, at every known address: somebody else may have made it.
//!
//! A notice is claimed by a write, sent once, and finished by a second write. Whatever goes wrong
//! between them, the sweep finds it: see [`Notices`].

use portcullis_domain::{
    Destination, Locale, Named as _, Sealed, Timestamp, Unreadable, User, WriteId, limits,
    sign_in::challenge::SendOutcome,
    user::{
        Digest, Entry, EntryKind, FreezeGround, FreezeLink, Notices, Recipient, Taken, Unfinished,
        Unsent,
    },
};
use portcullis_keys::{KeyError, Keyring};
use portcullis_store::{
    Addressee, Counter, DuePlace, NoticesChange, NoticesKey, QueuedNotice, Snapshot, UserKey,
    Versioned,
};

use crate::{
    AppContext, Cause, CommandError, MessageSender,
    message_sender::{Content, Way},
    quotas::{CountedSend, counted},
    time_limit::{leaves_time_for_a_call, leaves_time_to_send},
    update::Update,
};

/// The reason for which a notice is given up whose sealed address nobody can open any more.
const KEY_WITHDRAWN: &str = "the key of its address was withdrawn, and the user has it no more";

/// A message that is claimed: what it tells, and the state that the claim left.
struct Claimed {
    changes: Vec<Unsent>,
    claim: WriteId,
    left: Option<Versioned<Notices>>,
}

pub struct ClaimedDue {
    claimed: Claimed,
    /// Notices that were claimed before by a send that never finished, and may be sent twice.
    pub claimed_before: u32,
}

impl MessageSender {
    /// Notifies one destination of an entry: takes the entry, and sends it if it is the first of
    /// its kind within an hour. An entry that comes again changes nothing. Returns the number of
    /// notices that are not tried again.
    ///
    /// # Errors
    /// [`CommandError`] if it is not known that the entry was taken, or what became of its message.
    pub async fn notify(
        &self,
        context: &AppContext,
        user_key: &UserKey,
        read: &Snapshot,
        QueuedNotice { id, entry, .. }: &QueuedNotice,
        Addressee { at, recipient, freeze }: &Addressee,
    ) -> Result<u32, CommandError> {
        let Some(portal) = &read.portal else { return Ok(0) };
        let key = NoticesKey { user_key: user_key.clone(), to: *at };
        let freeze = freeze.filter(|_| portal.has_freeze_links());
        let user = read.user.as_ref();
        let Some(to) = open_recipient(context, &key, &recipient.sealed, user).await? else {
            say_lost(&key, KEY_WITHDRAWN, &[(entry.kind, 1, entry.at)]);
            return Ok(1);
        };
        let locale = recipient.locale.as_ref().or(portal.profile.locale.as_ref());
        let recipient = match &to {
            Opened::Sealed(_) => {
                Recipient { sealed: recipient.sealed.clone(), locale: locale.cloned() }
            }
            // It may wait, and then somebody has to open it.
            Opened::Found(to) => context.addressee(user_key, to, locale, freeze).await?.recipient,
        };
        let taken = take(context, &key, (id, entry, freeze), &recipient).await?;
        let Some(claimed) = taken else { return Ok(0) };
        let (to, user) = (to.destination(), user.map(|user| (user, user_key.locator)));
        let settings = &read.sending_settings();
        let way = Way { profile: &portal.profile, settings, to, locale, user };
        self.send_claimed(context, &key, way, claimed).await
    }

    /// Sends what is due for one destination, in one message. Returns the number of notices that
    /// are not tried again.
    ///
    /// # Errors
    /// [`CommandError`] if it is not known what became of it.
    pub async fn send_due(
        &self,
        context: &AppContext,
        key: &NoticesKey,
        ClaimedDue { claimed, .. }: ClaimedDue,
    ) -> Result<u32, CommandError> {
        let recipient = claimed.left.as_ref().and_then(|left| left.value.recipient.clone());
        let read = context.store().read(&key.user_key).await?;
        match (recipient, &read.portal) {
            (Some(Recipient { sealed, locale }), Some(portal)) => {
                let user = read.user.as_ref();
                let Some(to) = open_recipient(context, key, &sealed, user).await? else {
                    return give_up(context, key, claimed).await;
                };
                let (to, locale) = (to.destination(), locale.as_ref());
                let user = read.user.as_ref().map(|user| (user, key.user_key.locator));
                let (profile, settings) = (&portal.profile, &read.sending_settings());
                let way = Way { profile, settings, to, locale, user };
                self.send_claimed(context, key, way, claimed).await
            }
            // A deleted portal has no users, and nobody is told in its name.
            (_, None) => {
                finish(context, key, claimed).await?;
                Ok(0)
            }
            (None, Some(_)) => Err(KeyError::Damaged.into()),
        }
    }

    /// Sends a claimed message, and writes down what became of it. Returns the number of notices
    /// that are not tried again.
    async fn send_claimed(
        &self,
        context: &AppContext,
        key: &NoticesKey,
        way: Way<'_>,
        claimed: Claimed,
    ) -> Result<u32, CommandError> {
        let now = context.now();
        let counters = counters(&key.user_key, way.to, key, now);
        let keyring = context.keyring().await?;
        let link = self.freeze_link(&keyring, key, &claimed.changes)?;
        let notices = Content::Notices(&claimed.changes, link.as_deref());
        let sent = async { self.deliver(&keyring, way, notices, now).await.outcome };
        let unfinished = match counted(context, &counters, sent).await? {
            CountedSend { outcome: SendOutcome::Sent, .. } => {
                finish(context, key, claimed).await?;
                return Ok(0);
            }
            CountedSend { outcome: SendOutcome::NotSent, limit: None } => Unfinished::NotSent,
            CountedSend { outcome: SendOutcome::NotSent, limit: Some(_) }
            | CountedSend { outcome: SendOutcome::Unknown, .. } => Unfinished::Later,
        };
        tracing::warn!(?unfinished, "a notice was not sent, and will be tried again");
        let Claimed { claim, left, .. } = claimed;
        let (given_up, _) = update(context, key, Some(left), |notices, _| {
            Some(notices.give_back(claim, now, unfinished))
        })
        .await?;
        let lost: Vec<Unsent> = given_up.into_iter().flatten().collect();
        Ok(lose(key, "it could not be sent for a day", &lost))
    }
}

impl MessageSender {
    /// Returns the URL of the freeze link for the newest of these changes that carries one.
    fn freeze_link(
        &self,
        keyring: &Keyring,
        key: &NoticesKey,
        changes: &[Unsent],
    ) -> Result<Option<String>, CommandError> {
        let carries = changes.iter().filter_map(|change| Some((change, change.freeze?)));
        let newest = carries.max_by_key(|(change, _)| change.newest);
        let (Some((change, ground)), Some(service)) = (newest, &self.service_url) else {
            return Ok(None);
        };
        let UserKey { portal, locator } = &key.user_key;
        let place = (portal.clone(), *locator);
        let link = FreezeLink::new(keyring, place, (change.kind, change.newest), ground, key.to);
        let link = link.map_err(KeyError::from)?.expose();
        Ok(Some(format!("{service}/prompt/freeze?link={link}")))
    }
}

impl AppContext {
    /// Returns a destination of a user as an addressee, with the user's own language: sealed, so
    /// that it can wait.
    ///
    /// # Errors
    /// [`CommandError`] if the keys cannot be read, or there are no random bytes.
    pub async fn addressee(
        &self,
        user_key: &UserKey,
        to: &Destination,
        locale: Option<&Locale>,
        freeze: Option<FreezeGround>,
    ) -> Result<Addressee, CommandError> {
        let keyring = self.keyring().await?;
        let key = NoticesKey { user_key: user_key.clone(), to: keyring.destination_hash(to) };
        let sealed = keyring.seal_destination(&key.to_string(), to, self.random()?)?;
        let recipient = Recipient { sealed, locale: locale.cloned() };
        Ok(Addressee { at: key.to, recipient, freeze })
    }

    /// Returns the notices that are due, those that wait longest first, and where the next page of
    /// them begins.
    pub async fn due_notices(
        &self,
        after: Option<DuePlace>,
    ) -> Result<(Vec<NoticesKey>, Option<DuePlace>), CommandError> {
        Ok(self.store().due_notices(self.now(), after).await?)
    }

    /// Claims what is due for one destination, if anything is, to be sent.
    ///
    /// # Errors
    /// [`CommandError`] if it is not known that it was claimed.
    pub async fn claim_due(&self, key: &NoticesKey) -> Result<Option<ClaimedDue>, CommandError> {
        let now = self.now();
        let (claimed, left) = update(self, key, None, |notices, claim| {
            notices.claim_due(now, claim).map(|digest| (digest, claim))
        })
        .await?;
        Ok(claimed.map(|(Digest { changes, claimed_before }, claim)| ClaimedDue {
            claimed: Claimed { changes, claim, left },
            claimed_before,
        }))
    }

    /// Returns true if the invocation has time for a message and for writing down what became of
    /// it.
    pub fn has_time_to_send(&self) -> bool {
        leaves_time_to_send(self.deadline(), self.now())
    }

    /// Returns true if the invocation has time for one more call to AWS, however slow it is.
    pub fn has_time_for_a_call(&self) -> bool {
        leaves_time_for_a_call(self.deadline(), self.now())
    }
}

/// The counters of a message. Only text messages have one, which counts the different numbers of a
/// user: whoever may change the number of an account could else have each number in the world sent
/// one. It is the user's own, so that nobody can use it up for somebody else.
fn counters(
    UserKey { portal, locator }: &UserKey,
    to: &Destination,
    key: &NoticesKey,
    now: Timestamp,
) -> Vec<Counter> {
    match to {
        Destination::Email(_) => vec![],
        Destination::Sms(_) => {
            let name = format!("notified#{portal}#{locator}");
            let counter = Counter::daily(&name, limits::NUMBERS_NOTIFIED_PER_DAY, now);
            vec![counter.of_different(key.to.to_string())]
        }
    }
}

/// Takes an entry, and returns the message to send now, if there is one.
async fn take(
    context: &AppContext,
    key: &NoticesKey,
    (id, entry, freeze): (&str, &Entry, Option<FreezeGround>),
    recipient: &Recipient,
) -> Result<Option<Claimed>, CommandError> {
    let now = context.now();
    let (taken, left) = update(context, key, None, |notices, claim| {
        match notices.take(id, entry, freeze, recipient.clone(), now, claim) {
            Taken::Before => None,
            Taken::SendNow => Some(Some(claim)),
            Taken::Waits => Some(None),
        }
    })
    .await?;
    let Some(claim) = taken.flatten() else { return Ok(None) };
    let all = left.iter().flat_map(|left| &left.value.unsent);
    let changes = all.filter(|unsent| unsent.claim == Some(claim)).cloned().collect();
    Ok(Some(Claimed { changes, claim, left }))
}

/// The destination of notices.
enum Opened {
    Sealed(Destination),
    /// One of those that the user has now: the key of the sealed one leaked and was withdrawn.
    Found(Destination),
}

impl Opened {
    const fn destination(&self) -> &Destination {
        match self {
            Self::Sealed(to) | Self::Found(to) => to,
        }
    }
}

/// Opens the destination of notices. If the key that it was sealed under is gone from the keyring
/// that is stored now, it is looked for among those of the user, by its keyed hash. Returns `None`
/// if it is not there either.
async fn open_recipient(
    context: &AppContext,
    key: &NoticesKey,
    sealed: &Sealed,
    user: Option<&User>,
) -> Result<Option<Opened>, CommandError> {
    let name = key.to_string();
    let is_unknown =
        |error: &KeyError| matches!(error, KeyError::Unreadable(Unreadable::UnknownVersion(_)));
    match context.keyring().await?.open_destination(&name, sealed) {
        Ok(to) => return Ok(Some(Opened::Sealed(to))),
        Err(error) if is_unknown(&error) => {}
        Err(error) => return Err(error.into()),
    }
    let keyring = context.current_keyring().await?;
    match keyring.open_destination(&name, sealed) {
        Ok(to) => Ok(Some(Opened::Sealed(to))),
        Err(error) if is_unknown(&error) => {
            let known = user.map(User::known_destinations).unwrap_or_default();
            let found = known.into_iter().find(|to| keyring.destination_hash(to) == key.to);
            Ok(found.map(Opened::Found))
        }
        Err(error) => Err(error.into()),
    }
}

/// Gives up a claimed message that nobody can address any more. Returns the number of notices in
/// it.
async fn give_up(
    context: &AppContext,
    key: &NoticesKey,
    claimed: Claimed,
) -> Result<u32, CommandError> {
    let given_up = lose(key, KEY_WITHDRAWN, &claimed.changes);
    finish(context, key, claimed).await?;
    Ok(given_up)
}

/// Names notices that are not tried again, and returns their number.
fn lose(key: &NoticesKey, why: &'static str, lost: &[Unsent]) -> u32 {
    let of = |unsent: &Unsent| (unsent.kind, unsent.count, unsent.newest);
    say_lost(key, why, &lost.iter().map(of).collect::<Vec<_>>());
    lost.iter().map(|unsent| unsent.count).sum()
}

/// Writes a line for each kind of notice that nobody gets any more, by which the operator finds the
/// entry in the portal's activity and can say it in another way. The destination stays a hash.
fn say_lost(key: &NoticesKey, why: &'static str, lost: &[(EntryKind, u32, Timestamp)]) {
    let UserKey { portal, locator } = &key.user_key;
    for (kind, given_up, newest) in lost {
        let (kind, newest) = (kind.name(), newest.unix());
        tracing::error!(%portal, user = %locator, kind, given_up, newest, why, "a notice is given up");
    }
}

async fn finish(
    context: &AppContext,
    key: &NoticesKey,
    Claimed { claim, left, .. }: Claimed,
) -> Result<(), CommandError> {
    update(context, key, Some(left), |notices, _| {
        notices.finish(claim);
        Some(())
    })
    .await?;
    Ok(())
}

/// Changes the notices to a destination, unless `change` returns `None`. A claim is the id of the
/// write that makes it.
async fn update<T>(
    context: &AppContext,
    key: &NoticesKey,
    held: Option<Option<Versioned<Notices>>>,
    change: impl Fn(&mut Notices, WriteId) -> Option<T>,
) -> Result<(Option<T>, Option<Versioned<Notices>>), CommandError> {
    let until = context.now().plus(limits::NOTICE_SECONDS);
    let changed = context.update(key, held, |read, random_bytes| {
        let stored = read.as_ref().map(|stored| stored.value.clone());
        let mut notices = stored.unwrap_or_default();
        let answer = change(&mut notices, random_bytes.write);
        let change = answer.is_some().then_some(NoticesChange { notices, until });
        Ok::<_, Cause>(Update { change, answer })
    });
    changed.await.map_err(|stopped| stopped.error)
}
