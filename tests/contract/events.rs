//! Events of HTTP APIs, given to the functions in this process, or to their binaries. The samples
//! follow "Create AWS Lambda proxy integrations for HTTP APIs in API Gateway", and vary one thing
//! each: cookies, a base64 form, no Host, a custom domain, CloudFront in front.

use crate::harness::{World, anna, code_in, text};
use serde_json::{Value, json};
use std::fs;

async fn deliver(world: &World, function: &str, event: &Value) -> Value {
    let answer = world.running.invoke(function, &event.to_string()).await;
    serde_json::from_str(&answer.expect("an answer")).unwrap()
}

fn sample(name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(format!("contract/events/{name}.json")).unwrap())
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn v15_v19_each_sample_is_answered() {
    let world = World::start().await;
    let mut seen = 0;
    for entry in fs::read_dir("contract/events").unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let sample = sample(name.strip_suffix(".json").unwrap());
        let function = sample["function"].as_str().unwrap();
        let answer = deliver(&world, function, &sample["event"]).await;
        assert_eq!(answer["statusCode"], sample["status"], "{name}: {answer}");
        seen += 1;
    }
    assert_eq!(seen, 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn s41_whatever_an_event_holds_is_refused_by_every_function_and_the_process_lives() {
    let world = World::start().await;
    let whole = sample("plain")["event"].clone();
    let with = |change: &dyn Fn(&mut Value)| {
        let mut event = whole.clone();
        change(&mut event);
        event
    };
    let mut hostile = vec![json!({}), json!([]), json!(null), json!("event"), json!(7)];
    for path in
        ["/v1/a#b", "/v1/a?b", "/v1/a b", "/v1/\"", "/v1/<", "/v1/\u{7f}", "/v1/..", "", "v1"]
    {
        hostile.push(with(&|event| event["rawPath"] = json!(path)));
    }
    for query in ["x=a<b", "x=\"", "x=a b", "x=\t", "x=\u{7f}", "x#y", "x=%zz", "x=é"] {
        hostile.push(with(&|event| event["rawQueryString"] = json!(query)));
    }
    for host in ["a b", "<", "a/b", "", "a:b"] {
        hostile.push(with(&|event| event["headers"]["host"] = json!(host)));
    }
    for field in ["rawPath", "requestContext"] {
        hostile.push(with(&|event| drop(event.as_object_mut().unwrap().remove(field))));
    }
    hostile.push(with(&|event| event["cookies"] = json!(["a=\n"])));
    hostile.push(with(&|event| event["headers"]["x"] = json!("a\nb")));
    hostile.push(with(&|event| {
        event["body"] = json!("*");
        event["isBase64Encoded"] = json!(true);
    }));
    for function in ["challenge-dispatch", "enrolment", "verify", "reset", "policy-admin"] {
        for event in &hostile {
            let answer = deliver(&world, function, event).await;
            assert_eq!(answer["statusCode"], 400, "{function}: {event}");
            assert_eq!(answer["headers"]["content-type"], "application/problem+json", "{event}");
        }
        // The same process answers what is well formed.
        let unknown = with(&|event| {
            event["rawPath"] = json!("/v1/nothing");
            event["requestContext"]["http"]["path"] = json!("/v1/nothing");
        });
        assert_eq!(deliver(&world, function, &unknown).await["statusCode"], 404, "{function}");
    }
}

/// A service behind a stage or an API mapping.
struct Mapped<'a> {
    world: &'a World,
    stage: &'a str,
    host: &'a str,
    /// The path before the routes, as the caller has it and as the event has it.
    called: &'a str,
    raw: &'a str,
}

