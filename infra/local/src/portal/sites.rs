//! The sites of all demo portals, and the browsers that are on them.

use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock},
};

use super::mfa::{Mfa, Pending};
use crate::{address::by_name, clock::LocalClock, random::random_hex};

/// Every demo portal's site. They begin to work once the portals are known.
#[derive(Clone, Default)]
pub(crate) struct Sites {
    portals: Arc<OnceLock<Vec<Mfa>>>,
    visitors: Arc<Mutex<HashMap<String, Visitor>>>,
}

/// One browser on one site.
#[derive(Clone)]
pub(super) enum Visitor {
    AtThePrompt(Pending),
    In { name: String, how: String },
}

impl Sites {
    /// Opens the sites of these portals: id and API key each.
    pub(crate) fn open(&self, base: &str, clock: &LocalClock, portals: &[(String, String)]) {
        let http = reqwest::Client::new();
        let all = portals.iter().map(|(portal, key)| Mfa {
            http: http.clone(),
            base: base.to_owned(),
            issuer: by_name(base),
            portal: portal.clone(),
            key: key.clone(),
            clock: clock.clone(),
        });
        let _opened_before = self.portals.set(all.collect());
    }

    pub(super) fn portals(&self) -> Vec<String> {
        self.portals.get().into_iter().flatten().map(|mfa| mfa.portal.clone()).collect()
    }

    pub(super) fn site(&self, portal: &str) -> Result<&Mfa, StatusCode> {
        let mut all = self.portals.get().into_iter().flatten();
        all.find(|mfa| mfa.portal == portal).ok_or(StatusCode::NOT_FOUND)
    }

    pub(super) fn visitor(&self, portal: &str, headers: &HeaderMap) -> Option<Visitor> {
        let visitors = self.visitors.lock().ok()?;
        visitors.get(&cookie(portal, headers)?).cloned()
    }

    /// Remembers a visitor under a new cookie, which ends what was remembered under the old one.
    pub(super) fn remember(
        &self,
        portal: &str,
        headers: &HeaderMap,
        visitor: Option<Visitor>,
        mut answer: Response,
    ) -> Result<Response, StatusCode> {
        let new = random_hex::<16>().map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
        if let Ok(mut visitors) = self.visitors.lock() {
            if let Some(old) = cookie(portal, headers) {
                visitors.remove(&old);
            }
            if let Some(visitor) = visitor {
                visitors.insert(new.clone(), visitor);
            }
        }
        let cookie = format!("demo-{portal}={new}; Path=/demo/{portal}; HttpOnly; SameSite=Lax");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            answer.headers_mut().append(header::SET_COOKIE, cookie);
        }
        Ok(answer)
    }
}

fn cookie(portal: &str, headers: &HeaderMap) -> Option<String> {
    let name = format!("demo-{portal}=");
    let given = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    given
        .flat_map(|value| value.split("; "))
        .find_map(|pair| pair.strip_prefix(&name).map(str::to_owned))
}
