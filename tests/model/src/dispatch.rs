//! Sending codes and links.

use crate::{
    Answer, Method, Model,
    account::{HandedOut, Send},
    history::{DAY, Fact, HOUR, MINUTE, Side},
    settings::Worth,
    sign_in::{Asked, Code, NO_EMAIL, NOTHING_TO_MANAGE, Pending, Point},
    step_up::CANNOT_STEP_UP,
};

impl Model {
    /// Returns the stage and the next step of a sign-in, unless it has ended.
    pub(crate) fn may_go_on(&self, n: usize) -> Result<(Point, Asked), Answer> {
        let next = self.next_step(n)?;
        match self.lock_in(self.running(n)?) {
            Some(lock) => Err(Answer::Refused("locked", lock.wait(self.now))),
            None => Ok(next),
        }
    }

    /// Does the same for a passkey, which nobody guesses: locks of codes keep none out.
    pub(crate) fn may_use(&self, n: usize) -> Result<(Point, Asked), Answer> {
        let (at, _) = self.next_step(n)?;
        if self.outlasts_locks(at) { self.next_step(n) } else { self.may_go_on(n) }
    }

    fn next_step(&self, n: usize) -> Result<(Point, Asked), Answer> {
        let at = self.undecided(n)?.point();
        let asked = self.asked(at);
        match asked {
            Asked::Denied(NO_EMAIL | NOTHING_TO_MANAGE | CANNOT_STEP_UP) => {
                Err(Answer::Refused("no_usable_method", None))
            }
            Asked::Denied(why) => Err(Answer::Refused(why, None)),
            Asked::Nothing(_) | Asked::Link => Err(Answer::Refused("another_step", None)),
            Asked::Code
            | Asked::OldCode
            | Asked::CodeBefore
            | Asked::RecoveryCode
            | Asked::Enrolment { .. } => Ok((at, asked)),
        }
    }

    pub(crate) fn challenge(&mut self, n: usize, method: Method) -> Answer {
        self.try_challenge(n, method).unwrap_or_else(|refused| refused)
    }

    fn try_challenge(&mut self, n: usize, method: Method) -> Result<Answer, Answer> {
        if method == Method::Passkey {
            return self.choose_passkey(n);
        }
        let (at, _) = self.may_go_on(n)?;
        let wants_app = self.running(n)?.wants_app;
        let has_app = self.proof(at, Method::App).is_some();
        // An emailed code opens no enrolment beside something stronger.
        let may_enrol = has_app || self.strongest(i64::MAX) <= Worth::StandIn;
        let app_instead = self.default_counts(at) && self.enabled && self.has_own(Method::App);
        let is_behind =
            self.proving(self.running(n)?).is_some() || self.proof(at, Method::Passkey).is_some();
        let app_instead = (app_instead && may_enrol) || (has_app && is_behind);
        if method == Method::App && app_instead && !wants_app {
            if let Some(sign_in) = self.sign_ins.get_mut(n) {
                (sign_in.wants_app, sign_in.wants_passkey) = (true, false);
            }
            return Ok(Answer::AppChosen);
        }
        let to = self.proof(at, method).and_then(|way| way.to);
        let to = to.ok_or(Answer::Refused("method_not_offered", None))?;
        self.send(n, method, &to, false)?;
        if let Some(sign_in) = self.sign_ins.get_mut(n) {
            (sign_in.wants_app, sign_in.wants_passkey) = (false, false);
            sign_in.enrolling = None;
        }
        Ok(Answer::Sent)
    }

    /// Sends the code of a sign-in that opens: to the saved default, or to the only bound way; or
    /// the link, if one is due. A limit suppresses it.
    pub(crate) fn send_unasked(&mut self, n: usize) {
        let Ok(sign_in) = self.undecided(n) else { return };
        let (at, browser, side) = (sign_in.point(), sign_in.browser, sign_in.side());
        let ways = self.ways(at);
        let way = match ways.as_slice() {
            _ if self.default_counts(at) => self.proof(at, Method::Email),
            [only] if only.is_bound => Some(only.clone()),
            _ => None,
        };
        let is_locked = self.history.lock(browser, self.now).is_some();
        let way = way.filter(|_| !is_locked);
        if let Some((method, to)) = way.and_then(|way| Some((way.method, way.to?))) {
            let _refused = self.send(n, method, &to, false);
        }
        if self.asked(at) == Asked::Link {
            self.mail_link(side);
        }
    }

