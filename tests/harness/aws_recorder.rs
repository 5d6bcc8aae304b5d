//! Sits between the SDK and AWS: counts calls, delays them, and makes them fail.

use super::{
    rights::{class, recorded_client},
    sites::Site,
};
use aws_smithy_runtime_api::client::{
    http::{
        HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
        SharedHttpConnector, http_client_fn,
    },
    orchestrator::{HttpRequest, HttpResponse},
    result::ConnectorError,
    runtime_components::RuntimeComponents,
};
use aws_smithy_types::{body::SdkBody, byte_stream::ByteStream};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};
use tokio::sync::Notify;

#[derive(Clone, Debug, Default)]
pub struct AwsRecorder(Arc<State>);

#[derive(Debug, Default)]
struct State {
    calls: Mutex<BTreeMap<String, u32>>,
    units: Mutex<BTreeMap<String, Units>>,
    /// The half units that queries read: one for 4 KB of the items of an answer.
    queried: Mutex<usize>,
    held: Mutex<Option<Arc<HeldCall>>>,
    broken: Mutex<Option<Broken>>,
    /// The key of a batch that is left unread, and the number of times.
    left_out: Mutex<Option<(usize, u32)>>,
    /// The place in the product of each call, if they are recorded, which is slow.
    sites: Mutex<Option<Vec<Site>>>,
}

/// The units that DynamoDB bills ("Read and write operations" in its developer guide): one for each
/// item of up to 4 KB that is read strongly consistent, or is looked for in vain, and one for each
/// kilobyte of an item that is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Units {
    pub read: usize,
    pub write: usize,
}

impl std::ops::Add for Units {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { read: self.read + other.read, write: self.write + other.write }
    }
}

/// Returns the units of a call, each with the class of its key.
fn units(operation: &str, body: &[u8]) -> Vec<(String, Units)> {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let of = |key: &Value, units| (class(key["pk"]["S"].as_str().unwrap()), units);
    let (read, write) = (Units { read: 1, write: 0 }, |write| Units { read: 0, write });
    match operation {
        "GetItem" => vec![of(&body["Key"], read)],
        "BatchGetItem" => {
            let tables = body["RequestItems"].as_object().unwrap().values();
            let keys = tables.flat_map(|of| of["Keys"].as_array().unwrap());
            keys.map(|key| of(key, read)).collect()
        }
        "PutItem" => {
            let kilobytes = item_bytes(&body["Item"]).div_ceil(1_024);
            vec![of(&body["Item"], write(kilobytes))]
        }
        "UpdateItem" => vec![of(&body["Key"], write(1))],
        "BatchWriteItem" => {
            let tables = body["RequestItems"].as_object().unwrap().values();
            let parts = tables.flat_map(|requests| requests.as_array().unwrap());
            let unit = |part: &Value| match part.get("PutRequest") {
                Some(put) => of(&put["Item"], write(item_bytes(&put["Item"]).div_ceil(1_024))),
                None => of(&part["DeleteRequest"]["Key"], write(1)),
            };
            parts.map(unit).collect()
        }
        _ => vec![],
    }
}

/// The size of an item: its names, texts in UTF-8, and a byte for two digits of a number, and one.
pub fn item_bytes(item: &Value) -> usize {
    let bytes = |(name, value): (&String, &Value)| {
        let number = |digits: &str| digits.len().div_ceil(2) + 1;
        let text = value["S"].as_str().map(str::len);
        name.len() + text.or_else(|| value["N"].as_str().map(number)).expect("a text or a number")
    };
    item.as_object().unwrap().iter().map(bytes).sum()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The call is not made.
    Refused,
    /// The call is made, and its reply is lost.
    ReplyLost,
    Throttled,
    /// The call is not made, and times out.
    TimedOut,
    /// The call is made, and the calling process ends.
    Gone,
}

impl Fault {
    pub const ALL: [Self; 5] =
        [Self::Refused, Self::ReplyLost, Self::Throttled, Self::TimedOut, Self::Gone];

