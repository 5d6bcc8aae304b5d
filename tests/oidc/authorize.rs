//! The front channel: `client_id` and a `request_uri` that works once, within a minute.

use super::{Client, client::Pushed, with_app};
use crate::harness::{Browser, Page, World, query};
use serde_json::json;

/// Asserts that an address claims nothing; returns the answer.
async fn claims_nothing(world: &World, client: &Client, what: &str, address: &str) -> Page {
    let before = world.state().await;
    let browser = client.browser();
    let page = browser.get(address).await;
    assert!(browser.cookies.lock().unwrap().is_empty(), "{what}");
    assert!(world.state().await == before, "{what} changed something");
    page
}

/// Asserts that an address is refused with a page, and leads nowhere: there is nobody whom the
/// browser could be sent back to.
async fn refused(world: &World, client: &Client, what: &str, address: &str) {
    let page = claims_nothing(world, client, what, address).await;
    assert_eq!(page.location, None, "{what}");
    assert!((400..500).contains(&page.status), "{what}: {} {}", page.status, page.text);
    assert!(page.headers["content-type"].starts_with("text/html"), "{what}");
}

/// Asserts that an address leads back to where the request was pushed from, with this error.
async fn sent_back(world: &World, client: &Client, pushed: &Pushed, address: &str, error: &str) {
    let page = claims_nothing(world, client, error, address).await;
    client.failed(&page, pushed, error);
}

const USED: &str = "invalid_request_uri";

fn is_prompt(page: &Page) -> bool {
    page.status == 303 && page.location.as_deref().is_some_and(|to| to.starts_with("/prompt/"))
}

