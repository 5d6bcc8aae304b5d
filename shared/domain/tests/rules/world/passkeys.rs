//! Passkeys by the commands of the model: authenticators by their numbers, and what they answer.

use super::World;
use crate::{
    answers::devices,
    passkey_sign_ins::authenticator::{Authenticator, Press},
    portal_keys::Keys,
};
use portcullis_domain::{
    Refusal,
    passkey::{PasskeyChallenge, ServiceAddress, Signatures},
    policy::{
        DestinationSource, EmailFallback, MethodPolicy, PasskeyRules, Promotion, SyncedPasskeys,
        UserVerification, WhenBound,
    },
    sign_in::{
        Question, Remember, SignInView,
        passkey::{confirm_passkey, offer, verify_passkey},
    },
};
use portcullis_model::{Answer, Flaw, Method, PasskeyTerms, Press as Drawn};

/// The addresses of the service, one after the other.
const ADDRESSES: [&str; 2] = ["https://mfa.example.com", "https://login.example.org"];
const DOMAINS: [&str; 2] = ["mfa.example.com", "login.example.org"];

/// Returns the press of an authenticator, as flawed as it was drawn.
fn pressed(drawn: &Drawn, domain: usize, kind: &'static str, challenge: String) -> Press {
    // A key of zeros is none.
    let mut device = Authenticator::new(u8::try_from(drawn.device + 1).unwrap());
    device.origin = ADDRESSES[domain];
    let mut rp_id = DOMAINS[domain];
    let is_made = kind == "webauthn.create";
    let mut kind = kind;
    let mut flags = (u8::from(drawn.is_verified) << 2)
        | (u8::from(drawn.can_be_copied) << 3)
        | (u8::from(drawn.is_copied) << 4)
        | 1;
    match drawn.flaw {
        Some(Flaw::Origin) => device.origin = "https://mfa.example.com.evil.example",
        Some(Flaw::Framed) => device.cross_origin = true,
        Some(Flaw::Kind) if kind == "webauthn.get" => kind = "webauthn.create",
        Some(Flaw::Kind) => kind = "webauthn.get",
        Some(Flaw::Domain) => rp_id = "evil.example",
        Some(Flaw::Untouched) => flags &= !1,
        Some(Flaw::Impossible) => flags = (flags & !8) | 16,
        Some(Flaw::Signature | Flaw::Handle) | None => {}
    }
    let id = device.credential();
    flags |= if is_made { 64 } else { 0 };
    let mut data = [&Keys.hash(rp_id.as_bytes()), [flags].as_slice()].concat();
    data.extend(drawn.counter.to_be_bytes());
    if is_made {
        data.extend([&[0; 16], [0, 16].as_slice(), id.as_bytes(), &[0xa5; 77]].concat());
    }
    let press = device.press(kind, challenge, data);
    match drawn.flaw {
        Some(Flaw::Signature) => Press { signature: vec![9; 32], ..press },
        Some(Flaw::Handle) => Press { user_handle: Some(vec![7; 32]), ..press },
        Some(
            Flaw::Origin
            | Flaw::Framed
            | Flaw::Kind
            | Flaw::Domain
            | Flaw::Untouched
            | Flaw::Impossible,
        )
        | None => press,
    }
}

/// Nobody asked by it.
fn made_up() -> String {
    PasskeyChallenge::under(1, &[0; PasskeyChallenge::MAC]).to_string()
}

impl World {
    pub(super) fn note_question(&mut self, n: usize, seen: &SignInView) {
        if let Question::Passkey(asked) = seen.question() {
            self.to_use.insert(n, asked.clone());
        }
    }

    pub(super) fn chosen(&mut self, n: usize, view: &SignInView) -> Answer {
        self.note_question(n, view);
        match view.question() {
            Question::Passkey(asked) => Answer::PasskeyAsked(devices(&asked.allowed)),
            _ => Answer::AppChosen,
        }
    }