    /// Every fault in a row of one, which the client's retry mends, and of three, as often as the
    /// client tries. Once the process is gone, there is no second call of it.
    pub const ROWS: [(Self, u32); 9] = [
        (Self::Refused, 1),
        (Self::Refused, 3),
        (Self::ReplyLost, 1),
        (Self::ReplyLost, 3),
        (Self::Throttled, 1),
        (Self::Throttled, 3),
        (Self::TimedOut, 1),
        (Self::TimedOut, 3),
        (Self::Gone, 1),
    ];

    /// The ends that a call can come to: it was not made, it was made twice, it was made and nobody
    /// is there.
    pub const ENDS: [(Self, u32); 3] = [(Self::Refused, 3), (Self::ReplyLost, 1), (Self::Gone, 1)];
}

/// The calls that fail: `times` of them after `skip`, of one operation or of any.
#[derive(Debug)]
struct Broken {
    operation: Option<&'static str>,
    fault: Fault,
    skip: u32,
    times: u32,
    gone: Arc<Notify>,
}

/// A delayed call: the test learns that it arrived, and releases it.
#[derive(Debug)]
pub struct HeldCall {
    operation: &'static str,
    tampering: Tampering,
    pub arrived: Notify,
    pub release: Notify,
}

#[derive(Clone, Copy, Debug)]
enum Tampering {
    /// The call waits before it is made.
    Delay,
    /// The call is made, and its reply is lost.
    LoseReply,
}

impl AwsRecorder {
    pub fn client(&self) -> SharedHttpClient {
        let plain = recorded_client();
        let recorder = self.clone();
        http_client_fn(move |settings: &HttpConnectorSettings, components: &RuntimeComponents| {
            use aws_smithy_runtime_api::client::http::HttpClient as _;
            SharedHttpConnector::new(Connector {
                inner: plain.http_connector(settings, components),
                recorder: recorder.clone(),
            })
        })
    }

    pub fn reset(&self) {
        self.0.calls.lock().unwrap().clear();
        self.0.units.lock().unwrap().clear();
        *self.0.queried.lock().unwrap() = 0;
    }

    /// Returns the half units that queries read. An answer that is not strongly consistent takes
    /// half a unit for 4 KB, and the queries of lists are not.
    pub fn queried(&self) -> usize {
        *self.0.queried.lock().unwrap()
    }

    /// Passes an answer to a query on, with its units counted.
    async fn count_answer(&self, answer: HttpResponse) -> HttpResponse {
        let status = answer.status();
        let bytes = ByteStream::new(answer.into_body()).collect().await.unwrap().into_bytes();
        let read: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        let items = read["Items"].as_array().map(Vec::as_slice).unwrap_or_default();
        let size: usize = items.iter().map(item_bytes).sum();
        *self.0.queried.lock().unwrap() += size.div_ceil(4_096).max(1);
        HttpResponse::new(status, SdkBody::from(bytes.to_vec()))
    }

    pub fn calls(&self) -> Vec<(String, u32)> {
        self.0.calls.lock().unwrap().iter().map(|(name, count)| (name.clone(), *count)).collect()
    }

    pub fn units(&self) -> Units {
        self.units_by_class().into_values().fold(Units::default(), |sum, units| sum + units)
    }

    pub fn units_by_class(&self) -> BTreeMap<String, Units> {
        self.0.units.lock().unwrap().clone()
    }

    pub fn count(&self) -> u32 {
        self.0.calls.lock().unwrap().values().sum()
    }

    /// Records from now on the place in the product of each call.
    pub fn record_sites(&self) {
        *self.0.sites.lock().unwrap() = Some(vec![]);
    }

    pub fn sites(&self) -> Vec<Site> {
        self.0.sites.lock().unwrap().take().unwrap_or_default()
    }

    pub fn lose_reply_of(&self, operation: &'static str) -> Arc<HeldCall> {
        self.hold(operation, Tampering::LoseReply)
    }

    pub fn delay(&self, operation: &'static str) -> Arc<HeldCall> {
        self.hold(operation, Tampering::Delay)
    }

    /// Refuses `times` calls of an operation after `skip`; the SDK tries each call three times.
    pub fn break_calls(&self, operation: &'static str, skip: u32, times: u32) {
        self.plan(Some(operation), Fault::Refused, skip, times);
    }

