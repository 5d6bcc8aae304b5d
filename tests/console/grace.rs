//! The form of a policy: the time that users have to set something up.

use super::{forms::forms, operator, signed_in};
use crate::harness::{Page, World};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn g1_the_form_sets_a_grace_and_refuses_one_that_makes_no_sense() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let at = "/console/portals/authenticator-app/policy";
    let saved = async || -> Value {
        let path = "/v1/admin/portals/authenticator-app/policy";
        world.admin_ok("GET", path, None).await["enforcement"].clone()
    };
    let before = saved().await;
    let send = async |enforcement: &str, [kind, until, count]: [&str; 3]| -> Page {
        let page = browser.get(at).await;
        let form = forms(&page.text).into_iter().find(|form| form.action == at).unwrap();
        let form = form.filled(&[
            ("what", "save"),
            ("enforcement", enforcement),
            ("grace", kind),
            ("grace_until", until),
            ("grace_count", count),
        ]);
        form.send(&browser, &form.sent).await
    };
    for (enforcement, grace) in [
        ("required", ["until", "2026-02-29", ""]),
        ("required", ["until", "", ""]),
        ("required", ["sign_ins", "", "21"]),
        ("required", ["days", "", "soon"]),
        ("opt_out", ["days", "", "14"]),
        ("required", ["weeks", "", "2"]),
    ] {
        let refused = send(enforcement, grace).await;
        assert_eq!(refused.status, 400, "{grace:?} {}", refused.text);
        assert_eq!(saved().await, before, "{grace:?}");
    }
    for (grace, wanted) in [
        (["days", "", "14"], json!({ "days": 14 })),
        (["sign_ins", "2026-12-12", " 3 "], json!({ "sign_ins": 3 })),
        (["until", "2026-12-12", "3"], json!({ "until": "2026-12-12" })),
        (["none", "", ""], json!(null)),
    ] {
        let done = send("required", grace).await;
        assert_eq!(done.status, 303, "{grace:?} {}", done.text);
        assert_eq!(saved().await, json!({ "type": "required", "grace": wanted }));
        let portal = browser.get("/console/portals/authenticator-app").await;
        assert_eq!(portal.says("Time to set it up"), grace[0] != "none", "{}", portal.text);
        let page = browser.get(at).await;
        let form = forms(&page.text).into_iter().find(|form| form.action == at).unwrap();
        assert!(form.sent.contains(&("grace".to_owned(), grace[0].to_owned())), "{grace:?}");
    }
}
