//! Browsers in which a user is not asked again for a while.

use crate::{
    Answer, Claims, Command, Device, DrawnPress, Guess, Method, Model, Token,
    history::DAY,
    press_commands::step,
    self_service::{enrolled, verify},
    settings::{Event, Worth},
    sign_in::{Asked, Point, Stage, Way},
};
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, any, prop_oneof},
    sample::select,
};

/// The terms of a portal for trusted browsers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrustTerms {
    pub days: i64,
    /// A passkey alone earns trust.
    pub by_passkey: bool,
}

/// The trust in a browser, from the proof that earned it.
#[derive(Clone, Debug)]
pub(crate) struct Trust {
    since: i64,
    days: i64,
    generation: u32,
    method: Method,
    by_record: bool,
    /// The passkey's authenticator checked the person, and copies can exist.
    passkey: Option<(bool, bool)>,
    /// The number of the newest token that was made for it.
    newest: u32,
    ended: bool,
}

/// The token that a success brings.
#[derive(Clone, Debug)]
pub(crate) enum NewToken {
    /// Of a browser that was not known, or was known otherwise.
    OfNewBrowser { since: i64, place: usize, trust: Option<Trust> },
    /// The newest of a trusted browser.
    Newest(usize),
}

/// The use of a token that a browser brings.
pub(crate) enum Brought {
    Nothing,
    Trusted(usize),
    Copied(usize),
}

impl Model {
    /// Makes one whose portal trusts browsers, on these terms.
    #[must_use]
    pub const fn with_trust(mut self, terms: TrustTerms) -> Self {
        self.trust_terms = Some(terms);
        self
    }

    fn trust_of(&self, browser: usize) -> Option<&Trust> {
        let trust = self.browsers.get(browser)?.trust.as_ref()?;
        let is_over = trust.ended || self.now - trust.since >= trust.days * DAY;
        Some(trust).filter(|_| !is_over)
    }

    /// Returns the worth of a token that a browser brings, and changes no counter.
    pub(crate) fn brought(&self, token: Option<&String>) -> Brought {
        let found = self.browsers.iter().enumerate().find_map(|(browser, issued)| {
            let (number, _) = issued.texts.iter().find(|(_, text)| Some(text) == token)?;
            Some((browser, issued, *number))
        });
        let Some((browser, issued, number)) = found else { return Brought::Nothing };
        let is_good = self.history.is_known(issued.place, issued.since, self.now);
        match self.trust_of(browser).filter(|_| is_good && number > 0) {
            None => Brought::Nothing,
            Some(trust) if number + 1 < trust.newest => Brought::Copied(browser),
            Some(_) => Brought::Trusted(browser),
        }
    }

    /// Uses up the newest token of a browser, or ends the trust in one that was copied.
    pub(crate) fn turn(&mut self, token: Option<&String>) {
        let brought = self.brought(token);
        let (Brought::Trusted(browser) | Brought::Copied(browser)) = brought else { return };
        let Some(issued) = self.browsers.get_mut(browser) else { return };
        let presented = issued.texts.iter().find(|(_, text)| Some(text) == token);
        let presented = presented.map_or(0, |(number, _)| *number);
        let Some(trust) = &mut issued.trust else { return };
        match brought {
            Brought::Copied(_) => {
                trust.ended = true;
                self.note("trust_copied");
            }
            Brought::Trusted(_) if presented == trust.newest => trust.newest += 1,
            Brought::Trusted(_) | Brought::Nothing => {}
        }
    }

    /// Returns the trust that lets a sign-in through without a question.
    pub(crate) fn trusted_at(&self, at: Point) -> Option<&Trust> {
        let terms = self.trust_terms?;
        if at.event != Event::Login || at.stage != Stage::Open {
            return None;
        }
        let trust = self.trust_of(at.trusted_in?)?;
        let is_young = self.now - trust.since < terms.days * DAY;
        let is_bound = |method| self.bound_now().any(|bound| bound.method == method);
        let insists = self.passkeys.terms.is_some_and(|terms| terms.insists);
        let is_enough = trust.method == Method::Passkey
            || !(terms.by_passkey || (insists && is_bound(Method::Passkey)));
        let is_asked = if trust.by_record {
            let has_email = self.verified().is_some();
            let is_there = match trust.method {
                Method::Email => has_email,
                Method::Sms => self.contact.phone.is_some(),
                Method::App | Method::Passkey => false,
            };
            self.preset.uses_record() && is_there && self.bound_now().next().is_none()
        } else {
            is_bound(trust.method) && self.enrolled_methods().contains(&trust.method)
        };
        let counts = trust.generation == self.generation
            && is_young
            && is_enough
            && is_asked
            && self.takes_shown(trust);
        counts.then_some(trust)
    }

