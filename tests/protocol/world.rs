//! The product above a table in memory.
//!
//! A process is one invocation: the code that runs in production, from its command down to the
//! bytes of its calls. It gets to know nothing but its replies, so they are all that is kept of it:
//! to take its next step it is run again from its start.

use super::{
    search::{Heard, Planned},
    table::{Call, Reply, Table},
};
use aws_config::{BehaviorVersion, Region, SdkConfig, retry::RetryConfig};
use aws_lambda_events::event::dynamodb::Event;
use aws_lc_rs::hmac;
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use aws_smithy_runtime_api::client::{
    auth::AuthSchemeId,
    http::{
        HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
        http_client_fn,
    },
    orchestrator::{HttpRequest, HttpResponse},
    result::ConnectorError,
    runtime_components::RuntimeComponents,
};
use aws_smithy_types::body::SdkBody;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use portcullis_activity::{ActivityHandler, HandOver, HeldLogs, Journal, KeyUses};
use portcullis_app::{About, AppContext, Caller, CommandError, MessageSender};
use portcullis_domain::{
    DecisionContext, Method, Named, Portal, PortalId, Refusal, SignInId, Timestamp, User, UserId,
    account::{self, Actor, WhoAsks},
    admin::Reach,
    limits,
    sign_in::{
        Remember,
        challenge::{self, Asked},
        verify::{self, Guess, Typed},
    },
};
use portcullis_keys::{Keyring, Purposes};
use portcullis_store::{LogPlan, Store, stream_entries};
use serde_json::{Value, json};
use std::{
    cell::Cell,
    collections::VecDeque,
    pin::pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    task::Poll,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Verifies the code that the app shows, in a sign-in.
    RightCode(usize),
    /// Verifies another code, in a sign-in.
    WrongCode(usize),
    /// Has a code emailed, in a sign-in.
    SendCode(usize),
    /// Takes away what the user has bound.
    Reset,
    /// Delivers the record of the user's last write before to `activity`.
    Deliver,
    /// Has `activity` send the notices that are due.
    Sweep,
}

#[derive(Clone, Debug)]
pub enum Step {
    /// It makes a call, and waits for the reply.
    Calls(Call),
    /// It ends with this answer.
    Answers(String),
}

thread_local! {
    /// True if the process that runs has said that a notice may be sent twice.
    static FLAGGED: Cell<bool> = const { Cell::new(false) };
}

fn meter(line: String) {
    if line.contains("NoticesRepeated") {
        FLAGGED.set(true);
    }
}

/// The other end of the SDK: the replies of a process, and then a table that replies at once, if
/// there is one. Without a table the next call is kept, and gets no reply.
#[derive(Debug, Default)]
struct Wire {
    replies: VecDeque<Option<Reply>>,
    table: Option<Table>,
    call: Option<Call>,
}

#[derive(Clone, Debug, Default)]
struct Connector(Arc<Mutex<Wire>>);

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        // The journal is no part of the table: its objects are written whole, once each.
        if request.method() == "PUT" {
            return HttpConnectorFuture::ready(Ok(response(&Reply(200, Value::Null))));
        }
        let call = read_call(&request);
        let mut wire = self.0.lock().unwrap();
        if let Some(reply) = wire.replies.pop_front() {
            return HttpConnectorFuture::ready(match reply {
                Some(reply) => Ok(response(&reply)),
                None if call.is_email() => Err(ConnectorError::timeout("no reply".into())),
                // The checker has been through what the SDK would try again: after this error the
                // SDK does not.
                None => Err(ConnectorError::user("no reply".into())),
            });
        }
        let reply = match (&mut wire.table, call.operation.as_str()) {
            (_, "GenerateDataKey" | "Decrypt") => Reply::data_key(&BASE64_STANDARD.encode([7; 32])),
            (Some(table), _) => table.apply(&call, None),
            (None, _) => {
                wire.call = Some(call);
                return HttpConnectorFuture::new(std::future::pending());
            }
        };
        HttpConnectorFuture::ready(Ok(response(&reply)))
    }
}

