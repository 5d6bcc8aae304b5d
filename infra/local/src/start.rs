//! Starting everything, in the order in which one thing needs another.

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::config::{
    Credentials,
    retry::{RetryConfig, RetryPartition, TokenBucket},
};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use axum::Router;
use portcullis_activity::Clerk;
use portcullis_app::{AppContext, MessageSender, system_rng};
use portcullis_challenge_dispatch::Dispatcher;
use portcullis_delivery::Deployment;
use portcullis_enrolment::Enroller;
use portcullis_keys::{Hasher, Purposes};
use portcullis_policy_admin::{Administration, SetUpHash};
use portcullis_store::Store;
use std::{fs, io, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};
use thiserror::Error;
use tokio::net::TcpListener;

use crate::{
    Demo, Function, LocalClock, Options, Template, TemplateError,
    environment::{EMAIL_IDENTITY, Services},
    function::StreamFunction,
    gateway::{self, Functions},
    portal::{self, Sites},
    pump,
    running_function::within,
    runtime_api::Binaries,
    stand_in::{self, MasterKey, Outbox, Providers, ROOT_KEY_ID, StandIn},
    table,
};

/// The `iss` of the assertions that local mode signs.
pub const ISSUER: &str = "http://localhost/portcullis";

/// Why local mode cannot start, and what to do.
#[derive(Debug, Error)]
pub enum LocalError {
    /// The port is taken, most often.
    #[error("cannot listen; is something else on that port? Choose another with --port")]
    Listen(#[source] io::Error),
    /// The embedded engine did not start.
    #[error("the embedded DynamoDB did not start: {0}")]
    Engine(String),
    /// The table could not be made.
    #[error("the table could not be made")]
    Table(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The template does not say what is needed.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The template names something that is not there.
    #[error("template.yaml names {0}, which does not exist")]
    NoFunction(String),
    /// A function's binary cannot be started.
    #[error("{0} cannot be started; build the functions first, with `sam build`")]
    Binary(PathBuf, #[source] io::Error),
    /// The template has a path that cannot be matched.
    #[error("template.yaml has the path {0}, which cannot be matched: {1}")]
    Route(String, String),
    /// Files cannot be kept.
    #[error("cannot keep files in .portcullis; start with --memory, or make the folder writable")]
    Folder(#[source] io::Error),
    /// A file was changed by somebody else.
    #[error("{0} is not what an earlier start wrote; delete the folder .portcullis to begin anew")]
    KeyFile(PathBuf),
    /// The demo portals could not be made.
    #[error(
        "the demo portals could not be made ({0}); delete the folder .portcullis to begin anew"
    )]
    Demo(String),
    /// There are no random bytes.
    #[error("the operating system has no random bytes")]
    NoChance,
}

impl LocalError {
    pub(crate) fn table<E: std::error::Error + Send + Sync + 'static>(error: E) -> Self {
        Self::Table(Box::new(error))
    }
}

/// Everything, started.
pub struct Running {
    /// Where the gateway and the stand-ins answer.
    pub address: SocketAddr,
    /// Where the table answers.
    pub dynamodb: String,
    /// The table.
    pub store: Store,
    /// The table's name.
    pub table: String,
    /// The set-up secret and the portals.
    pub demo: Demo,
    /// The clock.
    pub clock: LocalClock,
    /// What computes the hashes of passwords.
    pub hasher: Hasher,
    /// What was sent.
    pub outbox: Outbox,
    pub(crate) functions: Functions,
}

impl Running {
    /// Delivers an event to a function, by the name of its folder, and returns its answer, both as JSON.
    ///
    /// # Errors
    /// What became of the event instead, in words.
    pub async fn invoke(&self, function: &str, event: &str) -> Result<String, String> {
        let wanted = self.functions.get(function).ok_or("there is no such function")?;
        wanted.invoke(event).await.map_err(|error| error.to_string())
    }
}

/// SHA-256 of the set-up secret, in hexadecimal, as functions take it.
pub(crate) fn set_up_hash(secret: &str) -> String {
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, secret.as_bytes());
    hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Random bytes.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], LocalError> {
    let mut bytes = [0; N];
    if system_rng(&mut bytes) { Ok(bytes) } else { Err(LocalError::NoChance) }
}

