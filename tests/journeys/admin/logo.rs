//! The logo of a portal: uploaded by an admin, shown on the prompt, from our own origin alone.

use super::activity::logged_of;
use crate::harness::{Browser, Portal, Reply, World, anna, prompt};
use serde_json::{Value, json};

/// A PNG file of this size, as far as browsers need to know what it is, with so many bytes more.
pub fn png(width: u32, height: u32, more: usize) -> Vec<u8> {
    let ihdr = [b"\0\0\0\rIHDR".as_slice(), &width.to_be_bytes(), &height.to_be_bytes()];
    let start = [b"\x89PNG\r\n\x1a\n".as_slice(), &ihdr.concat(), b"\x08\x06\0\0\0\0\0\0\0"];
    [start.concat(), vec![0xfe; more]].concat()
}

fn path(portal: &Portal) -> String {
    format!("/v1/admin/portals/{}", portal.id)
}

async fn etag(world: &World, portal: &Portal) -> String {
    world.admin("GET", &path(portal), None, None).await.etag.unwrap()
}

async fn send(world: &World, portal: &Portal, method: &str, etag: &str, file: Vec<u8>) -> Reply {
    world.admin_file(method, &format!("{}/logo", path(portal)), etag, file).await
}

async fn upload(world: &World, portal: &Portal, file: Vec<u8>) -> Reply {
    let etag = etag(world, portal).await;
    send(world, portal, "PUT", &etag, file).await
}

fn logo(reply: &Reply) -> String {
    assert_eq!(reply.status, 200, "{:?}", reply.body);
    reply.body["logo"].as_str().unwrap().to_owned()
}

async fn fetch(world: &World, path: &str) -> reqwest::Response {
    world.http.get(world.url(path)).send().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_logo_is_shown_on_the_prompt_until_it_is_replaced_or_removed() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    assert_eq!(world.admin("GET", &path(&portal), None, None).await.body["logo"], Value::Null);
    let file = png(64, 64, 32 * 1_024 - 33);
    let first = logo(&upload(&world, &portal, file.clone()).await);
    let shown = fetch(&world, &first).await;
    let header = |name: &str| shown.headers()[name].to_str().unwrap().to_owned();
    assert_eq!((shown.status().as_u16(), header("content-type")), (200, "image/png".to_owned()));
    assert_eq!(header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(shown.bytes().await.unwrap(), file);

    let page = async || {
        let browser = Browser::new(&world);
        browser.open(&prompt(&portal.open_prompt(anna()).await)).await
    };
    let seen = page().await;
    assert!(seen.text.contains(&format!("<img src=\"{first}\"")), "{}", seen.text);
    assert!(seen.headers["content-security-policy"].contains("img-src 'self';"));

    // A changed profile keeps it.
    let saved = world.change_profile(&portal.id, |p| p["support"] = json!("Call us")).await;
    assert_eq!(logo(&saved), first);

    let second = logo(&upload(&world, &portal, png(32, 32, 0)).await);
    assert_eq!(fetch(&world, &first).await.status(), 404, "another picture has another address");
    assert_eq!(fetch(&world, &second).await.status(), 200);
    let etag = etag(&world, &portal).await;
    let removed = send(&world, &portal, "DELETE", &etag, vec![]).await;
    assert_eq!((removed.status, &removed.body["logo"]), (200, &Value::Null));
    assert_eq!(fetch(&world, &second).await.status(), 404);
    assert!(!page().await.text.contains("<img"));

    // Three changes of the logo, and one of something else.
    let told = json!(logged_of(&world, &portal.id, "portal_changed", 4).await).to_string();
    assert_eq!(told.matches("\"logo\"").count(), 3, "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_small_picture_is_refused_and_the_logo_stays() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let first = logo(&upload(&world, &portal, png(64, 64, 0)).await);
    for (file, problem) in [
        (vec![], (400, "bad_request")),
        (
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>".to_vec(),
            (400, "bad_request"),
        ),
        (b"GIF89a\x01\0\x01\0\0\0\0".to_vec(), (400, "bad_request")),
        (png(1_025, 64, 0), (400, "bad_request")),
        (png(u32::MAX, u32::MAX, 0), (400, "bad_request")),
        (png(64, 64, 32 * 1_024), (413, "too_large")),
    ] {
        let size = file.len();
        assert_eq!(upload(&world, &portal, file).await.problem(), problem, "{size} bytes");
    }
    for stale in ["\"AAAAAAAAAAAAAAAA\"", ""] {
        let refused = send(&world, &portal, "PUT", stale, png(32, 32, 0)).await;
        assert!([412, 428].contains(&refused.status), "{:?}", refused.body);
    }
    assert_eq!(fetch(&world, &first).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn s40_a_made_up_logo_asks_nothing_of_the_table() {
    let world = World::start().await;
    let (portal, other) = (world.portal("always_on"), world.portal("managed"));
    let ours = logo(&upload(&world, &portal, png(64, 64, 0)).await);
    assert_eq!(fetch(&world, &ours).await.status(), 200);
    world.aws.reset();
    let id = ours.rsplit_once('_').unwrap().1;
    let changed = |at: usize| {
        let new = if id.as_bytes()[at] == b'A' { "B" } else { "A" };
        format!("{}_{}{new}{}", portal.id, &id[..at], &id[at + 1..])
    };
    let foreign = format!("{}_{id}", other.id);
    let odd = ["x", "_", "acme_", "..", "always-on_AAAA"].map(str::to_owned);
    for name in (0..id.len()).map(changed).chain([foreign]).chain(odd) {
        let answer = fetch(&world, &format!("/prompt/logo/{name}")).await;
        assert!([400, 404].contains(&answer.status().as_u16()), "{name}");
        assert_eq!(world.aws.calls(), [], "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_logo_goes_with_its_portal() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let shown = logo(&upload(&world, &portal, png(64, 64, 0)).await);
    let items = async || {
        let items = world.raw_items().await.into_iter();
        items.filter(|(pk, item)| pk.starts_with("LOGO#") && item.contains("image")).count()
    };
    assert_eq!(items().await, 1);
    let reason = crate::harness::because("it moved");
    world.admin_ok("POST", &format!("{}/delete", path(&portal)), reason).await;
    assert_eq!(fetch(&world, &shown).await.status(), 404);
    assert_eq!(items().await, 0, "nothing is left of the picture");
}