/// Reads a call, and from its header how often the SDK would send it.
fn read_call(request: &HttpRequest) -> Call {
    let header = |name| request.headers().get(name);
    let operation = header("x-amz-target").and_then(|target| target.rsplit('.').next());
    let tries = header("amz-sdk-request").and_then(|tries| tries.split_once("max=")).unwrap().1;
    Call {
        operation: operation.unwrap_or("SendEmail").to_owned(),
        body: serde_json::from_slice(request.body().bytes().unwrap()).unwrap(),
        tries: tries.parse().unwrap(),
    }
}

fn response(Reply(status, body): &Reply) -> HttpResponse {
    let status = (*status).try_into().unwrap();
    let mut response = HttpResponse::new(status, SdkBody::from(body.to_string()));
    if let Some(kind) = body["__type"].as_str() {
        response.headers_mut().insert("x-amzn-errortype", kind.to_owned());
    }
    response
}

/// The portal, which acts on its own users.
pub struct OwnPortal(pub PortalId);

impl Caller for OwnPortal {
    fn portal(&self) -> &PortalId {
        &self.0
    }

    fn admit(&self, _: Option<&Portal>, _: Timestamp) -> Result<(), Refusal> {
        Ok(())
    }
}

/// The beginning of the key of the counter of emails to the user's address within an hour.
pub const EMAILS_OF_HOUR: &str = "COUNT#confirmed#";

/// The emails that an address gets within an hour from which no code got its user in.
pub fn emails_of_hour() -> u32 {
    limits::open_part_of_hour(limits::EMAILS_PER_HOUR)
}

/// A portal with one user, who has an app and an address.
pub struct World {
    pub table: Table,
    pub(super) handler: ActivityHandler,
    /// The keyring that every process has read at its start.
    keyring: Option<Arc<Keyring>>,
    pub(super) kms: aws_sdk_kms::Client,
    pub(super) caller: OwnPortal,
    pub(super) user: UserId,
    pub(super) sign_ins: Vec<SignInId>,
    pub(super) secret: Vec<u8>,
    pub(super) clock: Arc<AtomicI64>,
    drawn: Arc<AtomicU64>,
    wire: Connector,
    /// The record of the user's last write.
    record: Value,
}

impl World {
    /// Makes the portal, and the user with two open sign-ins.
    pub fn new() -> Self {
        let (wire, drawn) = (Connector::default(), Arc::new(AtomicU64::new(0)));
        let clock = Arc::new(AtomicI64::new(1_800_000_000));
        let (connector, time, random) = (wire.clone(), clock.clone(), drawn.clone());
        let client = http_client_fn(move |_: &HttpConnectorSettings, _: &RuntimeComponents| {
            SharedHttpConnector::new(connector.clone())
        });
        let credentials = Credentials::new("a", "b", None, None, "test");
        let aws = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .http_client(client)
            .region(Region::new("eu-west-1"))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .endpoint_url("http://aws.local")
            .retry_config(RetryConfig::standard())
            .build();
        let kms = aws_sdk_kms::Client::new(&aws);
        // The table here looks at no signature, and a fifth of the time goes into them.
        let unsigned = aws_sdk_dynamodb::config::Builder::from(&aws)
            .allow_no_auth()
            .auth_scheme_preference([AuthSchemeId::from("noAuth")])
            .build();
        let context = AppContext::new(
            Store::new(aws_sdk_dynamodb::Client::from_conf(unsigned), "table"),
            kms.clone(),
            Purposes::ALL,
            "https://portcullis.example",
            Arc::new(move || Timestamp::from_unix(time.load(Ordering::Relaxed))),
            Arc::new(move |bytes: &mut [u8]| {
                draw(bytes, random.fetch_add(1, Ordering::Relaxed));
                true
            }),
        );
        let sender = MessageSender::new(&aws, &aws, None);
        let mut world = Self {
            table: Table::default(),
            handler: ActivityHandler {
                context,
                sender,
                meter,
                noted: KeyUses::default(),
                logs: HeldLogs::default(),
                journal: Journal::new(&aws, "journal"),
                hand_over: HandOver::AtOnce,
                bus: None,
            },
            keyring: None,
            kms,
            caller: OwnPortal(PortalId::parse("acme").unwrap()),
            user: UserId::parse("anna").unwrap(),
            sign_ins: vec![],
            secret: vec![],
            clock,
            drawn,
            wire,
            record: Value::Null,
        };
        world.wire.0.lock().unwrap().table = Some(Table::default());
        runtime().block_on(world.set_up());
        world.keyring = Some(runtime().block_on(world.handler.context.keyring()).unwrap());
        world.table = world.wire.0.lock().unwrap().table.take().unwrap();
        world
    }

