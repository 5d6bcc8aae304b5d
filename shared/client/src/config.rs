//! The settings of a portal, checked once.

use crate::error::OwnCode;
use reqwest::Url;
use std::{
    collections::HashMap,
    fmt,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// The settings that every portal has.
#[derive(Clone)]
pub struct Settings {
    /// The address of the service, with the path it lies under, if there is one.
    pub service: String,
    /// The `iss` of its assertions.
    pub issuer: String,
    /// The id of this portal, the `aud` of its assertions.
    pub portal: String,
    /// The portal's API key.
    pub key: String,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").finish_non_exhaustive()
    }
}

/// Seconds since the Unix epoch, as a portal's clock tells them.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// The settings that may be left out.
pub struct Options {
    /// The time that one call may take: 5 seconds if not given.
    pub timeout: Duration,
    /// Seals pending sign-ins in place of the API key, for servers with different keys, or to
    /// change keys without a pause. It needs 32 bytes or more.
    pub pending_secret: Option<String>,
    /// Sentences in place of the English ones.
    pub sentences: HashMap<OwnCode, String>,
    /// The system's clock, if not given.
    pub clock: Clock,
    /// The client that makes the calls, for proxies and certificates of your own. It must follow no
    /// redirects.
    pub http: Option<reqwest::Client>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(5),
            pending_secret: None,
            sentences: HashMap::new(),
            clock: Arc::new(system_time),
            http: None,
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the default clock of a library, which is replaced")]
fn system_time() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    since.as_secs().try_into().unwrap_or(i64::MAX)
}

/// A setting that no client can work with.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{0} is missing")]
    Missing(&'static str),
    #[error("the service's address must begin with https://")]
    NotPrivate,
    #[error("the secret for pending sign-ins needs 32 bytes or more")]
    ShortSecret,
    #[error("no key can be made of the secret for pending sign-ins")]
    NoCipher,
    #[error("no HTTP client can be made")]
    Http(#[source] reqwest::Error),
}

const SECRET_BYTES: usize = 32;

/// The settings, checked.
pub(crate) struct Config {
    pub(crate) service: String,
    pub(crate) issuer: String,
    pub(crate) portal: String,
    pub(crate) key: String,
    pub(crate) timeout: Duration,
    pub(crate) pending_secret: String,
    sentences: HashMap<OwnCode, String>,
    clock: Clock,
    pub(crate) http: reqwest::Client,
}

impl Config {
    pub(crate) fn new(settings: Settings, options: Options) -> Result<Self, ConfigError> {
        let Settings { service, issuer, portal, key } = settings;
        for (name, value) in
            [("service", &service), ("issuer", &issuer), ("portal", &portal), ("key", &key)]
        {
            if value.is_empty() {
                return Err(ConfigError::Missing(name));
            }
        }
        if !is_private(&service) {
            return Err(ConfigError::NotPrivate);
        }
        if options.pending_secret.as_ref().is_some_and(|secret| secret.len() < SECRET_BYTES) {
            return Err(ConfigError::ShortSecret);
        }
        let no_redirects = reqwest::redirect::Policy::none();
        let http = match options.http {
            Some(http) => http,
            None => reqwest::Client::builder()
                .redirect(no_redirects)
                .build()
                .map_err(ConfigError::Http)?,
        };
        Ok(Self {
            service: service.trim_end_matches('/').to_owned(),
            issuer,
            portal,
            pending_secret: options.pending_secret.unwrap_or_else(|| key.clone()),
            key,
            timeout: options.timeout,
            sentences: options.sentences,
            clock: options.clock,
            http,
        })
    }

    /// Returns the moment, in seconds since the Unix epoch.
    pub(crate) fn now(&self) -> i64 {
        (self.clock)()
    }

    /// Returns the sentence for a user.
    pub(crate) fn say(&self, code: OwnCode) -> String {
        self.sentences.get(&code).cloned().unwrap_or_else(|| code.sentence().to_owned())
    }
}

/// Returns true if what is sent to this address cannot be read on the way.
pub(crate) fn is_private(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| {
        let is_local = url.host_str().is_some_and(|host| LOCAL.contains(&host));
        url.scheme() == "https" || (url.scheme() == "http" && is_local)
    })
}

const LOCAL: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];
