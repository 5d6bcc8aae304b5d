//! A portal's back end as a client of OpenID Connect, written from the standards.

use crate::harness::{Browser, Page, Portal, World, pipe_in};
use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
    sync::atomic::{AtomicU32, Ordering},
};

static VERIFIERS: AtomicU32 = AtomicU32::new(0);

pub struct Client {
    pub portal: Portal,
    /// An API key of the scope `oidc`.
    pub key: String,
    pub metadata: Value,
}

/// An answer of an endpoint that servers call.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HashMap<String, String>,
    pub body: Value,
}

impl Answer {
    /// Returns status and error (RFC 6749, section 5.2).
    pub fn error(&self) -> (u16, &str) {
        (self.status, self.body["error"].as_str().unwrap_or("none"))
    }
}

/// The parameters of a request, and what proves later who pushed it.
#[derive(Clone)]
pub struct Request {
    pub fields: Vec<(String, String)>,
    pub verifier: String,
}

impl Request {
    /// Replaces a parameter, or adds it.
    #[must_use]
    pub fn with(self, name: &str, value: &str) -> Self {
        self.without(name).and(name, value)
    }

    /// Adds a parameter, also where there is one of this name.
    #[must_use]
    pub fn and(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(other, _)| other != name);
        self
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// A request that was pushed.
pub struct Pushed {
    pub request: Request,
    pub uri: String,
}

pub fn challenge(verifier: &str) -> String {
    BASE64URL.encode(digest(&SHA256, verifier.as_bytes()))
}

/// Returns the claims request for one of these acrs, by their last words.
pub fn essential(acrs: &[&str]) -> String {
    let values: Vec<String> = acrs.iter().map(|acr| format!("urn:portcullis:acr:{acr}")).collect();
    json!({ "id_token": { "acr": { "essential": true, "values": values } } }).to_string()
}

impl Client {
    pub async fn of(world: &World, preset: &str) -> Self {
        let portal = world.portal(preset);
        let key = key_of_scope(world, &portal, "oidc").await;
        let metadata = world.http.get(world.url("/.well-known/openid-configuration"));
        let metadata = metadata.send().await.unwrap().json().await.unwrap();
        Self { portal, key, metadata }
    }

    pub fn endpoint(&self, name: &str) -> &str {
        self.metadata[name].as_str().unwrap_or_else(|| panic!("{name} in {}", self.metadata))
    }

    /// Returns the request for anna with everything that it needs, state and nonce.
    pub fn request(&self) -> Request {
        let n = VERIFIERS.fetch_add(1, Ordering::Relaxed);
        let verifier = format!("verifier-of-forty-three-characters-or-more-{n:06}");
        let user = json!({
            "email": "testing@example.co.nz", "email_verified": true, "phone": "021 123 4589",
        });
        let fields = [
            ("response_type", "code"),
            ("scope", "openid"),
            ("redirect_uri", &self.portal.return_url()),
            ("code_challenge", &challenge(&verifier)),
            ("code_challenge_method", "S256"),
            ("login_hint", "anna"),
            ("user", &user.to_string()),
            ("state", &format!("state {n} & more")),
            ("nonce", &format!("nonce-{n}")),
        ];
        let owned = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Request { fields: owned.to_vec(), verifier }
    }

    /// Posts a form with the key (RFC 6749, section 2.3.1).
    pub async fn post(&self, endpoint: &str, fields: &[(String, String)]) -> Answer {
        self.post_as(endpoint, fields, Some((&self.portal.id, &self.key))).await
    }

    /// Posts a form as another client, or as none.
    pub async fn post_as(
        &self,
        endpoint: &str,
        fields: &[(String, String)],
        client: Option<(&str, &str)>,
    ) -> Answer {
        let call = self.portal.http.post(self.endpoint(endpoint)).form(fields);
        let call = match client {
            Some((id, key)) => call.basic_auth(id, Some(key)),
            None => call,
        };
        answer(call).await
    }

    pub async fn try_push(&self, request: &Request) -> Answer {
        self.post(PAR, &request.fields).await
    }

    pub async fn push(&self, request: Request) -> Pushed {
        let answer = self.try_push(&request).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        Pushed { request, uri: answer.body["request_uri"].as_str().unwrap().to_owned() }
    }

    /// Returns the address for the browser (RFC 9126, section 4).
    pub fn address(&self, pushed: &Pushed) -> String {
        self.address_with(&[("client_id", &self.portal.id), ("request_uri", &pushed.uri)])
    }

    pub fn address_with(&self, fields: &[(&str, &str)]) -> String {
        let endpoint = self.endpoint("authorization_endpoint");
        reqwest::Url::parse_with_params(endpoint, fields).unwrap().to_string()
    }

    pub fn browser(&self) -> Browser {
        Browser::at(self.endpoint("issuer").to_owned())
    }

    /// Sends a browser to the prompt; returns the prompt's path.
    pub async fn to_prompt(&self, browser: &Browser, pushed: &Pushed) -> String {
        let page = browser.get(&self.address(pushed)).await;
        let to = page.location.clone().unwrap_or_default();
        assert!(page.status == 303 && to.starts_with("/prompt/"), "{page:?}");
        to
    }