    /// Makes `times` calls of any operation fail after `skip`. [`Fault::Gone`] is notified to the
    /// caller.
    pub fn fault(&self, fault: Fault, skip: u32, times: u32) -> Arc<Notify> {
        self.plan(None, fault, skip, times)
    }

    /// Has the process be gone after a call of this operation, the next one after `skip`, whose
    /// reply nobody reads.
    pub fn gone_after(&self, operation: &'static str, skip: u32) -> Arc<Notify> {
        self.plan(Some(operation), Fault::Gone, skip, 1)
    }

    /// Makes the next `times` calls of this operation fail. [`Fault::Gone`] is notified to the
    /// caller.
    pub fn fault_at(&self, operation: &'static str, fault: Fault, times: u32) -> Arc<Notify> {
        self.plan(Some(operation), fault, 0, times)
    }

    /// Leaves one key of a batch unread, so many times.
    pub fn leave_out(&self, key: usize, times: u32) {
        *self.0.left_out.lock().unwrap() = Some((key, times));
    }

    fn left_out(&self, operation: &str) -> Option<usize> {
        let mut left_out = self.0.left_out.lock().unwrap();
        let (key, times) = left_out.as_mut().filter(|_| operation == "BatchGetItem")?;
        *times = times.checked_sub(1)?;
        Some(*key)
    }

    pub fn mend(&self) {
        *self.0.broken.lock().unwrap() = None;
        *self.0.left_out.lock().unwrap() = None;
    }

    fn plan(
        &self,
        operation: Option<&'static str>,
        fault: Fault,
        skip: u32,
        times: u32,
    ) -> Arc<Notify> {
        let gone = Arc::new(Notify::new());
        let plan = Broken { operation, fault, skip, times, gone: gone.clone() };
        *self.0.broken.lock().unwrap() = Some(plan);
        gone
    }

    fn fault_of(&self, operation: &str) -> Option<(Fault, Arc<Notify>)> {
        let mut broken = self.0.broken.lock().unwrap();
        let plan =
            broken.as_mut().filter(|plan| plan.operation.is_none_or(|only| only == operation))?;
        if plan.skip > 0 {
            plan.skip -= 1;
            return None;
        }
        plan.times = plan.times.checked_sub(1)?;
        Some((plan.fault, plan.gone.clone()))
    }

    fn hold(&self, operation: &'static str, tampering: Tampering) -> Arc<HeldCall> {
        let call = Arc::new(HeldCall {
            operation,
            tampering,
            arrived: Notify::new(),
            release: Notify::new(),
        });
        *self.0.held.lock().unwrap() = Some(call.clone());
        call
    }

    fn take(&self, operation: &str) -> Option<Arc<HeldCall>> {
        *self.0.calls.lock().unwrap().entry(operation.to_owned()).or_default() += 1;
        if let Some(sites) = self.0.sites.lock().unwrap().as_mut() {
            sites.push(Site::here());
        }
        let mut held = self.0.held.lock().unwrap();
        if held.as_ref().is_some_and(|call| call.operation == operation) {
            held.take()
        } else {
            None
        }
    }
}

#[derive(Debug)]
struct Connector {
    inner: SharedHttpConnector,
    recorder: AwsRecorder,
}

/// Returns the operation of a call, which each service names in its own way.
fn operation(request: &HttpRequest) -> String {
    if let Some(target) = request.headers().get("x-amz-target") {
        return target.rsplit('.').next().unwrap_or_default().to_owned();
    }
    if request.uri().contains("/local/s3/") {
        return "PutObject".to_owned();
    }
    let body = request.body().bytes().map(String::from_utf8_lossy).unwrap_or_default();
    if let Some((_, rest)) = body.split_once("Action=") {
        return rest.split('&').next().unwrap_or_default().to_owned();
    }
    let uri = request.uri();
    let name = if uri.contains("/outbound-emails") {
        "SendEmail"
    } else if uri.contains("/v2/email/account") {
        "GetAccount"
    } else if uri.contains("/configuration-sets/") {
        "GetConfigurationSetEventDestinations"
    } else {
        "GetEmailIdentity"
    };
    name.to_owned()
}

