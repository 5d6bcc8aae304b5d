//! Sign-ins, with their challenges and what is being enrolled in them. Moments are seconds since
//! the sign-in was opened, which its key says.

use portcullis_domain::{
    BrowserId, DestinationHash, KeyVersion, Malformed, Method, Nonce, Purpose, RecoverySetId,
    SignIn, SignInKey, TextHash, Timestamp,
    portal::ReturnTo,
    sign_in::{
        Acceptance, Acr, Challenge, EssentialAcr, Event, Fetched, Ground, Managed, MaxAge, Mfa,
        Pending, Progress, ReachedAcr, Role, SettingsChange,
    },
    user::PasskeyUse,
};
use serde::{Deserialize, Serialize};

use super::{
    bound::StoredBinding,
    device::StoredDevice,
    members::members,
    number::{Number, Numbered},
    value::Text,
};

/// Key, nonce, the moment it ends, and everything else.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredSignIn(Text<SignInKey>, Text<Nonce>, i64, StoredSteps);

members! {
    /// The steps taken in a sign-in.
    struct StoredSteps {
        /// Left out for an ordinary one.
        "e" event: Option<Number<Event>>,
        /// Left out for the least.
        "ac" acr: Option<Number<Acr>>,
        "ag" max_age: Option<u32>,
        /// The hash of the text that is confirmed.
        "T" text: Option<Text<TextHash>>,
        /// The essential classes, if it was begun by OpenID Connect.
        "O" oidc: Option<Vec<Number<ReachedAcr>>>,
        "p" progress: StoredProgress,
        "d" done: Option<StoredAcceptance>,
        "r" return_to: Option<u8>,
        "b" browser: Option<u32>,
        /// The browser, if it got in before.
        "k" known_browser: Option<Text<BrowserId>>,
        /// The same in its place, if it brought a good token of trust.
        "kt" trusted_in: Option<Text<BrowserId>>,
        /// The moment, and the API key.
        "f" fetched: Option<(i64, String)>,
        "a" chose_app: bool,
        "w" wrong: u8,
        "s" sends: u8,
        "l" last_send: Option<i64>,
        "n" issued: u16,
        "c" challenges: Vec<StoredChallenge>,
        /// The numbers of codes that were typed when they had just expired.
        "t" late: Vec<u16>,
        "g" pending: Option<StoredBinding>,
        /// The method chosen to be enrolled.
        "m" enrolling: Option<u16>,
        "i" device: Option<StoredDevice>,
        /// Left out for the password alone.
        "h" ground: Option<Number<Ground>>,
        "o" chose_recovery: bool,
        "op" chose_passkey: bool,
        /// Passkeys accepted in it.
        "q" passkeys: u8,
        /// Of the passkey by which the user got in, the sum of 1, if it checked its user, and 2, if
        /// it is synced.
        "qu" passkey_use: Option<u8>,
        /// The moment of the earlier proof by which the user got in.
        "dp" proven_at: Option<i64>,
        /// The set of the codes that are shown.
        "y" made_codes: Option<Text<RecoverySetId>>,
        "v" opened_settings: bool,
        /// The changes of the settings, if there are any.
        "u" managed: Option<StoredManaged>,
    }
}

/// The progress of a sign-in that is not done.
#[derive(Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
enum StoredProgress {
    #[default]
    #[serde(rename = "o")]
    Open,
    #[serde(rename = "m")]
    MayEnrol,
    #[serde(rename = "x")]
    Dead,
}

/// The kinds of changes, their number, the moment of the last one, and if no more are allowed.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct StoredManaged(Vec<Number<SettingsChange>>, u8, Option<i64>, bool);

/// Moment, result, method, role, and the portal's generation.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct StoredAcceptance(i64, Number<Mfa>, Option<Number<Method>>, Option<Number<Role>>, u32);

/// Number in the sign-in, version of the key, method, purpose, destination, and the moment it
/// expires.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct StoredChallenge(u16, u32, Number<Method>, Number<Purpose>, Text<DestinationHash>, i64);

impl From<&SignIn> for StoredSignIn {
    fn from(sign_in: &SignIn) -> Self {
        let SignIn { key, nonce, expires_at, .. } = sign_in;
        let lifetime = expires_at.since(key.opened_at());
        Self(Text(*key), Text(nonce.clone()), lifetime, StoredSteps::of(sign_in))
    }
}

