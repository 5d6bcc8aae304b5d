//! Sign-ins, with their challenges and what is being enrolled in them.

use portcullis_domain::{
    AuthenticatorId, BrowserId, Destination, DestinationHash, KeyVersion, Malformed, Method, Nonce,
    Purpose, Sealed, SignIn, SignInKey, Timestamp,
    portal::ReturnTo,
    sign_in::{Acceptance, Challenge, Event, Fetched, Mfa, Pending, Progress, Role},
};
use serde::{Deserialize, Serialize};

use super::{
    contact::StoredDestination,
    is_default,
    value::{Name, StoredSealed, Text},
};

#[derive(Serialize, Deserialize)]
pub(super) struct StoredSignIn {
    #[serde(rename = "k")]
    key: Text<SignInKey>,
    #[serde(rename = "no")]
    nonce: Text<Nonce>,
    #[serde(rename = "ev", default, skip_serializing_if = "is_default")]
    event: StoredEvent,
    #[serde(rename = "x")]
    expires_at: i64,
    #[serde(rename = "st")]
    progress: StoredProgress,
    #[serde(rename = "r", default, skip_serializing_if = "is_default")]
    return_to: Option<u8>,
    #[serde(rename = "b", default, skip_serializing_if = "is_default")]
    browser: Option<u32>,
    #[serde(rename = "kb", default, skip_serializing_if = "is_default")]
    known_browser: Option<Text<BrowserId>>,
    #[serde(rename = "f", default, skip_serializing_if = "is_default")]
    fetched: Option<StoredFetched>,
    #[serde(rename = "ca", default, skip_serializing_if = "is_default")]
    chose_app: bool,
    #[serde(rename = "w", default, skip_serializing_if = "is_default")]
    wrong: u8,
    #[serde(rename = "se", default, skip_serializing_if = "is_default")]
    sends: u8,
    #[serde(rename = "ls", default, skip_serializing_if = "is_default")]
    last_send: Option<i64>,
    #[serde(rename = "n", default, skip_serializing_if = "is_default")]
    issued: u16,
    #[serde(rename = "ch", default, skip_serializing_if = "Vec::is_empty")]
    challenges: Vec<StoredChallenge>,
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pending: Option<StoredPending>,
}

impl From<&SignIn> for StoredSignIn {
    fn from(sign_in: &SignIn) -> Self {
        let SignIn {
            key,
            nonce,
            event,
            expires_at,
            progress,
            return_to,
            browser,
            known_browser,
            fetched,
            chose_app,
            wrong,
            sends,
            last_send,
            issued,
            challenges,
            pending,
        } = sign_in;
        Self {
            key: Text(*key),
            nonce: Text(nonce.clone()),
            event: (*event).into(),
            expires_at: expires_at.unix(),
            progress: progress.into(),
            return_to: return_to.map(|place| place.0),
            browser: browser.map(|version| version.0),
            known_browser: known_browser.map(Text),
            fetched: fetched.as_ref().map(StoredFetched::from),
            chose_app: *chose_app,
            wrong: *wrong,
            sends: *sends,
            last_send: last_send.map(Timestamp::unix),
            issued: *issued,
            challenges: challenges.iter().map(StoredChallenge::from).collect(),
            pending: pending.as_ref().map(StoredPending::from),
        }
    }
}

impl TryFrom<StoredSignIn> for SignIn {
    type Error = Malformed;

    fn try_from(stored: StoredSignIn) -> Result<Self, Malformed> {
        Ok(Self {
            key: stored.key.value(),
            nonce: stored.nonce.value(),
            event: stored.event.into(),
            expires_at: Timestamp::from_unix(stored.expires_at),
            progress: stored.progress.into(),
            return_to: stored.return_to.map(ReturnTo),
            browser: stored.browser.map(KeyVersion),
            known_browser: stored.known_browser.map(Text::value),
            fetched: stored.fetched.map(Fetched::from),
            chose_app: stored.chose_app,
            wrong: stored.wrong,
            sends: stored.sends,
            last_send: stored.last_send.map(Timestamp::from_unix),
            issued: stored.issued,
            challenges: stored.challenges.into_iter().map(Challenge::from).collect(),
            pending: stored.pending.map(Pending::try_from).transpose()?,
        })
    }
}

#[derive(Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
enum StoredEvent {
    #[default]
    #[serde(rename = "l")]
    Login,
    #[serde(rename = "i")]
    Invitation,
}

impl From<Event> for StoredEvent {
    fn from(event: Event) -> Self {
        match event {
            Event::Login => Self::Login,
            Event::Invitation => Self::Invitation,
        }
    }
}