fn throttled(request: &HttpRequest) -> HttpResponse {
    let target = request.headers().get("x-amz-target").unwrap_or_default();
    let json = |kind: &str| format!("{{\"__type\":\"{kind}\",\"message\":\"too many\"}}");
    let (status, body) = if target.starts_with("DynamoDB") {
        let kind = "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException";
        (400, json(kind))
    } else if target.is_empty() && request.uri().contains("/v2/email") {
        (429, json("TooManyRequestsException"))
    } else if target.is_empty() {
        let error = "<Type>Sender</Type><Code>Throttled</Code><Message>too many</Message>";
        (429, format!("<ErrorResponse><Error>{error}</Error></ErrorResponse>"))
    } else {
        (400, json("ThrottlingException"))
    };
    let mut response = HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body));
    if !target.starts_with("DynamoDB") {
        response.headers_mut().insert("x-amzn-errortype", "TooManyRequestsException");
    }
    response
}

/// Makes a batch without one of its keys, and reports that key as unprocessed.
async fn without(
    inner: SharedHttpConnector,
    key: usize,
    mut request: HttpRequest,
) -> Result<HttpResponse, ConnectorError> {
    let mut body: Value = serde_json::from_slice(request.body().bytes().unwrap()).unwrap();
    let (table, wanted) = body["RequestItems"].as_object_mut().unwrap().iter_mut().next().unwrap();
    let keys = wanted["Keys"].as_array_mut().unwrap();
    let left = keys.remove(key % keys.len());
    let unprocessed = json!({ table: { "Keys": [left], "ConsistentRead": true } });
    let answer = if keys.is_empty() {
        json!({ "Responses": {} })
    } else {
        let body = body.to_string();
        request.headers_mut().insert("content-length", body.len().to_string());
        *request.body_mut() = SdkBody::from(body);
        let answer = inner.call(request).await?.into_body();
        let bytes = ByteStream::new(answer).collect().await.unwrap().into_bytes();
        serde_json::from_slice(&bytes).unwrap()
    };
    let mut answer: Value = answer;
    answer["UnprocessedKeys"] = unprocessed;
    Ok(HttpResponse::new(200.try_into().unwrap(), SdkBody::from(answer.to_string())))
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let operation = operation(&request);
        let call = self.recorder.take(&operation);
        if let Some(body) = request.body().bytes() {
            let mut all = self.recorder.0.units.lock().unwrap();
            for (class, units) in units(&operation, body) {
                let sum = all.entry(class).or_default();
                *sum = *sum + units;
            }
        }
        let lost = || ConnectorError::io("the reply was lost".into());
        let inner = self.inner.clone();
        if let Some(key) = self.recorder.left_out(&operation) {
            return HttpConnectorFuture::new(without(inner, key, request));
        }
        if let Some((fault, gone)) = self.recorder.fault_of(&operation) {
            return HttpConnectorFuture::new(async move {
                match fault {
                    Fault::Refused => Err(ConnectorError::io("nobody listens".into())),
                    Fault::TimedOut => Err(ConnectorError::timeout("nothing came back".into())),
                    Fault::Throttled => Ok(throttled(&request)),
                    Fault::ReplyLost => inner.call(request).await.and_then(|_| Err(lost())),
                    Fault::Gone => {
                        let _nobody_reads_it = inner.call(request).await;
                        gone.notify_one();
                        std::future::pending().await
                    }
                }
            });
        }
        let recorder = self.recorder.clone();
        HttpConnectorFuture::new(async move {
            let Some(call) = call else {
                let answer = inner.call(request).await?;
                if operation == "Query" {
                    return Ok(recorder.count_answer(answer).await);
                }
                return Ok(answer);
            };
            match call.tampering {
                Tampering::Delay => {
                    call.arrived.notify_one();
                    call.release.notified().await;
                    inner.call(request).await
                }
                Tampering::LoseReply => {
                    let _lost = inner.call(request).await;
                    call.arrived.notify_one();
                    call.release.notified().await;
                    Err(lost())
                }
            }
        })
    }
}
