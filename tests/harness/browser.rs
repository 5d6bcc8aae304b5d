use super::{Portal, World};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
};

#[derive(Clone)]
pub struct Browser {
    http: reqwest::Client,
    base: String,
    pub cookies: Arc<Mutex<BTreeMap<String, String>>>,
    pub sent: Arc<Mutex<Vec<String>>>,
}

#[derive(Debug)]
pub struct Page {
    pub status: u16,
    /// The redirect, without the address of the service.
    pub location: Option<String>,
    pub headers: HashMap<String, String>,
    pub text: String,
}

impl Page {
    pub fn form(&self) -> String {
        let (_, rest) = self.text.split_once("name=\"form\" value=\"").expect("a form");
        rest.split('"').next().unwrap().to_owned()
    }

    /// Returns the options for the browser, on a page that asks for a passkey.
    pub fn passkey_options(&self) -> Value {
        let options = self.text.split_once(" data-options=\"").map(|(_, rest)| rest);
        let options = options.unwrap_or_else(|| panic!("no passkey is asked for: {}", self.text));
        let options = options.split('"').next().unwrap().replace("&#34;", "\"");
        serde_json::from_str(&options).unwrap()
    }

    /// Returns true if it redirects to the login of the console.
    pub fn leads_to_login(&self) -> bool {
        let path = self.location.as_deref().and_then(|to| to.split('?').next());
        path == Some("/console/sign-in")
    }

    pub fn says(&self, words: &str) -> bool {
        self.text.contains(words)
    }
}

impl Browser {
    pub fn new(world: &World) -> Self {
        Self::at(world.url(""))
    }

    pub fn at(base: String) -> Self {
        Self::of(reqwest::Client::builder(), base)
    }

    pub fn with_agent(world: &World, agent: &str) -> Self {
        Self::of(reqwest::Client::builder().user_agent(agent), world.url(""))
    }

    fn of(http: reqwest::ClientBuilder, base: String) -> Self {
        let http = http.redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { http, base, cookies: Arc::default(), sent: Arc::default() }
    }

    #[must_use]
    pub fn speaking(self, accepted: &str) -> Self {
        let none = reqwest::redirect::Policy::none();
        let headers = reqwest::header::HeaderMap::from_iter([(
            reqwest::header::ACCEPT_LANGUAGE,
            accepted.parse().unwrap(),
        )]);
        let http = reqwest::Client::builder().redirect(none).default_headers(headers);
        Self { http: http.build().unwrap(), ..self }
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Page {
        let jar: Vec<String> = self
            .cookies
            .lock()
            .unwrap()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let answer = request.header("cookie", jar.join("; ")).send().await.unwrap();
        for cookie in answer.headers().get_all("set-cookie") {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
        }
        let header =
            |(name, value): (&reqwest::header::HeaderName, &reqwest::header::HeaderValue)| {
                (name.to_string(), value.to_str().unwrap().to_owned())
            };
        let headers: HashMap<String, String> = answer.headers().iter().map(header).collect();
        let location = headers.get("location");
        let location = location.map(|url| url.strip_prefix(&self.base).unwrap_or(url).to_owned());
        let status = answer.status().as_u16();
        Page { status, location, headers, text: answer.text().await.unwrap() }
    }

    pub async fn get(&self, path: &str) -> Page {
        let url = path.strip_prefix(&self.base).unwrap_or(path);
        self.sent.lock().unwrap().push(url.to_owned());
        self.send(self.http.get(format!("{}{url}", self.base))).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.sent.lock().unwrap().push(path.to_owned());
        self.send(self.http.post(format!("{}{path}", self.base)).form(fields)).await
    }

    /// Posts a form of several parts, with `b` between them.
    pub async fn post_parts(&self, path: &str, body: Vec<u8>) -> Page {
        let call = self.http.post(format!("{}{path}", self.base)).body(body);
        self.send(call.header("content-type", "multipart/form-data; boundary=b")).await
    }

    /// Opens an address and follows this service's redirects, up to a page or another site.
    pub async fn open(&self, path: &str) -> Page {
        let mut page = self.get(path).await;
        for _ in 0..5 {
            match page.location.clone() {
                Some(next) if next.starts_with("/prompt/") => page = self.get(&next).await,
                Some(_) | None => return page,
            }
        }
        panic!("it leads in circles: {page:?}")
    }

    pub async fn submit(&self, at: &str, action: &str, fields: &[(&str, &str)]) -> Page {
        let form = self.open(at).await.form();
        self.post_form(action, &form, fields).await
    }

    /// Posts a form of a page opened before, and follows the answer.
    pub async fn post_form(&self, action: &str, form: &str, fields: &[(&str, &str)]) -> Page {
        let mut all = vec![("form", form)];
        all.extend_from_slice(fields);
        let page = self.post(action, &all).await;
        match page.location.clone() {
            Some(next) if next.starts_with("/prompt/") => self.open(&next).await,
            Some(_) | None => page,
        }
    }
}

impl Portal {
    pub fn return_url(&self) -> String {
        format!("{}/demo/{}/back", self.base, self.id)
    }

    pub async fn open_prompt(&self, user: Value) -> Value {
        let opened = self.try_open_prompt(user, &self.return_url()).await;
        assert_eq!(opened.status, 201, "{:?}", opened.body);
        opened.body
    }

    pub async fn try_open_prompt(&self, user: Value, return_url: &str) -> super::Reply {
        let nonce = super::fresh_nonce();
        let body =
            json!({ "user": user, "event": "login", "nonce": nonce, "return_url": return_url });
        self.post("/v1/sign-ins", body).await
    }

    pub async fn redeem(&self, sign_in: &Value, code: &str) -> super::Reply {
        self.act(sign_in, "result", json!({ "result_code": code })).await
    }
}

pub fn prompt(sign_in: &Value) -> String {
    format!("/prompt/{}", sign_in["id"].as_str().unwrap())
}

pub fn query(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")).map(str::to_owned))
}
