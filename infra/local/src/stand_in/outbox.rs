//! `/local/outbox`: what would have been sent.

use askama::Template;
use axum::{
    Json, Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};
use portcullis_domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use crate::clock::LocalClock;

/// Messages kept; older ones go.
const KEPT: usize = 500;
/// Longer than anybody waits.
const NEVER: Duration = Duration::from_secs(30);

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Sent {
    pub(super) at: i64,
    pub(super) provider: &'static str,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) subject: String,
    pub(super) text: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) html: String,
    /// The headers of an email that its sender added.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) headers: BTreeMap<String, String>,
    /// The tags that the provider was asked to repeat when it reports on the message.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) tags: BTreeMap<String, String>,
}

impl Sent {
    /// Returns true if a portal of this name is the sender. It is the name of an email's mailbox;
    /// a text message has it in its text.
    fn is_from(&self, name: &str) -> bool {
        if self.subject.is_empty() {
            self.text.contains(name)
        } else {
            self.from.starts_with(&format!("\"{name}\" <"))
        }
    }

    /// A message without subject and page.
    pub(super) fn new(provider: &'static str, from: &str, to: &str, text: &str) -> Self {
        let [from, to, text] = [from, to, text].map(str::to_owned);
        Self {
            at: 0,
            provider,
            from,
            to,
            subject: String::new(),
            text,
            html: String::new(),
            headers: BTreeMap::new(),
            tags: BTreeMap::new(),
        }
    }
}

/// The behaviour of the providers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Mode {
    #[default]
    Deliver,
    Refuse,
    /// They take it and never answer.
    Silent,
}

/// The messages that were sent, and how the providers behave.
#[derive(Clone, Debug)]
pub struct Outbox {
    contents: Arc<Mutex<Contents>>,
    clock: LocalClock,
}

#[derive(Debug, Default)]
struct Contents {
    /// Newest last.
    messages: Vec<Sent>,
    mode: Mode,
}

impl Outbox {
    pub(crate) fn new(clock: LocalClock) -> Self {
        Self { contents: Arc::default(), clock }
    }

    fn open(&self) -> MutexGuard<'_, Contents> {
        self.contents.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes out the messages to these destinations, oldest first: where each went, and its text.
    pub fn take(&self, is_wanted: impl Fn(&str) -> bool) -> Vec<(String, String)> {
        let taken =
            self.open().messages.extract_if(.., |sent| is_wanted(&sent.to)).collect::<Vec<_>>();
        taken.into_iter().map(|sent| (sent.to, sent.text)).collect()
    }

    /// Returns whether the providers accept a message. It is put here if it would be delivered.
    pub(super) async fn accept(&self, message: Option<Sent>) -> bool {
        let mode = self.open().mode;
        if mode == Mode::Refuse {
            return false;
        }
        if let Some(message) = message {
            self.put(Sent { at: self.clock.now().unix(), ..message });
        }
        if mode == Mode::Silent {
            tokio::time::sleep(NEVER).await;
        }
        true
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn put(&self, sent: Sent) {
        let messages = &mut self.open().messages;
        messages.push(sent);
        let surplus = messages.len().saturating_sub(KEPT);
        messages.drain(..surplus);
    }
}

pub(super) fn routes(outbox: Outbox) -> Router {
    Router::new()
        .route("/local/outbox", get(show).delete(empty))
        .route("/local/outbox/mode", post(set_mode))
        .with_state(outbox)
}

#[derive(Template)]
#[template(path = "outbox.html")]
struct Page {
    /// Newest first.
    messages: Vec<Sent>,
    /// The portal whose messages these are, if they are not everybody's.
    sender: Option<String>,
}

#[derive(Deserialize)]
struct Filter {
    to: Option<String>,
    from: Option<String>,
}

/// Answers the messages, newest first, as a page or as JSON: all of them, or those to one
/// destination or from one portal.
async fn show(
    State(outbox): State<Outbox>,
    Query(Filter { to, from }): Query<Filter>,
    headers: HeaderMap,
) -> Response {
    let wanted = |sent: &&Sent| {
        to.as_ref().is_none_or(|to| sent.to == *to)
            && from.as_ref().is_none_or(|name| sent.is_from(name))
    };
    let messages: Vec<Sent> = outbox.open().messages.iter().rev().filter(wanted).cloned().collect();
    let for_people = headers
        .get(header::ACCEPT)
        .is_some_and(|accept| accept.as_bytes().starts_with(b"text/html"));
    match (for_people, Page { messages: messages.clone(), sender: from }.render()) {
        (true, Ok(page)) => Html(page).into_response(),
        _ => Json(messages).into_response(),
    }
}

async fn empty(State(outbox): State<Outbox>) -> StatusCode {
    outbox.open().messages.clear();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetMode {
    mode: Mode,
}

async fn set_mode(State(outbox): State<Outbox>, Json(set): Json<SetMode>) -> StatusCode {
    outbox.open().mode = set.mode;
    StatusCode::NO_CONTENT
}