    pub(super) fn making(&mut self, n: usize, view: &SignInView) -> Answer {
        let Question::NewPasskey(new) = view.question() else { panic!("{:?}", view.question()) };
        self.to_make.insert(n, new.clone());
        Answer::NewPasskey(devices(&new.excluded))
    }

    fn domain(&self) -> usize {
        ADDRESSES.iter().position(|address| ServiceAddress::of(address) == self.service).unwrap()
    }

    pub(super) fn use_passkey(&mut self, n: usize, drawn: &Drawn) -> Result<Answer, Refusal> {
        self.use_passkey_with(n, drawn, Remember::Nothing)
    }

    pub(super) fn use_passkey_with(
        &mut self,
        n: usize,
        drawn: &Drawn,
        remember: Remember,
    ) -> Result<Answer, Refusal> {
        let id = self.id(n);
        let asked = self.to_use.get(&drawn.answers);
        let challenge = asked.map_or_else(made_up, |asked| asked.challenge.to_string());
        let press = pressed(drawn, self.domain(), "webauthn.get", challenge);
        let data = press.client_data();
        let view = self.run(|context, user| {
            verify_passkey(context, user, &id, &press.used(&data), remember)
        })?;
        Ok(self.verified(&view))
    }

    pub(super) fn make_passkey(&mut self, n: usize, drawn: &Drawn) -> Result<Answer, Refusal> {
        let id = self.id(n);
        let asked = self.to_make.get(&drawn.answers);
        let challenge = asked.map_or_else(made_up, |asked| asked.challenge.to_string());
        let press = pressed(drawn, self.domain(), "webauthn.create", challenge);
        let data = press.client_data();
        let view =
            self.run(|context, user| confirm_passkey(context, user, &id, &press.made(&data)))?;
        Ok(self.verified(&view))
    }

    pub(super) fn answer_offer(&mut self, n: usize, accepts: bool) -> Result<Answer, Refusal> {
        let id = self.id(n);
        let view = self.run(|context, user| {
            if accepts {
                offer::accept(context, user, &id)
            } else {
                offer::decline(context, user, &id)
            }
        })?;
        Ok(self.seen(n, &view))
    }

    pub(super) fn set_methods(&mut self, passkeys: Option<PasskeyTerms>, own: Option<Method>) {
        let own = own.map(|method| match method {
            Method::App => MethodPolicy::AuthenticatorApp {
                issuer: None,
                email_fallback: EmailFallback::Forbidden,
            },
            Method::Email | Method::Sms | Method::Passkey => {
                MethodPolicy::Sms { destination: DestinationSource::User }
            }
        });
        self.portal.policy.methods = own.into_iter().collect();
        if let Some(terms) = passkeys {
            self.set_passkey_terms(terms);
        }
    }

    pub(super) fn move_to(&mut self, domain: usize) {
        self.service = ServiceAddress::of(ADDRESSES[domain]);
    }

    pub fn with_passkeys(mut self, terms: PasskeyTerms) -> Self {
        self.set_passkey_terms(terms);
        self
    }

    pub(super) fn set_passkey_terms(&mut self, terms: PasskeyTerms) {
        let PasskeyTerms { checks_person, refuses_copies, insists, promotes } = terms;
        let user_verification =
            if checks_person { UserVerification::Required } else { UserVerification::Preferred };
        let synced = if refuses_copies { SyncedPasskeys::Refused } else { SyncedPasskeys::Allowed };
        let passkey = MethodPolicy::Passkey {
            rules: PasskeyRules { user_verification, synced },
            when_bound: if insists { WhenBound::Insist } else { WhenBound::Prefer },
            promotion: if promotes { Promotion::On } else { Promotion::Off },
        };
        let methods = &mut self.portal.policy.methods;
        methods.retain(|method| method.settings().passkey.is_none());
        methods.insert(0, passkey);
    }
}