/// Starts everything; it runs until the process ends.
///
/// # Errors
/// [`LocalError`], saying what to do.
pub async fn start(options: Options) -> Result<Running, LocalError> {
    let file = |name: &str| options.folder.as_ref().map(|folder| folder.join(name));
    if let Some(folder) = &options.folder {
        fs::create_dir_all(folder).map_err(LocalError::Folder)?;
    }
    let template = Template::built_in()?;
    let listener =
        TcpListener::bind(("127.0.0.1", options.port)).await.map_err(LocalError::Listen)?;
    let address = listener.local_addr().map_err(LocalError::Listen)?;
    let dynamodb = options.engine.start().await?;
    let aws = aws(&format!("http://{address}/local")).await;
    let carried =
        options.aws_client.clone().map_or_else(|| aws.clone(), |client| carried_by(&aws, client));
    let plain = options.activity_client.clone().map_or_else(
        || aws.clone(),
        |client| aws.clone().into_builder().http_client(client).build(),
    );
    let clients = TableClients::new(&plain, &carried, &dynamodb);
    table::create(&clients.plain, &template, options.engine.table()).await?;

    let clock = options.clock;
    let master = Arc::new(MasterKey::load(file("kms.key").as_deref())?);
    let outbox = Outbox::default();
    let stand_ins = stand_in::router(StandIn {
        outbox: outbox.clone(),
        providers: Providers::default(),
        clock: clock.clone(),
        master,
    });
    let mut demo = Demo::load(file("demo.json").as_deref())?;
    let store = Store::new(clients.functions, options.engine.table());
    let plain_store = Store::new(clients.plain, options.engine.table());
    let base = format!("http://{address}");
    let service = Service::new(&carried, &base, &clock);
    let clerks = Service::new(&plain, &base, &clock);
    let activity = StreamFunction::InProcess(Clerk {
        context: clerks.context(&plain_store, portcullis_activity::PURPOSES),
        sender: clerks.sender,
        // Metrics are for CloudWatch; nothing here reads them.
        meter: drop,
    });
    let (Started { functions, desks }, activity) = match &options.functions {
        None => (functions(&service, &store, &demo.set_up_secret), activity),
        Some(folder) => {
            let services = Services {
                base: &base,
                dynamodb: &dynamodb,
                table: options.engine.table(),
                set_up_secret: &demo.set_up_secret,
            };
            let settings = services.environment();
            binaries(&template, &Binaries { folder, settings, clock: &clock }).await?
        }
    };
    let gateway = gateway::router(&template.routes, &functions, &clock)?;
    let sites = Sites::default();
    let served = stand_ins
        .merge(portal::router(sites.clone()))
        .merge(if options.gateway { gateway.clone() } else { Router::new() })
        .into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, served).await });

    if demo.portals.is_empty() {
        let file = file("demo.json");
        demo.set_up(gateway, &clock, &base, options.admins, file.as_deref()).await?;
    } else {
        demo.move_to(&plain_store, &base).await?;
    }
    warm(&desks).await;
    if options.gateway {
        sites.open(&base, ISSUER, &clock, &demo.keys());
    }
    tokio::spawn(pump::run(clients.streams, activity, options.engine.table().to_owned()));
    let (table, hasher) = (options.engine.table().to_owned(), service.hasher);
    Ok(Running { address, dynamodb, store, table, demo, clock, hasher, outbox, functions })
}

/// The functions once more, in a process of their own, beside one that was started with everything: on its table and with
/// its keys and providers. Where they answer; they run until the process ends.
///
/// # Errors
/// [`LocalError`], saying what to do.
pub async fn join(beside: &Beside, clock: &LocalClock) -> Result<SocketAddr, LocalError> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(LocalError::Listen)?;
    let address = listener.local_addr().map_err(LocalError::Listen)?;
    let aws = aws(&beside.services).await;
    let table = aws_sdk_dynamodb::config::Builder::from(&aws).endpoint_url(&beside.dynamodb);
    let store = Store::new(aws_sdk_dynamodb::Client::from_conf(table.build()), &beside.table);
    let service = Service::new(&aws, &beside.services, clock);
    let secret = random::<16>()?.map(|b| b.to_string()).concat();
    let Started { functions, desks } = functions(&service, &store, &secret);
    warm(&desks).await;
    let gateway = gateway::router(&Template::built_in()?.routes, &functions, clock)?;
    let served = gateway.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, served).await });
    Ok(address)
}

/// What another process has started.
#[derive(Clone, Debug)]
pub struct Beside {
    /// Where its table answers.
    pub dynamodb: String,
    /// The table's name.
    pub table: String,
    /// Where its stand-ins answer.
    pub services: String,
}

/// The configuration of every AWS client: made-up credentials, and endpoints on loopback.
async fn aws(stand_ins: &str) -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("local", "local", None, None, "local"))
        .endpoint_url(stand_ins)
        .load()
        .await
}

/// The same, with calls carried by this client; a retry follows at once, as often as it takes.
fn carried_by(aws: &SdkConfig, client: SharedHttpClient) -> SdkConfig {
    let retry = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
    aws.clone().into_builder().http_client(client).retry_config(retry).build()
}

/// The clients of the table: one for the functions, which tests may tamper with, and plain ones for everything around.
struct TableClients {
    functions: aws_sdk_dynamodb::Client,
    plain: aws_sdk_dynamodb::Client,
    streams: aws_sdk_dynamodbstreams::Client,
}