impl From<StoredEvent> for Event {
    fn from(stored: StoredEvent) -> Self {
        match stored {
            StoredEvent::Login => Self::Login,
            StoredEvent::Invitation => Self::Invitation,
        }
    }
}

#[derive(PartialEq, Serialize, Deserialize)]
struct StoredFetched {
    at: i64,
    #[serde(rename = "k")]
    key: String,
}

impl From<&Fetched> for StoredFetched {
    fn from(Fetched { at, key }: &Fetched) -> Self {
        Self { at: at.unix(), key: key.clone() }
    }
}

impl From<StoredFetched> for Fetched {
    fn from(stored: StoredFetched) -> Self {
        Self { at: Timestamp::from_unix(stored.at), key: stored.key }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredProgress {
    Open,
    MayEnrol,
    Done(StoredAcceptance),
    Dead,
}

impl From<&Progress> for StoredProgress {
    fn from(progress: &Progress) -> Self {
        match progress {
            Progress::Open => Self::Open,
            Progress::MayEnrol => Self::MayEnrol,
            Progress::Done(acceptance) => Self::Done(acceptance.into()),
            Progress::Dead => Self::Dead,
        }
    }
}

impl From<StoredProgress> for Progress {
    fn from(stored: StoredProgress) -> Self {
        match stored {
            StoredProgress::Open => Self::Open,
            StoredProgress::MayEnrol => Self::MayEnrol,
            StoredProgress::Done(acceptance) => Self::Done(acceptance.into()),
            StoredProgress::Dead => Self::Dead,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct StoredAcceptance {
    at: i64,
    #[serde(rename = "f")]
    mfa: Name<Mfa>,
    #[serde(rename = "m", default, skip_serializing_if = "is_default")]
    method: Option<Name<Method>>,
    #[serde(rename = "r", default, skip_serializing_if = "is_default")]
    role: Option<Name<Role>>,
    #[serde(rename = "g")]
    generation: u32,
}

impl From<&Acceptance> for StoredAcceptance {
    fn from(Acceptance { at, mfa, method, role, generation }: &Acceptance) -> Self {
        Self {
            at: at.unix(),
            mfa: Name(*mfa),
            method: method.map(Name),
            role: role.map(Name),
            generation: *generation,
        }
    }
}

impl From<StoredAcceptance> for Acceptance {
    fn from(stored: StoredAcceptance) -> Self {
        Self {
            at: Timestamp::from_unix(stored.at),
            mfa: stored.mfa.value(),
            method: stored.method.map(Name::value),
            role: stored.role.map(Name::value),
            generation: stored.generation,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct StoredChallenge {
    n: u16,
    #[serde(rename = "v")]
    version: u32,
    #[serde(rename = "m")]
    method: Name<Method>,
    /// Left out for a code to get in with.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    purpose: Option<Name<Purpose>>,
    #[serde(rename = "d")]
    destination: Text<DestinationHash>,
    #[serde(rename = "x")]
    expires_at: i64,
}

impl From<&Challenge> for StoredChallenge {
    fn from(challenge: &Challenge) -> Self {
        let Challenge { n, version, method, purpose, destination, expires_at } = *challenge;
        Self {
            n,
            version: version.0,
            method: Name(method),
            purpose: Some(purpose).filter(|purpose| *purpose != Purpose::default()).map(Name),
            destination: Text(destination),
            expires_at: expires_at.unix(),
        }
    }
}

impl From<StoredChallenge> for Challenge {
    fn from(stored: StoredChallenge) -> Self {
        Self {
            n: stored.n,
            version: KeyVersion(stored.version),
            method: stored.method.value(),
            purpose: stored.purpose.map(Name::value).unwrap_or_default(),
            destination: stored.destination.value(),
            expires_at: Timestamp::from_unix(stored.expires_at),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredPending {
    App { id: Text<AuthenticatorId>, secret: StoredSealed },
    Destination { id: Text<AuthenticatorId>, to: StoredDestination },
}

impl From<&Pending> for StoredPending {
    fn from(pending: &Pending) -> Self {
        match pending {
            Pending::App { id, secret } => Self::App { id: Text(*id), secret: secret.into() },
            Pending::Destination { id, to } => Self::Destination { id: Text(*id), to: to.into() },
        }
    }
}

impl TryFrom<StoredPending> for Pending {
    type Error = Malformed;

    fn try_from(stored: StoredPending) -> Result<Self, Malformed> {
        Ok(match stored {
            StoredPending::App { id, secret } => {
                Self::App { id: id.value(), secret: Sealed::try_from(secret)? }
            }
            StoredPending::Destination { id, to } => {
                Self::Destination { id: id.value(), to: Destination::try_from(to)? }
            }
        })
    }
}
