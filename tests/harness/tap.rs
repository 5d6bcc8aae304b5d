//! Between the SDK and the table: counts calls, and loses the replies a test asks it to lose.

use aws_smithy_runtime_api::client::{
    http::{
        HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
        SharedHttpConnector, http_client_fn,
    },
    orchestrator::HttpRequest,
    result::ConnectorError,
    runtime_components::RuntimeComponents,
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};
use tokio::sync::Notify;

/// The tap of one world.
#[derive(Clone, Debug, Default)]
pub struct Tap(Arc<State>);

#[derive(Debug, Default)]
struct State {
    calls: Mutex<BTreeMap<String, u32>>,
    lose: Mutex<Option<Arc<Tapped>>>,
    broken: Mutex<Option<Broken>>,
}

/// Calls that never get there: so many of one operation, after so many that do.
#[derive(Debug)]
struct Broken {
    operation: &'static str,
    skip: u32,
    times: u32,
}

/// A call that is tampered with: the test learns that it got there, and says when it goes on.
#[derive(Debug)]
pub struct Tapped {
    operation: &'static str,
    tampering: Tampering,
    pub landed: Notify,
    pub go_on: Notify,
}

#[derive(Clone, Copy, Debug)]
enum Tampering {
    /// It waits before it is made.
    Delay,
    /// It is made, and its reply gets lost.
    LoseReply,
}

impl Tap {
    /// The HTTP client to put under the SDK.
    pub fn client(&self) -> SharedHttpClient {
        let plain = aws_smithy_http_client::Builder::new().build_http();
        let tap = self.clone();
        http_client_fn(move |settings: &HttpConnectorSettings, components: &RuntimeComponents| {
            use aws_smithy_runtime_api::client::http::HttpClient as _;
            SharedHttpConnector::new(Connector {
                inner: plain.http_connector(settings, components),
                tap: tap.clone(),
            })
        })
    }

    /// Forgets what was counted.
    pub fn reset(&self) {
        self.0.calls.lock().unwrap().clear();
    }

    /// Calls by operation since the last reset.
    pub fn calls(&self) -> Vec<(String, u32)> {
        self.0.calls.lock().unwrap().iter().map(|(name, count)| (name.clone(), *count)).collect()
    }

    /// Loses the reply of the next call of this operation.
    pub fn lose_reply_of(&self, operation: &'static str) -> Arc<Tapped> {
        self.tamper(operation, Tampering::LoseReply)
    }

    /// Holds the next call of this operation back.
    pub fn delay(&self, operation: &'static str) -> Arc<Tapped> {
        self.tamper(operation, Tampering::Delay)
    }

    /// Breaks so many calls of this operation, after letting some through; the SDK tries each call three times.
    pub fn break_calls(&self, operation: &'static str, skip: u32, times: u32) {
        *self.0.broken.lock().unwrap() = Some(Broken { operation, skip, times });
    }

    fn breaks(&self, operation: &str) -> bool {
        let mut broken = self.0.broken.lock().unwrap();
        match broken.as_mut().filter(|broken| broken.operation == operation) {
            Some(Broken { skip, .. }) if *skip > 0 => {
                *skip -= 1;
                false
            }
            Some(Broken { times, .. }) if *times > 0 => {
                *times -= 1;
                true
            }
            _ => false,
        }
    }

    fn tamper(&self, operation: &'static str, tampering: Tampering) -> Arc<Tapped> {
        let tapped =
            Arc::new(Tapped { operation, tampering, landed: Notify::new(), go_on: Notify::new() });
        *self.0.lose.lock().unwrap() = Some(tapped.clone());
        tapped
    }

    fn take(&self, operation: &str) -> Option<Arc<Tapped>> {
        *self.0.calls.lock().unwrap().entry(operation.to_owned()).or_default() += 1;
        let mut lose = self.0.lose.lock().unwrap();
        if lose.as_ref().is_some_and(|tapped| tapped.operation == operation) {
            lose.take()
        } else {
            None
        }
    }
}

#[derive(Debug)]
struct Connector {
    inner: SharedHttpConnector,
    tap: Tap,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let operation = target.rsplit('.').next().unwrap_or_default();
        let tapped = self.tap.take(operation);
        if self.tap.breaks(operation) {
            let broken = ConnectorError::io("the table is gone".into());
            return HttpConnectorFuture::ready(Err(broken));
        }
        let inner = self.inner.clone();
        HttpConnectorFuture::new(async move {
            let Some(tapped) = tapped else { return inner.call(request).await };
            match tapped.tampering {
                Tampering::Delay => {
                    tapped.landed.notify_one();
                    tapped.go_on.notified().await;
                    inner.call(request).await
                }
                Tampering::LoseReply => {
                    let _lost = inner.call(request).await;
                    tapped.landed.notify_one();
                    tapped.go_on.notified().await;
                    Err(ConnectorError::io("the reply was lost".into()))
                }
            }
        })
    }
}