/// Asserts that a request still leads its own browser to the prompt.
async fn still_opens(client: &Client, pushed: &Pushed) {
    let page = client.browser().get(&client.address(pushed)).await;
    assert!(is_prompt(&page), "{page:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_front_channel_takes_nothing_but_a_client_and_a_request_uri() {
    let world = World::start().await;
    let (client, _) = with_app(&world).await;
    let pushed = client.push(client.request()).await;
    let back = client.portal.return_url();
    for (name, value) in [
        ("login_hint", "bert"),
        ("login_hint", "anna"),
        ("user", "{}"),
        ("redirect_uri", "https://attacker.example/back"),
        ("redirect_uri", back.as_str()),
        ("response_type", "code"),
        ("scope", "openid"),
        ("state", "another"),
        ("nonce", "another"),
        ("prompt", "none"),
        ("max_age", "0"),
        ("acr_values", "urn:portcullis:acr:none"),
        ("claims", "{}"),
        ("code_challenge", "x"),
        ("request", "eyJhbGciOiJub25lIn0.e30."),
        ("id_token_hint", "x"),
    ] {
        let id = ("client_id", client.portal.id.as_str());
        let address = client.address_with(&[id, ("request_uri", &pushed.uri), (name, value)]);
        sent_back(&world, &client, &pushed, &address, "invalid_request").await;
    }
    still_opens(&client, &pushed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_parameter_of_a_request_is_ignored() {
    let world = World::start().await;
    let (client, _) = with_app(&world).await;
    let pushed = client.push(client.request()).await;
    let id = ("client_id", client.portal.id.as_str());
    let added = ("x-client-SKU", "ID_NET9_0");
    let address = client.address_with(&[id, ("request_uri", &pushed.uri), added]);
    let page = client.browser().get(&address).await;
    assert!(is_prompt(&page), "{page:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bare_login_hint_opens_nothing() {
    let world = World::start().await;
    let (client, _) = with_app(&world).await;
    let request = client.request();
    let id = ("client_id", client.portal.id.as_str());
    let all = request.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let whole: Vec<(&str, &str)> = [id].into_iter().chain(all).collect();
    refused(&world, &client, "a whole request", &client.address_with(&whole)).await;
    let bare = client.address_with(&[id, ("login_hint", "anna")]);
    refused(&world, &client, "a login_hint", &bare).await;
    refused(&world, &client, "nothing", client.endpoint("authorization_endpoint")).await;
    refused(&world, &client, "the client alone", &client.address_with(&[id])).await;
    let browser = client.browser();
    let mut posted = browser.post("/oidc/authorize", &whole).await;
    if let Some(to) = posted.location.clone() {
        posted = browser.get(&to).await;
    }
    assert_eq!(posted.location, None, "{posted:?}");
    assert!(browser.cookies.lock().unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_uri_is_good_for_sixty_seconds() {
    let world = World::start().await;
    let (client, _) = with_app(&world).await;
    let (first, second) =
        (client.push(client.request()).await, client.push(client.request()).await);
    world.advance(59);
    still_opens(&client, &first).await;
    world.advance(1);
    sent_back(&world, &client, &second, &client.address(&second), USED).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_uri_is_used_once_and_by_one_browser() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    let pushed = client.push(client.request()).await;
    let browser = client.browser();
    let at = client.to_prompt(&browser, &pushed).await;
    sent_back(&world, &client, &pushed, &client.address(&pushed), USED).await;
    // The prompt itself is of the browser that came first.
    let thief = client.browser();
    let before = world.state().await;
    let page = thief.get(&at).await;
    assert!(!page.says("name=\"form\""), "{}", page.text);
    assert!(page.location.is_none_or(|to| !to.contains("code=")));
    assert!(world.state().await == before);
    let code = world.totp(&secret);
    let back = browser.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    let said = client.claims(&pushed, &client.code(&back, &pushed)).await;
    assert_eq!(said["sub"], "anna");
    sent_back(&world, &client, &pushed, &client.address(&pushed), USED).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_browsers_at_once_are_one_browser() {
    let world = World::start().await;
    let (client, _) = with_app(&world).await;
    let pushed = client.push(client.request()).await;
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (browser, address) = (client.browser(), client.address(&pushed));
        tries.spawn(async move { browser.get(&address).await });
    }
    let pages = tries.join_all().await;
    assert_eq!(pages.iter().filter(|page| is_prompt(page)).count(), 1);
    let code = |page: &Page| page.location.as_ref().is_some_and(|to| to.contains("code="));
    assert!(!pages.iter().any(code));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_uri_that_is_made_up_changed_or_another_portals_opens_nothing() {
    let world = World::start().await;
    let (client, _) = with_app(&world).await;
    let other = Client::of(&world, "always_on").await;
    let (pushed, theirs) = (client.push(client.request()).await, other.push(other.request()).await);
    let (id, other_id) = (client.portal.id.as_str(), other.portal.id.as_str());
    let (start, nonce) = pushed.uri.rsplit_once('.').unwrap();
    let (sign_in, state) = start.split_once('.').unwrap();
    let other_state = state.replace(&state[20..24], "____");
    let changed = format!("{sign_in}.{other_state}.{nonce}");
    let swapped = format!("{sign_in}.{nonce}.{state}");
    let (_, their_parts) = theirs.uri.split_once('.').unwrap();
    let mixed = format!("{sign_in}.{their_parts}");
    for (what, id, uri) in [
        ("made up", id, "urn:ietf:params:oauth:request_uri:AAAAAAAAAAAAAAAAAAAAAA"),
        ("a site's", id, "https://attacker.example/request.jwt"),
        ("empty", id, ""),
        ("changed", id, changed.as_str()),
        ("with its parts swapped", id, swapped.as_str()),
        ("with parts of another", id, mixed.as_str()),
        ("without a part", id, start),
        ("without both", id, sign_in),
        ("ours under their name", other_id, pushed.uri.as_str()),
        ("theirs under our name", id, theirs.uri.as_str()),
        ("of no portal", "no-such-portal", pushed.uri.as_str()),
        ("no name", "", pushed.uri.as_str()),
    ] {
        let address = client.address_with(&[("client_id", id), ("request_uri", uri)]);
        refused(&world, &client, what, &address).await;
    }
    for (name, value) in [("client_id", id), ("request_uri", &pushed.uri)] {
        let address = format!("{}&", client.address(&pushed));
        let twice = client.address_with(&[(name, value)]);
        let twice = format!("{address}{}", twice.split_once('?').unwrap().1);
        refused(&world, &client, "twice", &twice).await;
    }
    still_opens(&client, &pushed).await;
    still_opens(&other, &theirs).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s44_programs_that_look_ahead_of_a_person_claim_nothing() {
    let world = World::start().await;
    let (client, _) = with_app(&world).await;
    let pushed = client.push(client.request()).await;
    let before = world.state().await;
    for (method, header, value) in [
        ("HEAD", "accept", "*/*"),
        ("GET", "sec-purpose", "prefetch"),
        ("GET", "sec-purpose", "prefetch;prerender"),
        ("GET", "purpose", "prefetch"),
        ("GET", "x-moz", "prefetch"),
    ] {
        let looked = client.portal.http.request(method.parse().unwrap(), client.address(&pushed));
        let looked = looked.header(header, value).send().await.unwrap();
        assert_eq!(looked.status(), 204, "{method} {header}: {value}");
        assert!(looked.headers().get("set-cookie").is_none(), "{method} {header}: {value}");
    }
    assert!(world.state().await == before, "nothing was claimed");
    still_opens(&client, &pushed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_may_come_by_post_too() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    let pushed = client.push(client.request()).await;
    let browser = client.browser();
    let fields = [("client_id", client.portal.id.as_str()), ("request_uri", &pushed.uri)];
    let posted = browser.post("/oidc/authorize", &fields).await;
    assert_eq!(posted.status, 303, "{posted:?}");
    let page = browser.get(posted.location.as_deref().unwrap()).await;
    assert!(is_prompt(&page), "{page:?}");
    let (at, code) = (page.location.unwrap(), world.totp(&secret));
    let back = browser.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    assert_eq!(client.claims(&pushed, &client.code(&back, &pushed)).await["sub"], "anna");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_was_taken_away_meanwhile_gets_no_code_and_no_id_token() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    let (ours, begun) = (client.push(client.request()).await, client.push(client.request()).await);
    let browser = client.browser();
    let at = client.to_prompt(&browser, &begun).await;
    let old = client.portal.return_url();
    let other = json!(["https://other.example/back"]);
    let saved = world.change_profile(&client.portal.id, |p| p["return_urls"] = other).await;
    assert_eq!(saved.status, 200, "{:?}", saved.body);
    let leads_there = |page: &Page| {
        let to = page.location.clone().unwrap_or_default();
        old.ends_with(to.split('?').next().unwrap()) && to.contains("code=")
    };
    let code = world.totp(&secret);
    let page = browser.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    assert!(!leads_there(&page), "{page:?}");
    // A browser may come to another address of the same portal, where the exchange fails.
    let to = page.location.unwrap_or_default();
    let made = query(&to, "code").unwrap_or_default();
    let answer = client.token(&begun, &made).await;
    assert_eq!(answer.status, 400, "{answer:?}");
    assert_eq!(answer.body.get("id_token"), None);
    let page = client.browser().open(&client.address(&ours)).await;
    assert!(!leads_there(&page), "{page:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_request_carries_goes_to_the_pages_of_its_own_prompt_alone() {
    let world = World::start().await;
    let (client, _) = with_app(&world).await;
    // As large as it may be: the cookies of several would be more than a request may have.
    let pushed = client.push(client.request().with("state", &"s".repeat(2_048))).await;
    let none = reqwest::redirect::Policy::none();
    let http = reqwest::Client::builder().redirect(none).build().unwrap();
    let answer = http.get(client.address(&pushed)).send().await.unwrap();
    let at = answer.headers()["location"].to_str().unwrap().to_owned();
    let at = at.strip_prefix(client.endpoint("issuer")).unwrap_or(&at);
    let cookies = answer.headers().get_all("set-cookie").iter();
    let cookies: Vec<&str> = cookies.map(|cookie| cookie.to_str().unwrap()).collect();
    let (carried, others): (Vec<&str>, Vec<&str>) =
        cookies.iter().copied().partition(|cookie| cookie.starts_with("__Secure-oidc-"));
    assert_eq!(carried.len(), 1, "{cookies:?}");
    let attributes: Vec<&str> = carried[0].split("; ").skip(1).collect();
    assert!(attributes.contains(&format!("Path={at}").as_str()), "{attributes:?}");
    for attribute in ["Secure", "HttpOnly", "SameSite=Lax"] {
        assert!(attributes.contains(&attribute), "{attributes:?}");
    }
    assert!(!attributes.iter().any(|attribute| attribute.starts_with("Domain")));
    assert!(others.iter().map(|cookie| cookie.len()).sum::<usize>() < 1_024, "{others:?}");
}

/// Has a browser lose one of its cookies, or swap it for another browser's.
fn swap(browser: &Browser, name: &str, value: Option<String>) {
    let mut jar = browser.cookies.lock().unwrap();
    let _before = match value {
        Some(value) => jar.insert(name.to_owned(), value),
        None => jar.remove(name),
    };
}

#[tokio::test(flavor = "multi_thread")]
async fn the_state_of_another_sign_in_or_browser_never_comes_back_with_a_code() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    let (home, thief) = (client.browser(), client.browser());
    let (ours, theirs) = (client.push(client.request()).await, client.push(client.request()).await);
    let at = client.to_prompt(&home, &ours).await;
    client.to_prompt(&thief, &theirs).await;
    let of = |browser: &Browser| -> Vec<(String, String)> {
        let jar = browser.cookies.lock().unwrap();
        let ours = jar.iter().filter(|(name, _)| name.starts_with("__Secure-oidc"));
        ours.map(|(name, value)| (name.clone(), value.clone())).collect()
    };
    let (kept, foreign) = (of(&home), of(&thief));
    assert_eq!((kept.len(), foreign.len()), (1, 1));
    let (name, value) = &kept[0];
    swap(&home, name, Some(foreign[0].1.clone()));
    let code = world.totp(&secret);
    let page = home.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    let to = page.location.unwrap_or_default();
    assert!(!to.contains("code=") && !to.contains("state="), "{to}");
    swap(&home, name, None);
    let to = home.get(&at).await.location.unwrap_or_default();
    assert!(!to.contains("code="), "{to}");
    swap(&home, name, Some(value.clone()));
    let back = home.get(&at).await;
    let said = client.claims(&ours, &client.code(&back, &ours)).await;
    assert_eq!(said["nonce"], ours.request.get("nonce").unwrap());
}
