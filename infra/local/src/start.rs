//! Starts everything, each part after those that it needs.

use axum::Router;
use portcullis_domain::{Malformed, portal::Profile};
use portcullis_store::Store;
use std::{fs, net::SocketAddr, path::PathBuf, sync::Arc};
use tokio::net::TcpListener;

use crate::{
    aws::{self, AwsConfigs, TableClients},
    clock::LocalClock,
    demo::Demo,
    dynamodb::{deliveries::Deliveries, stream, table},
    error::LocalError,
    functions::{
        Started, StreamFunctions, binaries::Binaries, environment::Services, in_process::Parts,
    },
    gateway,
    options::Options,
    portal::{self, Sites},
    random::random_hex,
    running::Running,
    schedule::Turns,
    stand_in::{self, Buckets, MasterKey, Outbox, Queues},
    template::Template,
};

/// Starts everything; it runs until the process ends.
///
/// # Errors
/// [`LocalError`], saying what to do.
pub async fn start(options: Options) -> Result<Running, LocalError> {
    check(&options.return_urls)?;
    let [demo_file, key_file] = files(&options)?;
    let template = Template::built_in()?;
    let (listener, address) = listen(options.port).await?;
    let base = format!("http://{address}");
    let dynamodb = options.engine.start().await?;
    let table = options.engine.table().to_owned();
    let aws = AwsConfigs::load(&format!("{base}/local"), &options).await;
    let clients = TableClients::new(&aws, &dynamodb);
    table::create(&clients.plain, &template, &table).await?;

    let clock = options.clock.clone();
    let outbox = Outbox::new(clock.clone());
    let (buckets, queues) = (Buckets::default(), Queues::new(&template.queues, &clock));
    let master = MasterKey::load(key_file.as_deref())?;
    let stand_ins = stand_in::router(&outbox, &buckets, &queues, master, &clock);
    let mut demo = Demo::load(demo_file.as_deref())?;
    demo.return_urls.clone_from(&options.return_urls);
    let store = Store::new(clients.functions, &table);
    let plain_store = Store::new(clients.plain, &table);
    let parts = Parts::new(&aws.functions, &base, &clock, &store);
    let hasher = parts.hasher();
    let activity = Parts::new(&aws.plain, &base, &clock, &plain_store);
    let services = Services {
        base: &base,
        dynamodb: &dynamodb,
        table: &table,
        set_up_secret: &demo.set_up_secret,
    };
    let (started, StreamFunctions { activity, notices }) =
        start_functions(&options, &template, &services, parts, activity).await?;
    let gateway = gateway::router(&template.routes, &started.functions, &clock)?;
    let sites = Sites::default();
    let behind = if options.gateway { gateway.clone() } else { Router::new() };
    serve(listener, stand_ins.merge(portal::router(sites.clone())).merge(behind));

    if demo.portals.is_empty() {
        demo.set_up(gateway, &clock, &base, options.admins, demo_file.as_deref()).await?;
    } else {
        demo.move_to(&plain_store, &base).await?;
    }
    started.warm().await;
    if options.gateway {
        sites.open(&base, &clock, &demo.keys());
    }
    let mut schedules = vec![];
    for (function, schedule) in [(&notices, template.sweep), (&activity, template.count)] {
        let turns = Arc::new(Turns::new(schedule, clock.clone()));
        tokio::spawn(turns.clone().run(function.clone()));
        schedules.push(turns);
    }
    let delivered = template.queue_mappings.iter().map(|mapping| mapping.queue.clone()).collect();
    for mapping in template.queue_mappings {
        tokio::spawn(stand_in::deliver_queue(queues.clone(), mapping, notices.clone()));
    }
    let deliveries = Arc::new(Deliveries::default());
    let mapping = stream::Mapping {
        activity,
        failed_records: buckets.failed_records.clone(),
        clock: clock.clone(),
    };
    tokio::spawn(stream::run(clients.streams, mapping, table.clone(), deliveries.clone()));
    let functions = started.functions;
    Ok(Running {
        address,
        dynamodb,
        store,
        table,
        demo,
        clock,
        hasher,
        outbox,
        bucket: buckets.journal,
        failed_records: buckets.failed_records,
        functions,
        deliveries,
        queues,
        delivered,
        schedules,
    })
}

