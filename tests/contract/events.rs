//! Events as HTTP APIs deliver them, given to the functions themselves: in this process, or to their binaries. The samples
//! have the form that "Create AWS Lambda proxy integrations for HTTP APIs in API Gateway" shows, each with one thing of its
//! own: cookies, a form in base64, no Host, a custom domain, CloudFront in front.

use crate::harness::World;
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
