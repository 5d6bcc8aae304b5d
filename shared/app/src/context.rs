//! The table, the keys, the clock and the random source of one process.

use portcullis_domain::{
    ClaimedSignInId, Decision, DecisionContext, FullWindow, Locator, RandomBytes, Refusal,
    SignInId, Timestamp, Unreadable, User, UserId,
    sign_in::{Acceptance, MaySend, Outgoing, Screens, SignInView, Status, result::Redeemed},
};
use portcullis_keys::{
    KeyError, Keyring, PortalKeyring, Purposes, SignedAssertion, WrappedKeyring,
};
use portcullis_store::{Snapshot, Store, StoreError, UserChange, UserKey};
use std::sync::Arc;
use tokio::sync::OnceCell;

use crate::{
    About, Caller, Cause, Charged, Clock, CommandError, Deadline, Rng,
    explainer::Explainer,
    quotas::{self, Quotas},
    update::{TRIES, Update},
};

/// Everything that a command works with.
#[derive(Clone)]
pub struct AppContext {
    store: Store,
    kms: aws_sdk_kms::Client,
    purposes: Purposes,
    keyring: Arc<OnceCell<Keyring>>,
    issuer: Arc<str>,
    clock: Clock,
    rng: Rng,
    deadline: Deadline,
}

impl AppContext {
    /// The context with this table, the keys of these purposes, and this issuer in its assertions.
    pub fn new(
        store: Store,
        kms: aws_sdk_kms::Client,
        purposes: Purposes,
        issuer: &str,
        clock: Clock,
        rng: Rng,
    ) -> Self {
        let (keyring, deadline) = (Arc::new(OnceCell::new()), Deadline::default());
        let issuer = issuer.into();
        Self { store, kms, purposes, keyring, issuer, clock, rng, deadline }
    }

    pub const fn deadline(&self) -> &Deadline {
        &self.deadline
    }

    pub const fn store(&self) -> &Store {
        &self.store
    }

    pub const fn kms(&self) -> &aws_sdk_kms::Client {
        &self.kms
    }

    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Random bytes.
    ///
    /// # Errors
    /// [`Cause::RngUnavailable`] when there are none.
    pub fn random<const N: usize>(&self) -> Result<[u8; N], CommandError> {
        Ok(self.bytes()?)
    }

    pub(crate) fn random_bytes(&self) -> Result<RandomBytes, Cause> {
        Ok(RandomBytes::new(&self.bytes::<{ RandomBytes::LEN }>()?))
    }

    fn bytes<const N: usize>(&self) -> Result<[u8; N], Cause> {
        let mut bytes = [0; N];
        if (self.rng)(&mut bytes) { Ok(bytes) } else { Err(Cause::RngUnavailable) }
    }

    /// The keyring, read once per process, with the keys of this function's purposes unwrapped.
    pub async fn keyring(&self) -> Result<&Keyring, CommandError> {
        let open = async || {
            let keyring =
                self.store.keyring::<WrappedKeyring>().await?.ok_or(KeyError::NoKeyring)?;
            Ok(Keyring::open(&self.kms, &keyring, self.purposes).await?)
        };
        self.keyring.get_or_try_init(open).await
    }

    /// Reads the keys and wakes the table's connection while the process starts, when time costs
    /// least.
    pub async fn warm(&self) {
        if self.keyring().await.is_err() {
            tracing::warn!("started without keys; the first request reads them again");
        }
    }

    /// Reads the id of a sign-in from a request's path.
    ///
    /// # Errors
    /// [`Refusal::UnknownSignIn`] for what was made up; the table is not asked then.
    pub async fn sign_in_id(&self, text: &str) -> Result<SignInId, CommandError> {
        let unknown = |_| Refusal::UnknownSignIn;
        let claimed = ClaimedSignInId::parse(text).map_err(unknown)?;
        Ok(claimed.check(self.keyring().await?).map_err(unknown)?)
    }

