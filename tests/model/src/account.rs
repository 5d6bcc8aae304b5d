//! One user's account: what is bound, chosen and known, and how a command is taken.

use crate::{
    Act, Answer, Command, Contact, Given, Message, Method, Persona, Preset,
    history::History,
    notices::Notice,
    sign_in::{Pending, SignIn, Stage},
};

/// Something bound.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    pub(crate) generation: u32,
    pub(crate) method: Method,
    /// The app's secret, or the destination.
    pub(crate) of: String,
    /// The last step that was accepted.
    pub(crate) last_step: i64,
}

/// "Always use email".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EmailDefault {
    pub(crate) generation: u32,
    /// The address it was chosen for.
    pub(crate) to: String,
}

/// A secret that was handed out, and until when it is good.
#[derive(Clone, Debug)]
pub(crate) struct HandedOut {
    pub(crate) text: Option<String>,
    pub(crate) ends: i64,
    pub(crate) wrong: u8,
}

/// Destinations that were tried, each with its day, and codes that were sent to them, each with its hour.
pub(crate) type Tried = (Vec<(i64, String)>, Vec<(i64, String)>);

/// What has to follow the command under way.
#[derive(Clone, Debug)]
struct Expected {
    answer: Answer,
    sends: Vec<Send>,
}

/// A message that has to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Send {
    /// A code of a sign-in.
    Code { sign_in: usize, n: usize, to: String },
    /// A link to enrol again.
    Link { to: String },
}

/// One user of one portal.
#[derive(Clone)]
pub struct Model {
    pub(crate) preset: Preset,
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
    pub(crate) history: History,
    pub(crate) sign_ins: Vec<SignIn>,
    pub(crate) ticket: Option<HandedOut>,
    pub(crate) bypass: Option<HandedOut>,
    /// None where nobody counts them.
    pub(crate) tried: Option<Tried>,
    pub(crate) entries: Vec<&'static str>,
    /// What the command under way has caused so far.
    pub(crate) caused: Vec<&'static str>,
    /// Whom the user was told at, of what.
    pub(crate) told: Vec<Notice>,
    pub(crate) totp: fn(&str, i64) -> String,
    pub(crate) secrets: Vec<String>,
    pub(crate) tickets: Vec<String>,
    pub(crate) bypasses: Vec<String>,
    sends: Vec<Send>,
    /// The sign-in whose enrolment shows a secret.
    pub(crate) shows_secret_of: Option<usize>,
    expected: Option<Expected>,
}

impl Model {
    /// A user nothing is known of, under a preset. `totp` is the code of a secret and a step; `counts_destinations` says
    /// whether the limits per destination are in force where the commands go.
    pub fn new(
        preset: Preset,
        persona: Persona,
        totp: fn(&str, i64) -> String,
        counts_destinations: bool,
    ) -> Self {
        Self {
            preset,
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
            history: History::default(),
            sign_ins: vec![],
            ticket: None,
            bypass: None,
            tried: counts_destinations.then(<_>::default),
            entries: vec![],
            caused: vec![],
            told: vec![],
            totp,
            secrets: vec![],
            tickets: vec![],
            bypasses: vec![],
            sends: vec![],
            shows_secret_of: None,
            expected: None,
        }
    }

    /// What a command comes to now, where it comes to anything; [`Model::heard`] has to follow.
    pub fn next(&mut self, command: &Command, now: i64) -> Option<Act> {
        self.now = now;
        let act = self.act(command)?;
        self.begin(&act, now);
        Some(act)
    }

    /// The same with a command that was drawn before.
    pub fn begin(&mut self, act: &Act, now: i64) {
        self.now = now;
        self.sends.clear();
        let answer = self.take_and_tell(act);
        self.expected = Some(Expected { answer, sends: std::mem::take(&mut self.sends) });
    }

    /// What should be answered to the command under way.
    pub fn expected(&self) -> Option<&Answer> {
        self.expected.as_ref().map(|expected| &expected.answer)
    }

    /// Instead of [`Model::heard`] where something failed on the way: the messages that left all the same are learnt, and
    /// those that did not are no reproach.
    ///
    /// # Errors
    /// A secret was shown that should not be.
    pub fn survived(&mut self, mut given: Given) -> Result<(), String> {
        let Expected { answer, sends } = self.expected.take().ok_or("nothing was asked")?;
        for send in sends {
            let (Send::Code { to, .. } | Send::Link { to }) = &send;
            if let Some(place) = given.messages.iter().position(|message| message.to == *to) {
                self.learn(send, given.messages.remove(place).secret);
            }
        }
        match given.secret {
            Some(secret) if answer == Answer::Secret => self.learn_app(secret),
            Some(secret) => self.learn_bypass(secret),
            None => Ok(()),
        }
    }

