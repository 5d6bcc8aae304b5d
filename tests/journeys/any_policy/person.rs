//! A person in front of a page: reads it, their messages and their app, and acts.

use crate::harness::{Authenticator, Portal, World, code_in, other_than, text};
use serde_json::Value;
use std::{
    collections::VecDeque,
    sync::{
        Mutex,
        atomic::{AtomicU32, Ordering},
    },
};

static DESTINATIONS: AtomicU32 = AtomicU32::new(100);

/// The acts after which a person is stuck.
const PATIENCE: usize = 30;

pub enum Act {
    Submit {
        /// A text, or for a passkey the answer of the browser.
        typed: Value,
        ticked: bool,
    },
    /// Follows the link in this place.
    Follow(usize),
    Leave,
}

/// Something that a person means to do before all that a page asks for.
#[derive(Clone, Copy, Debug)]
pub enum Wish {
    Fill,
    /// Follows the link whose words begin so.
    Link(&'static str),
    Type(&'static str),
    /// Types a code that is not the right one.
    Mistype,
    Tick,
}

pub struct Person<'a> {
    world: &'a World,
    portal: &'a Portal,
    wishes: VecDeque<Wish>,
    /// Follows each link once.
    is_curious: bool,
    followed: Vec<String>,
    secret: Option<String>,
    device: Mutex<Authenticator>,
    pub bypass: Option<String>,
    /// Everything that was printed.
    pub read: Vec<String>,
}

impl<'a> Person<'a> {
    pub fn new(world: &'a World, portal: &'a Portal) -> Self {
        Self {
            world,
            portal,
            wishes: VecDeque::new(),
            is_curious: false,
            followed: vec![],
            secret: None,
            device: Mutex::new(Authenticator::on(&world.origin())),
            bypass: None,
            read: vec![],
        }
    }

    pub fn curious(self) -> Self {
        Self { is_curious: true, ..self }
    }

    pub fn wishing(self, wishes: &[Wish]) -> Self {
        Self { wishes: wishes.iter().copied().collect(), ..self }
    }

    /// Wishes this at the next sign-in, where no link was followed yet.
    pub fn again(&mut self, wishes: &[Wish]) {
        self.wishes = wishes.iter().copied().collect();
        (self.followed, self.read) = (vec![], vec![]);
    }

    pub async fn sees(&mut self, view: &Value, alert: Option<&str>) -> Act {
        if view.is_null() {
            self.read.push(alert.unwrap_or_default().to_owned());
            return Act::Leave;
        }
        self.is_the_sign_in_as_it_stands(view, alert).await;
        self.read.extend(alert.map(str::to_owned));
        self.read.push(view["message"].as_str().unwrap().to_owned());
        assert!(self.read.len() < PATIENCE, "stuck: {:?}", self.read);
        if let Some(secret) = view["enrolment"]["secret"].as_str() {
            self.secret = Some(secret.to_owned());
        }
        // Long enough for another code to be sent, and for the app to show another.
        self.world.advance(31);
        let links: Vec<String> = view["links"]
            .as_array()
            .unwrap()
            .iter()
            .map(|link| link["label"].as_str().unwrap().to_owned())
            .collect();
        if let Some(wish) = self.wishes.pop_front() {
            return self.fulfil(wish, &links, &view["input"]).await;
        }
        let is_new = |label: &&String| *label != "Skip for now" && !self.followed.contains(label);
        let wanted = links.iter().position(|label| self.is_curious && is_new(&label));
        match wanted.or_else(|| view["input"].is_null().then_some(0)) {
            Some(place) if place < links.len() => {
                self.followed.push(links[place].clone());
                Act::Follow(place)
            }
            Some(_) => Act::Leave,
            None => self.fill(&view["input"], false).await,
        }
    }

    async fn fulfil(&self, wish: Wish, links: &[String], input: &Value) -> Act {
        match wish {
            Wish::Fill => self.fill(input, false).await,
            Wish::Link(start) => {
                let place = links.iter().position(|label| label.starts_with(start));
                Act::Follow(place.unwrap_or_else(|| panic!("no {start} in {links:?}")))
            }
            Wish::Type(typed) => Act::Submit { typed: typed.into(), ticked: false },
            Wish::Mistype => {
                let right = self.answer(input).await.unwrap();
                let typed = other_than(right.as_str().unwrap()).into();
                Act::Submit { typed, ticked: false }
            }
            Wish::Tick => {
                assert!(input["checkbox"]["label"].is_string(), "{input}");
                self.fill(input, true).await
            }
        }
    }

    async fn fill(&self, input: &Value, ticked: bool) -> Act {
        match self.answer(input).await {
            Some(typed) => Act::Submit { typed, ticked },
            None => Act::Leave,
        }
    }

    /// Looks at the sign-in itself: every answer carries the same view of it. That of a refusal has
    /// nothing secret.
    async fn is_the_sign_in_as_it_stands(&self, view: &Value, alert: Option<&str>) {
        let mut looked = self.portal.look(view).await.body;
        if let Some(refused) = looked.get("sign_in") {
            looked = refused.clone();
        }
        if alert.is_some() {
            looked.as_object_mut().unwrap().remove("enrolment");
        }
        assert_eq!(&looked, view, "after {:?}", self.read);
    }

    /// Lets the browser ask the authenticator, which makes a passkey or uses it.
    fn touch(&self, options: &Value) -> Value {
        let mut device = self.device.lock().unwrap();
        let answer =
            if options.get("rp").is_some() { device.make(options) } else { device.get(options) };
        answer["passkey"].clone()
    }

    /// Returns what belongs into the field of a form, if the person has it.
    async fn answer(&self, input: &Value) -> Option<Value> {
        let label = input["label"].as_str().unwrap();
        let another = || DESTINATIONS.fetch_add(1, Ordering::Relaxed);
        match input["autocomplete"].as_str().unwrap() {
            // Few codes go to one number or address within an hour, so each is another.
            "tel" => Some(format!("021 123 4{:03}", another()).into()),
            "email" => Some(format!("own{}@example.org", another()).into()),
            "off" if input["field"] == "none" => Some("".into()),
            "off" if input["field"] == "passkey" => Some(self.touch(&input["public_key"])),
            "off" => self.bypass.clone().map(Value::from),
            "one-time-code" => {
                let asked = format!("{} {label}", self.read.last().unwrap());
                match &self.secret {
                    Some(secret) if asked.contains("app") => Some(self.world.totp(secret).into()),
                    Some(_) | None => {
                        let messages = self.world.outbox().await;
                        code_in(text(messages.first().expect("a message"))).map(Value::from)
                    }
                }
            }
            other => panic!("{other} is no token of HTML that we use"),
        }
    }
}
