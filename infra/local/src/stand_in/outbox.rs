//! `/local/outbox`: what would have been sent.

use askama::Template;
use axum::{
    Json,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::StandIn;

/// Messages kept; older ones go.
const KEPT: usize = 500;

/// One message.
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
}

impl Sent {
    /// A message without subject and page.
    pub(super) fn new(provider: &'static str, from: &str, to: &str, text: &str) -> Self {
        let [from, to, text] = [from, to, text].map(str::to_owned);
        Self { at: 0, provider, from, to, subject: String::new(), text, html: String::new() }
    }
}

/// How the providers behave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Mode {
    /// They take every message.
    #[default]
    Deliver,
    /// They refuse every message.
    Refuse,
    /// They take it and never answer.
    Silent,
}

/// The messages, newest last, and how the providers behave.
#[derive(Clone, Debug, Default)]
pub struct Outbox(Arc<Mutex<(Vec<Sent>, Mode)>>);

impl Outbox {
    fn open(&self) -> MutexGuard<'_, (Vec<Sent>, Mode)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn mode(&self) -> Mode {
        self.open().1
    }

    /// Takes out the messages to these destinations, oldest first: where each went, and its text.
    pub fn take(&self, is_wanted: impl Fn(&str) -> bool) -> Vec<(String, String)> {
        let taken = self.open().0.extract_if(.., |sent| is_wanted(&sent.to)).collect::<Vec<_>>();
        taken.into_iter().map(|sent| (sent.to, sent.text)).collect()
    }

    pub(super) fn put(&self, sent: Sent) {
        let messages = &mut self.open().0;
        messages.push(sent);
        let surplus = messages.len().saturating_sub(KEPT);
        messages.drain(..surplus);
    }
}

#[derive(Template)]
#[template(path = "outbox.html")]
struct Page {
    messages: Vec<Sent>,
}

#[derive(Deserialize)]
pub(super) struct Filter {
    to: Option<String>,
}

/// The messages, newest first, perhaps of one destination: as a page for people, as JSON for scripts.
pub(super) async fn show(
    State(stand_in): State<StandIn>,
    Query(Filter { to }): Query<Filter>,
    headers: HeaderMap,
) -> Response {
    let wanted = |sent: &&Sent| to.as_ref().is_none_or(|to| sent.to == *to);
    let messages: Vec<Sent> =
        stand_in.outbox.open().0.iter().rev().filter(wanted).cloned().collect();
    let for_people = headers
        .get(header::ACCEPT)
        .is_some_and(|accept| accept.as_bytes().starts_with(b"text/html"));
    match (for_people, Page { messages: messages.clone() }.render()) {
        (true, Ok(page)) => Html(page).into_response(),
        _ => Json(messages).into_response(),
    }
}

pub(super) async fn empty(State(stand_in): State<StandIn>) -> StatusCode {
    stand_in.outbox.open().0.clear();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetMode {
    mode: Mode,
}

pub(super) async fn set_mode(
    State(stand_in): State<StandIn>,
    Json(set): Json<SetMode>,
) -> StatusCode {
    stand_in.outbox.open().1 = set.mode;
    StatusCode::NO_CONTENT
}
