//! Checks the layers of the crates by `cargo metadata`.

use cargo_metadata::{DependencyKind, MetadataCommand};
use std::collections::{BTreeMap, BTreeSet};

/// The crates of shared/, and those that each may use.
const SHARED: [(&str, &[&str]); 10] = [
    // It goes to portals, who have nothing else of ours.
    ("client", &[]),
    ("domain", &[]),
    ("store", &["domain"]),
    ("keys", &["domain"]),
    ("messages", &["domain"]),
    ("delivery", &["domain", "messages"]),
    ("app", &["delivery", "domain", "keys", "messages", "store"]),
    ("http", &["app", "domain", "keys", "messages", "store"]),
    ("prompt", &["app", "domain", "http", "messages"]),
    ("console", &["app", "domain", "http", "messages"]),
];
const FUNCTIONS: [&str; 6] =
    ["policy-admin", "enrolment", "challenge-dispatch", "verify", "reset", "activity"];

/// Returns for each crate of ours, by its folder, those of ours that it uses, and all that it uses.
fn graph() -> BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)> {
    let metadata = MetadataCommand::new().manifest_path("../Cargo.toml").no_deps().exec().unwrap();
    let packages = metadata.packages.iter().map(|package| {
        let built_with = package
            .dependencies
            .iter()
            .filter(|dependency| dependency.kind == DependencyKind::Normal);
        let all: BTreeSet<String> = built_with.map(|dependency| dependency.name.clone()).collect();
        let ours = all
            .iter()
            .filter_map(|name| name.strip_prefix("portcullis-"))
            .map(str::to_owned)
            .collect();
        (package.name.strip_prefix("portcullis-").unwrap().to_owned(), (ours, all))
    });
    packages.collect()
}

#[test]
fn shared_crates_use_only_what_the_design_allows() {
    let graph = graph();
    for (name, allowed) in SHARED {
        let unwelcome: Vec<_> =
            graph[name].0.iter().filter(|used| !allowed.contains(&used.as_str())).collect();
        assert!(unwelcome.is_empty(), "{name} uses {unwelcome:?}");
    }
}

#[test]
fn functions_never_use_each_other_and_nothing_uses_the_laptop() {
    for (name, (ours, _)) in graph() {
        let is_tool_or_test = ["local", "ops", "tests"].contains(&name.as_str());
        for used in ours {
            assert!(is_tool_or_test || !FUNCTIONS.contains(&used.as_str()), "{name} uses {used}");
            assert!(name == "tests" || used != "local", "{name} uses local");
            assert!(name == "tests" || used != "ops", "{name} uses ops");
        }
    }
}

#[test]
fn only_the_store_knows_dynamodb_and_the_rules_know_nothing_of_the_world() {
    let graph = graph();
    // The application, and an operator's command line, make the client from the environment; the
    // store alone calls it.
    let may = ["store", "app", "activity", "local", "ops", "tests"];
    for (name, (_, all)) in &graph {
        assert!(
            !all.contains("aws-sdk-dynamodb") || may.contains(&name.as_str()),
            "{name} knows DynamoDB"
        );
    }
    let world = ["tokio", "http", "axum", "getrandom", "reqwest"];
    for used in &graph["domain"].1 {
        assert!(!used.starts_with("aws-") && !world.contains(&used.as_str()), "domain uses {used}");
    }
}

#[test]
fn only_tests_use_the_client_of_portals_and_it_brings_no_service_along() {
    let graph = graph();
    for (name, (ours, _)) in &graph {
        assert!(name == "tests" || !ours.contains("client"), "{name} uses the client");
    }
    for used in &graph["client"].1 {
        assert!(!used.starts_with("aws-sdk") && used != "aws-config" && used != "axum", "{used}");
        assert!(!used.starts_with("lambda") && used != "utoipa", "{used}");
    }
}

#[test]
fn what_is_done_knows_nothing_of_how_it_is_asked() {
    let graph = graph();
    for name in ["domain", "store", "keys", "messages", "delivery", "app"] {
        for web in ["axum", "lambda_http", "utoipa", "tower"] {
            assert!(!graph[name].1.contains(web), "{name} uses {web}");
        }
    }
}