impl StoredSteps {
    fn of(sign_in: &SignIn) -> Self {
        let SignIn {
            key,
            nonce: _,
            event,
            acr,
            max_age,
            text,
            oidc,
            expires_at: _,
            progress,
            return_to,
            browser,
            known_browser,
            trusted_in,
            device,
            ground,
            fetched,
            chose_app,
            chose_passkey,
            chose_recovery,
            made_codes,
            wrong,
            sends,
            last_send,
            issued,
            passkeys,
            challenges,
            late,
            pending,
            enrolling,
            opened_settings,
            managed,
            unknown,
        } = sign_in;
        let opened = key.opened_at();
        let since = |at: Timestamp| at.since(opened);
        let (progress, done) = match progress {
            Progress::Open => (StoredProgress::Open, None),
            Progress::MayEnrol => (StoredProgress::MayEnrol, None),
            Progress::Dead => (StoredProgress::Dead, None),
            Progress::Done(done) => (StoredProgress::Open, Some(*done)),
        };
        Self {
            event: Some(*event).filter(|event| *event != Event::default()).map(Number),
            acr: Some(*acr).filter(|acr| *acr != Acr::default()).map(Number),
            max_age: max_age.map(u32::from),
            text: text.map(Text),
            oidc: oidc.as_ref().map(essential_form),
            progress,
            done: done.as_ref().map(|done| acceptance_form(done, opened)),
            passkey_use: done.and_then(|done| done.passkey).map(passkey_use_form),
            proven_at: done.and_then(|done| done.proven_at).map(since),
            return_to: return_to.map(|place| place.0),
            browser: browser.map(|version| version.0),
            known_browser: known_browser.filter(|_| trusted_in.is_none()).map(Text),
            trusted_in: trusted_in.map(Text),
            fetched: fetched.as_ref().map(|Fetched { at, key }| (since(*at), key.clone())),
            chose_app: *chose_app,
            wrong: *wrong,
            sends: *sends,
            last_send: last_send.map(since),
            issued: *issued,
            challenges: challenges.iter().map(|sent| challenge_form(sent, opened)).collect(),
            late: late.clone(),
            pending: pending.as_ref().map(StoredBinding::from),
            enrolling: enrolling.map(Numbered::number),
            device: device.map(StoredDevice::from),
            ground: Some(*ground).filter(|ground| *ground != Ground::default()).map(Number),
            chose_recovery: *chose_recovery,
            chose_passkey: *chose_passkey,
            passkeys: *passkeys,
            made_codes: made_codes.map(Text),
            opened_settings: *opened_settings,
            managed: managed_form(managed, opened),
            unknown: unknown.clone(),
        }
    }
}

impl TryFrom<StoredSignIn> for SignIn {
    type Error = Malformed;

    fn try_from(
        StoredSignIn(key, nonce, lifetime, steps): StoredSignIn,
    ) -> Result<Self, Malformed> {
        let key = key.value();
        let opened = key.opened_at();
        let progress = match (steps.done, steps.progress) {
            (Some(done), _) => {
                let passkey = steps.passkey_use.map(passkey_use);
                let proven_at = steps.proven_at.map(|at| opened.plus(at));
                Progress::Done(Acceptance { passkey, proven_at, ..acceptance(done, opened) })
            }
            (None, StoredProgress::Open) => Progress::Open,
            (None, StoredProgress::MayEnrol) => Progress::MayEnrol,
            (None, StoredProgress::Dead) => Progress::Dead,
        };
        let trusted_in = steps.trusted_in.map(Text::value);
        let known_browser = trusted_in.or(steps.known_browser.map(Text::value));
        let fetched = steps.fetched.map(|(at, key)| Fetched { at: opened.plus(at), key });
        let challenges = steps.challenges.into_iter().map(|sent| challenge(sent, opened));
        Ok(Self {
            key,
            nonce: nonce.value(),
            event: steps.event.map(Number::value).unwrap_or_default(),
            acr: steps.acr.map(Number::value).unwrap_or_default(),
            max_age: steps.max_age.map(MaxAge::parse).transpose()?,
            text: steps.text.map(Text::value),
            oidc: steps.oidc.map(essential),
            expires_at: opened.plus(lifetime),
            progress,
            return_to: steps.return_to.map(ReturnTo),
            browser: steps.browser.map(KeyVersion),
            known_browser,
            trusted_in,
            fetched,
            chose_app: steps.chose_app,
            chose_recovery: steps.chose_recovery,
            chose_passkey: steps.chose_passkey,
            passkeys: steps.passkeys,
            made_codes: steps.made_codes.map(Text::value),
            wrong: steps.wrong,
            sends: steps.sends,
            last_send: steps.last_send.map(|at| opened.plus(at)),
            issued: steps.issued,
            challenges: challenges.collect(),
            late: steps.late,
            pending: steps.pending.map(Pending::try_from).transpose()?,
            enrolling: steps.enrolling.and_then(Numbered::from_number),
            device: steps.device.and_then(StoredDevice::device),
            ground: steps.ground.map(Number::value).unwrap_or_default(),
            opened_settings: steps.opened_settings,
            managed: steps.managed.map(|form| managed(form, opened)).unwrap_or_default(),
            unknown: steps.unknown,
        })
    }
}

