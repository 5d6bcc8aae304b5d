//! Drives one user of one portal through the API, by the commands of the reference model.

mod answers;
mod app;
mod notices;
mod passkeys;
mod settings;

use answers::{answer, claims, done, verified};
pub use app::shown;
use notices::notices_in;
use passkeys::Passkeys;

use super::{Portal, Reply, World, code_in, freeze_link_of, on_user, ticket_in, user_path};
use portcullis_model::{
    Act, Answer, Claims, Contact, Given, Message, Method, Notice, Persona, Preset,
};
use serde_json::{Value, json};
use std::{
    collections::{HashMap, HashSet},
    sync::{
        Mutex,
        atomic::{AtomicU32, AtomicUsize, Ordering},
    },
};
use tokio::sync::OnceCell;

static USERS: AtomicU32 = AtomicU32::new(0);

pub struct Driver<'a> {
    world: &'a World,
    pub portal: Portal,
    pub user: String,
    sign_ins: HashMap<usize, String>,
    /// The ids of those that were opened to change the settings.
    settings: HashSet<String>,
    /// The links of notices, each with its address, and those that were pressed, by number.
    links: Mutex<Vec<(String, String)>>,
    pressed: HashMap<usize, String>,
    passkeys: Passkeys,
    persona: Persona,
    received: AtomicUsize,
    notices: Mutex<Vec<(Notice, usize)>>,
    /// A second user with nearly the same id, and that user's first state.
    neighbour: (String, OnceCell<Value>),
}

impl<'a> Driver<'a> {
    pub fn new(world: &'a World, preset: Preset) -> (Self, Persona) {
        let n = USERS.fetch_add(1, Ordering::Relaxed);
        let email = |which: usize| format!("user{n}.{which}@example.com");
        let phone = |which: u32| format!("+6421{}", 1_200_000 + n * 4 + which);
        let persona =
            Persona { emails: std::array::from_fn(email), phones: [0, 1, 2, 3].map(phone) };
        let portal = world.portal(preset.word());
        let (user, sign_ins) = (format!("user-{n}#1"), HashMap::new());
        let (received, notices) = (AtomicUsize::new(0), Mutex::default());
        // Whatever cuts the id at its mark, or decodes it, finds this one.
        let other = if n.is_multiple_of(2) { format!("user-{n}") } else { format!("user-{n}%231") };
        let neighbour = (other, OnceCell::new());
        let persona_of = persona.clone();
        let driver = Self {
            world,
            portal,
            user,
            sign_ins,
            settings: HashSet::new(),
            links: Mutex::default(),
            pressed: HashMap::new(),
            passkeys: Passkeys::default(),
            persona: persona_of,
            received,
            notices,
            neighbour,
        };
        (driver, persona)
    }

    /// Makes the neighbour, whom no later command may touch (invariant 9).
    pub async fn make_neighbour(&self) {
        let record = json!({ "email": "neighbour@example.com", "email_verified": true });
        assert_eq!(self.portal.put_user(&self.neighbour.0, &record).await.status, 200);
        self.neighbour.1.set(self.look_at_neighbour().await).unwrap();
    }

    pub async fn assert_neighbour_untouched(&self) {
        assert_eq!(Some(&self.look_at_neighbour().await), self.neighbour.1.get());
    }

    /// Returns everything bound, and every entry: each write causes one.
    async fn look_at_neighbour(&self) -> Value {
        let look =
            async |path: &str| self.portal.get(&user_path(path, &self.neighbour.0)).await.body;
        json!([look("/v1/user").await["methods"], look("/v1/user/activity").await])
    }

    pub async fn perform(&mut self, act: &Act) -> Given {
        let mut learnt = Learnt::default();
        let answer = self.act(act, &mut learnt).await;
        let Learnt { secret, token: browser_token, recovery_codes, claims } = learnt;
        let messages = self.messages();
        Given { answer, messages, secret, recovery_codes, browser_token, claims }
    }

    /// Returns the codes and links sent since the last call.
    pub fn messages(&self) -> Vec<Message> {
        let theirs = |to: &str| {
            self.persona
                .emails
                .iter()
                .chain(&self.persona.phones)
                .any(|own| own.eq_ignore_ascii_case(to))
        };
        let sent = self.world.running.outbox.take(theirs);
        let message = |(to, text): (String, String)| {
            let secret = ticket_in(&text).or_else(|| code_in(&text));
            if secret.is_none() {
                let link = freeze_link_of(&text).map(|link| (to.to_ascii_lowercase(), link));
                self.links.lock().unwrap().extend(link);
                self.notices.lock().unwrap().extend(notices_in(&to, &text));
            }
            Some(Message { to, secret: secret? })
        };
        let messages: Vec<Message> = sent.into_iter().filter_map(message).collect();
        self.received.fetch_add(messages.len(), Ordering::Relaxed);
        messages
    }

