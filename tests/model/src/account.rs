//! One user's account: what is bound, chosen and known, and how a command is taken.

use crate::{
    Act, Answer, Claims, Command, Contact, Given, Message, Method, Persona, Preset,
    browser::Issued,
    freeze::FreezeLink,
    grace::Grace,
    history::History,
    notices::Notice,
    passkey::{Kept, Passkeys},
    recovery::{CodeSet, Terms},
    sign_in::{Pending, SignIn, Stage},
    trust::{NewToken, TrustTerms},
};

#[derive(Clone, Debug)]
pub(crate) struct Bound {
    pub(crate) generation: u32,
    pub(crate) method: Method,
    /// The app's secret, or the destination; nothing of a passkey.
    pub(crate) of: String,
    pub(crate) last_step: i64,
    /// The steps that an app's clock was ahead when it was enrolled.
    pub(crate) drift: i64,
    pub(crate) since: i64,
    pub(crate) passkey: Option<Kept>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EmailDefault {
    pub(crate) generation: u32,
    pub(crate) to: String,
}

/// A secret that was handed out, and the end of its validity.
#[derive(Clone, Debug)]
pub(crate) struct HandedOut {
    pub(crate) text: Option<String>,
    pub(crate) ends: i64,
}

/// The counts over all users, of this user alone: nobody else has the destinations.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shared {
    /// Destinations that were tried, each with its day.
    pub(crate) tried: Vec<(i64, String)>,
    /// Codes to destinations that were being enrolled, each with its hour.
    pub(crate) unconfirmed: Vec<(i64, String)>,
    /// Messages to destinations of the user's, each with its moment; true if it used what is kept
    /// for destinations that codes got the user in from.
    pub(crate) confirmed: Vec<(i64, String, bool)>,
    /// The entries of messages that were held back, each with its moment, its destination as it is
    /// shown, and its place.
    pub(crate) held_back: Vec<(i64, String, usize)>,
}

/// The messages and secrets that must follow the command under way.
#[derive(Clone, Debug)]
struct Expected {
    answer: Answer,
    claims: Option<Claims>,
    sends: Vec<Send>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Send {
    Code { sign_in: usize, n: usize, to: String },
    Link { to: String },
}

#[derive(Clone)]
pub struct Model {
    pub(crate) preset: Preset,
    /// True if an emailed code comes before the first enrolment.
    pub(crate) email_first: bool,
    pub(crate) terms: Terms,
    pub(crate) grace: Grace,
    pub(crate) trust_terms: Option<TrustTerms>,
    /// The proof under way asks that the browser be remembered.
    pub(crate) remembers: bool,
    pub(crate) passkeys: Passkeys,
    pub(crate) now: i64,
    pub(crate) enabled: bool,
    pub(crate) generation: u32,
    pub(crate) persona: Persona,
    pub(crate) contact: Contact,
    pub(crate) known: bool,
    pub(crate) bound: Vec<Bound>,
    pub(crate) skipped: Option<u32>,
    pub(crate) default: Option<EmailDefault>,
    pub(crate) reset_pending: bool,
    pub(crate) disabled: bool,
    pub(crate) frozen: bool,
    /// After a freeze, the one address that a link to enrol again goes to, if there is any.
    pub(crate) link_only: Option<Option<String>>,
    pub(crate) links: Vec<FreezeLink>,
    /// The notices that went at once, with their moments.
    pub(crate) sent_at_once: Vec<(&'static str, String, i64)>,
    /// The moment the verified address became another one, and the same if a policy may hold it.
    pub(crate) new_address_at: Option<i64>,
    pub(crate) address_since: Option<i64>,
    pub(crate) set: Option<CodeSet>,
    /// Every recovery code that was ever shown.
    pub(crate) recovery_codes: Vec<String>,
    pub(crate) history: History,
    pub(crate) sign_ins: Vec<SignIn>,
    /// The browsers that got in, oldest first.
    pub(crate) browsers: Vec<Issued>,
    /// The token of the success that the command under way brought.
    pub(crate) succeeded: Option<NewToken>,
    pub(crate) ticket: Option<HandedOut>,
    pub(crate) bypass: Option<HandedOut>,
    /// `None` if the limits per destination are not in force.
    pub(crate) shared: Option<Shared>,
    /// The last two destinations that codes got the user in from.
    pub(crate) proven: Vec<String>,
    pub(crate) entries: Vec<&'static str>,
    /// The entries that the command under way has caused so far.
    pub(crate) caused: Vec<&'static str>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) totp: fn(&str, i64) -> String,
    pub(crate) secrets: Vec<String>,
    pub(crate) tickets: Vec<String>,
    pub(crate) bypasses: Vec<String>,
    sends: Vec<Send>,
    pub(crate) shows_secret_of: Option<usize>,
    expected: Option<Expected>,
}

impl Model {
    /// Makes an unknown user under a preset with an emailed code before the first enrolment.
    pub fn with_email_first(
        preset: Preset,
        persona: Persona,
        totp: fn(&str, i64) -> String,
    ) -> Self {
        Self { email_first: true, ..Self::new(preset, persona, totp, false) }
    }