/// Starts the functions once more, in a process of their own: on the table of another process, and
/// with its keys and providers. Returns their address; they run until the process ends.
///
/// # Errors
/// [`LocalError`], saying what to do.
pub async fn join(
    second_process: &SecondProcess,
    clock: &LocalClock,
) -> Result<SocketAddr, LocalError> {
    let (listener, address) = listen(0).await?;
    let aws = aws::config(&second_process.services).await;
    let table =
        aws_sdk_dynamodb::config::Builder::from(&aws).endpoint_url(&second_process.dynamodb);
    let store =
        Store::new(aws_sdk_dynamodb::Client::from_conf(table.build()), &second_process.table);
    let parts = Parts::new(&aws, &second_process.services, clock, &store);
    let started = parts.functions(&random_hex::<16>()?);
    started.warm().await;
    serve(listener, gateway::router(&Template::built_in()?.routes, &started.functions, clock)?);
    Ok(address)
}

/// The addresses of what another process has started.
#[derive(Clone, Debug)]
pub struct SecondProcess {
    pub dynamodb: String,
    pub table: String,
    pub services: String,
}

/// Returns the files of the demo and of the master key, in a folder that is there; none if nothing
/// is kept.
fn files(options: &Options) -> Result<[Option<PathBuf>; 2], LocalError> {
    if let Some(folder) = &options.folder {
        fs::create_dir_all(folder).map_err(LocalError::Folder)?;
    }
    Ok(["demo.json", "kms.key"].map(|name| Some(options.folder.as_ref()?.join(name))))
}

/// Refuses return URLs that a demo portal could not have besides its own three.
fn check(return_urls: &[String]) -> Result<(), LocalError> {
    let mut profile = Profile::plain("Demo");
    profile.return_urls = return_urls.to_vec();
    let refused = |error: Malformed| LocalError::ReturnUrl(error.to_string());
    profile.check().map_err(refused)?;
    match return_urls.len() {
        0..=2 => Ok(()),
        _ => Err(LocalError::ReturnUrl("at most two can be added".to_owned())),
    }
}

async fn listen(port: u16) -> Result<(TcpListener, SocketAddr), LocalError> {
    let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(LocalError::Listen)?;
    let address = listener.local_addr().map_err(LocalError::Listen)?;
    Ok((listener, address))
}

fn serve(listener: TcpListener, routes: Router) {
    let served = routes.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, served).await });
}

/// Starts the functions, in this process or as their own binaries.
async fn start_functions(
    options: &Options,
    template: &Template,
    services: &Services<'_>,
    parts: Parts,
    activity: Parts,
) -> Result<(Started, StreamFunctions), LocalError> {
    match &options.functions {
        None => Ok((parts.functions(services.set_up_secret), activity.stream_functions())),
        Some(folder) => {
            let settings = services.environment();
            Binaries { folder, settings, clock: &options.clock }.start(template).await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_return_url_of_the_command_line_is_one_address_as_in_a_deployment() {
        let may =
            |urls: &[&str]| check(&urls.iter().map(|url| (*url).to_owned()).collect::<Vec<_>>());
        may(&["http://localhost:3000/back", "http://127.0.0.1:5173/"]).unwrap();
        for any in [
            "http://localhost:*",
            "http://localhost:*/back",
            "http://*:3000/",
            "https://*.example/",
        ] {
            may(&[any]).unwrap_err();
        }
        may(&["http://localhost:1/", "http://localhost:2/", "http://localhost:3/"]).unwrap_err();
    }
}
