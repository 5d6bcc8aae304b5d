//! The settings of the user, recovery codes, and the links of notices.

use super::{Driver, Learnt, Reply, answers::answer};
use crate::harness::{Browser, Page};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use portcullis_model::Answer;
use serde_json::Value;

pub(super) fn recovery_codes(reply: &Reply) -> Vec<String> {
    let codes = reply.body["recovery_codes"]["codes"].as_array();
    let code = |code: &Value| code.as_str().unwrap().to_owned();
    codes.map(|codes| codes.iter().map(code).collect()).unwrap_or_default()
}

fn pressed_answer(page: &Page) -> Answer {
    match page.status {
        303 => Answer::Done,
        409 => Answer::Refused("conflict", None),
        410 => Answer::Refused("freeze_link_refused", None),
        503 => Answer::Refused("unavailable", None),
        _ => panic!("{page:?}"),
    }
}

/// Returns true for a link of a bypass code that was issued at this moment.
fn is_of(link: &str, at: i64) -> bool {
    let Some((_, id)) = link.split_once("_bypass_issued_") else { return false };
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(id).unwrap();
    // After its form, its key's version and the user's locator.
    bytes[21..26] == at.to_be_bytes()[3..]
}

impl Driver<'_> {
    /// Returns the id of what is bound at a place of the settings, or of nothing if they are not
    /// open. Looking at the settings of a user who is not in would write.
    ///
    /// # Errors
    /// The answer that the service was unavailable.
    pub(super) async fn listed(&self, n: usize, which: usize) -> Result<String, Answer> {
        let nothing = "AAAAAAAAAAA".to_owned();
        if !self.settings.contains(&self.sign_ins[&n]) {
            return Ok(nothing);
        }
        let looked = self.portal.get(&self.path(n, "")).await;
        if looked.status == 503 {
            return Err(answer(&looked, |_| Answer::Done));
        }
        let id = &looked.body["settings"]["authenticators"][which]["id"];
        Ok(id.as_str().map_or(nothing, str::to_owned))
    }

    /// Presses the link of a notice of this moment, which has come.
    pub(super) async fn press(&mut self, number: usize, to: &str, at: i64) -> Answer {
        let link = match self.pressed.get(&number) {
            Some(link) => link.clone(),
            None => self.freeze_link(to, at),
        };
        self.pressed.insert(number, link.clone());
        let browser = Browser::new(self.world);
        let page = browser.open(&link).await;
        match page.status {
            200 if page.says("name=\"form\"") => {
                let pressed = browser.post(&link, &[("form", &page.form())]).await;
                pressed_answer(&pressed)
            }
            // It says that it was pressed before.
            200 => Answer::Done,
            _ => pressed_answer(&page),
        }
    }

    fn freeze_link(&self, to: &str, at: i64) -> String {
        // Whatever else came belongs to no command.
        assert_eq!(self.messages(), vec![]);
        let links = self.links.lock().unwrap();
        let found = links.iter().rfind(|(of, link)| of == to && is_of(link, at));
        let (_, link) = found.unwrap_or_else(|| panic!("no link of {at} was mailed to {to}"));
        link.clone()
    }

    pub(super) async fn change(&mut self, n: usize, change: Value, learnt: &mut Learnt) -> Answer {
        let reply = self.portal.post(&self.path(n, "/settings"), change).await;
        learnt.shown(&reply);
        self.seen(n, &reply)
    }
}