    /// The handler in a process that has just started.
    fn started(&self) -> ActivityHandler {
        let handler = self.handler.clone();
        let keyring = self.keyring.clone().unwrap();
        let context = handler.context.holding(keyring);
        let portal = self.caller.0.clone();
        let logs = HeldLogs::holding(portal, LogPlan::default(), context.now());
        ActivityHandler { context, logs, ..handler }
    }

    /// Does a task to its end, before the processes begin.
    pub fn perform(&mut self, task: &Task) {
        let old = self.table.items("USER#").next().cloned();
        self.wire.0.lock().unwrap().table = Some(self.table.clone());
        runtime().block_on(self.run(task));
        self.table = self.wire.0.lock().unwrap().table.take().unwrap();
        self.record = record(old.as_ref(), self.table.items("USER#").next().unwrap());
    }

    /// Leaves room for one email more to the user's address within this hour.
    pub fn has_room_for_one_email(&mut self) {
        self.perform(&Task::SendCode(1));
        let mut counter = self.table.items(EMAILS_OF_HOUR).next().unwrap().clone();
        counter["u"] = json!({ "N": (emails_of_hour() - 1).to_string() });
        self.table.put(counter);
        self.clock.fetch_add(60, Ordering::Relaxed);
    }

    /// Runs a process from its start, and returns the step it takes after what it has heard, and
    /// whether it has said by then that a notice may be sent twice.
    pub fn step(&self, process: usize, planned: &Planned, heard: &Heard) -> (Step, bool) {
        let replies = heard.iter().map(|reply| reply.as_deref().cloned()).collect();
        *self.wire.0.lock().unwrap() = Wire { replies, ..Wire::default() };
        self.drawn.store((process as u64 + 1) << 16, Ordering::Relaxed);
        FLAGGED.set(false);
        self.clock.fetch_add(planned.minute * 60, Ordering::Relaxed);
        let step = self.next_step(&planned.task);
        self.clock.fetch_sub(planned.minute * 60, Ordering::Relaxed);
        (step, FLAGGED.get())
    }

    fn next_step(&self, task: &Task) -> Step {
        runtime().block_on(async {
            let mut running = pin!(self.run(task));
            std::future::poll_fn(|cx| match running.as_mut().poll(cx) {
                Poll::Ready(answer) => Poll::Ready(Step::Answers(answer)),
                Poll::Pending => match self.wire.0.lock().unwrap().call.take() {
                    Some(call) => Poll::Ready(Step::Calls(call)),
                    None => Poll::Pending,
                },
            })
            .await
        })
    }

    async fn run(&self, task: &Task) -> String {
        let done = match task {
            Task::RightCode(n) => self.verify(*n, self.code(0)).await,
            Task::WrongCode(n) => self.verify(*n, self.code(1)).await,
            Task::SendCode(n) => self.send(*n).await,
            Task::Reset => self.reset().await,
            Task::Deliver => {
                let event = serde_json::from_value(self.record.clone()).unwrap();
                let response = portcullis_activity::handle(&self.started(), event).await;
                let again = !response.batch_item_failures.is_empty();
                Ok(if again { "to be delivered again" } else { "delivered" }.to_owned())
            }
            Task::Sweep => {
                portcullis_activity::sweep(&self.started()).await.map(|()| "swept".into())
            }
        };
        done.unwrap_or_else(|error| format!("{:?}", error.cause))
    }

