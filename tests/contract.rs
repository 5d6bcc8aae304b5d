//! One contract: the OpenAPI document, template.yaml, the routes of `cargo lambda watch`, and what answers.

use crate::harness::World;
use portcullis_local::{Template, openapi_document};
use serde_json::Value;
use std::{collections::BTreeSet, fs};

#[test]
fn the_committed_openapi_document_is_the_one_the_wire_types_make() {
    // As values: features of other crates change the order in which maps are written.
    let made = serde_json::to_value(openapi_document()).unwrap();
    let committed = fs::read_to_string("../infra/openapi.json").unwrap_or_default();
    let committed: Value = serde_json::from_str(&committed).unwrap_or_default();
    assert!(
        made == committed,
        "infra/openapi.json is stale: cargo local --openapi > infra/openapi.json"
    );
}

fn documented() -> BTreeSet<(String, String)> {
    let document = serde_json::to_value(openapi_document()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let verbs = |(path, item): (&String, &Value)| {
        let names = item
            .as_object()
            .unwrap()
            .keys()
            .filter(|key| ["get", "post", "put", "delete"].contains(&key.as_str()));
        names.map(|verb| (verb.to_uppercase(), path.clone())).collect::<Vec<_>>()
    };
    paths.iter().flat_map(verbs).collect()
}

#[test]
fn the_document_and_the_template_have_the_same_routes() {
    let deployed: BTreeSet<_> = Template::built_in()
        .unwrap()
        .routes
        .into_iter()
        .filter(|route| !is_page(&route.path))
        .map(|route| (route.method, route.path))
        .collect();
    assert_eq!(documented(), deployed);
}

/// Pages are for people; the document is for programs.
fn is_page(path: &str) -> bool {
    path.starts_with("/prompt/") || path.starts_with("/console")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_answers_a_stranger_with_a_page_that_says_what_to_do() {
    let world = World::start().await;
    let browser = crate::harness::Browser::new(&world);
    let pages = Template::built_in().unwrap().routes.into_iter().filter(|r| is_page(&r.path));
    let mut seen = 0;
    for route in pages.filter(|route| route.path.starts_with("/prompt/{id}")) {
        let path = route.path.replace("{id}", "si_managed_AAAA");
        let page = match route.method.as_str() {
            "GET" => browser.get(&path).await,
            _ => browser.post(&path, &[]).await,
        };
        assert_eq!(page.status, 404, "{path}");
        assert!(page.headers["content-type"].starts_with("text/html"), "{path}");
        assert!(page.says("Sign in again from the start."), "{path}: {}", page.text);
        seen += 1;
    }
    assert!(seen > 5);
}

#[test]
fn cargo_lambda_watch_routes_as_the_template_does() {
    let metadata = cargo_metadata::MetadataCommand::new()
        .manifest_path("../Cargo.toml")
        .no_deps()
        .exec()
        .unwrap();
    let router = metadata.workspace_metadata["lambda"]["watch"]["router"].as_object().unwrap();
    let mut watched = BTreeSet::new();
    for (path, routes) in router {
        for route in routes.as_array().unwrap() {
            let function = route["function"].as_str().unwrap().strip_prefix("portcullis-").unwrap();
            watched.insert((
                route["method"].as_str().unwrap().to_owned(),
                path.clone(),
                function.to_owned(),
            ));
        }
    }
    let deployed: BTreeSet<_> = Template::built_in()
        .unwrap()
        .routes
        .into_iter()
        .map(|r| (r.method, r.path, r.function))
        .collect();
    assert_eq!(watched, deployed);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_documented_route_answers_and_wants_a_key_unless_it_is_public() {
    let world = World::start().await;
    let portal = crate::harness::Portal { key: "none".into(), ..world.portal("managed") };
    let public = ["/.well-known/jwks.json", "/v1/health"];
    for (method, path) in documented() {
        let wanted = match (method.as_str(), path.as_str()) {
            (_, path) if public.contains(&path) => 200,
            // Signing in is open to all, and wants a body.
            ("POST", "/v1/admin/session") => 400,
            _ => 401,
        };
        let reply = portal.send(&method, &path.replace(['{', '}'], ""), None).await;
        assert_eq!(reply.status, wanted, "{method} {path}");
    }
    assert_eq!(portal.get("/v1/nothing").await.status, 404);
}

/// The statements of a function's policies, by their ids.
fn permissions(template: &serde_yaml_ng::Value, function: &str) -> BTreeSet<String> {
    let resources = &template["Resources"];
    let policies = resources[function]["Properties"]["Policies"].as_sequence().unwrap();
    let statements = policies.iter().flat_map(|policy| match policy {
        serde_yaml_ng::Value::Tagged(reference) => {
            let name = reference.value.as_str().unwrap();
            resources[name]["Properties"]["PolicyDocument"]["Statement"].as_sequence().unwrap()
        }
        inline => inline["Statement"].as_sequence().unwrap(),
    });
    let ids = statements.map(|statement| match statement {
        // Statements under a condition: !If [condition, statement, nothing].
        serde_yaml_ng::Value::Tagged(choice) => choice.value[1]["Sid"].as_str().unwrap().to_owned(),
        plain => plain["Sid"].as_str().unwrap().to_owned(),
    });
    ids.collect()
}

#[test]
fn each_function_may_do_what_it_does_and_no_more() {
    let template: serde_yaml_ng::Value =
        serde_yaml_ng::from_str(&fs::read_to_string("../template.yaml").unwrap()).unwrap();
    let reads = ["ReadByKey", "UnwrapTheRootKey"];
    let sends = ["CountMessages", "SendEmail", "SendTexts", "WriteUsers"];
    for (function, more) in [
        ("ChallengeDispatchFunction", &sends[..]),
        ("EnrolmentFunction", &sends),
        ("VerifyFunction", &["WriteUsers"]),
        ("ResetFunction", &["WriteUsers"]),
        (
            "PolicyAdminFunction",
            &[
                "WritePortalsAdminsAndSettings",
                "CountPasswords",
                "ReadTheLogAndListAdmins",
                "ListPortalsAndUsers",
                "AskSes",
                "AskSns",
                "MakeTheRootKey",
            ],
        ),
    ] {
        let wanted: BTreeSet<String> =
            reads.iter().chain(more).map(|id| (*id).to_owned()).collect();
        assert_eq!(permissions(&template, function), wanted, "{function}");
    }
    let activity = [
        "ReadByKey",
        "UnwrapTheRootKey",
        "CountMessages",
        "SendEmail",
        "SendTexts",
        "AppendToTheLogAndClaimNotices",
        "KeepWhatFailed",
    ];
    let activity: BTreeSet<String> = activity.map(str::to_owned).into();
    assert_eq!(permissions(&template, "ActivityFunction"), activity);
}
