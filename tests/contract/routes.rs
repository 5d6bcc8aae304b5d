//! OpenAPI document, template.yaml, the routes of `cargo lambda watch` and the functions agree.

use crate::harness::World;
use portcullis_local::{Route, Template, openapi_document};
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
fn the_template_leads_every_documented_path_to_a_function_and_has_no_others() {
    let routes = Template::built_in().unwrap().routes;
    let documented: BTreeSet<String> = documented().into_iter().map(|(_, path)| path).collect();
    for path in &documented {
        assert!(routes.iter().any(|route| covers(&route.path, path)), "{path}");
    }
    let is_other = |path: &str| is_page(path) || is_oidc(path) || is_report(path);
    let is_call = |path: &str| !is_other(path) && !is_security_txt(path);
    for route in routes.iter().filter(|route| is_call(&route.path)) {
        assert!(documented.iter().any(|path| covers(&route.path, path)), "{}", route.path);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_is_served_as_it_is_committed_to_anyone() {
    let world = World::start().await;
    let served = world.http.get(world.url("/v1/openapi.json")).send().await.unwrap();
    let header = |name: &str| served.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/json");
    assert_eq!(header("cache-control"), "public, max-age=300");
    assert_eq!(served.text().await.unwrap(), fs::read_to_string("../infra/openapi.json").unwrap());
}

#[test]
fn v34_every_operation_has_a_verb_of_its_own_and_lists_its_problems() {
    let document = serde_json::to_value(openapi_document()).unwrap();
    let mut names = BTreeSet::new();
    for (method, path) in documented() {
        let operation = &document["paths"][&path][method.to_lowercase()];
        let name = operation["operationId"].as_str().unwrap();
        // A verb and an object, as in `openSignIn`.
        assert!(name.starts_with(|c: char| c.is_ascii_lowercase()), "{name}");
        assert!(name.contains(|c: char| c.is_ascii_uppercase()), "{name}");
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric()), "{name}");
        assert!(names.insert(name.to_owned()), "{name} twice");
        let answers = operation["responses"].as_object().unwrap();
        for wanted in ["400", "503"] {
            assert!(answers.contains_key(wanted), "{name}: {wanted}");
        }
        assert!(answers.contains_key("401") || operation.get("security").is_none(), "{name}");
        for (status, answer) in answers.iter().filter(|(status, _)| status.as_str() >= "400") {
            let shared = answer["$ref"].as_str().and_then(|at| document.pointer(&at[1..]));
            let answer = shared.unwrap_or(answer);
            let schema = &answer["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(schema, "#/components/schemas/ProblemDocument", "{name} {status}");
        }
    }
    assert!(names.len() > 60, "{names:?}");
}

/// Returns true if a route of the gateway covers a path of the document.
fn covers(route: &str, path: &str) -> bool {
    let (mut route, mut path) = (route.split('/'), path.split('/'));
    loop {
        match (route.next(), path.next()) {
            (None, None) | (Some("{proxy+}"), Some(_)) => return true,
            (Some(wanted), Some(found)) if wanted.starts_with('{') || wanted == found => {}
            _ => return false,
        }
    }
}

/// Pages are for people; the document is for programs.
fn is_page(path: &str) -> bool {
    path.starts_with("/prompt/") || path.starts_with("/console")
}

/// The calls of OpenID Connect, which its standards describe.
fn is_oidc(path: &str) -> bool {
    path.starts_with("/oidc/") || path == "/.well-known/openid-configuration"
}

#[test]
fn every_route_has_a_group_under_which_its_latency_is_counted() {
    for route in Template::built_in().unwrap().routes {
        assert!(portcullis_http::route_group(&route.path).is_some(), "{}", route.path);
    }
}

/// The file of RFC 9116, which is for people.
fn is_security_txt(path: &str) -> bool {
    path == "/.well-known/security.txt"
}

/// The calls of providers, which their own documentation describes.
fn is_report(path: &str) -> bool {
    path.starts_with("/v1/deliveries/")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_answers_a_stranger_with_a_page_that_says_what_to_do() {
    let world = World::start().await;
    let browser = crate::harness::Browser::new(&world);
    let pages = Template::built_in().unwrap().routes.into_iter().filter(|r| is_page(&r.path));
    let mut seen = 0;
    for route in pages.filter(|route| route.path.starts_with("/prompt/{id}")) {
        let path = route.path.replace("{id}", "si_managed_AAAA");
        for page in [browser.get(&path).await, browser.post(&path, &[]).await] {
            // Some pages are only looked at, and some forms only sent.
            if page.status == 405 {
                continue;
            }
            assert_eq!(page.status, 404, "{path}");
            assert!(page.headers["content-type"].starts_with("text/html"), "{path}");
            assert!(page.says("Sign in again from the start."), "{path}: {}", page.text);
            seen += 1;
        }
    }
    assert!(seen > 5);
}

/// `UPDATE=1` writes the table instead of comparing it.
#[test]
fn cargo_lambda_watch_routes_as_the_template_does() {
    const HEADING: &str = "[workspace.metadata.lambda.watch.router]\n";
    let path = "../Cargo.toml";
    let manifest = fs::read_to_string(path).unwrap();
    // The table is the last of the file.
    let (before, table) = manifest.split_once(HEADING).unwrap();
    let wanted: String = Template::built_in().unwrap().routes.into_iter().map(watched).collect();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, format!("{before}{HEADING}{wanted}")).unwrap();
    } else {
        assert!(table == wanted, "Cargo.toml is stale: UPDATE=1 tests/run cargo_lambda_watch");
    }
}

