//! Where a handler reads, decides and writes: the table, the keys, the clock and chance of one process.

use portcullis_domain::{
    ClaimedSignInId, Decided, Draw, Locator, PortalId, Refusal, Scene, SignInId, Timestamp,
    Unreadable, User, UserId,
    sign_in::{Acceptance, Picture, Screens, Status, result::Redeemed},
};
use portcullis_keys::{KeyError, Keyring, PortalKeys, Purposes, Ring, SignedAssertion};
use portcullis_store::{Committed, Place, Read, Stop, Store};
use std::sync::{Arc, Mutex};
use tokio::sync::OnceCell;

use crate::{Caller, Chance, Clock, Deadline, Problem, UserName};

/// Everything a handler works with.
#[derive(Clone)]
pub struct Desk {
    store: Store,
    kms: aws_sdk_kms::Client,
    purposes: Purposes,
    ring: Arc<OnceCell<Ring>>,
    issuer: Arc<str>,
    clock: Clock,
    chance: Chance,
    deadline: Deadline,
}

impl Desk {
    /// A desk with this table, the keys of these purposes, and this issuer in its assertions.
    pub fn new(
        store: Store,
        kms: aws_sdk_kms::Client,
        purposes: Purposes,
        issuer: &str,
        clock: Clock,
        chance: Chance,
    ) -> Self {
        let (ring, deadline) = (Arc::new(OnceCell::new()), Deadline::default());
        let issuer = issuer.into();
        Self { store, kms, purposes, ring, issuer, clock, chance, deadline }
    }

    /// The end of the invocation that runs.
    pub const fn deadline(&self) -> &Deadline {
        &self.deadline
    }

    /// The table.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// The key service.
    pub const fn kms(&self) -> &aws_sdk_kms::Client {
        &self.kms
    }

    /// The moment.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Random bytes.
    ///
    /// # Errors
    /// 503 when there are none.
    pub fn random<const N: usize>(&self) -> Result<[u8; N], Problem> {
        let mut bytes = [0; N];
        if (self.chance)(&mut bytes) { Ok(bytes) } else { Err(Problem::unavailable()) }
    }

    fn draw(&self) -> Option<Draw> {
        self.random::<{ Draw::LEN }>().ok().map(|bytes| Draw::new(&bytes))
    }

    /// The keyring, read once per process, with the keys of this function's purposes unwrapped.
    ///
    /// # Errors
    /// 503 when there is none, or it cannot be opened; the next request tries again.
    pub async fn ring(&self) -> Result<&Ring, Problem> {
        self.ring
            .get_or_try_init(|| async {
                let stored = self
                    .store
                    .keyring::<Keyring>()
                    .await
                    .map_err(|error| Problem::failed(&error))?;
                let keyring = stored.ok_or_else(|| Problem::failed(&KeyError::NoKeyring))?;
                Ok(Ring::open(&self.kms, &keyring, self.purposes).await?)
            })
            .await
    }

    /// Reads the keys and wakes the table's connection while the process starts, when time costs least.
    pub async fn warm(&self) {
        if self.ring().await.is_err() {
            tracing::warn!("started without keys; the first request reads them again");
        }
    }

    /// Reads the id of a sign-in from a request's path.
    ///
    /// # Errors
    /// 404 for what was made up; the table is not asked then.
    pub async fn sign_in_id(&self, text: &str) -> Result<SignInId, Problem> {
        let unknown = |_| Problem::refused(&Refusal::UnknownSignIn, self.now());
        let claimed = ClaimedSignInId::parse(text).map_err(unknown)?;
        claimed.check(self.ring().await?).map_err(unknown)
    }