    fn takes_shown(&self, trust: &Trust) -> bool {
        let Some((is_verified, can_be_copied)) = trust.passkey else { return true };
        let terms = self.passkeys.terms.unwrap_or_default();
        let is_refused = can_be_copied && terms.refuses_copies;
        (is_verified || !terms.checks_person) && !is_refused && !self.usable_passkeys().is_empty()
    }

    /// Trusts the browser of a sign-in that a proof has just ended, if the proof is the user's own.
    pub(crate) fn earn_trust(&mut self, n: usize, asked: Asked, way: &Way) {
        let (Some(terms), Some(sign_in)) = (self.trust_terms, self.sign_ins.get(n)) else { return };
        let is_login = sign_in.settings.event == Event::Login;
        let is_in = matches!(sign_in.stage, Stage::In { reason: "done", .. });
        let passkey = sign_in.settings.proof.as_ref().and_then(|proof| proof.passkey);
        let before = sign_in.trusted_in;
        let in_policy = !way.is_bound || self.enrolled_methods().contains(&way.method);
        let is_own = asked == Asked::Code && !way.stands_in && in_policy && is_login && is_in;
        if !is_own || (terms.by_passkey && way.method != Method::Passkey) {
            return;
        }
        let trust = Trust {
            since: self.now,
            days: terms.days,
            generation: self.generation,
            method: way.method,
            by_record: !way.is_bound,
            passkey,
            newest: 1,
            ended: false,
        };
        if let Some(NewToken::OfNewBrowser { since, place, .. }) = self.succeeded.take() {
            self.succeeded = Some(NewToken::OfNewBrowser { since, place, trust: Some(trust) });
        }
        let old = before.and_then(|browser| self.browsers.get_mut(browser));
        if let Some(old) = old.and_then(|issued| issued.trust.as_mut()) {
            old.ended = true;
        }
        // With the new one there are at most five.
        let live: Vec<usize> =
            (0..self.browsers.len()).filter(|b| self.trust_of(*b).is_some()).collect();
        let surplus = live.len().saturating_sub(4);
        for browser in live.into_iter().take(surplus) {
            let issued = self.browsers.get_mut(browser);
            if let Some(trust) = issued.and_then(|issued| issued.trust.as_mut()) {
                trust.ended = true;
            }
        }
        self.note("browser_trusted");
    }

    /// Notes which token an answer to a sign-in that let the user in brings: in a trusted browser
    /// its newest, unless the proof made a new one of trust.
    pub(crate) fn note_token(&mut self, n: usize) {
        let trusted_in = self.sign_ins.get(n).and_then(|sign_in| sign_in.trusted_in);
        let still = trusted_in.filter(|browser| self.trust_of(*browser).is_some());
        let is_new_trust =
            matches!(self.succeeded, Some(NewToken::OfNewBrowser { trust: Some(_), .. }));
        if let Some(browser) = still.filter(|_| !is_new_trust) {
            self.succeeded = Some(NewToken::Newest(browser));
        }
    }

    pub(crate) fn newest_of(&self, browser: usize) -> u32 {
        let trust = self.browsers.get(browser).and_then(|issued| issued.trust.as_ref());
        trust.map_or(0, |trust| trust.newest)
    }

    pub(crate) fn end_trust(&mut self) {
        for trust in self.browsers.iter_mut().filter_map(|issued| issued.trust.as_mut()) {
            trust.ended = true;
        }
    }

    /// Returns the facts for the assertion: those of the earlier proof.
    pub(crate) fn claims_of_trust(&self, browser: usize) -> Option<Claims> {
        let trust = self.browsers.get(browser)?.trust.as_ref()?;
        let acr = match trust.method.worth() {
            Worth::App => "app",
            Worth::Passkey => "passkey",
            Worth::Nothing | Worth::StandIn | Worth::SentCode | Worth::Vouched => "delivered",
        };
        let user = trust.passkey.is_some_and(|(is_verified, _)| is_verified);
        let synced = trust.passkey.map(|(_, can_be_copied)| can_be_copied);
        Some(Claims { mfa: "trusted_browser", acr, user, synced })
    }

