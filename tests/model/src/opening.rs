//! Opening a sign-in, alone or with a code that is typed beside the password.

use crate::{
    Answer, Contact, Method, Model,
    history::{Fact, Side},
    settings::Event,
    sign_in::{Point, SignIn, Stage},
    trust::Brought,
};

/// The nonce belongs to a sign-in for something else.
const OTHER_EVENT: Answer = Answer::Refused("bad_request", None);

impl Model {
    pub(crate) fn open(
        &mut self,
        n: usize,
        ticket: Option<&String>,
        contact: &Contact,
        browser: Option<&String>,
        event: Event,
    ) -> Answer {
        if let Ok(running) = self.running(n) {
            let is_same = running.settings.event == event;
            return if is_same { self.find_again(n) } else { OTHER_EVENT };
        }
        if let Err(refused) = self.begin_sign_in(n, ticket, contact, browser, event) {
            return refused;
        }
        self.send_unasked(n);
        self.shown(n)
    }

    /// Opens a sign-in, or finds it again, with a code that is for the app alone.
    pub(crate) fn open_with_code(
        &mut self,
        n: usize,
        contact: &Contact,
        browser: Option<&String>,
        code: &str,
    ) -> Answer {
        let running = self.running(n);
        if running.is_ok_and(|running| running.settings.event != Event::Login) {
            return OTHER_EVENT;
        }
        let is_new = self.running(n).is_err();
        if is_new && let Err(refused) = self.begin_sign_in(n, None, contact, browser, Event::Login)
        {
            return refused;
        }
        match self.check_opened(n, code) {
            Some(answer) => answer,
            None if is_new => {
                self.send_unasked(n);
                self.shown(n)
            }
            None => self.find_again(n),
        }
    }

    fn begin_sign_in(
        &mut self,
        n: usize,
        ticket: Option<&String>,
        contact: &Contact,
        browser: Option<&String>,
        event: Event,
    ) -> Result<(), Answer> {
        let token = browser;
        let known = self.known_browser(token);
        let (browser, trusted_in) = match self.brought(token) {
            Brought::Trusted(trusted) => (known, known.filter(|known| *known == trusted)),
            Brought::Nothing => (known, None),
            Brought::Copied(_) => (None, None),
        };
        let at = Point { trusted_in, ..Point::of(event.at_first()) };
        if self.bypass_now().is_none()
            && !(self.enabled && self.recovers())
            && !self.outlasts_locks(at)
            && self.trusted_at(at).is_none()
            && let Some(lock) = self.history.lock(browser, self.now)
        {
            return Err(Answer::Refused("locked", lock.wait(self.now)));
        }
        let side = if browser.is_some() { Side::Known } else { Side::Strangers };
        let charged = match self.history.room_to_open(side, self.now) {
            Ok(charged) => charged,
            Err(until) => {
                return Err(Answer::Refused("too_many_sign_ins", Some(until - self.now)));
            }
        };
        let spends = match ticket {
            None => false,
            Some(given) => {
                let good = self.ticket.as_ref().filter(|ticket| self.now < ticket.ends);
                if good.and_then(|ticket| ticket.text.as_ref()) != Some(given) {
                    return Err(Answer::Refused("ticket_refused", None));
                }
                true
            }
        };
        self.turn(token);
        self.learn_contact(contact);
        self.make_room(side);
        let new = SignIn::new(self.history.len(), browser, event, self.now);
        self.history.add(self.now, Fact::Opened(charged));
        if self.sign_ins.len() <= n {
            self.sign_ins.push(new.clone());
        }
        if let Some(place) = self.sign_ins.get_mut(n) {
            *place = SignIn { sent: std::mem::take(&mut place.sent), trusted_in, ..new };
            if spends {
                place.stage = Stage::MayEnrol;
            }
        }
        if spends {
            self.ticket = None;
            self.note("ticket_spent");
        }
        self.settle(n);
        self.note_trusted(n);
        Ok(())
    }

    /// Answers the nonce of a sign-in that is there.
    fn find_again(&mut self, n: usize) -> Answer {
        let looked = self.look(n);
        if let Answer::View(_) = looked {
            self.note_trusted(n);
        }
        looked
    }

    /// An answer to a sign-in that trust let through brings the browser's newest token.
    fn note_trusted(&mut self, n: usize) {
        let is_through =
            |sign_in: &SignIn| matches!(sign_in.stage, Stage::In { reason: "trusted_browser", .. });
        if self.running(n).is_ok_and(is_through) {
            self.note_token(n);
        }
    }

    /// Keeps three sign-ins of each side: the oldest of least worth makes room.
    fn make_room(&mut self, side: Side) {
        let now = self.now;
        let mut kept: Vec<&mut SignIn> = self
            .sign_ins
            .iter_mut()
            .filter(|s| !s.forgotten && now < s.ends && s.side() == side)
            .collect();
        if kept.len() >= 3
            && let Some(goes) = kept.iter_mut().min_by_key(|s| (s.worth(now), s.age))
        {
            goes.forgotten = true;
        }
    }

    /// Checks the app's code that came with the opening of a sign-in. Returns `None` if the code is
    /// not looked at, because no app is asked for or the user has to wait.
    fn check_opened(&mut self, n: usize, code: &str) -> Option<Answer> {
        let sign_in = self.running(n).ok()?;
        let (at, browser) = (sign_in.point(), sign_in.browser);
        let lock = self.history.lock(browser, self.now);
        match at.stage {
            Stage::In { reason: "done", .. } => Some(match self.lock_of_apps(browser) {
                Some(lock) => Answer::Refused("locked", lock.wait(self.now)),
                // The answer to the code that ended it may have been lost.
                None if self.is_last_accepted(code) => self.shown(n),
                None => self.count(n, "code_wrong", self.apps()),
            }),
            Stage::In { .. } | Stage::Dead => None,
            Stage::Open | Stage::MayEnrol | Stage::Recovering => {
                self.proof(at, Method::App).filter(|_| lock.is_none())?;
                let checked = self.try_verify(n, code, Some(Method::App), false);
                Some(checked.map_or_else(|refused| refused, |_| self.shown(n)))
            }
        }
    }
}
