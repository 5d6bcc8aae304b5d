//! `cargo local`: everything on this machine, with one command.

mod args;

use clap::Parser as _;
use portcullis_local::{Running, by_name, openapi_document, start};
use std::{collections::BTreeMap, error::Error};
use tracing_subscriber::EnvFilter;

use args::Args;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    if args.openapi {
        println!("{}", openapi_document().to_pretty_json()?);
        return Ok(());
    }
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,dynoxide=error"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let gateway = !args.services_only;
    let json = args.json;
    let running = match start(args.into_options()).await {
        Ok(running) => running,
        Err(error) => {
            let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
            eprintln!("{error}{cause}");
            std::process::exit(1);
        }
    };
    match (json, gateway) {
        (true, true) => println!("{}", facts(&running, Some(jwks(&base(&running))))),
        (true, false) => println!("{}", facts(&running, None)),
        (false, true) => print_next(&running),
        (false, false) => print_environment(&running),
    }
    tokio::signal::ctrl_c().await?;
    Ok(())
}

/// Returns one line for scripts. `jwks` is null if functions started elsewhere serve the keys; the
/// environment is theirs then, and else that of an operator's shell.
fn facts(running: &Running, jwks: Option<String>) -> serde_json::Value {
    let environment: BTreeMap<_, _> = match jwks {
        Some(_) => running.operator_environment().into_iter().collect(),
        None => running.environment().into_iter().collect(),
    };
    serde_json::json!({
        "address": base(running),
        "issuer": running.issuer(),
        "jwks": jwks,
        "dynamodb": running.dynamodb,
        "table": running.table,
        "set_up_secret": running.demo.set_up_secret,
        "admins": running.demo.admins,
        "session": running.demo.session,
        "portals": running.demo.portals,
        "environment": environment,
    })
}

fn base(running: &Running) -> String {
    format!("http://{}", running.address)
}

/// The address of the keys that a portal checks assertions with.
fn jwks(base: &str) -> String {
    format!("{base}/.well-known/jwks.json")
}

fn print_environment(running: &Running) {
    println!("# Everything except the functions is running. In another terminal:");
    for (name, value) in running.environment() {
        println!("export {name}='{value}'");
    }
    println!("cargo lambda watch --invoke-address 127.0.0.1");
    print_portals(running);
    print_assertions(running, "http://127.0.0.1:9000");
}

fn print_portals(running: &Running) {
    println!("\n# Portals, each with the API key of its back end");
    for portal in &running.demo.portals {
        println!("{:<30} {}", portal.id, portal.key);
    }
    println!("\n# Admins: name, password, key of the authenticator app (oathtool --totp -b KEY)");
    for admin in &running.demo.admins {
        println!("{:<30} {}  {}", admin.name, admin.password, admin.totp_secret);
    }
}

/// Prints what a portal checks an assertion against.
fn print_assertions(running: &Running, base: &str) {
    println!("\n# Assertions: their `iss`, and the keys to check them with");
    println!("{:<30} {}", "issuer", running.issuer());
    println!("{:<30} {}", "JWKS", jwks(base));
}

fn print_next(running: &Running) {
    let base = by_name(&base(running));
    println!("Portcullis is running at {base}. Press Ctrl-C to stop it.");
    println!(
        "In a browser: demo portals at {base}/demo, the console at {base}/console, messages at {base}/local/outbox."
    );
    print_portals(running);
    print_assertions(running, &base);
    let Some(portal) = running.demo.portals.iter().find(|portal| portal.preset == "always_on")
    else {
        return;
    };
    let nonce = "$(openssl rand -hex 12)";
    println!(
        "\n# Try it: a user of \"{id}\" chooses email, gets a code and is in.\n\
         KEY={key}\n\
         curl -s {base}/v1/sign-ins -H \"Authorization: Bearer $KEY\" --json '{{\"user\":{{\"id\":\"u-1\",\"email\":\"anna@example.co.nz\",\"email_verified\":true}},\"event\":\"login\",\"nonce\":\"'{nonce}'\"}}'\n\
         curl -s {base}/v1/sign-ins/ID/challenge -H \"Authorization: Bearer $KEY\" --json '{{\"method\":\"email\"}}'   # ID is in the answer above; the code is in the outbox\n\
         curl -s {base}/v1/sign-ins/ID/verify -H \"Authorization: Bearer $KEY\" --json '{{\"code\":\"CODE\"}}'",
        id = portal.id,
        key = portal.key,
    );
}
