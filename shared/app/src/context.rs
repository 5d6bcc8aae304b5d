//! The table, the keys, the clock and the random source of one process.

use portcullis_domain::{
    ClaimedSignInId, Decision, DecisionContext, Locator, RandomBytes, Refusal, SignInId, Timestamp,
    User, UserId,
    passkey::ServiceAddress,
    sign_in::{Acceptance, MaySend, Outgoing, Screens, SignInView, Status, result::Redeemed},
};
use portcullis_keys::{Keyring, Purposes, SignedAssertion};
use portcullis_store::{Snapshot, Store, StoreError, UserKey};
use std::sync::Arc;

use crate::{
    About, Caller, Cause, Charged, Clock, CommandError, Deadline, Rng,
    call::Call,
    keyring::{HeldKeyring, Source, Wanted},
    quotas::{self, Quotas},
    request_notes::note_sign_in,
    shares::Shares,
    update::{TRIES, Update},
};

/// Everything that a command works with.
#[derive(Clone)]
pub struct AppContext {
    store: Store,
    kms: aws_sdk_kms::Client,
    purposes: Purposes,
    keyring: Arc<HeldKeyring>,
    shares: Arc<Shares>,
    issuer: Arc<str>,
    service: Arc<ServiceAddress>,
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
        let (keyring, shares, deadline) = (Arc::default(), Arc::default(), Deadline::default());
        let (issuer, service) = (issuer.into(), Arc::default());
        Self { store, kms, purposes, keyring, shares, issuer, service, clock, rng, deadline }
    }

    /// The same context of a service with this address, which passkeys can be made for.
    #[must_use]
    pub fn at(self, service: ServiceAddress) -> Self {
        Self { service: Arc::new(service), ..self }
    }

    /// The same context in another process, which has just read this keyring.
    #[must_use]
    pub fn holding(self, keyring: Arc<Keyring>) -> Self {
        let keyring = Arc::new(HeldKeyring::read_at(keyring, self.now()));
        Self { keyring, shares: Arc::default(), ..self }
    }

    /// The issuer in assertions and ID tokens.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    pub fn service(&self) -> &ServiceAddress {
        &self.service
    }

    pub const fn deadline(&self) -> &Deadline {
        &self.deadline
    }

    pub(crate) fn shares(&self) -> &Shares {
        &self.shares
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

    /// The keyring with the keys of this function's purposes, read again at least every five
    /// minutes, and when something was under a version that it does not have.
    pub async fn keyring(&self) -> Result<Arc<Keyring>, CommandError> {
        self.held_keyring(Wanted::Known).await
    }

    /// The keyring as it is stored now: a key that was withdrawn is no longer in it.
    pub async fn current_keyring(&self) -> Result<Arc<Keyring>, CommandError> {
        self.held_keyring(Wanted::Current).await
    }

    async fn held_keyring(&self, wanted: Wanted) -> Result<Arc<Keyring>, CommandError> {
        let source = Source { store: &self.store, kms: &self.kms, purposes: self.purposes };
        self.keyring.get(source, wanted, self.now()).await
    }

    /// Returns true if a command stopped at a version of a key that was not known, and a keyring
    /// that may know it has been read since: the command may be tried again.
    async fn has_newer_keys<T>(
        &self,
        keyring: &Arc<Keyring>,
        done: &Result<T, CommandError>,
    ) -> Result<bool, CommandError> {
        match done {
            Err(error) if error.met_unknown_version() => {
                Ok(!Arc::ptr_eq(keyring, &self.keyring().await?))
            }
            Ok(_) | Err(_) => Ok(false),
        }
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
        let keyring = self.keyring().await?;
        let id = claimed.check(&*keyring).map_err(unknown)?;
        note_sign_in(keyring.sign_in_mark(&id));
        Ok(id)
    }

    /// Notes for the log that a request is about a sign-in that its path does not name.
    pub async fn note_sign_in(&self, id: &SignInId) -> Result<(), CommandError> {
        note_sign_in(self.keyring().await?.sign_in_mark(id));
        Ok(())
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
        let about = if held.is_some() { About::SecondWrite } else { About::NoSignIn };
        self.command_about(caller, locator, held, about, decide).await
    }

    async fn command_about<T>(
        &self,
        caller: &impl Caller,
        locator: Locator,
        held: Option<Snapshot>,
        about: About<'_>,
        decide: impl Fn(&DecisionContext<'_>, Option<User>) -> Result<Decision<T>, Refusal>,
    ) -> Result<(T, Snapshot), CommandError> {
        let call = self.call(caller, locator, about).await?;
        let done = Box::pin(self.decide_and_write(&call, held, &decide)).await;
        if self.has_newer_keys(&call.keyring, &done).await? {
            let call = self.call(caller, locator, about).await?;
            return Box::pin(self.decide_and_write(&call, None, &decide)).await;
        }
        done
    }

    async fn decide_and_write<C: Caller, T>(
        &self,
        call: &Call<'_, C>,
        held: Option<Snapshot>,
        decide: &impl Fn(&DecisionContext<'_>, Option<User>) -> Result<Decision<T>, Refusal>,
    ) -> Result<(T, Snapshot), CommandError> {
        let update_from = |read: &Snapshot, random_bytes: &RandomBytes| {
            let decision = call.decide(read, random_bytes, None, decide)?;
            Ok(call.update_of(decision))
        };
        let done = self.update(&call.key, held, update_from).await;
        if let Ok((_, after)) = &done {
            call.count(after).await;
        }
        call.answer(done)
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
        let call = self.call(caller, locator, about).await?;
        let done = Box::pin(self.decide_within_quotas(&call, &decide)).await;
        if self.has_newer_keys(&call.keyring, &done).await? {
            let call = self.call(caller, locator, about).await?;
            return Box::pin(self.decide_within_quotas(&call, &decide)).await;
        }
        done
    }

    async fn decide_within_quotas<C: Caller, T: MaySend>(
        &self,
        call: &Call<'_, C>,
        decide: &impl Fn(&DecisionContext<'_>, Option<User>) -> Result<Decision<T>, Refusal>,
    ) -> Result<(T, Charged), CommandError> {
        let (mut held, mut known) = (None, Quotas::default());
        for _ in 0..TRIES {
            let update_within_quotas = |read: &Snapshot, random_bytes: &RandomBytes| {
                let decide_with = |full| call.decide(read, random_bytes, full, decide);
                let decision = decide_with(None)?;
                let decision = match decision.answer.as_ref().ok().and_then(MaySend::outgoing) {
                    None => decision,
                    Some(outgoing) if known.outgoing.as_ref() != Some(&outgoing) => {
                        let answer = Ok(SendStep::ReadQuotas(outgoing));
                        return Ok(Update { change: None, answer });
                    }
                    Some(_) if known.full.is_some() => decide_with(known.full)?,
                    Some(_) => decision,
                };
                Ok(call.update_of(decision.map(SendStep::Decided)))
            };
            let done = self.update(&call.key, held.take(), update_within_quotas).await;
            if let Ok((Ok(SendStep::Decided(_)) | Err(_), after)) = &done {
                call.count(after).await;
            }
            let (step, after) = call.answer(done)?;
            let outgoing = match step {
                SendStep::Decided(answer) => {
                    return Ok((answer, Charged { after, counters: known.counters }));
                }
                SendStep::ReadQuotas(outgoing) => outgoing,
            };
            let settings = after.sending_settings();
            known = quotas::read(self, &call.keyring, &call.key, outgoing, &settings).await?;
            held = Some(after);
        }
        Err(StoreError::Contended.into())
    }

    async fn call<'a, C: Caller>(
        &'a self,
        caller: &'a C,
        locator: Locator,
        about: About<'a>,
    ) -> Result<Call<'a, C>, CommandError> {
        let key = UserKey { portal: caller.portal().clone(), locator };
        let keyring = self.keyring().await?;
        match about {
            About::SignIn(id) => note_sign_in(keyring.sign_in_mark(id)),
            About::Opening(_) | About::NoSignIn | About::Protection | About::SecondWrite => {}
        }
        Ok(Call { context: self, keyring, caller, key, about })
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
        about: About<'_>,
        decide: impl Fn(&DecisionContext<'_>, Option<User>, &UserId) -> Result<Decision<T>, Refusal>,
    ) -> Result<T, CommandError> {
        let locator = self.keyring().await?.locator(caller.portal(), id);
        let decide_on_id = |context: &DecisionContext<'_>, user| decide(context, user, id);
        Ok(self.command_about(caller, locator, None, about, decide_on_id).await?.0)
    }

    pub async fn on_user_at<T>(
        &self,
        caller: &impl Caller,
        locator: Locator,
        about: About<'_>,
        decide: impl Fn(&DecisionContext<'_>, Option<User>, &UserId) -> Result<Decision<T>, Refusal>,
    ) -> Result<T, CommandError> {
        let decide_on_found = |context: &DecisionContext<'_>, user: Option<User>| {
            let id = user.as_ref().map(|user| user.id.clone());
            decide(context, user, &id.ok_or(Refusal::UnknownUser)?)
        };
        Ok(self.command_about(caller, locator, None, about, decide_on_found).await?.0)
    }

    /// Signs the assertion of a sign-in, if the user is in and the portal shows its own screens;
    /// where the prompt does, the assertion is had for the result code alone.
    pub async fn assertion(
        &self,
        view: &SignInView,
    ) -> Result<Option<SignedAssertion>, CommandError> {
        match (&view.status, &view.screens) {
            (Status::Allowed(acceptance), Screens::Portal) => match view.settled_at {
                Some(at) => self.sign(view, acceptance, at).await.map(Some),
                None => Ok(None),
            },
            (Status::Allowed(_), Screens::Prompt(_)) | (Status::Waiting(_) | Status::Dead, _) => {
                Ok(None)
            }
        }
    }

    pub async fn redeemed(&self, redeemed: &Redeemed) -> Result<SignedAssertion, CommandError> {
        self.sign(&redeemed.view, &redeemed.acceptance, redeemed.issued_at).await
    }

    /// Signs the ID token of a sign-in, with the nonce that the portal pushed, if it did.
    pub async fn id_token(
        &self,
        issuer: &str,
        redeemed: &Redeemed,
        nonce: Option<&str>,
    ) -> Result<String, CommandError> {
        Ok(self.keyring().await?.sign_id_token(issuer, redeemed, nonce)?)
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
enum SendStep<T> {
    Decided(T),
    /// The counters of this message have to be read first.
    ReadQuotas(Outgoing),
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
