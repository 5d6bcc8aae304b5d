//! Admins who change the same document at once, in two processes: it lies in several copies, which
//! are always one.

use super::rounds;
use crate::harness::{Pair, Portal, Reply};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Sends a request to a process as the operator.
fn send(
    pair: &Pair,
    process: &Portal,
    (method, path, etag): (&str, &str, Option<&str>),
    body: Value,
) -> impl Future<Output = Reply> + Send + use<> {
    let session = pair.world.session.lock().unwrap().clone();
    let url = format!("{}{path}", process.base);
    let request = process.http.request(method.parse().unwrap(), url).bearer_auth(session);
    let request = etag.into_iter().fold(request, |request, etag| request.header("if-match", etag));
    let request = request.json(&body);
    async move { Reply::of(request.send().await.unwrap()).await }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_admins_who_save_what_both_have_read_one_is_told_to_read_again() {
    let pair = Pair::start().await;
    let processes = pair.portals("authenticator_app");
    let profile = format!("/v1/admin/portals/{}", processes[0].id);
    for round in 0..rounds(50) {
        for (path, copies) in [(profile.as_str(), 4), ("/v1/admin/settings", 16)] {
            let read = pair.world.admin("GET", path, None, None).await;
            let saved = |n: usize| {
                let mut body = read.body.clone();
                if copies == 4 {
                    body["profile"]["description"] = json!(format!("Acme {round} {n}"));
                } else {
                    body["caps"]["texts_per_portal_per_day"] = json!(1_000 + 10 * round + n);
                }
                let to = ("PUT", path, read.etag.as_deref());
                tokio::spawn(send(&pair, &processes[n % 2], to, body))
            };
            let tries: Vec<_> = (0..4).map(saved).collect();
            let mut statuses = vec![];
            for task in tries {
                statuses.push(task.await.unwrap().status);
            }
            statuses.sort_unstable();
            assert_eq!(statuses, [200, 412, 412, 412], "round {round} of {path}");
            let document = if copies == 4 {
                format!("PORTAL#{}", processes[0].id)
            } else {
                "SYSTEM#settings".to_owned()
            };
            assert!(pair.world.copied(&document, copies).await.is_some());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_admins_who_make_the_same_portal_at_once_one_has_made_it_and_no_key_of_it_is_lost() {
    let pair = Pair::start().await;
    let processes = pair.portals("authenticator_app");
    for round in 0..rounds(50) {
        let id = format!("acme-{round}");
        let made = |n: usize| {
            let profile = json!({ "description": format!("by {n}") });
            let body = json!({ "id": id, "profile": profile, "preset": "authenticator_app" });
            let to = ("POST", "/v1/admin/portals", None);
            tokio::spawn(send(&pair, &processes[n % 2], to, body))
        };
        let tries: Vec<_> = (0..4).map(made).collect();
        let mut keys = vec![];
        for task in tries {
            let reply = task.await.unwrap();
            assert!([201, 409].contains(&reply.status), "{:?}", reply.body);
            keys.extend(reply.body["api_key"].as_str().map(str::to_owned));
        }
        assert_eq!(keys.len(), 1, "round {round}");
        // Four keys may be active: of six who make one more, three do.
        let path = format!("/v1/admin/portals/{id}/keys");
        let more = |n: usize| {
            let to = ("POST", path.as_str(), None);
            tokio::spawn(send(&pair, &processes[n % 2], to, json!({})))
        };
        let tries: Vec<_> = (0..6).map(more).collect();
        for task in tries {
            let reply = task.await.unwrap();
            assert!([201, 409].contains(&reply.status), "{:?}", reply.body);
            keys.extend(reply.body["api_key"].as_str().map(str::to_owned));
        }
        assert_eq!(keys.len(), 4, "round {round}");
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), 4);
        assert!(pair.world.copied_portal(&id).await.is_some());
        // Whichever copy a user's commands read, all keys open it.
        for (n, key) in keys.iter().cycle().take(8).enumerate() {
            let portal = Portal { id: id.clone(), key: key.clone(), ..processes[n % 2].clone() };
            let opened = portal.try_open(json!({ "id": format!("user-{n}") })).await;
            assert_eq!(opened.status, 201, "{:?}", opened.body);
        }
    }
}