/// Returns the line of a route in the table of `cargo lambda watch`.
fn watched(Route { path, function }: Route) -> String {
    format!("\"{}\" = \"portcullis-{function}\"\n", path.replace("{proxy+}", "{*proxy}"))
}

/// The rows of a table of functions/README.md, each as its cells, under this heading.
fn table(heading: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string("../functions/README.md").unwrap();
    let section = text.split("\n## ").find_map(|section| section.strip_prefix(heading)).unwrap();
    let rows = section.lines().filter(|line| line.starts_with('|')).skip(2);
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect())
        .collect()
}

#[test]
fn the_readme_of_the_functions_names_every_url_of_the_template() {
    let named = table("URLs").into_iter().map(|row| {
        assert!(!row[2].is_empty(), "{row:?}");
        (row[0].replace('`', ""), row[1].replace('`', ""))
    });
    let named: Vec<(String, String)> = named.collect();
    let deployed = Template::built_in().unwrap().routes.into_iter().map(|r| (r.path, r.function));
    assert_eq!(named, deployed.collect::<Vec<_>>());
}

#[test]
fn the_readme_of_the_functions_names_the_right_of_every_admin_call() {
    let calls = table("Rights of the admin calls").into_iter().flat_map(|row| {
        let calls = row[1].split(", ").map(|call| call.replace('`', ""));
        calls.collect::<Vec<_>>()
    });
    let mut named: Vec<(String, String)> = calls
        .map(|call| call.split_once(' ').map(|(verb, path)| (verb.into(), path.into())).unwrap())
        .collect();
    named.sort();
    let documented = documented().into_iter().filter(|(_, path)| path.starts_with("/v1/admin/"));
    assert_eq!(named, documented.collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_documented_route_answers_and_wants_a_key_unless_it_is_public() {
    let world = World::start().await;
    let portal = crate::harness::Portal { key: "none".into(), ..world.portal("managed") };
    let public = ["/.well-known/jwks.json", "/v1/health", "/v1/openapi.json"];
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
    assert_eq!(portal.get("/v1/admin/nothing").await.status, 404);
}

/// The purposes whose keys a function may open are those that it opens.
#[test]
fn s45_each_function_may_open_the_keys_of_its_purposes_alone() {
    let template: serde_yaml_ng::Value =
        serde_yaml_ng::from_str(&fs::read_to_string("../template.yaml").unwrap()).unwrap();
    for (function, purposes) in [
        ("ChallengeDispatchFunction", portcullis_challenge_dispatch::PURPOSES),
        ("EnrolmentFunction", portcullis_enrolment::PURPOSES),
        ("VerifyFunction", portcullis_verify::PURPOSES),
        ("ResetFunction", portcullis_reset::PURPOSES),
        ("PolicyAdminFunction", portcullis_policy_admin::PURPOSES),
        ("ActivityFunction", portcullis_activity::PURPOSES),
        ("NoticesFunction", portcullis_activity::PURPOSES),
    ] {
        let policies = template["Resources"][function]["Properties"]["Policies"].as_sequence();
        let statements = policies.unwrap().iter().filter_map(|p| p["Statement"].as_sequence());
        let opens = statements.flatten().find(|statement| statement["Action"] == "kms:Decrypt");
        let context =
            &opens.unwrap()["Condition"]["StringEquals"]["kms:EncryptionContext:portcullis"];
        let may: BTreeSet<_> =
            context.as_sequence().unwrap().iter().map(|p| p.as_str().unwrap()).collect();
        let wanted: BTreeSet<_> = purposes.iter().map(|purpose| purpose.as_str()).collect();
        assert_eq!(may, wanted, "{function}");
    }
}
