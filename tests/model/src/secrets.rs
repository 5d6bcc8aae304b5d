//! Everything that was given to somebody.

use crate::{Model, sign_in::SignIn};

/// Every secret that was given to somebody, oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secrets {
    pub browser_tokens: Vec<String>,
    pub tickets: Vec<String>,
    pub bypass_codes: Vec<String>,
    pub recovery_codes: Vec<String>,
    pub freeze_links: usize,
    pub apps: Vec<String>,
    pub codes: Vec<(usize, String)>,
    pub sign_ins: usize,
    /// The authenticators of the passkeys that are bound.
    pub passkeys: Vec<usize>,
}

impl Model {
    /// Returns every secret so far, good or not.
    pub fn secrets(&self) -> Secrets {
        let sent = |(n, sign_in): (usize, &SignIn)| {
            sign_in.sent.iter().map(move |code| (n, code.clone())).collect::<Vec<_>>()
        };
        Secrets {
            browser_tokens: self
                .browsers
                .iter()
                .filter_map(|browser| Some(browser.texts.last()?.1.clone()))
                .collect(),
            tickets: self.tickets.clone(),
            bypass_codes: self.bypasses.clone(),
            recovery_codes: self.recovery_codes.clone(),
            freeze_links: self.links.len(),
            apps: self.secrets.clone(),
            codes: self.sign_ins.iter().enumerate().flat_map(sent).collect(),
            sign_ins: self.sign_ins.len(),
            passkeys: self.usable_passkeys(),
        }
    }
}