fn essential_form(essential: &EssentialAcr) -> Vec<Number<ReachedAcr>> {
    essential.as_slice().iter().copied().map(Number).collect()
}

fn essential(form: Vec<Number<ReachedAcr>>) -> EssentialAcr {
    EssentialAcr::of(form.into_iter().map(Number::value))
}

fn managed_form(managed: &Managed, opened: Timestamp) -> Option<StoredManaged> {
    if *managed == Managed::default() {
        return None;
    }
    let Managed { kinds, changes, last_at, ended } = managed;
    let (kinds, last_at) = (kinds.iter().copied().map(Number), last_at.map(|at| at.since(opened)));
    Some(StoredManaged(kinds.collect(), *changes, last_at, *ended))
}

fn managed(form: StoredManaged, opened: Timestamp) -> Managed {
    let StoredManaged(kinds, changes, last_at, ended) = form;
    let kinds = kinds.into_iter().map(Number::value).collect();
    Managed { kinds, changes, last_at: last_at.map(|at| opened.plus(at)), ended }
}

fn acceptance_form(acceptance: &Acceptance, opened: Timestamp) -> StoredAcceptance {
    // What a passkey showed has a member of its own, as has the moment of an earlier proof.
    let Acceptance { at, mfa, method, role, generation, passkey: _, proven_at: _ } = *acceptance;
    let (method, role) = (method.map(Number), role.map(Number));
    StoredAcceptance(at.since(opened), Number(mfa), method, role, generation)
}

fn acceptance(form: StoredAcceptance, opened: Timestamp) -> Acceptance {
    let StoredAcceptance(at, mfa, method, role, generation) = form;
    let (method, role) = (method.map(Number::value), role.map(Number::value));
    let (at, mfa, passkey, proven_at) = (opened.plus(at), mfa.value(), None, None);
    Acceptance { at, mfa, method, role, generation, passkey, proven_at }
}

pub(super) fn passkey_use_form(PasskeyUse { is_user_verified, is_synced }: PasskeyUse) -> u8 {
    u8::from(is_user_verified) + 2 * u8::from(is_synced)
}

pub(super) const fn passkey_use(form: u8) -> PasskeyUse {
    PasskeyUse { is_user_verified: form & 1 != 0, is_synced: form & 2 != 0 }
}

fn challenge_form(sent: &Challenge, opened: Timestamp) -> StoredChallenge {
    let Challenge { n, version, method, purpose, destination, expires_at } = *sent;
    let (method, purpose, to) = (Number(method), Number(purpose), Text(destination));
    StoredChallenge(n, version.0, method, purpose, to, expires_at.since(opened))
}

fn challenge(form: StoredChallenge, opened: Timestamp) -> Challenge {
    let StoredChallenge(n, version, method, purpose, destination, expires_at) = form;
    Challenge {
        n,
        version: KeyVersion(version),
        method: method.value(),
        purpose: purpose.value(),
        destination: destination.value(),
        expires_at: opened.plus(expires_at),
    }
}