    /// Compares what the product did with what it should have done, and learns the codes and secrets it drew.
    ///
    /// # Errors
    /// What differs, in words.
    pub fn heard(&mut self, given: Given) -> Result<(), String> {
        let Expected { answer, sends } = self.expected.take().ok_or("nothing was asked")?;
        if answer != given.answer {
            return Err(format!("expected {answer:?}\n     got {:?}", given.answer));
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
        match given.secret {
            Some(secret) if answer == Answer::Secret => self.learn_app(secret),
            Some(secret) => self.learn_bypass(secret),
            None => Ok(()),
        }
    }

    /// Before either of them: what should have left was refused by the provider, and is not charged.
    pub fn refused_by_provider(&mut self) {
        let sends = self.expected.as_mut().map(|expected| std::mem::take(&mut expected.sends));
        for send in sends.unwrap_or_default() {
            match send {
                Send::Code { sign_in, n, to } => self.take_back(sign_in, Some(n), &to),
                Send::Link { .. } => self.ticket = None,
            }
        }
    }

    /// What the user's activity should say, oldest first.
    pub fn activity(&self) -> &[&'static str] {
        let surplus = self.entries.len().saturating_sub(20);
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

    /// A secret that is shown again is the one it was.
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

    /// The newest of this step and the one before whose code this is.
    pub(crate) fn app_step(&self, secret: &str, code: &str) -> Option<i64> {
        let step = self.step();
        [step, step - 1].into_iter().find(|step| (self.totp)(secret, *step) == code)
    }

    pub(crate) fn note(&mut self, entry: &'static str) {
        self.caused.push(entry);
        self.entries.push(entry);
    }

    pub(crate) fn expect(&mut self, send: Send) {
        self.sends.push(send);
    }

    /// What is bound now.
    pub(crate) fn bound_now(&self) -> impl Iterator<Item = &Bound> {
        self.bound.iter().filter(|bound| bound.generation == self.generation)
    }

    pub(crate) fn verified(&self) -> Option<&String> {
        self.contact.email.as_ref().filter(|_| self.contact.verified && self.known)
    }

    pub(crate) fn bypass_now(&self) -> Option<&HandedOut> {
        self.bypass.as_ref().filter(|bypass| self.now < bypass.ends && bypass.wrong < 5)
    }

    pub(crate) fn take(&mut self, act: &Act) -> Answer {
        match act {
            Act::Wait(_) => Answer::Done,
            Act::Open { sign_in, ticket, contact } => self.open(*sign_in, ticket.as_ref(), contact),
            Act::Look(n) => self.look(*n),
            Act::Challenge(n, method) => self.challenge(*n, *method),
            Act::Verify { sign_in, code, by, make_default } => {
                self.verify(*sign_in, code, *by, *make_default)
            }
            Act::Enrol(n, method, to) => self.enrol(*n, *method, to.as_ref()),
            Act::Confirm(n, code) => self.confirm(*n, code),
            Act::Skip(n) => self.skip(*n),
            Act::OptIn => self.opt_in(),
            Act::UnsetDefault => self.unset_default(),
            Act::SetContact(contact) => self.set_contact(contact),
            Act::Reset => self.reset(),
            Act::Unlock => self.unlock(),
            Act::ClearSkip => self.clear_skip(),
            Act::IssueBypass => self.issue_bypass(),
            Act::Erase => self.erase(),
            Act::Switch(on) => self.switch(*on),
        }
    }

    /// The sign-in, if there is time left in it.
    pub(crate) fn running(&self, n: usize) -> Result<&SignIn, Answer> {
        let sign_in = self.sign_ins.get(n).filter(|s| !s.forgotten && self.now < s.ends);
        sign_in.ok_or(Answer::Over)
    }

    /// The sign-in, if anything can still be done in it.
    pub(crate) fn undecided(&self, n: usize) -> Result<&SignIn, Answer> {
        let sign_in = self.running(n)?;
        match sign_in.stage {
            Stage::Dead => Err(Answer::Refused("sign_in_dead", None)),
            Stage::In { .. } => Err(Answer::Refused("sign_in_done", None)),
            Stage::Open | Stage::MayEnrol => Ok(sign_in),
        }
    }
}