    fn mail_link(&mut self, side: Side) {
        let Some(to) = self.link_address() else { return };
        let mailed = |ticket: &HandedOut| ticket.ends - 30 * MINUTE;
        let recent =
            self.ticket.as_ref().is_some_and(|ticket| self.now - mailed(ticket) < 5 * MINUTE);
        let Ok(charged) = self.history.room_to_send(side, self.now) else { return };
        if recent {
            return;
        }
        if let Some((began, _)) = self.shared_limit(&to, false) {
            self.hold_back(&to, began);
            return;
        }
        self.count_shared(&to, false);
        self.ticket = Some(HandedOut { text: None, ends: self.now + 30 * MINUTE });
        self.history.add(self.now, Fact::Charged(charged));
        self.note("link_requested");
        self.note("link_sent");
        self.expect(Send::Link { to });
    }

    fn send(&mut self, n: usize, method: Method, to: &str, enrols: bool) -> Result<(), Answer> {
        let now = self.now;
        let side = self.running(n)?.side();
        let charged = match enrols {
            true => side,
            false => {
                let room = self.history.room_to_send(side, now);
                room.map_err(|until| Answer::Refused("send_limit", Some(until - now)))?
            }
        };
        let Some(sign_in) = self.sign_ins.get_mut(n) else { return Err(Answer::Over) };
        if sign_in.sends >= 5 {
            return Err(Answer::Refused("no_sends_left", None));
        }
        let again = sign_in
            .good
            .last()
            .is_some_and(|code| code.method == method && code.to.eq_ignore_ascii_case(to));
        if let Some(last) = sign_in.last_send.filter(|last| again && now - last < 30) {
            return Err(Answer::Refused("resend_too_soon", Some(last + 30 - now)));
        }
        if let Some((began, until)) = self.shared_limit(to, enrols) {
            self.hold_back(to, began);
            return Err(Answer::Refused("send_limit", Some(until - now)));
        }
        self.count_shared(to, enrols);
        let Some(sign_in) = self.sign_ins.get_mut(n) else { return Err(Answer::Over) };
        sign_in.sends += 1;
        sign_in.last_send = Some(now);
        sign_in.last_charged = charged;
        // The same code while more than half of its five minutes is left.
        let same = |c: &Code| {
            c.method == method
                && c.to.eq_ignore_ascii_case(to)
                && c.enrols == enrols
                && (c.ends - now) * 2 > 300
        };
        let same = sign_in.good.iter().rposition(same);
        let code = match same {
            Some(place) => sign_in.good.remove(place),
            None => {
                sign_in.issued += 1;
                let ends = sign_in.ends.min(now + 300);
                let (n, to) = (sign_in.issued, to.to_owned());
                Code { n, method, to, enrols, ends, text: None, forgiven: false }
            }
        };
        let number = code.n;
        sign_in.good.push(code);
        if sign_in.good.len() > 2 {
            sign_in.good.remove(0);
        }
        if !enrols {
            self.history.add(now, Fact::Charged(charged));
        }
        self.note("code_requested");
        self.note("code_sent");
        self.expect(Send::Code { sign_in: n, n: number, to: to.to_owned() });
        Ok(())
    }

    /// Gives the charge of a message back that was surely not sent, but not the old code that it
    /// replaced. The wait for the next one goes, too.
    pub(crate) fn take_back(&mut self, n: usize, fresh: Option<usize>, to: &str) {
        self.note("code_not_sent");
        let Some(sign_in) = self.sign_ins.get_mut(n) else { return };
        let enrols = sign_in.good.iter().any(|code| Some(code.n) == fresh && code.enrols);
        if !enrols {
            self.history.add(self.now, Fact::GivenBack(sign_in.last_charged));
        }
        sign_in.sends -= 1;
        sign_in.last_send = None;
        if let Some(number) = fresh {
            sign_in.good.retain(|code| code.n != number);
            if matches!(&sign_in.pending, Some(Pending::Destination(_, own)) if own == to) {
                sign_in.pending = None;
            }
        }
    }