impl TableClients {
    fn new(aws: &SdkConfig, carried: &SdkConfig, endpoint: &str) -> Self {
        let config =
            |aws: &SdkConfig| aws_sdk_dynamodb::config::Builder::from(aws).endpoint_url(endpoint);
        // Each start has retries of its own: they are counted per process otherwise.
        let bucket = RetryPartition::custom("local").token_bucket(TokenBucket::unlimited()).build();
        let functions = config(carried).retry_partition(bucket);
        let streams =
            aws_sdk_dynamodbstreams::config::Builder::from(aws).endpoint_url(endpoint).build();
        Self {
            functions: aws_sdk_dynamodb::Client::from_conf(functions.build()),
            plain: aws_sdk_dynamodb::Client::from_conf(config(aws).build()),
            streams: aws_sdk_dynamodbstreams::Client::from_conf(streams),
        }
    }
}

/// What the functions are made of: clients at endpoints on loopback.
struct Service {
    kms: aws_sdk_kms::Client,
    sender: MessageSender,
    clock: LocalClock,
    hasher: Hasher,
}

impl Service {
    fn new(aws: &SdkConfig, base: &str, clock: &LocalClock) -> Self {
        let at = |service: &str| {
            let endpoint = format!("{base}/local/{service}");
            aws.clone().into_builder().endpoint_url(endpoint).build()
        };
        let kms = aws_sdk_kms::Client::new(&at("kms/"));
        let twilio = format!("{base}/local/twilio");
        let sender = MessageSender::new(&at("ses"), &at("sns/"), Some(&twilio));
        Self { kms, sender, clock: clock.clone(), hasher: Hasher::default() }
    }

    /// The context of one function, which opens the keys of its own purposes and no others.
    fn context(&self, store: &Store, purposes: Purposes) -> AppContext {
        let (clock, chance) = (self.clock.as_clock(), Arc::new(system_rng));
        AppContext::new(store.clone(), self.kms.clone(), purposes, ISSUER, clock, chance)
    }
}

/// The production functions, and their desks.
struct Started {
    functions: Functions,
    desks: Vec<(&'static str, AppContext)>,
}

/// Has each function read its keys, as it does when it starts at AWS.
async fn warm(desks: &[(&'static str, AppContext)]) {
    for (name, context) in desks {
        within(name, context.warm()).await;
    }
}

/// The functions' own binaries, in execution environments.
async fn binaries(
    template: &Template,
    binaries: &Binaries<'_>,
) -> Result<(Started, StreamFunction), LocalError> {
    let mut functions = Functions::new();
    let mut activity = None;
    for (folder, name) in &template.functions {
        let environment = binaries.start(name).await?;
        if folder == "activity" {
            activity = Some(StreamFunction::Binary(environment));
        } else {
            functions.insert(folder.clone(), Function::Binary(environment));
        }
    }
    let activity = activity.ok_or_else(|| LocalError::NoFunction("activity".to_owned()))?;
    Ok((Started { functions, desks: vec![] }, activity))
}

/// The production functions.
fn functions(service: &Service, store: &Store, set_up_secret: &str) -> Started {
    let sender = service.sender.clone();
    let mut desks = vec![];
    let mut context = |name, purposes| {
        let context = service.context(store, purposes);
        desks.push((name, context.clone()));
        context
    };
    let administration = Administration {
        context: context("policy-admin", portcullis_policy_admin::PURPOSES),
        sender: sender.clone(),
        deployment: Deployment {
            email_identity: Some(EMAIL_IDENTITY.to_owned()),
            sends_by_sns: true,
        },
        root_key_id: ROOT_KEY_ID.into(),
        set_up_hash: SetUpHash::of(set_up_secret),
        hasher: service.hasher.clone(),
    };
    let dispatcher = Dispatcher {
        context: context("challenge-dispatch", portcullis_challenge_dispatch::PURPOSES),
        sender: sender.clone(),
    };
    let enroller =
        Enroller { context: context("enrolment", portcullis_enrolment::PURPOSES), sender };
    let functions = [
        ("challenge-dispatch", portcullis_challenge_dispatch::router(dispatcher)),
        ("enrolment", portcullis_enrolment::router(enroller)),
        ("verify", portcullis_verify::router(context("verify", portcullis_verify::PURPOSES))),
        ("reset", portcullis_reset::router(context("reset", portcullis_reset::PURPOSES))),
        ("policy-admin", portcullis_policy_admin::router(administration)),
    ];
    let in_process = |(name, routes): (&'static str, Router)| {
        (name.to_owned(), Function::InProcess(name, routes))
    };
    let functions = functions.map(in_process).into();
    Started { functions, desks }
}