    /// Makes one whose portal lets users look after themselves, and has recovery codes.
    #[must_use]
    pub const fn with_self_service(mut self) -> Self {
        self.terms.self_service = true;
        self.terms.recovery_codes = self.preset.enrols().is_some();
        self
    }

    /// Makes an unknown user under a preset. `totp` returns the code of a secret and a step.
    /// `counts_destinations` is true if the limits per destination are in force.
    pub fn new(
        preset: Preset,
        persona: Persona,
        totp: fn(&str, i64) -> String,
        counts_destinations: bool,
    ) -> Self {
        Self {
            preset,
            email_first: preset.is_modern(),
            terms: Terms {
                own: preset.enrols(),
                self_service: preset.is_modern(),
                recovery_codes: preset.is_modern(),
                holds_addresses: preset.is_modern(),
            },
            grace: Grace::default(),
            trust_terms: None,
            remembers: false,
            passkeys: Passkeys::of(preset),
            now: 0,
            enabled: true,
            generation: 0,
            contact: persona.contact(0),
            persona,
            known: false,
            bound: vec![],
            skipped: None,
            default: None,
            reset_pending: false,
            disabled: false,
            frozen: false,
            link_only: None,
            links: vec![],
            sent_at_once: vec![],
            new_address_at: None,
            address_since: None,
            set: None,
            recovery_codes: vec![],
            history: History::default(),
            sign_ins: vec![],
            browsers: vec![],
            succeeded: None,
            ticket: None,
            bypass: None,
            shared: counts_destinations.then(<_>::default),
            proven: vec![],
            entries: vec![],
            caused: vec![],
            notices: vec![],
            totp,
            secrets: vec![],
            tickets: vec![],
            bypasses: vec![],
            sends: vec![],
            shows_secret_of: None,
            expected: None,
        }
    }

    /// Turns a drawn command into a concrete one, if it is possible now. A call of [`Model::heard`]
    /// must follow.
    pub fn next(&mut self, command: &Command, now: i64) -> Option<Act> {
        self.now = now;
        let act = self.act(command)?;
        self.begin(&act, now);
        Some(act)
    }

    /// Begins a command that was made concrete before.
    pub fn begin(&mut self, act: &Act, now: i64) {
        self.now = now;
        self.sends.clear();
        self.succeeded = None;
        let answer = self.take_and_notify(act);
        let sign_in = act.sign_in();
        if let Some(n) = sign_in {
            self.note_question(n, &answer);
        }
        let claims = sign_in.and_then(|n| self.claims(n));
        let sends = std::mem::take(&mut self.sends);
        self.expected = Some(Expected { answer, claims, sends });
    }

    pub fn expected(&self) -> Option<&Answer> {
        self.expected.as_ref().map(|expected| &expected.answer)
    }

    /// Replaces [`Model::heard`] after a failure: messages that left are learnt, and those that did
    /// not are no error.
    ///
    /// # Errors
    /// The secret that was shown and should not have been.
    pub fn survived(&mut self, mut given: Given) -> Result<(), String> {
        let Expected { answer, sends, .. } = self.expected.take().ok_or("nothing was asked")?;
        for send in sends {
            let (Send::Code { to, .. } | Send::Link { to }) = &send;
            if let Some(place) = given.messages.iter().position(|message| message.to == *to) {
                self.learn(send, given.messages.remove(place).secret);
            }
        }
        // Nobody has a token that was lost with its reply.
        match given.browser_token {
            Some(token) => self.learn_token(Some(token))?,
            None => self.succeeded = None,
        }
        // Codes that were lost with their reply are shown again in the same sign-in.
        if !given.recovery_codes.is_empty() {
            self.learn_codes(given.recovery_codes)?;
        }
        match given.secret {
            Some(secret) if answer == Answer::Secret => self.learn_app(secret),
            Some(secret) => self.learn_bypass(secret),
            None => Ok(()),
        }
    }

