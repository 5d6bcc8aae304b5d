//! Makes a drawn command concrete: chooses its sign-in and its input.

use crate::{Act, Command, DrawnPress, Guess, Model, freeze::FreezeLink, recovery::RECOVERY_CODE};

impl Model {
    pub(crate) fn act(&self, command: &Command) -> Option<Act> {
        let place = |back: usize| {
            let last = self.sign_ins.len().checked_sub(1)?;
            Some(last.saturating_sub(back))
        };
        Some(match command {
            Command::Wait(seconds) => Act::Wait(*seconds),
            Command::Open(ticket) => {
                let ticket = ticket.and_then(|back| self.tickets.iter().rev().nth(back).cloned());
                self.opening(self.sign_ins.len(), ticket, None)
            }
            Command::OpenKnown(token) => {
                self.opening(self.sign_ins.len(), None, self.token(*token))
            }
            Command::OpenAgain(back) => self.opening(place(*back)?, None, None),
            Command::OpenWithCode { again, token, guess } => {
                let sign_in = match again {
                    Some(back) => place(*back)?,
                    None => self.sign_ins.len(),
                };
                Act::OpenWithCode {
                    sign_in,
                    contact: self.contact.clone(),
                    browser: token.and_then(|token| self.token(token)),
                    code: self.six_digits(sign_in, guess),
                }
            }
            Command::Look(back) => Act::Look(place(*back)?),
            Command::Challenge(back, method) => Act::Challenge(place(*back)?, *method),
            Command::Verify { sign_in, guess, by, make_default } => {
                let sign_in = place(*sign_in)?;
                let code = self.typed(sign_in, guess);
                Act::Verify { sign_in, code, by: *by, make_default: *make_default }
            }
            Command::Enrol(back, method, second) => {
                Act::Enrol(place(*back)?, *method, self.persona.own(*method, *second))
            }
            Command::Confirm(back, guess) => {
                let sign_in = place(*back)?;
                Act::Confirm(sign_in, self.six_digits(sign_in, guess))
            }
            Command::Skip(back) => Act::Skip(place(*back)?),
            Command::OptIn => Act::OptIn,
            Command::UnsetDefault => Act::UnsetDefault,
            Command::SetContact(which) => Act::SetContact(self.persona.contact(*which)),
            Command::ChangePassword(ago, by) => {
                Act::ChangePassword { contact: self.contact.clone(), at: self.now - ago, by: *by }
            }
            Command::Reset => Act::Reset,
            Command::Unlock => Act::Unlock,
            Command::ClearSkip => Act::ClearSkip,
            Command::IssueBypass => Act::IssueBypass,
            Command::Erase => Act::Erase,
            Command::Switch(on) => Act::Switch(*on),
            Command::OpenSettings(token) => Act::OpenSettings {
                sign_in: self.sign_ins.len(),
                contact: self.contact.clone(),
                browser: token.and_then(|token| self.token(token)),
            },
            Command::StepUp(token, acr) => Act::StepUp {
                sign_in: self.sign_ins.len(),
                contact: self.contact.clone(),
                browser: token.and_then(|token| self.token(token)),
                acr: *acr,
            },
            Command::Remove(back, which) => {
                let bound = self.bound_now().count().checked_sub(1)?;
                Act::Remove(place(*back)?, (*which).min(bound))
            }
            Command::RenewCodes(back) => Act::RenewCodes(place(*back)?),
            Command::Freeze(back) => {
                let link = self.link_at_hand(*back)?;
                let FreezeLink { to, at, .. } = self.links.get(link)?.clone();
                Act::Freeze { link, to, at }
            }
            Command::UsePasskey(back, press) => {
                let (n, answers) = self.press_places(*back, press)?;
                self.using(n, answers, press)
            }
            Command::MakePasskey(back, press) => {
                let (n, answers) = self.press_places(*back, press)?;
                self.making(n, answers, press)
            }
            Command::AnswerOffer(back, accepts) => Act::AnswerOffer(place(*back)?, *accepts),
            Command::SetPasskeyTerms(terms) => Act::SetPasskeyTerms(*terms),
            Command::SetMethods(passkeys, own) => Act::SetMethods(*passkeys, *own),
            Command::VerifyAndTrust(back, guess) => {
                let sign_in = place(*back)?;
                Act::VerifyAndTrust(sign_in, self.typed(sign_in, guess))
            }
            Command::UsePasskeyAndTrust(back, press) => {
                let (n, answers) = self.press_places(*back, press)?;
                match self.using(n, answers, press) {
                    Act::UsePasskey(n, press) => Act::UsePasskeyAndTrust(n, press),
                    other => other,
                }
            }
            Command::SetTrust(terms) => Act::SetTrust(*terms),
            Command::SetGrace(terms) => Act::SetGrace(*terms),
            Command::MoveTo(domain) => Act::MoveTo(*domain),
        })
    }

    fn press_places(&self, back: usize, press: &DrawnPress) -> Option<(usize, usize)> {
        let last = self.sign_ins.len().checked_sub(1)?;
        let place = |back: usize| last.saturating_sub(back);
        Some((place(back), place(press.answers.unwrap_or(back))))
    }

    fn opening(&self, sign_in: usize, ticket: Option<String>, browser: Option<String>) -> Act {
        Act::Open { sign_in, ticket, contact: self.contact.clone(), browser }
    }

    /// Returns what is typed where only six digits are taken.
    fn six_digits(&self, sign_in: usize, guess: &Guess) -> String {
        let typed = self.typed(sign_in, guess);
        if typed.len() == 6 { typed } else { self.wrong() }
    }

    fn typed(&self, sign_in: usize, guess: &Guess) -> String {
        let newest = |of: &[String], back: usize| of.iter().rev().nth(back).cloned();
        let found = match guess {
            Guess::App(back, steps) => {
                newest(&self.secrets, *back).map(|secret| (self.totp)(&secret, self.step() - steps))
            }
            Guess::Here(back) => self.sign_ins.get(sign_in).and_then(|s| newest(&s.sent, *back)),
            Guess::Anywhere(back) => {
                self.sign_ins.iter().flat_map(|s| &s.sent).rev().nth(*back).cloned()
            }
            Guess::Bypass(back) => newest(&self.bypasses, *back),
            Guess::WrongBypass => Some("ZZZZ-ZZZZ-ZZZZ-ZZZZ".to_owned()),
            Guess::Recovery(back) => newest(&self.recovery_codes, *back),
            Guess::WrongRecovery => Some(RECOVERY_CODE.to_owned()),
            Guess::Wrong => None,
        };
        found.unwrap_or_else(|| self.wrong())
    }

    /// Returns six digits that no app shows now, and that were never sent.
    fn wrong(&self) -> String {
        let sent: Vec<&String> = self.sign_ins.iter().flat_map(|sign_in| &sign_in.sent).collect();
        let is_right = |code: &String| {
            let step = self.step();
            let shown = |secret: &String| {
                (step - 2..=step + 2).any(|step| (self.totp)(secret, step) == *code)
            };
            sent.contains(&code) || self.secrets.iter().any(shown)
        };
        (0..).map(|n| format!("{n:06}")).find(|code| !is_right(code)).unwrap_or_default()
    }
}