    pub(crate) fn verify_and_trust(&mut self, n: usize, code: &str) -> Answer {
        self.remembers = true;
        let answer = self.verify(n, code, None, false);
        self.remembers = false;
        answer
    }

    pub(crate) fn use_passkey_and_trust(&mut self, n: usize, press: crate::Press) -> Answer {
        self.remembers = true;
        let answer = self.use_passkey(n, press);
        self.remembers = false;
        answer
    }
}

/// Returns the commands that earn trust, and use it twice.
fn earned() -> Vec<Command> {
    vec![
        Command::Wait(60),
        Command::Open(None),
        Command::UsePasskeyAndTrust(0, DrawnPress::good(Device::Bound(0))),
        Command::VerifyAndTrust(0, Guess::App(0, 0)),
        Command::Challenge(0, Method::Sms),
        Command::VerifyAndTrust(0, Guess::Here(0)),
        Command::OpenKnown(Token::Issued(0)),
        Command::Wait(3_600),
        Command::OpenKnown(Token::Issued(0)),
    ]
}

/// Returns the commands that use each of the last tokens, oldest first.
fn copied() -> Vec<Command> {
    let used = |back| vec![Command::OpenKnown(Token::Older(back)), Command::Wait(600)];
    let all = [earned(), used(0), used(0), used(2), used(0), used(3), used(0)];
    all.concat()
}

/// Draws commands to users whose browsers are trusted.
pub fn with_trust(at_least: usize, at_most: usize) -> impl Strategy<Value = Vec<Command>> {
    let back = || prop_oneof![8 => Just(0_usize), 2 => Just(1), 1 => 2_usize..5];
    let guess = select(vec![Guess::App(0, 0), Guess::Here(0), Guess::Here(0), Guess::Wrong]);
    let older = prop_oneof![4 => 0_usize..2, 1 => 2_usize..6].prop_map(Token::Older);
    let wait = select(vec![3_600_i64, 86_400, 86_400, 259_200, 604_800]);
    let known = || Command::OpenKnown(Token::Older(0));
    let bypass = verify(Guess::Bypass(0));
    let bypassed = vec![Command::IssueBypass, Command::Open(None), bypass, known()];
    let one = prop_oneof![
        14 => step(),
        4 => Just(earned()),
        2 => Just(copied()),
        6 => older.prop_map(|token| vec![Command::OpenKnown(token)]),
        3 => (back(), guess).prop_map(|(n, guess)| vec![Command::VerifyAndTrust(n, guess)]),
        3 => wait.prop_map(|seconds| vec![Command::Wait(seconds)]),
        1 => any::<bool>().prop_map(move |on| vec![Command::Switch(on), known()]),
        1 => Just(bypassed),
        1 => Just(vec![Command::Open(None), verify(Guess::Recovery(0)), Command::Open(None)]),
        1 => Just(vec![known(), Command::OpenAgain(0)]),
    ];
    vec(one, at_least..=at_most).prop_map(|drawn| {
        let first = [enrolled(), vec![Command::Wait(172_800)]].concat();
        first.into_iter().chain(drawn.into_iter().flatten()).collect()
    })
}

/// The same where the portal changes its terms, and methods leave the policy.
pub fn with_changing_trust(at_least: usize, at_most: usize) -> impl Strategy<Value = Vec<Command>> {
    let terms = prop_oneof![
        3 => (1_i64..9, any::<bool>())
            .prop_map(|(days, by_passkey)| Some(TrustTerms { days, by_passkey })),
        1 => Just(None),
    ];
    let changed = terms.prop_map(|terms| vec![Command::SetTrust(terms)]);
    let used = changed.prop_map(|mut changed| {
        changed.push(Command::OpenKnown(Token::Older(0)));
        changed
    });
    let own = select(vec![Some(Method::App), Some(Method::App), Some(Method::Sms)]);
    let left = own.prop_map(|own| {
        let terms = Some(crate::PasskeyTerms::default());
        vec![Command::SetMethods(terms, own), Command::OpenKnown(Token::Older(0))]
    });
    let base = with_trust(1, 2);
    let one = prop_oneof![6 => base, 2 => used, 1 => left];
    vec(one, at_least..=at_most).prop_map(|drawn| drawn.into_iter().flatten().collect())
}