    /// Compares the outcome with the expected one, and learns codes and secrets from it.
    ///
    /// # Errors
    /// The difference, in words.
    pub fn heard(&mut self, given: Given) -> Result<(), String> {
        let expected = self.expected.take().ok_or("nothing was asked")?;
        let Expected { answer, claims, sends } = expected;
        if answer != given.answer {
            return Err(format!("expected {answer:?}\n     got {:?}", given.answer));
        }
        if given.claims.is_some() && given.claims != claims {
            return Err(format!("should assert {claims:?}, and asserts {:?}", given.claims));
        }
        let to = |(Send::Code { to, .. } | Send::Link { to }): &Send| to.clone();
        let wanted: Vec<String> = sends.iter().map(to).collect();
        let went: Vec<String> = given.messages.iter().map(|message| message.to.clone()).collect();
        if wanted != went {
            return Err(format!("messages should go to {wanted:?}, and went to {went:?}"));
        }
        for (send, Message { secret, .. }) in sends.into_iter().zip(given.messages) {
            self.learn(send, secret);
        }
        self.learn_token(given.browser_token)?;
        self.learn_codes(given.recovery_codes)?;
        match given.secret {
            Some(secret) if answer == Answer::Secret => self.learn_app(secret),
            Some(secret) => self.learn_bypass(secret),
            None => Ok(()),
        }
    }

    /// Notes that the provider refused the message, which is then not charged.
    pub fn refused_by_provider(&mut self) {
        let sends = self.expected.as_mut().map(|expected| std::mem::take(&mut expected.sends));
        for send in sends.unwrap_or_default() {
            match send {
                Send::Code { sign_in, n, to } => self.take_back(sign_in, Some(n), &to),
                Send::Link { .. } => self.ticket = None,
            }
        }
    }

    pub fn activity(&self) -> &[&'static str] {
        let surplus = self.entries.len().saturating_sub(10);
        self.entries.get(surplus..).unwrap_or_default()
    }

    fn learn(&mut self, send: Send, secret: String) {
        match send {
            Send::Code { sign_in, n, .. } => {
                if let Some(sign_in) = self.sign_ins.get_mut(sign_in) {
                    sign_in.sent.push(secret.clone());
                    for code in sign_in.good.iter_mut().filter(|code| code.n == n) {
                        code.text = Some(secret.clone());
                    }
                }
            }
            Send::Link { .. } => {
                if let Some(ticket) = &mut self.ticket {
                    ticket.text = Some(secret.clone());
                }
                self.tickets.push(secret);
            }
        }
    }

    /// Checks that a secret shown again is the same one.
    fn learn_app(&mut self, secret: String) -> Result<(), String> {
        let sign_in = self.shows_secret_of.and_then(|n| self.sign_ins.get_mut(n));
        let Some(Pending::App(known)) = sign_in.and_then(|sign_in| sign_in.pending.as_mut()) else {
            return Err("a secret was shown that nothing waits for".to_owned());
        };
        if known.is_empty() {
            known.clone_from(&secret);
            self.secrets.push(secret);
            return Ok(());
        }
        if *known == secret { Ok(()) } else { Err("another secret was shown".to_owned()) }
    }

    fn learn_bypass(&mut self, code: String) -> Result<(), String> {
        let bypass = self.bypass.as_mut().ok_or("a bypass code was shown that nobody asked for")?;
        bypass.text = Some(code.clone());
        self.bypasses.push(code);
        Ok(())
    }

    pub(crate) fn step(&self) -> i64 {
        self.now.div_euclid(30)
    }

    /// Returns the first of these steps, counted from the present one, that has this code.
    pub(crate) fn app_step(&self, secret: &str, code: &str, steps: &[i64]) -> Option<i64> {
        let steps = steps.iter().map(|step| self.step() + step);
        steps.into_iter().find(|step| (self.totp)(secret, *step) == code)
    }

    pub(crate) fn note(&mut self, entry: &'static str) {
        self.caused.push(entry);
        self.entries.push(entry);
    }

    pub(crate) fn expect(&mut self, send: Send) {
        self.sends.push(send);
    }

    pub(crate) fn bound_now(&self) -> impl Iterator<Item = &Bound> {
        self.bound.iter().filter(|bound| bound.generation == self.generation)
    }

    pub(crate) fn verified(&self) -> Option<&String> {
        self.contact.email.as_ref().filter(|_| self.contact.verified && self.known)
    }

    pub(crate) fn bypass_now(&self) -> Option<&HandedOut> {
        self.bypass.as_ref().filter(|bypass| self.now < bypass.ends)
    }

    pub(crate) fn running(&self, n: usize) -> Result<&SignIn, Answer> {
        let sign_in = self.sign_ins.get(n).filter(|s| !s.forgotten && self.now < s.ends);
        sign_in.ok_or(Answer::Over)
    }

    /// Returns the sign-in, unless it has expired or ended.
    pub(crate) fn undecided(&self, n: usize) -> Result<&SignIn, Answer> {
        let sign_in = self.running(n)?;
        match sign_in.stage {
            Stage::Dead => Err(Answer::Refused("sign_in_dead", None)),
            Stage::In { .. } => Err(Answer::Refused("sign_in_done", None)),
            Stage::Open | Stage::MayEnrol | Stage::Recovering => Ok(sign_in),
        }
    }
}
