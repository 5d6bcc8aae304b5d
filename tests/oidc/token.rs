//! The exchange of a code (RFC 6749, sections 4.1.3 and 5): once, by the client that pushed the
//! request, with the verifier of its challenge.

use super::{
    Client,
    client::{Answer, Pushed, Request, TOKEN, answer, challenge, key_of_scope},
    with_app,
};
use crate::harness::{Browser, Portal, World, anna, prompt, query};
use serde_json::json;

/// Signs anna in; returns what was pushed, and the code.
async fn code_of(world: &World, client: &Client, secret: &str) -> (Pushed, String) {
    let pushed = client.push(client.request()).await;
    let back = client.enter(&client.browser(), &pushed, &world.totp(secret)).await;
    world.advance(30);
    let code = client.code(&back, &pushed);
    (pushed, code)
}

fn is_refused(answer: &Answer, what: &str, error: (u16, &str)) {
    assert_eq!(answer.error(), error, "{what}: {answer:?}");
    for member in ["access_token", "id_token"] {
        assert_eq!(answer.body.get(member), None, "{what}");
    }
}

/// Sends an exchange that is refused so, and changes nothing.
async fn refused(world: &World, client: &Client, what: &str, exchange: &Request, error: &str) {
    let before = world.state().await;
    let answer = client.post(TOKEN, &exchange.fields).await;
    is_refused(&answer, what, (400, error));
    assert!(world.state().await == before, "{what} changed something");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_taken_once() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    let (pushed, code) = code_of(&world, &client, &secret).await;
    assert_eq!(client.token(&pushed, &code).await.status, 200);
    let exchange = client.exchange(&pushed, &code);
    refused(&world, &client, "at once", &exchange, "invalid_grant").await;
    world.advance(60);
    refused(&world, &client, "later", &exchange, "invalid_grant").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s3_a_code_taken_many_times_at_once_is_one_id_token() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    let (pushed, code) = code_of(&world, &client, &secret).await;
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let call = client.portal.http.post(client.endpoint(TOKEN));
        let call = call.form(&client.exchange(&pushed, &code).fields);
        let call = call.basic_auth(&client.portal.id, Some(&client.key));
        tries.spawn(answer(call));
    }
    let answers = tries.join_all().await;
    let taken = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(taken, 1, "{answers:?}");
    for other in answers.iter().filter(|answer| answer.status != 200) {
        let error = other.error().1;
        assert!(["invalid_grant", "temporarily_unavailable"].contains(&error), "{other:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_verifier_or_redirect_uri_gets_nothing_and_uses_nothing_up() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    let (pushed, code) = code_of(&world, &client, &secret).await;
    let right = client.exchange(&pushed, &code);
    let (short, long) = ("v".repeat(42), "v".repeat(129));
    let its_challenge = challenge(&right.verifier);
    for (name, value) in [
        ("code_verifier", "another-verifier-of-forty-three-characters-"),
        ("code_verifier", its_challenge.as_str()),
        ("code_verifier", short.as_str()),
        ("code_verifier", long.as_str()),
        ("redirect_uri", "https://attacker.example/back"),
        ("redirect_uri", "http://localhost/"),
    ] {
        let what = format!("{name}={value}");
        let before = world.state().await;
        let answer = client.post(TOKEN, &right.clone().with(name, value).fields).await;
        let malformed = answer.error() == (400, "invalid_request") && name == "code_verifier";
        if !malformed {
            is_refused(&answer, &what, (400, "invalid_grant"));
        }
        assert!(world.state().await == before, "{what} changed something");
    }
    assert_eq!(client.claims(&pushed, &code).await["sub"], "anna");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_repeated_or_unknown_parameter_is_refused_by_its_name() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    let (pushed, code) = code_of(&world, &client, &secret).await;
    let right = client.exchange(&pushed, &code);
    let no = "invalid_request";
    for name in ["grant_type", "code", "redirect_uri", "code_verifier"] {
        refused(&world, &client, name, &right.clone().without(name), no).await;
        let value = right.get(name).unwrap().to_owned();
        refused(&world, &client, name, &right.clone().and(name, &value), no).await;
    }
    for grant in ["refresh_token", "client_credentials", "password", "authorization code"] {
        let other = right.clone().with("grant_type", grant);
        refused(&world, &client, grant, &other, "unsupported_grant_type").await;
    }
    let dots = code.matches('.').count();
    let (whole, _) = code.rsplit_once('.').unwrap();
    let cut = &code[..code.len() - 1];
    let more = format!("{code}.x");
    for other in ["", "x", ".", "...", whole, cut, more.as_str()] {
        let what = format!("{other} of {dots} dots");
        let changed = right.clone().with("code", other);
        let before = world.state().await;
        let answer = client.post(TOKEN, &changed.fields).await;
        let malformed = other.is_empty() && answer.error() == (400, no);
        assert!(malformed || answer.error() == (400, "invalid_grant"), "{what}: {answer:?}");
        assert!(world.state().await == before, "{what} changed something");
    }
    let mut with_more = right.clone().and("scope", "openid").and("resource", "x");
    with_more = with_more.and("client_id", &client.portal.id);
    assert_eq!(client.post(TOKEN, &with_more.fields).await.status, 200, "unknown ones are ignored");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_of_another_portal_or_of_two_sign_ins_is_none() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    let (pushed, code) = code_of(&world, &client, &secret).await;
    let other = Client::of(&world, "always_on").await;
    let foreign = client.exchange(&pushed, &code);
    refused(&world, &other, "at another portal", &foreign, "invalid_grant").await;

    // Parts of the codes of two sign-ins make no third.
    let (second, second_code) = code_of(&world, &client, &secret).await;
    let parts = |code: &str| code.split('.').map(str::to_owned).collect::<Vec<_>>();
    let (ours, theirs) = (parts(&code), parts(&second_code));
    for swapped in 0..ours.len() {
        let mut mixed = ours.clone();
        mixed[swapped].clone_from(&theirs[swapped]);
        let mixed = mixed.join(".");
        for owner in [&pushed, &second] {
            let exchange = client.exchange(owner, &mixed);
            refused(&world, &client, &mixed, &exchange, "invalid_grant").await;
        }
    }
    let said = client.claims(&pushed, &code).await;
    assert_eq!(said["nonce"], pushed.request.get("nonce").unwrap());
    let said = client.claims(&second, &second_code).await;
    assert_eq!(said["nonce"], second.request.get("nonce").unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_another_scope_portal_or_time_exchanges_nothing() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    let (pushed, code) = code_of(&world, &client, &secret).await;
    let right = client.exchange(&pushed, &code);
    let other = Client::of(&world, "always_on").await;
    let id = client.portal.id.as_str();
    let sign_in = key_of_scope(&world, &client.portal, "sign_in").await;
    let before = world.state().await;
    for (what, as_client, error) in [
        ("nobody", None, (401, "invalid_client")),
        ("another scope", Some((id, sign_in.as_str())), (400, "unauthorized_client")),
        ("another portal's key", Some((id, other.key.as_str())), (401, "invalid_client")),
        ("made up", Some((id, "pcl_made_up")), (401, "invalid_client")),
        ("another name", Some(("always-on", client.key.as_str())), (401, "invalid_client")),
    ] {
        let answer = client.post_as(TOKEN, &right.fields, as_client).await;
        is_refused(&answer, what, error);
        if error.0 == 401 {
            assert!(answer.headers["www-authenticate"].starts_with("Basic"), "{what}");
        }
    }
    assert!(world.state().await == before, "nothing changed");
    let posted = right.clone().and("client_id", id).and("client_secret", &client.key);
    assert_eq!(client.post_as(TOKEN, &posted.fields, None).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_no_result_code() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    let (pushed, code) = code_of(&world, &client, &secret).await;
    let sign_in = json!({ "id": code.split('.').next().unwrap() });
    let before = world.state().await;
    for part in code.split('.').skip(1).chain([code.as_str()]) {
        let redeemed = client.portal.redeem(&sign_in, part).await;
        assert!(redeemed.status == 400 || redeemed.status == 403, "{redeemed:?}");
        assert_eq!(redeemed.body.get("assertion"), None);
    }
    // A key of the API sees the sign-in, and gets no assertion of it.
    let looked = client.portal.look(&sign_in).await;
    assert_eq!(looked.body.get("assertion"), None, "{looked:?}");
    assert!(world.state().await == before, "nothing changed");
    assert_eq!(client.claims(&pushed, &code).await["sub"], "anna");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_code_is_no_code() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    // The nonce of this sign-in is a challenge whose verifier is known.
    let request = client.request();
    let body = json!({
        "user": anna(), "event": "login", "nonce": challenge(&request.verifier),
        "return_url": client.portal.return_url(),
    });
    let opened = client.portal.post("/v1/sign-ins", body).await;
    assert_eq!(opened.status, 201, "{:?}", opened.body);
    let sign_in: serde_json::Value = opened.body;
    let (browser, at, code) = (Browser::new(&world), prompt(&sign_in), world.totp(&secret));
    let back = browser.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    let result = query(&back.location.unwrap(), "result_code").unwrap();
    let id = sign_in["id"].as_str().unwrap();
    let pushed = Pushed { request, uri: String::new() };
    for made in [result.clone(), format!("{id}.{result}"), format!("{id}.{result}.")] {
        let exchange = client.exchange(&pushed, &made);
        refused(&world, &client, &made, &exchange, "invalid_grant").await;
    }
    assert_eq!(client.portal.redeem(&sign_in, &result).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_not_good_for_ever() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    let (pushed, code) = code_of(&world, &client, &secret).await;
    world.advance(15 * 60);
    let exchange = client.exchange(&pushed, &code);
    refused(&world, &client, "later", &exchange, "invalid_grant").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_access_token_opens_nothing() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    let (pushed, code) = code_of(&world, &client, &secret).await;
    let answer = client.token(&pushed, &code).await;
    assert!(answer.body["expires_in"].as_i64().unwrap() > 0);
    let before = world.state().await;
    for token in ["access_token", "id_token"] {
        let key = answer.body[token].as_str().unwrap().to_owned();
        let holder = Portal { key: key.clone(), ..client.portal.clone() };
        assert_eq!(holder.get("/v1/user?id=anna").await.problem(), (401, "key_refused"));
        assert_eq!(holder.try_open(anna()).await.problem(), (401, "key_refused"));
        let as_admin = world.call(&key, "GET", "/v1/admin/portals", None, None).await;
        assert_eq!(as_admin.status, 401, "{as_admin:?}");
    }
    assert!(world.state().await == before, "nothing changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_before_its_end_is_none() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    let (_, earlier) = code_of(&world, &client, &secret).await;
    let pushed = client.push(client.request()).await;
    let at = client.to_prompt(&client.browser(), &pushed).await;
    let id = at.strip_prefix("/prompt/").unwrap();
    let (_, rest) = earlier.split_once('.').unwrap();
    for made in [format!("{id}.{rest}"), format!("{id}.{}.x", "A".repeat(22))] {
        let exchange = client.exchange(&pushed, &made);
        refused(&world, &client, &made, &exchange, "invalid_grant").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nonce_that_was_changed_on_the_way_gets_no_id_token() {
    let world = World::start().await;
    let (client, secret) = with_app(&world).await;
    let other = client.push(client.request()).await;
    let (_, other_nonce) = other.uri.rsplit_once('.').unwrap();
    for nonce in [other_nonce.to_owned(), "x".to_owned(), "A".repeat(60)] {
        let mut pushed = client.push(client.request()).await;
        let (rest, _) = pushed.uri.rsplit_once('.').unwrap();
        pushed.uri = format!("{rest}.{nonce}");
        let browser = client.browser();
        let page = browser.get(&client.address(&pushed)).await;
        // It is read when the code is exchanged, if not before.
        let Some(at) = page.location.filter(|to| to.starts_with("/prompt/")) else { continue };
        let code = world.totp(&secret);
        let back = browser.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
        world.advance(30);
        let exchange = client.exchange(&pushed, &client.code(&back, &pushed));
        refused(&world, &client, &nonce, &exchange, "invalid_grant").await;
    }
}