    /// Returns the window of a limit that holds a message back, by the clock: three new
    /// destinations a day, and three codes an hour to each; of the sixty emails or twenty texts an
    /// hour to any other, a fifth where no code from it got the user in.
    fn shared_limit(&self, to: &str, enrols: bool) -> Option<(i64, i64)> {
        let shared = self.shared.as_ref()?;
        let (day, hour) = (self.now.div_euclid(DAY), self.now.div_euclid(HOUR));
        let to = to.to_ascii_lowercase();
        let this_hour = (hour * HOUR, (hour + 1) * HOUR);
        if !enrols {
            let within =
                |(at, known, _): &&(i64, String, bool)| at.div_euclid(HOUR) == hour && *known == to;
            let sent: Vec<_> = shared.confirmed.iter().filter(within).collect();
            let open = sent.iter().filter(|(_, _, kept)| !kept).count();
            let (limit, part) = if to.contains('@') { (60, 12) } else { (20, 4) };
            let full = sent.len() >= limit || (open >= part && !self.is_proven(&to));
            return full.then_some(this_hour);
        }
        let mut today = shared.tried.iter().filter(|(of, _)| *of == day).map(|(_, to)| to);
        if today.clone().count() >= 3 && !today.any(|known| *known == to) {
            return Some((day * DAY, (day + 1) * DAY));
        }
        let sent = shared.unconfirmed.iter().filter(|(of, known)| *of == hour && *known == to);
        (sent.count() >= 3).then_some(this_hour)
    }

    /// A destination that a code got the user in from is one for ten messages a day.
    fn is_proven(&self, to: &String) -> bool {
        let day = self.now.div_euclid(DAY);
        let today = |(at, known, kept): &&(i64, String, bool)| {
            at.div_euclid(DAY) == day && known == to && *kept
        };
        let confirmed = self.shared.iter().flat_map(|shared| &shared.confirmed);
        self.proven.contains(to) && confirmed.filter(today).count() < 10
    }

    fn count_shared(&mut self, to: &str, enrols: bool) {
        let to = to.to_ascii_lowercase();
        let (now, kept) = (self.now, self.is_proven(&to));
        let Some(shared) = &mut self.shared else { return };
        if !enrols {
            shared.confirmed.push((now, to, kept));
            return;
        }
        let new = (now.div_euclid(DAY), to.clone());
        if !shared.tried.contains(&new) {
            shared.tried.push(new);
        }
        shared.unconfirmed.push((now.div_euclid(HOUR), to));
    }

    /// The first message that is held back in a window is an entry, as long as it is among the
    /// ten that are kept. All addresses of a persona are shown alike.
    fn hold_back(&mut self, to: &str, began: i64) {
        let shown = if to.contains('@') { "an address" } else { to };
        let (now, place) = (self.now, self.entries.len());
        let Some(shared) = &mut self.shared else { return };
        let known = shared
            .held_back
            .iter()
            .any(|(at, known, of)| *at >= began && known == shown && of + 10 >= place);
        if !known {
            shared.held_back.push((now, shown.to_owned(), place));
            self.note("send_limited");
        }
    }

    pub(crate) fn enrol(&mut self, n: usize, method: Method, to: Option<&String>) -> Answer {
        self.try_enrol(n, method, to).unwrap_or_else(|refused| refused)
    }

    fn try_enrol(
        &mut self,
        n: usize,
        method: Method,
        to: Option<&String>,
    ) -> Result<Answer, Answer> {
        self.may_enrol(n, method)?;
        self.shows_secret_of = Some(n);
        let before = self.running(n)?.pending.clone();
        let pending = match to {
            None if method == Method::Passkey => match &before {
                Some(begun @ Pending::Passkey(_)) => Some(begun.clone()),
                _ => Some(self.begin_passkey()),
            },
            None if matches!(before, Some(Pending::App(_))) => before.clone(),
            None => Some(Pending::App(String::new())),
            Some(to) => Some(Pending::Destination(method, to.clone())),
        };
        let chosen = self.running(n)?.enrolling;
        if let Some(sign_in) = self.sign_ins.get_mut(n) {
            sign_in.pending = pending;
            sign_in.enrolling = Some(method);
        }
        let Some(to) = to else {
            let known = || self.passkeys_here();
            let is_passkey = method == Method::Passkey;
            return Ok(if is_passkey { Answer::NewPasskey(known()) } else { Answer::Secret });
        };
        self.send(n, method, to, true).map(|()| Answer::Sent).inspect_err(|_| {
            // Refused before it was charged: nothing has changed.
            if let Some(sign_in) = self.sign_ins.get_mut(n) {
                sign_in.pending = before;
                sign_in.enrolling = chosen;
            }
        })
    }
}