    /// Runs a command on one of a portal's users. `held` is the state a command before it left, so
    /// that a second write needs no second read.
    pub async fn command<T>(
        &self,
        caller: &impl Caller,
        locator: Locator,
        held: Option<Snapshot>,
        decide: impl Fn(&DecisionContext<'_>, Option<User>) -> Result<Decision<T>, Refusal>,
    ) -> Result<(T, Snapshot), CommandError> {
        self.command_about(caller, locator, held, About::NoSignIn, decide).await
    }

    async fn command_about<T>(
        &self,
        caller: &impl Caller,
        locator: Locator,
        held: Option<Snapshot>,
        about: About<'_>,
        decide: impl Fn(&DecisionContext<'_>, Option<User>) -> Result<Decision<T>, Refusal>,
    ) -> Result<(T, Snapshot), CommandError> {
        let keyring = self.keyring().await?;
        let key = UserKey { portal: caller.portal().clone(), locator };
        let decide = |read: &Snapshot, random_bytes: &RandomBytes| {
            let decision = self.decide(keyring, caller, &key, read, random_bytes, None, &decide)?;
            Ok(written(decision, caller))
        };
        let done = self.update(&key, held, decide).await;
        Explainer { context: self, keyring, caller, key: &key, about }.answered(done)
    }

    /// Runs a command that a message may go out with. The counters of that message are read before
    /// anything is written: if one is full, the command is decided again without the message.
    pub async fn command_that_sends<T: MaySend>(
        &self,
        caller: &impl Caller,
        locator: Locator,
        about: About<'_>,
        decide: impl Fn(&DecisionContext<'_>, Option<User>) -> Result<Decision<T>, Refusal>,
    ) -> Result<(T, Charged), CommandError> {
        let keyring = self.keyring().await?;
        let key = UserKey { portal: caller.portal().clone(), locator };
        let (mut held, mut known) = (None, Quotas::default());
        for _ in 0..TRIES {
            let decide = |read: &Snapshot, random_bytes: &RandomBytes| {
                let decide =
                    |full| self.decide(keyring, caller, &key, read, random_bytes, full, &decide);
                let decision = decide(None)?;
                let decision = match decision.answer.as_ref().ok().and_then(MaySend::outgoing) {
                    None => decision,
                    Some(outgoing) if known.outgoing.as_ref() != Some(&outgoing) => {
                        return Ok(Update { change: None, answer: Ok(Step::ReadQuotas(outgoing)) });
                    }
                    Some(_) if known.full.is_some() => decide(known.full)?,
                    Some(_) => decision,
                };
                Ok(written(decision.map(Step::Decided), caller))
            };
            let done = self.update(&key, held.take(), decide).await;
            let explainer = Explainer { context: self, keyring, caller, key: &key, about };
            let (step, after) = explainer.answered(done)?;
            let outgoing = match step {
                Step::Decided(answer) => {
                    return Ok((answer, Charged { after, counters: known.counters }));
                }
                Step::ReadQuotas(outgoing) => outgoing,
            };
            known = quotas::read(self, keyring, &key, outgoing, &after.settings).await?;
            held = Some(after);
        }
        Err(StoreError::Contended.into())
    }

    #[expect(clippy::too_many_arguments, reason = "everything that a decision depends on")]
    fn decide<T>(
        &self,
        keyring: &Keyring,
        caller: &impl Caller,
        key: &UserKey,
        read: &Snapshot,
        random_bytes: &RandomBytes,
        full: Option<FullWindow>,
        decide: impl Fn(&DecisionContext<'_>, Option<User>) -> Result<Decision<T>, Refusal>,
    ) -> Result<Decision<T>, Cause> {
        caller.admit(read.portal.as_ref(), self.now())?;
        let portal = read.portal.as_ref().ok_or(Refusal::UnknownPortal)?;
        belongs(keyring, key, read)?;
        if read.user.as_ref().is_some_and(|user| user.needs_a_newer_release(self.now())) {
            return Err(StoreError::NewerRelease { kind: "user" }.into());
        }
        let keys = PortalKeyring::new(keyring, portal);
        let context = DecisionContext {
            portal,
            settings: &read.settings,
            keys: &keys,
            now: self.now(),
            random_bytes,
            tombstone: read.tombstone.as_ref(),
            full,
            asked_language: caller.asked_language(),
        };
        caller.admit_to(&context, read.user.as_ref())?;
        Ok(decide(&context, read.user.clone())?)
    }

    /// Runs a portal's command on one of its sign-ins; another portal's is as unknown as one that
    /// never was.
    pub async fn on_sign_in<T>(
        &self,
        caller: &impl Caller,
        id: &SignInId,
        decide: impl Fn(&DecisionContext<'_>, Option<User>) -> Result<Decision<T>, Refusal>,
    ) -> Result<(T, Snapshot), CommandError> {
        let about = About::SignIn(id);
        self.command_about(caller, id.locator, None, about, on_own(id, decide)).await
    }

    /// Does the same for a command that a message may go out with.
    pub async fn send_on_sign_in<T: MaySend>(
        &self,
        caller: &impl Caller,
        id: &SignInId,
        decide: impl Fn(&DecisionContext<'_>, Option<User>) -> Result<Decision<T>, Refusal>,
    ) -> Result<(T, Charged), CommandError> {
        let about = About::SignIn(id);
        self.command_that_sends(caller, id.locator, about, on_own(id, decide)).await
    }

    pub async fn on_user_id<T>(
        &self,
        caller: &impl Caller,
        id: &UserId,
        decide: impl Fn(&DecisionContext<'_>, Option<User>, &UserId) -> Result<Decision<T>, Refusal>,
    ) -> Result<T, CommandError> {
        let locator = self.keyring().await?.locator(caller.portal(), id);
        let decide = |context: &DecisionContext<'_>, user| decide(context, user, id);
        Ok(self.command(caller, locator, None, decide).await?.0)
    }

    pub async fn on_user_at<T>(
        &self,
        caller: &impl Caller,
        locator: Locator,
        decide: impl Fn(&DecisionContext<'_>, Option<User>, &UserId) -> Result<Decision<T>, Refusal>,
    ) -> Result<T, CommandError> {
        let decide = |context: &DecisionContext<'_>, user: Option<User>| {
            let id = user.as_ref().map(|user| user.id.clone());
            decide(context, user, &id.ok_or(Refusal::UnknownUser)?)
        };
        Ok(self.command(caller, locator, None, decide).await?.0)
    }

    /// Signs the assertion of a sign-in, if the user is in and the portal shows its own screens;
    /// where the prompt does, the assertion is had for the result code alone.
    pub async fn assertion(
        &self,
        view: &SignInView,
    ) -> Result<Option<SignedAssertion>, CommandError> {
        match (&view.status, &view.screens) {
            (Status::Allowed(acceptance), Screens::Portal) => {
                self.sign(view, acceptance, acceptance.at).await.map(Some)
            }
            (Status::Allowed(_), Screens::Prompt(_)) | (Status::Waiting(_) | Status::Dead, _) => {
                Ok(None)
            }
        }
    }

    pub async fn redeemed(&self, redeemed: &Redeemed) -> Result<SignedAssertion, CommandError> {
        self.sign(&redeemed.view, &redeemed.acceptance, redeemed.issued_at).await
    }

    async fn sign(
        &self,
        view: &SignInView,
        acceptance: &Acceptance,
        issued_at: Timestamp,
    ) -> Result<SignedAssertion, CommandError> {
        Ok(self.keyring().await?.sign(&self.issuer, view, acceptance, issued_at)?)
    }
}

/// A step of a command that sends.
enum Step<T> {
    Decided(T),
    /// The counters of this message have to be read first.
    ReadQuotas(Outgoing),
}

fn written<T>(
    decision: Decision<T>,
    caller: &impl Caller,
) -> Update<UserChange, Result<T, Refusal>> {
    let Decision { change, answer } = decision;
    let keyed = |change| UserChange { change, key: caller.key().map(str::to_owned) };
    Update { change: change.map(keyed), answer }
}

/// The command on a sign-in of the portal that it came from; another portal's is as unknown as one
/// that never was.
fn on_own<T>(
    id: &SignInId,
    decide: impl Fn(&DecisionContext<'_>, Option<User>) -> Result<Decision<T>, Refusal>,
) -> impl Fn(&DecisionContext<'_>, Option<User>) -> Result<Decision<T>, Refusal> {
    move |context, user| {
        if id.portal == context.portal.id {
            decide(context, user)
        } else {
            Err(Refusal::UnknownSignIn)
        }
    }
}

/// An item copied into another user's row names another user than its key does.
pub(crate) fn belongs(keyring: &Keyring, key: &UserKey, read: &Snapshot) -> Result<(), Refusal> {
    match &read.user {
        Some(user) if keyring.locator(&key.portal, &user.id) != key.locator => {
            Err(Unreadable::DoesNotOpen.into())
        }
        Some(_) | None => Ok(()),
    }
}
