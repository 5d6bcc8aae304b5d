//! Makes each AWS call of a code outside of a sign-in fail in every way: it is sent once or
//! honestly not, it is accepted once, and no guess is judged that was not counted.

use crate::harness::{Fault, Reply, World, because, code_in, other_than, text};
use serde_json::{Value, json};

/// A user of a portal with an address of its own.
struct Asking<'a> {
    world: &'a World,
    n: u32,
}

impl Asking<'_> {
    fn address(&self) -> String {
        format!("asking{}@example.com", self.n)
    }

    fn body(&self) -> Value {
        let mut body = because("lost phone").unwrap();
        body["id"] = json!(format!("asking-{}", self.n));
        body
    }

    async fn exists(&self) {
        let contact = json!({ "email": self.address(), "email_verified": true });
        let portal = self.world.portal("authenticator_app");
        let id = format!("asking-{}", self.n);
        assert_eq!(portal.put_user(&id, &contact).await.status, 200);
    }

    async fn send(&self) -> Reply {
        let mut body = self.body();
        body["channel"] = json!("email");
        self.post("reset-code", body).await
    }

    async fn reset(&self, code: &str) -> Reply {
        let mut body = self.body();
        (body["checked_by"], body["code"]) = (json!("code_read_out"), json!(code));
        self.post("reset", body).await
    }

    async fn post(&self, action: &str, body: Value) -> Reply {
        let portal = self.world.portal("authenticator_app").id;
        let path = format!("/v1/admin/portals/{portal}/user/{action}");
        self.world.admin("POST", &path, None, Some(body)).await
    }

    async fn codes(&self) -> Vec<String> {
        let messages = self.world.messages().await;
        let own = messages.iter().filter(|message| message["to"] == self.address());
        own.filter_map(|message| code_in(text(message))).collect()
    }
}

/// Does it with a fault; the answer is `None` if the process was gone.
pub(super) async fn broken<T>(
    world: &World,
    (fault, skip, times): (Fault, u32, u32),
    act: impl Future<Output = T>,
) -> Option<T> {
    let gone = world.aws.fault(fault, skip, times);
    let reply = tokio::select! {
        reply = act => Some(reply),
        () = gone.notified() => None,
    };
    world.aws.mend();
    reply
}

fn is_honest(reply: &Reply) -> bool {
    let honest = [(503, "unavailable"), (409, "conflict"), (502, "delivery_failed")];
    honest.contains(&reply.problem())
}

#[tokio::test(flavor = "multi_thread")]
async fn s19_whatever_becomes_of_a_call_a_code_to_read_out_is_sent_once_or_honestly_not() {
    let world = World::start().await;
    world.lift_caps().await;
    let first = Asking { world: &world, n: 0 };
    first.exists().await;
    world.aws.reset();
    assert_eq!(first.send().await.status, 202);
    let (calls, mut n) = (world.aws.count(), 0);
    assert!(calls >= 7, "{calls}");
    for skip in 0..calls {
        for (fault, times) in Fault::ROWS {
            n += 1;
            let asking = Asking { world: &world, n };
            asking.exists().await;
            let reply = broken(&world, (fault, skip, times), asking.send()).await;
            let what = format!("call {skip} {fault:?} x {times}: {reply:?}");
            let sent = asking.codes().await;
            assert!(sent.len() <= 1, "{what}: sent {} times", sent.len());
            let done = reply.as_ref().is_some_and(|reply| reply.status == 202);
            assert!(done || reply.as_ref().is_none_or(is_honest), "{what}");
            // Half a minute later there is room for another one, whatever became of this.
            world.advance(30);
            let again = asking.send().await;
            assert_eq!(again.status, 202, "{what}, then {again:?}");
            let newest = asking.codes().await.remove(0);
            assert_eq!(asking.reset(&newest).await.status, 200, "{what}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s19_whatever_becomes_of_a_call_a_code_that_was_read_out_is_judged_once() {
    let world = World::start().await;
    world.lift_caps().await;
    let mut n = 1_000;
    for right in [true, false] {
        for skip in 0..4 {
            for fault in Fault::ALL {
                n += 1;
                let asking = Asking { world: &world, n };
                asking.exists().await;
                assert_eq!(asking.send().await.status, 202);
                let code = asking.codes().await.remove(0);
                let typed = if right { code.clone() } else { other_than(&code) };
                let first = broken(&world, (fault, skip, 3), asking.reset(&typed)).await;
                let what = format!("right: {right}, call {skip} {fault:?}: {first:?}");
                let answered = first.as_ref().filter(|reply| !is_honest(reply));
                let second = asking.reset(&typed).await;
                if right {
                    assert!(answered.is_none_or(|reply| reply.status == 200), "{what}");
                    let spent = (409, "no_code_requested");
                    let once = if answered.is_some() {
                        second.problem() == spent
                    } else {
                        second.status == 200 || second.problem() == spent
                    };
                    assert!(once, "{what}, then {second:?}");
                } else {
                    assert!(answered.is_none_or(|r| r.problem() == (403, "code_wrong")), "{what}");
                    assert_eq!(second.problem(), (403, "code_wrong"), "{what}");
                    let left = second.body["attempts_left"].as_u64().unwrap();
                    let counted = 5 - left;
                    assert!((1..=2).contains(&counted), "{what}: {counted}");
                    assert!(answered.is_none() || counted == 2, "{what}: {counted}");
                    assert_eq!(asking.reset(&code).await.status, 200, "{what}");
                }
            }
        }
    }
}