    pub fn received(&self) -> usize {
        self.received.load(Ordering::Relaxed)
    }

    async fn act(&mut self, act: &Act, learnt: &mut Learnt) -> Answer {
        let (portal, user) = (&self.portal.clone(), self.user.clone());
        match act {
            Act::Wait(seconds) => {
                self.world.advance(*seconds);
                Answer::Done
            }
            Act::Open { sign_in, ticket, contact, browser } => {
                let mut body = self.opening(*sign_in, contact, browser.as_deref());
                if let Some(ticket) = ticket {
                    body["ticket"] = json!(ticket);
                }
                self.open(*sign_in, body, learnt).await
            }
            Act::OpenSettings { sign_in, contact, browser } => {
                let mut body = self.opening(*sign_in, contact, browser.as_deref());
                body["event"] = json!("manage");
                let opened = self.open(*sign_in, body, learnt).await;
                self.settings.extend(self.sign_ins.get(sign_in).cloned());
                opened
            }
            Act::StepUp { sign_in, contact, browser, acr } => {
                let mut body = self.opening(*sign_in, contact, browser.as_deref());
                (body["event"], body["acr"]) = (json!("step_up"), json!(acr.word()));
                self.open(*sign_in, body, learnt).await
            }
            Act::Remove(n, which) => match self.listed(*n, *which).await {
                Ok(id) => {
                    let removed = json!({ "change": "remove", "authenticator": id });
                    self.change(*n, removed, learnt).await
                }
                Err(failed) => failed,
            },
            Act::RenewCodes(n) => {
                self.change(*n, json!({ "change": "new_recovery_codes" }), learnt).await
            }
            Act::Freeze { link, to, at } => self.press(*link, to, *at).await,
            Act::UsePasskey(n, press) => self.use_passkey(*n, press, json!({}), learnt).await,
            Act::MakePasskey(n, press) => self.make_passkey(*n, press, learnt).await,
            Act::AnswerOffer(n, accepts) => {
                let change = if *accepts { "add_passkey" } else { "decline_passkey" };
                self.change(*n, json!({ "change": change }), learnt).await
            }
            Act::VerifyAndTrust(n, code) => {
                let body = json!({ "code": code, "remember_browser": true });
                let reply = portal.post(&self.path(*n, "/verify"), body).await;
                learnt.take_from(&reply);
                answer(&reply, verified)
            }
            Act::UsePasskeyAndTrust(n, press) => {
                let more = json!({ "remember_browser": true });
                self.use_passkey(*n, press, more, learnt).await
            }
            Act::SetPasskeyTerms(_)
            | Act::SetMethods(..)
            | Act::MoveTo(_)
            | Act::SetGrace(_)
            | Act::SetTrust(_) => {
                panic!("what all users share stays as it is")
            }
            Act::OpenWithCode { sign_in, contact, browser, code } => {
                let mut body = self.opening(*sign_in, contact, browser.as_deref());
                body["code"] = json!(code);
                let opened = self.portal.post("/v1/sign-ins", body.clone()).await;
                learnt.take_from(&opened);
                if opened.problem().1.starts_with("code_") {
                    // Its sign-in is found by the same nonce.
                    body["code"].take();
                    self.learn_id(*sign_in, &self.portal.post("/v1/sign-ins", body).await);
                } else {
                    self.learn_id(*sign_in, &opened);
                }
                self.seen(*sign_in, &opened)
            }
            Act::Look(n) => {
                let looked = portal.get(&self.path(*n, "")).await;
                learnt.shown(&looked);
                self.seen(*n, &looked)
            }
            Act::Challenge(n, Method::Passkey) => self.choose_passkey(*n).await,
            Act::Enrol(n, Method::Passkey, _) => self.begin_passkey(*n).await,
            Act::Challenge(n, method) => {
                let body = json!({ "method": method.word() });
                let asked = |_: &Value| match method {
                    Method::App => Answer::AppChosen,
                    Method::Email | Method::Sms | Method::Passkey => Answer::Sent,
                };
                answer(&portal.post(&self.path(*n, "/challenge"), body).await, asked)
            }
            Act::Verify { sign_in, code, by, make_default } => {
                let mut body = json!({ "code": code });
                if let Some(by) = by {
                    body["method"] = json!(by.word());
                }
                if *make_default {
                    body["set_default"] = json!("email");
                }
                let reply = portal.post(&self.path(*sign_in, "/verify"), body).await;
                learnt.take_from(&reply);
                answer(&reply, verified)
            }
            Act::Enrol(n, method, to) => {
                let mut body = json!({ "method": method.word() });
                if let Some(to) = to {
                    body[if *method == Method::Sms { "phone" } else { "email" }] = json!(to);
                }
                let started = portal.post(&self.path(*n, "/enrolment"), body).await;
                learnt.secret = started.body["enrolment"]["secret"].as_str().map(str::to_owned);
                answer(&started, |body| {
                    if body["enrolment"].is_null() { Answer::Sent } else { Answer::Secret }
                })
            }
            Act::Confirm(n, code) => {
                let path = self.path(*n, "/enrolment/confirm");
                let reply = portal.post(&path, json!({ "code": code })).await;
                learnt.take_from(&reply);
                answer(&reply, verified)
            }
            Act::Skip(n) => {
                let skipped = portal.post(&self.path(*n, "/skip"), json!({})).await;
                self.seen(*n, &skipped)
            }
            Act::OptIn => {
                done(&portal.post("/v1/user/opt-in", json!({ "id": user, "confirm": true })).await)
            }
            Act::UnsetDefault => {
                done(&portal.send("DELETE", &user_path("/v1/user/default", &user), None).await)
            }
            Act::SetContact(contact) => done(&portal.put_user(&user, &record(contact)).await),
            Act::ChangePassword { contact, at, by } => {
                let mut body = record(contact);
                body["password_changed"] = json!({ "at": at, "by": by.word() });
                done(&portal.put_user(&user, &body).await)
            }
            Act::Reset => {
                let actor = json!({ "id": "boss", "role": "portal_admin" });
                let body = json!({ "actor": actor, "reason": "model", "confirm": true });
                done(&portal.reset_user(&user, body).await)
            }
            Act::Unlock => done(&self.by_admin("unlock").await),
            Act::ClearSkip => done(&self.by_admin("clear-skip").await),
            Act::IssueBypass => {
                let issued = self.by_admin("bypass-code").await;
                learnt.secret = issued.body["code"]
                    .as_str()
                    .filter(|_| issued.status == 201)
                    .map(str::to_owned);
                // Its notice goes at once only if none of its kind went within the hour before, by
                // the clock of whoever sends it: no later command may move it before that.
                self.world.running.stream_is_delivered().await;
                done(&issued)
            }
            Act::Erase => done(&portal.send("DELETE", &user_path("/v1/user", &user), None).await),
            Act::Switch(on) => {
                let path = format!("/v1/admin/portals/{}/mfa", portal.id);
                let body = json!({ "enabled": on, "confirm": true });
                done(&self.world.admin("POST", &path, None, Some(body)).await)
            }
        }
    }

