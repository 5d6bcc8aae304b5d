//! The service's public keys.

use crate::{calls::Calls, config::Config, error::Error};
use jsonwebtoken::{
    DecodingKey,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk},
};
use serde::Deserialize;
use serde_json::Value;
use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::sync::Mutex;

/// Seconds for which the keys are kept, as the service says: then a key that was withdrawn is
/// forgotten.
const KEPT: i64 = 300;
/// Seconds between two fetches because of an unknown key.
const PAUSE: i64 = 60;

/// The keys of `/.well-known/jwks.json`, and no others.
pub(crate) struct KeySet {
    config: Arc<Config>,
    /// Whoever waits for the lock waits for one fetch, and finds its keys.
    known: Mutex<Known>,
    /// Fetches that failed. Whoever waited for one does not begin another.
    failed: AtomicU64,
}

#[derive(Default)]
struct Known {
    keys: HashMap<String, DecodingKey>,
    fetched_at: Option<i64>,
    asked_at: Option<i64>,
}

#[derive(Deserialize)]
struct Answer {
    keys: Vec<Value>,
}

impl KeySet {
    pub(crate) fn new(config: Arc<Config>) -> Self {
        Self { config, known: Mutex::default(), failed: AtomicU64::new(0) }
    }

    /// Returns the key of this id. If there is none, the assertion is not of this service.
    pub(crate) async fn find(
        &self,
        calls: &Calls,
        kid: &str,
    ) -> Result<Option<DecodingKey>, Error> {
        let failed = self.failed.load(Ordering::Acquire);
        let mut known = self.known.lock().await;
        let now = self.config.now();
        let is_fresh = known.fetched_at.is_some_and(|at| (0..KEPT).contains(&(now - at)));
        let is_unknown = !known.keys.contains_key(kid);
        let may_ask = known.asked_at.is_none_or(|at| !(0..PAUSE).contains(&(now - at)));
        if is_fresh && is_unknown && may_ask {
            known.asked_at = Some(now);
        }
        if !is_fresh || (is_unknown && may_ask) {
            if self.failed.load(Ordering::Acquire) != failed {
                return Err(calls.unavailable(None, None, None));
            }
            known.keys = fetch(calls).await.inspect_err(|_| {
                self.failed.fetch_add(1, Ordering::AcqRel);
            })?;
            known.fetched_at = Some(now);
        }
        Ok(known.keys.get(kid).cloned())
    }
}

async fn fetch(calls: &Calls) -> Result<HashMap<String, DecodingKey>, Error> {
    let answer: Answer = calls.read("/.well-known/jwks.json").await?;
    Ok(answer.keys.into_iter().filter_map(key).collect())
}

/// Reads a key on P-256 for ES256. Keys of other kinds, of a later release, are left out.
fn key(value: Value) -> Option<(String, DecodingKey)> {
    if value.get("alg")?.as_str()? != "ES256" {
        return None;
    }
    let key: Jwk = serde_json::from_value(value).ok()?;
    let AlgorithmParameters::EllipticCurve(point) = &key.algorithm else { return None };
    if point.curve != EllipticCurve::P256 {
        return None;
    }
    Some((key.common.key_id.clone()?, DecodingKey::from_jwk(&key).ok()?))
}