impl Mapped<'_> {
    /// Calls the path of a route, whose variable has this value.
    async fn call(
        &self,
        function: &str,
        (method, route, variable): (&str, &str, &str),
        headers: Value,
        body: &str,
    ) -> Value {
        let path = route.replace("{id}", variable).replace("{proxy+}", variable);
        let mut headers = headers;
        headers["host"] = json!(self.host);
        let mut event = json!({
            "version": "2.0",
            "routeKey": format!("ANY {route}"),
            "rawPath": format!("{}{path}", self.raw),
            "rawQueryString": "",
            "headers": headers,
            "pathParameters": { "id": variable, "proxy": variable },
            "requestContext": {
                "accountId": "123456789012",
                "apiId": "a1b2c3d4e5",
                "domainName": self.host,
                "http": {
                    "method": method,
                    "path": format!("{}{path}", self.called),
                    "protocol": "HTTP/1.1",
                    "sourceIp": "203.0.113.7",
                },
                "requestId": "i-1",
                "routeKey": format!("ANY {route}"),
                "stage": self.stage,
                "timeEpoch": 0,
            },
            "isBase64Encoded": false,
        });
        event["cookies"] = headers["cookie"].clone();
        event["headers"].as_object_mut().unwrap().remove("cookie");
        if event["cookies"].is_null() {
            event.as_object_mut().unwrap().remove("cookies");
        }
        if !body.is_empty() {
            event["body"] = json!(body);
        }
        deliver(self.world, function, &event).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn v20_the_prompt_and_the_console_work_behind_a_stage_and_a_mapped_path() {
    let world = World::start().await;
    let aws = "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com";
    let own = "mfa.example.com";
    for (stage, host, called, raw) in [
        ("prod", aws, "/prod", "/prod"),
        ("$default", own, "/mfa", "/mfa"),
        ("$default", own, "/a/b", ""),
        ("prod", own, "/prompt", "/prompt"),
        ("$default", own, "", ""),
    ] {
        let service = Mapped { world: &world, stage, host, called, raw };
        let portal = world.portal("always_on");
        let key = json!({
            "authorization": format!("Bearer {}", portal.key),
            "content-type": "application/json",
        });
        let body = json!({
            "user": anna(),
            "event": "login",
            "nonce": crate::harness::fresh_nonce(),
            "return_url": portal.return_url(),
        });
        let route = ("POST", "/v1/sign-ins", "");
        let opened = service.call("challenge-dispatch", route, key, &body.to_string()).await;
        assert_eq!(opened["statusCode"], 201, "{opened}");
        let opened: Value = serde_json::from_str(opened["body"].as_str().unwrap()).unwrap();
        let id = opened["id"].as_str().unwrap();
        let prompt = format!("https://{host}{called}/prompt/{id}");
        assert_eq!(opened["prompt_url"], prompt.as_str());

        let route = ("GET", "/prompt/{id}", id);
        let page = service.call("challenge-dispatch", route, json!({}), "").await;
        assert_eq!(page["statusCode"], 200, "{page}");
        let html = page["body"].as_str().unwrap();
        for link in [
            format!(" href=\"{called}/prompt/style.css"),
            format!(" src=\"{called}/prompt/enhance.js\""),
            format!(" action=\"{called}/prompt/{id}/challenge\""),
        ] {
            assert!(html.contains(&link), "{link}: {html}");
        }
        let form = html.split("name=\"form\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let cookie = page["cookies"][0].as_str().unwrap();
        assert!(cookie.starts_with("__Host-prompt-") && cookie.contains("; Path=/;"), "{cookie}");
        let cookie = cookie.split(';').next().unwrap();
        let sent_by = json!({
            "cookie": [cookie],
            "content-type": "application/x-www-form-urlencoded",
            "origin": format!("https://{host}"),
        });
        let route = ("POST", "/prompt/{id}/challenge", id);
        let body = format!("form={form}&method=email");
        let sent = service.call("challenge-dispatch", route, sent_by.clone(), &body).await;
        assert_eq!(sent["statusCode"], 303, "{sent}");
        assert_eq!(sent["headers"]["location"], format!("{called}/prompt/{id}"));
        let code = code_in(text(&world.outbox().await[0])).unwrap();
        let body = format!("form={form}&method=email&code={code}");
        let route = ("POST", "/prompt/{id}/verify", id);
        let verified = service.call("verify", route, sent_by, &body).await;
        assert_eq!(verified["statusCode"], 303, "{verified}");
        let route = ("GET", "/prompt/{id}", id);
        let back =
            service.call("challenge-dispatch", route, json!({ "cookie": [cookie] }), "").await;
        let back = back["headers"]["location"].as_str().unwrap();
        assert!(back.starts_with(&portal.return_url()), "back to the portal: {back}");

        let route = ("GET", "/console/{proxy+}", "portals");
        let console = service.call("policy-admin", route, json!({}), "").await;
        assert_eq!(console["statusCode"], 303, "{console}");
        assert_eq!(
            console["headers"]["location"],
            format!("{called}/console/sign-in?next=%2Fconsole%2Fportals")
        );
        world.advance(3_600);
    }
}