    fn path(&self, n: usize, action: &str) -> String {
        format!("/v1/sign-ins/{}{action}", self.sign_ins[&n])
    }

    async fn by_admin(&self, action: &str) -> Reply {
        let path = format!("/v1/admin/portals/{}/user/{action}", self.portal.id);
        self.world.admin("POST", &path, None, on_user(&self.user, "model")).await
    }

    async fn open(&mut self, n: usize, body: Value, learnt: &mut Learnt) -> Answer {
        let opened = self.portal.post("/v1/sign-ins", body).await;
        self.learn_id(n, &opened);
        if opened.body["reason"] == "trusted_browser" {
            learnt.take_from(&opened);
        } else {
            learnt.shown(&opened);
        }
        self.seen(n, &opened)
    }

    fn opening(&self, n: usize, contact: &Contact, browser: Option<&str>) -> Value {
        let mut user = record(contact);
        user["id"] = json!(self.user);
        let nonce = format!("{}-{n:016}", self.user);
        let mut body = json!({ "user": user, "event": "login", "nonce": nonce });
        if let Some(browser) = browser {
            body["browser_token"] = json!(browser);
        }
        body
    }

    fn learn_id(&mut self, n: usize, opened: &Reply) {
        if opened.status == 201 {
            self.sign_ins.insert(n, opened.body["id"].as_str().unwrap().to_owned());
        } else {
            // One that was refused has no id; what is tried with it later is unknown.
            self.sign_ins.entry(n).or_insert_with(|| "unknown".to_owned());
        }
    }

    pub async fn activity(&self) -> Vec<String> {
        let reply = self.portal.get(&user_path("/v1/user/activity", &self.user)).await;
        let entries = reply.body.as_array().cloned().unwrap_or_default();
        entries.iter().rev().map(|entry| entry["event"].as_str().unwrap().to_owned()).collect()
    }
}

/// The secrets in an answer, beside those that are sent.
#[derive(Default)]
struct Learnt {
    secret: Option<String>,
    token: Option<String>,
    recovery_codes: Vec<String>,
    claims: Option<Claims>,
}

impl Learnt {
    fn take_from(&mut self, reply: &Reply) {
        self.token = browser_token(reply);
        self.shown(reply);
    }

    fn shown(&mut self, reply: &Reply) {
        self.recovery_codes = settings::recovery_codes(reply);
        self.claims = claims(&reply.body);
    }
}

fn record(contact: &Contact) -> Value {
    json!({ "email": contact.email, "email_verified": contact.verified, "phone": contact.phone })
}

/// Returns the token that makes the browser known.
fn browser_token(reply: &Reply) -> Option<String> {
    reply.body["browser_token"].as_str().map(str::to_owned)
}
