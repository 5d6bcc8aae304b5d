//! `cargo local`: everything on this machine, with one command.

use portcullis_local::{Args, Running, openapi_document, start};
use std::error::Error;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let args = match Args::parse(std::env::args().skip(1)) {
        Ok(args) => args,
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(2);
        }
    };
    if args.openapi {
        println!("{}", openapi_document().to_pretty_json()?);
        return Ok(());
    }
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,dynoxide=error"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let gateway = args.options.gateway;
    let running = match start(args.options).await {
        Ok(running) => running,
        Err(error) => {
            let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
            eprintln!("{error}{cause}");
            std::process::exit(1);
        }
    };
    match (args.json, gateway) {
        (true, _) => println!("{}", json(&running)),
        (false, true) => print_next(&running),
        (false, false) => print_environment(&running),
    }
    tokio::signal::ctrl_c().await?;
    Ok(())
}

/// One line for scripts.
fn json(running: &Running) -> serde_json::Value {
    serde_json::json!({
        "address": format!("http://{}", running.address),
        "dynamodb": running.dynamodb,
        "table": running.table,
        "set_up_secret": running.demo.set_up_secret,
        "admins": running.demo.admins,
        "session": running.demo.session,
        "portals": running.demo.portals,
        "environment": environment(running).into_iter().collect::<std::collections::BTreeMap<_, _>>(),
    })
}

/// What functions started elsewhere need to reach this process.
fn environment(running: &Running) -> Vec<(&'static str, String)> {
    let at = |service: &str| format!("http://{}/local/{service}", running.address);
    vec![
        ("TABLE", running.table.clone()),
        ("ISSUER", "http://localhost/portcullis".to_owned()),
        ("ROOT_KEY_ID", portcullis_local::ROOT_KEY_ID.to_owned()),
        ("SET_UP_SECRET_SHA256", running.set_up_hash()),
        ("AWS_REGION", "eu-west-1".to_owned()),
        ("AWS_ACCESS_KEY_ID", "local".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "local".to_owned()),
        ("AWS_ENDPOINT_URL_DYNAMODB", running.dynamodb.clone()),
        ("AWS_ENDPOINT_URL_KMS", at("kms/")),
        ("AWS_ENDPOINT_URL_SESV2", at("ses")),
        ("AWS_ENDPOINT_URL_SNS", at("sns/")),
        ("TWILIO_API_URL", at("twilio")),
    ]
}

fn print_environment(running: &Running) {
    println!("# Everything but the functions runs. In another terminal:");
    for (name, value) in environment(running) {
        println!("export {name}='{value}'");
    }
    println!("cargo lambda watch --invoke-address 127.0.0.1");
    print_portals(running);
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

fn print_next(running: &Running) {
    let base = format!("http://{}", running.address);
    println!("Portcullis runs at {base}. Stop it with Ctrl-C.");
    println!(
        "In a browser: demo portals at {base}/demo, the console at {base}/console, messages at {base}/local/outbox."
    );
    print_portals(running);
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
