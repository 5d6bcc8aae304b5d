//! Passkeys by the commands of the model: authenticators by their numbers, and what they answer.

use super::{
    Driver, Learnt, Reply,
    answers::{answer, verified, view},
};
use crate::harness::{Authenticator, Said};
use portcullis_model::{Answer, Flaw, Press};
use serde_json::{Value, json};
use std::collections::HashMap;

/// The authenticators of one user, and the last questions for passkeys, by the numbers of sign-ins.
#[derive(Default)]
pub(super) struct Passkeys {
    devices: HashMap<usize, Authenticator>,
    to_use: HashMap<usize, Value>,
    to_make: HashMap<usize, Value>,
}

impl Passkeys {
    /// Returns the numbers of the authenticators that are listed.
    fn numbers(&self, listed: &Value) -> Vec<usize> {
        let number = |listed: &Value| {
            let found = self.devices.iter().find(|(_, device)| listed["id"] == device.id());
            *found.unwrap().0
        };
        let mut numbers: Vec<usize> = listed.as_array().into_iter().flatten().map(number).collect();
        numbers.sort_unstable();
        numbers
    }

    /// Returns the authenticators of the passkeys that a view asks for.
    fn asked(&self, view: &Value) -> Option<Vec<usize>> {
        asked_to_use(view).map(|options| self.numbers(&options["allowCredentials"]))
    }
}

fn asked_to_use(view: &Value) -> Option<&Value> {
    let input = &view["input"];
    let is_asked = input["field"] == "passkey" && input["action"] == "verify";
    is_asked.then(|| &input["public_key"])
}

/// Returns the answer of an authenticator, as flawed as it was drawn.
fn pressed(
    device: &mut Authenticator,
    origin: String,
    drawn: &Press,
    asked: Option<&Value>,
    making: bool,
) -> Value {
    let made_up = json!({ "challenge": format!("AAAAAQ{}", "A".repeat(37)) });
    let (get, create) = ("webauthn.get", "webauthn.create");
    let is_other = drawn.flaw == Some(Flaw::Kind);
    let mut flags = (u8::from(drawn.is_verified) << 2)
        | (u8::from(drawn.can_be_copied) << 3)
        | (u8::from(drawn.is_copied) << 4)
        | 1;
    (device.origin, device.cross_origin) = (origin, drawn.flaw == Some(Flaw::Framed));
    let mut rp_id = "localhost";
    match drawn.flaw {
        Some(Flaw::Origin) => device.origin.push_str(".evil.example"),
        Some(Flaw::Domain) => rp_id = "evil.example",
        Some(Flaw::Untouched) => flags &= !1,
        Some(Flaw::Impossible) => flags = (flags & !8) | 16,
        Some(Flaw::Signature | Flaw::Framed | Flaw::Kind | Flaw::Handle) | None => {}
    }
    let said = Said {
        kind: if making == is_other { get } else { create },
        challenge: &asked.unwrap_or(&made_up)["challenge"],
        rp_id,
        counter: drawn.counter,
        flags,
    };
    let mut answer = if making { device.made(&said) } else { device.used(&said) };
    match drawn.flaw {
        Some(Flaw::Signature) => {
            let other = Authenticator::on(&device.origin).used(&said);
            answer["passkey"]["signature"] = other["passkey"]["signature"].clone();
        }
        Some(Flaw::Handle) => answer["passkey"]["user_handle"] = json!("A".repeat(43)),
        Some(
            Flaw::Origin
            | Flaw::Framed
            | Flaw::Kind
            | Flaw::Domain
            | Flaw::Untouched
            | Flaw::Impossible,
        )
        | None => {}
    }
    answer
}

impl Driver<'_> {
    /// Returns what a reply shows of a sign-in, and keeps its question for a passkey.
    pub(super) fn seen(&mut self, n: usize, reply: &Reply) -> Answer {
        if reply.status < 300
            && let Some(options) = asked_to_use(&reply.body)
        {
            self.passkeys.to_use.insert(n, options.clone());
        }
        answer(reply, |body| view(body, |view| self.passkeys.asked(view)))
    }

    pub(super) async fn choose_passkey(&mut self, n: usize) -> Answer {
        let body = json!({ "method": "passkey" });
        let chosen = self.portal.post(&self.path(n, "/challenge"), body).await;
        self.seen_question(n, &chosen)
    }

    fn seen_question(&mut self, n: usize, chosen: &Reply) -> Answer {
        if chosen.status < 300
            && let Some(options) = asked_to_use(&chosen.body)
        {
            self.passkeys.to_use.insert(n, options.clone());
        }
        answer(chosen, |body| Answer::PasskeyAsked(self.passkeys.asked(body).unwrap()))
    }

    pub(super) async fn begin_passkey(&mut self, n: usize) -> Answer {
        let body = json!({ "method": "passkey" });
        let begun = self.portal.post(&self.path(n, "/enrolment"), body).await;
        let options = &begun.body["enrolment"]["passkey"];
        if begun.status < 300 {
            self.passkeys.to_make.insert(n, options.clone());
        }
        answer(&begun, |body| {
            let known = &body["enrolment"]["passkey"]["excludeCredentials"];
            Answer::NewPasskey(self.passkeys.numbers(known))
        })
    }

    pub(super) async fn use_passkey(
        &mut self,
        n: usize,
        drawn: &Press,
        more: Value,
        learnt: &mut Learnt,
    ) -> Answer {
        let origin = self.world.origin();
        let Passkeys { devices, to_use, .. } = &mut self.passkeys;
        let device = devices.entry(drawn.device).or_insert_with(|| Authenticator::on(&origin));
        let mut body = pressed(device, origin, drawn, to_use.get(&drawn.answers), false);
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let used = self.portal.post(&self.path(n, "/verify"), body).await;
        learnt.take_from(&used);
        answer(&used, verified)
    }

    pub(super) async fn make_passkey(
        &mut self,
        n: usize,
        drawn: &Press,
        learnt: &mut Learnt,
    ) -> Answer {
        let origin = self.world.origin();
        let Passkeys { devices, to_make, .. } = &mut self.passkeys;
        let device = devices.entry(drawn.device).or_insert_with(|| Authenticator::on(&origin));
        let body = pressed(device, origin, drawn, to_make.get(&drawn.answers), true);
        let made = self.portal.post(&self.path(n, "/enrolment/confirm"), body).await;
        learnt.take_from(&made);
        answer(&made, verified)
    }
}