    /// Runs a command on one of a portal's users. `held` is the state a command before it left, so that a second
    /// write needs no second read.
    ///
    /// # Errors
    /// The refusal, or the failure, as it is told.
    pub async fn command<T>(
        &self,
        caller: &impl Caller,
        locator: Locator,
        held: Option<Read>,
        decide: impl Fn(&Scene<'_>, Option<User>) -> Result<Decided<T>, Refusal>,
    ) -> Result<(T, Read), Problem> {
        let ring = self.ring().await?;
        let place = Place { portal: caller.portal().clone(), locator };
        // What the refusal of a known portal is told with: the language, and how to get help.
        let manner = Mutex::new((None, None));
        let told = |problem: Problem| {
            let (locale, support) = manner.lock().map(|known| known.clone()).unwrap_or_default();
            problem.in_language(locale.as_ref()).with_support(support)
        };
        let committed = self.store.command(
            &place,
            held,
            || self.draw(),
            |read, draw| {
                let now = self.now();
                caller.admit(read.portal.as_ref(), now)?;
                let portal = read.portal.as_ref().ok_or(Refusal::UnknownPortal)?;
                if let Ok(mut manner) = manner.lock() {
                    let locale = portal.locale_for(read.user.as_ref()).cloned();
                    *manner = (locale, portal.profile.support.clone());
                }
                belongs(ring, &place.portal, locator, read)?;
                let keys = PortalKeys::new(ring, portal);
                let scene = Scene {
                    portal,
                    settings: &read.settings,
                    keys: &keys,
                    now,
                    draw,
                    tombstone: read.tombstone.as_ref(),
                };
                caller.admit_to(&scene, read.user.as_ref())?;
                decide(&scene, read.user.clone())
            },
        );
        let Committed { answer, after } =
            committed.await.map_err(|stop| told(Problem::stopped(&stop, self.now())))?;
        match answer {
            Ok(answer) => Ok((answer, after)),
            Err(refusal) => Err(told(Problem::stopped(&Stop::Refused(refusal), self.now()))),
        }
    }

    /// Runs a portal's command on one of its sign-ins; another portal's is as unknown as one that never was.
    ///
    /// # Errors
    /// The refusal, or the failure, as it is told.
    pub async fn on_sign_in<T>(
        &self,
        caller: &impl Caller,
        id: &SignInId,
        decide: impl Fn(&Scene<'_>, Option<User>) -> Result<Decided<T>, Refusal>,
    ) -> Result<(T, Read), Problem> {
        let own = |scene: &Scene<'_>, user| {
            if id.portal == scene.portal.id {
                decide(scene, user)
            } else {
                Err(Refusal::UnknownSignIn)
            }
        };
        self.command(caller, id.locator, None, own).await
    }

    /// Runs a command on the user that a call names.
    ///
    /// # Errors
    /// The refusal, or the failure, as it is told.
    pub async fn on_user<T>(
        &self,
        caller: &impl Caller,
        name: &UserName,
        decide: impl Fn(&Scene<'_>, Option<User>, &UserId) -> Result<Decided<T>, Refusal>,
    ) -> Result<T, Problem> {
        let (answer, _) = match name {
            UserName::Id(id) => {
                let id = UserId::parse(id)?;
                let locator = self.ring().await?.locator(caller.portal(), &id);
                let decide = |scene: &Scene<'_>, user| decide(scene, user, &id);
                self.command(caller, locator, None, decide).await?
            }
            UserName::Locator(locator) => {
                let decide = |scene: &Scene<'_>, user: Option<User>| {
                    let id = user.as_ref().map(|user| user.id.clone());
                    decide(scene, user, &id.ok_or(Refusal::UnknownUser)?)
                };
                self.command(caller, *locator, None, decide).await?
            }
        };
        Ok(answer)
    }

    /// Signs the assertion of a sign-in, if the user is in and the portal shows its own screens; where the prompt does,
    /// the assertion is had for the result code alone.
    ///
    /// # Errors
    /// 503 when it cannot be signed.
    pub async fn assertion(&self, picture: &Picture) -> Result<Option<SignedAssertion>, Problem> {
        match (&picture.status, &picture.screens) {
            (Status::Allowed(acceptance), Screens::Portal) => {
                self.sign(picture, acceptance, acceptance.at).await.map(Some)
            }
            (Status::Allowed(_), Screens::Prompt(_)) | (Status::Waiting(_), _) => Ok(None),
        }
    }

    /// Signs the assertion of a result that was redeemed.
    ///
    /// # Errors
    /// 503 when it cannot be signed.
    pub async fn redeemed(&self, redeemed: &Redeemed) -> Result<SignedAssertion, Problem> {
        self.sign(&redeemed.picture, &redeemed.acceptance, redeemed.issued_at).await
    }

    async fn sign(
        &self,
        picture: &Picture,
        acceptance: &Acceptance,
        issued_at: Timestamp,
    ) -> Result<SignedAssertion, Problem> {
        Ok(self.ring().await?.sign(&self.issuer, picture, acceptance, issued_at)?)
    }
}

/// An item copied into another user's row names another user than its place does.
fn belongs(ring: &Ring, portal: &PortalId, locator: Locator, read: &Read) -> Result<(), Refusal> {
    match &read.user {
        Some(user) if ring.locator(portal, &user.id) != locator => {
            Err(Unreadable::DoesNotOpen.into())
        }
        Some(_) | None => Ok(()),
    }
}
