//! The state of the accounts with the providers.

use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::events::{self, Mail, Mailbox};
use crate::stand_in::{
    outbox::{Outbox, Sent},
    queues::Queues,
};

/// The accounts with the providers, and where their messages go.
#[derive(Clone, Debug)]
pub(super) struct Providers {
    state: Arc<Mutex<ProviderState>>,
    outbox: Outbox,
    queues: Queues,
}

impl Providers {
    pub(super) fn new(outbox: Outbox, queues: Queues) -> Self {
        Self { state: Arc::default(), outbox, queues }
    }

    pub(super) const fn queues(&self) -> &Queues {
        &self.queues
    }

    /// Reports on a mail to the queue.
    pub(super) fn report(&self, mail: &Mail<'_>, mailbox: Mailbox) {
        events::report(&self.queues, self.outbox.now(), mail, mailbox);
    }

    /// Returns whether a message is accepted, as the outbox is set.
    pub(super) async fn accept(&self, message: Sent) -> bool {
        self.outbox.accept(Some(message)).await
    }

    /// Returns whether a message is accepted that is never delivered.
    pub(super) async fn lose(&self) -> bool {
        self.outbox.accept(None).await
    }

    pub(super) fn now(&self) -> ProviderState {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set(&self, state: ProviderState) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = state;
    }
}

/// The configuration set of local functions.
pub(crate) const CONFIGURATION_SET: &str = "local";

/// The state of every account. What a document leaves out is as it is where everything works.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ProviderState {
    pub(super) ses: SesState,
    pub(super) sns: SnsState,
    pub(super) twilio: TwilioState,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct SesState {
    pub(super) sandbox: bool,
    pub(super) paused: bool,
    /// `HEALTHY`, `PROBATION` or `SHUTDOWN`.
    pub(super) enforcement: String,
    /// Messages allowed in 24 hours; -1 is no limit.
    pub(super) quota: f64,
    /// Messages sent in the last 24 hours.
    pub(super) sent: f64,
    /// Identities and whether each is verified; none stands for every domain under `.example`.
    pub(super) identities: Option<Vec<Identity>>,
    pub(super) denied: Vec<String>,
    /// The behaviour of mailboxes that are not the simulator's, by their addresses. SES reports on
    /// every message; here it reports on these and on the simulator's alone, so that whoever looks
    /// for one finds it.
    pub(super) mailboxes: BTreeMap<String, Mailbox>,
    pub(super) configuration_set: String,
    /// It reports to the bus.
    pub(super) reports: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Identity {
    pub(super) name: String,
    pub(super) verified: bool,
}

impl Default for SesState {
    fn default() -> Self {
        Self {
            sandbox: false,
            paused: false,
            enforcement: "HEALTHY".to_owned(),
            quota: 50_000.0,
            sent: 0.0,
            identities: None,
            denied: vec![],
            mailboxes: BTreeMap::new(),
            configuration_set: CONFIGURATION_SET.to_owned(),
            reports: true,
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct SnsState {
    pub(super) sandbox: bool,
    pub(super) verified: Vec<String>,
    pub(super) opted_out: Vec<String>,
    pub(super) monthly_spend_limit: Option<String>,
    pub(super) limit_reached: bool,
    pub(super) denied: Vec<String>,
}

impl Default for SnsState {
    fn default() -> Self {
        Self {
            sandbox: false,
            verified: vec![],
            opted_out: vec![],
            monthly_spend_limit: Some("1000".to_owned()),
            limit_reached: false,
            denied: vec![],
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct TwilioState {
    /// The one account there is; none stands for any.
    pub(super) account: Option<String>,
    pub(super) secret: String,
    pub(super) status: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// The account's numbers; none stands for every number.
    pub(super) numbers: Option<Vec<String>>,
    pub(super) blocked_regions: Vec<String>,
    /// The reports on messages to these numbers: a status, and the number of an error or 0.
    pub(super) reports: BTreeMap<String, (String, u32)>,
    /// The account's Auth Token, if an API key signs in.
    pub(super) auth_token: Option<String>,
}

impl Default for TwilioState {
    fn default() -> Self {
        Self {
            account: None,
            secret: "local-secret".to_owned(),
            status: "active".to_owned(),
            kind: "Full".to_owned(),
            numbers: None,
            blocked_regions: vec![],
            reports: BTreeMap::new(),
            auth_token: None,
        }
    }
}
