//! A command as it is taken.

use crate::{Act, Answer, Model, settings::Event};

impl Act {
    /// Returns the number of the sign-in that it is about.
    pub const fn sign_in(&self) -> Option<usize> {
        match self {
            Self::Open { sign_in: n, .. }
            | Self::OpenSettings { sign_in: n, .. }
            | Self::StepUp { sign_in: n, .. }
            | Self::Remove(n, _)
            | Self::RenewCodes(n)
            | Self::OpenWithCode { sign_in: n, .. }
            | Self::Look(n)
            | Self::Challenge(n, _)
            | Self::Verify { sign_in: n, .. }
            | Self::Enrol(n, ..)
            | Self::Confirm(n, _)
            | Self::UsePasskey(n, _)
            | Self::MakePasskey(n, _)
            | Self::AnswerOffer(n, _)
            | Self::VerifyAndTrust(n, _)
            | Self::UsePasskeyAndTrust(n, _)
            | Self::Skip(n) => Some(*n),
            Self::Wait(_)
            | Self::OptIn
            | Self::UnsetDefault
            | Self::SetContact(_)
            | Self::ChangePassword { .. }
            | Self::Reset
            | Self::Unlock
            | Self::ClearSkip
            | Self::IssueBypass
            | Self::Erase
            | Self::Freeze { .. }
            | Self::SetPasskeyTerms(_)
            | Self::MoveTo(_)
            | Self::SetMethods(..)
            | Self::SetGrace(_)
            | Self::SetTrust(_)
            | Self::Switch(_) => None,
        }
    }
}

impl Model {
    pub(crate) fn take(&mut self, act: &Act) -> Answer {
        match act {
            Act::Wait(_) => Answer::Done,
            Act::Open { sign_in, ticket, contact, browser } => {
                let (ticket, browser) = (ticket.as_ref(), browser.as_ref());
                self.open(*sign_in, ticket, contact, browser, Event::Login)
            }
            Act::OpenSettings { sign_in, contact, browser } => {
                self.open(*sign_in, None, contact, browser.as_ref(), Event::Manage)
            }
            Act::StepUp { sign_in, contact, browser, acr } => {
                self.open(*sign_in, None, contact, browser.as_ref(), Event::StepUp(*acr))
            }
            Act::Remove(n, which) => self.remove(*n, *which),
            Act::RenewCodes(n) => self.renew_codes(*n),
            Act::Freeze { link, .. } => self.freeze(*link),
            Act::UsePasskey(n, press) => self.use_passkey(*n, *press),
            Act::MakePasskey(n, press) => self.make_passkey(*n, *press),
            Act::AnswerOffer(n, accepts) => self.answer_offer(*n, *accepts),
            Act::SetPasskeyTerms(terms) => {
                self.passkeys.terms = Some(*terms);
                Answer::Done
            }
            Act::SetMethods(passkeys, own) => {
                (self.passkeys.terms, self.terms.own) = (*passkeys, *own);
                Answer::Done
            }
            Act::VerifyAndTrust(n, code) => self.verify_and_trust(*n, code),
            Act::UsePasskeyAndTrust(n, press) => self.use_passkey_and_trust(*n, *press),
            Act::SetTrust(terms) => {
                self.trust_terms = *terms;
                Answer::Done
            }
            Act::SetGrace(terms) => {
                self.grace.terms = *terms;
                Answer::Done
            }
            Act::MoveTo(domain) => {
                self.passkeys.domain = *domain;
                Answer::Done
            }
            Act::OpenWithCode { sign_in, contact, browser, code } => {
                self.open_with_code(*sign_in, contact, browser.as_ref(), code)
            }
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
            Act::ChangePassword { contact, at, by } => self.change_password(contact, *at, *by),
            Act::Reset => self.reset(),
            Act::Unlock => self.unlock(),
            Act::ClearSkip => self.clear_skip(),
            Act::IssueBypass => self.issue_bypass(),
            Act::Erase => self.erase(),
            Act::Switch(on) => self.switch(*on),
        }
    }
}