    async fn verify(&self, n: usize, code: String) -> Result<String, CommandError> {
        let (id, method) = (&self.sign_ins[n], Some(Method::AuthenticatorApp));
        let typed = Typed::parse(&code).unwrap();
        let guess = Guess { typed, method, make_email_default: false, remember: Remember::Nothing };
        let decide =
            |context: &DecisionContext<'_>, user| verify::verify_code(context, user, id, &guess);
        self.started().context.on_sign_in(&self.caller, id, decide).await?;
        Ok("accepted".to_owned())
    }

    async fn send(&self, n: usize) -> Result<String, CommandError> {
        let (id, ActivityHandler { context, sender, .. }) = (&self.sign_ins[n], &self.started());
        let decide = |context: &DecisionContext<'_>, user| {
            challenge::request_code(context, user, id, Method::Email)
        };
        let (asked, charged) = context.send_on_sign_in(&self.caller, id, decide).await?;
        let Asked::Code(dispatch) = asked else { panic!("no code is to be sent") };
        let sent = sender.send(context, &self.caller, id.locator, charged, &dispatch).await?;
        Ok(format!("{:?}", sent.or_error(&dispatch, context)?.0))
    }

    async fn reset(&self) -> Result<String, CommandError> {
        let actor = Actor { by: None, reach: Reach::Portal, reason: None, form: None };
        let decide = |context: &DecisionContext<'_>, user: Option<User>, id: &UserId| {
            account::reset(context, user, id, &actor, &WhoAsks::Unsaid)
        };
        self.started()
            .context
            .on_user_id(&self.caller, &self.user, About::NoSignIn, decide)
            .await?;
        Ok("reset".to_owned())
    }

    /// The code that the app shows now (RFC 6238), or one of the codes after it.
    pub(super) fn code(&self, after: u32) -> String {
        let step = self.clock.load(Ordering::Relaxed) / 30;
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.secret);
        let tag = hmac::sign(&key, &step.to_be_bytes());
        let start = usize::from(tag.as_ref()[19] & 15);
        let bytes: [u8; 4] = tag.as_ref()[start..start + 4].try_into().unwrap();
        format!("{:06}", ((u32::from_be_bytes(bytes) & 0x7fff_ffff) + after) % 1_000_000)
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap()
}

/// Bytes that differ with each process and each draw. The first four are zero: the pause after a
/// conflict is made of them, and so takes no time. The four after them differ, which is what an
/// item keeps of an earlier write.
fn draw(bytes: &mut [u8], n: u64) {
    for (place, byte) in bytes.iter_mut().skip(4).enumerate() {
        *byte = n.to_le_bytes()[place % 8];
    }
}

/// The record of a write in the table's stream.
pub fn record(old: Option<&Value>, new: &Value) -> Value {
    json!({ "Records": [{
        "eventID": "1", "eventName": "MODIFY", "eventSource": "aws:dynamodb", "awsRegion": "local",
        "dynamodb": {
            "ApproximateCreationDateTime": 0, "Keys": {}, "SequenceNumber": "1", "SizeBytes": 1,
            "StreamViewType": "NEW_AND_OLD_IMAGES", "NewImage": new, "OldImage": old,
        },
    }] })
}

/// The kinds of the entries that a record brings.
pub fn entries(record: Value) -> Vec<&'static str> {
    let event: Event = serde_json::from_value(record).unwrap();
    let image = event.records.into_iter().next().unwrap().change.new_image.into();
    let entries = stream_entries(&image).unwrap().map(|caused| caused.entries);
    entries.unwrap_or_default().iter().map(|entry| entry.kind.name()).collect()
}
