//! Calls between sign-ins. Which of them a key opens is a matter of its scopes.

use crate::{
    calls::{Calls, Repeat},
    error::Error,
    wire::{
        ActivityView, ActorRequest, ContactKept, ContactRecord, OptInDone, OptInRequest, ResetDone,
        ResetRequest, UserErased, UserView,
    },
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Method;
use serde::de::DeserializeOwned;

#[derive(Clone, Copy)]
pub struct Users<'a> {
    pub(crate) calls: &'a Calls,
}

impl Users<'_> {
    /// Replaces the contact record: what is left out is cleared.
    pub async fn put(&self, record: &ContactRecord) -> Result<ContactKept, Error> {
        self.calls.call(Method::PUT, "/v1/user", Some(record), Repeat::Harmless).await
    }

    /// Reads what the user has bound, and the answer of the next sign-in.
    pub async fn get(&self, user: &str) -> Result<UserView, Error> {
        self.of(Method::GET, "/v1/user", user, Repeat::Harmless).await
    }

    /// Reads the user's last entries, ready to show.
    pub async fn activity(&self, user: &str) -> Result<Vec<ActivityView>, Error> {
        self.of(Method::GET, "/v1/user/activity", user, Repeat::Harmless).await
    }

    /// Clears a skip, once the user was asked and confirmed. Sign the user out then.
    pub async fn enable_mfa(&self, user: &str) -> Result<OptInDone, Error> {
        let request = OptInRequest { id: user.to_owned(), confirm: true };
        self.calls.call(Method::POST, "/v1/user/opt-in", Some(&request), Repeat::Counted).await
    }

    /// Un-sets "always use email".
    pub async fn unset_default(&self, user: &str) -> Result<UserView, Error> {
        self.of(Method::DELETE, "/v1/user/default", user, Repeat::Harmless).await
    }

    /// Ends trust in one of the user's browsers, by its id in [`UserView`], or in all of them.
    pub async fn end_trust(&self, user: &str, browser: Option<&str>) -> Result<UserView, Error> {
        let mut path = format!("/v1/user/trusted-browsers?id={}", encoded(user));
        if let Some(browser) = browser {
            path.push_str("&browser=");
            path.push_str(&encoded(browser));
        }
        self.calls.call(Method::DELETE, &path, None::<&()>, Repeat::Harmless).await
    }

    /// Resets a user, once an admin of yours was asked and confirmed. No user resets themselves.
    pub async fn reset(
        &self,
        user: &str,
        actor: ActorRequest,
        reason: &str,
    ) -> Result<ResetDone, Error> {
        let (id, reason) = (user.to_owned(), reason.to_owned());
        let request = ResetRequest { id, actor, reason, confirm: true };
        self.calls.call(Method::POST, "/v1/user/reset", Some(&request), Repeat::Counted).await
    }

    /// Erases everything known of a user.
    pub async fn erase(&self, user: &str) -> Result<UserErased, Error> {
        self.of(Method::DELETE, "/v1/user", user, Repeat::Counted).await
    }

    async fn of<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        user: &str,
        repeat: Repeat,
    ) -> Result<T, Error> {
        let path = format!("{path}?id={}", encoded(user));
        self.calls.call(method, &path, None::<&()>, repeat).await
    }
}

const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}