    /// Has a browser enter the code of an app; returns where it is sent.
    pub async fn enter(&self, browser: &Browser, pushed: &Pushed, code: &str) -> Page {
        let at = self.to_prompt(browser, pushed).await;
        browser.submit(&at, &format!("{at}/verify"), &[("code", code)]).await
    }

    /// Checks that a browser was sent back with the state and the issuer (RFC 9207). Returns the
    /// parameters.
    pub fn back(&self, page: &Page, pushed: &Pushed) -> BTreeMap<String, String> {
        assert_eq!(page.status, 303, "{page:?}");
        self.back_by(page.location.as_deref().unwrap(), pushed)
    }

    pub fn back_by(&self, to: &str, pushed: &Pushed) -> BTreeMap<String, String> {
        let base = reqwest::Url::parse(self.endpoint("issuer")).unwrap();
        let url = base.join(to).unwrap();
        assert_eq!(url.fragment(), None, "{url}");
        let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let given: BTreeMap<String, String> = pairs.iter().cloned().collect();
        assert_eq!(given.len(), pairs.len(), "each once: {url}");
        let mut address = url.clone();
        address.set_query(None);
        assert_eq!(Some(address.as_str()), pushed.request.get("redirect_uri"));
        assert_eq!(given.get("state").map(String::as_str), pushed.request.get("state"), "{url}");
        assert_eq!(given["iss"], self.endpoint("issuer"));
        assert_ne!(given.contains_key("code"), given.contains_key("error"), "{url}");
        given
    }

    /// Returns the code that a browser was sent back with.
    pub fn code(&self, page: &Page, pushed: &Pushed) -> String {
        let given = self.back(page, pushed);
        given.get("code").unwrap_or_else(|| panic!("{given:?}")).clone()
    }

    /// Checks that a browser was sent back with this error, and with no code.
    pub fn failed(&self, page: &Page, pushed: &Pushed, error: &str) {
        let given = self.back(page, pushed);
        assert_eq!(given.get("error").map(String::as_str), Some(error), "{given:?}");
    }

    /// Returns the parameters that exchange a code.
    pub fn exchange(&self, pushed: &Pushed, code: &str) -> Request {
        let none = Request { fields: vec![], verifier: pushed.request.verifier.clone() };
        none.and("grant_type", "authorization_code")
            .and("code", code)
            .and("redirect_uri", pushed.request.get("redirect_uri").unwrap())
            .and("code_verifier", &pushed.request.verifier)
    }

    pub async fn token(&self, pushed: &Pushed, code: &str) -> Answer {
        self.post(TOKEN, &self.exchange(pushed, code).fields).await
    }

    /// Exchanges a code, and returns the claims of the id_token.
    pub async fn claims(&self, pushed: &Pushed, code: &str) -> Value {
        let answer = self.token(pushed, code).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        self.checked(answer.body["id_token"].as_str().unwrap()).await
    }

    /// Returns the claims of an id_token, checked by PyJWT (Core 1.0, section 3.1.3.7).
    pub async fn checked(&self, id_token: &str) -> Value {
        const SCRIPT: &str = "
import sys, json, jwt
given = json.load(sys.stdin)
header = jwt.get_unverified_header(given['jwt'])
key = next(k for k in jwt.PyJWKSet.from_dict(given['jwks']).keys if k.key_id == header['kid'])
wanted = ['exp', 'nbf', 'iat', 'aud', 'iss', 'sub', 'auth_time']
options = {'require': wanted, 'verify_exp': False, 'verify_nbf': False, 'verify_iat': False}
known = {'algorithms': ['RS256'], 'audience': given['aud'], 'issuer': given['iss']}
print(json.dumps(jwt.decode(given['jwt'], key.key, options=options, **known)))
";
        let jwks = self.portal.http.get(self.endpoint("jwks_uri")).send().await.unwrap();
        let jwks: Value = jwks.json().await.unwrap();
        let issuer = self.endpoint("issuer");
        let given = json!({ "jwt": id_token, "jwks": jwks, "aud": self.portal.id, "iss": issuer });
        let claims =
            pipe_in(Path::new("."), "python3", &["-c", SCRIPT], given.to_string().as_bytes());
        serde_json::from_slice(&claims).unwrap()
    }
}

pub const PAR: &str = "pushed_authorization_request_endpoint";
pub const TOKEN: &str = "token_endpoint";

/// Makes an API key of one scope.
pub async fn key_of_scope(world: &World, portal: &Portal, scope: &str) -> String {
    let path = format!("/v1/admin/portals/{}/keys", portal.id);
    let made = world.admin_ok("POST", &path, Some(json!({ "scopes": [scope] }))).await;
    made["api_key"].as_str().unwrap().to_owned()
}

/// Sends a call of a server. No answer may be kept on the way (RFC 6749, section 5.1).
pub async fn answer(call: reqwest::RequestBuilder) -> Answer {
    let reply = call.send().await.unwrap();
    let status = reply.status().as_u16();
    let header = |(name, value): (&reqwest::header::HeaderName, &reqwest::header::HeaderValue)| {
        (name.to_string(), value.to_str().unwrap().to_owned())
    };
    let headers: HashMap<String, String> = reply.headers().iter().map(header).collect();
    assert_eq!(headers.get("cache-control").map(String::as_str), Some("no-store"), "{headers:?}");
    let text = reply.text().await.unwrap();
    let body = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{status}: {text}"));
    Answer { status, headers, body }
}
