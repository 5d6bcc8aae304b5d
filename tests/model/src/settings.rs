//! Changes of a user's own settings, in a sign-in for that: for ten minutes after a proof in it
//! that is worth as much as anything bound.

use crate::{
    Acr, Answer, Method, Model,
    account::Bound,
    history::MINUTE,
    sign_in::{Asked, Point, SignIn, Stage, Way},
};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Event {
    #[default]
    Login,
    Manage,
    StepUp(Acr),
}

/// The worth of a proof, and of what is bound, in ascending order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Worth {
    Nothing,
    /// An emailed code that stands in for the app.
    StandIn,
    SentCode,
    App,
    Passkey,
    /// A recovery code or a bypass code, which stands for everything.
    Vouched,
}

impl Method {
    pub(crate) const fn worth(self) -> Worth {
        match self {
            Self::App => Worth::App,
            Self::Passkey => Worth::Passkey,
            Self::Email | Self::Sms => Worth::SentCode,
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Proof {
    pub(crate) at: i64,
    generation: u32,
    pub(crate) worth: Worth,
    by_recovery: bool,
    /// It was a code of something bound, or to the contact record.
    pub(crate) by_code: bool,
    /// The passkey's authenticator checked the person, and copies can exist.
    pub(crate) passkey: Option<(bool, bool)>,
}

impl Proof {
    pub(crate) const fn is_of(&self, generation: u32) -> bool {
        self.generation == generation
    }
}

/// The part of a sign-in that is about changes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    pub(crate) event: Event,
    /// The user took an offer to set something up.
    pub(crate) opened: bool,
    pub(crate) proof: Option<Proof>,
    pub(crate) ended: bool,
    pub(crate) changes: u8,
    pub(crate) last_change: Option<i64>,
}

impl Settings {
    /// Returns the seconds that a proof in it adds.
    pub(crate) const fn time(&self) -> i64 {
        if self.are_open() { 10 * MINUTE } else { 0 }
    }

    /// Returns true if changes can be made in it, once the user is in.
    pub(crate) const fn are_open(&self) -> bool {
        matches!(self.event, Event::Manage) || self.opened
    }

    pub(crate) fn is_by_recovery(&self) -> bool {
        self.proof.as_ref().is_some_and(|proof| proof.by_recovery)
    }
}

impl SignIn {
    pub(crate) const fn changes_settings(&self) -> bool {
        matches!(self.stage, Stage::In { .. }) && self.settings.are_open()
    }

    /// Opens the settings in a sign-in that let the user in, until ten minutes after that.
    pub(crate) fn open_settings(&mut self) {
        self.settings.opened = true;
        if let Stage::In { since, .. } = self.stage {
            self.ends = self.ends.max(since + self.settings.time());
        }
    }

    fn count_change(&mut self, now: i64) {
        self.settings.changes += 1;
        self.settings.last_change = Some(now);
    }
}

impl Model {
    pub(crate) fn note_proof(&mut self, n: usize, worth: Worth) {
        self.note_proof_by(n, worth, Stage::Open);
    }

    /// Notes the proof that let a user in, with the stage that it would lead to.
    pub(crate) fn note_proof_by(&mut self, n: usize, worth: Worth, stage: Stage) {
        let (at, generation) = (self.now, self.generation);
        let by_recovery = stage == Stage::Recovering;
        if let Some(sign_in) = self.sign_ins.get_mut(n) {
            let (by_code, passkey) = (false, None);
            let proof = Proof { at, generation, worth, by_recovery, by_code, passkey };
            sign_in.settings.proof = Some(proof);
        }
    }

    /// Returns the worth of the strongest thing that guards the account and is older than this
    /// moment. A saved default guards it too.
    pub(crate) fn strongest(&self, before: i64) -> Worth {
        let old = self.bound_now().filter(|bound| bound.since < before);
        let default = self.default.iter().filter(|made| made.generation == self.generation);
        let default = default.map(|_| Worth::StandIn);
        old.map(|bound| bound.method.worth()).chain(default).max().unwrap_or(Worth::Nothing)
    }

    pub(crate) fn may_change(&self, sign_in: &SignIn) -> bool {
        self.rights(sign_in).is_ok()
    }

    fn rights(&self, sign_in: &SignIn) -> Result<(), &'static str> {
        let settings = &sign_in.settings;
        match sign_in.stage {
            Stage::Dead => return Err("sign_in_dead"),
            Stage::Open | Stage::MayEnrol | Stage::Recovering => return Err("another_step"),
            Stage::In { .. } if !settings.are_open() => return Err("sign_in_done"),
            Stage::In { .. } => {}
        }
        if self.disabled {
            return Err("authenticator_disabled");
        }
        let proof = settings.proof.as_ref().ok_or("settings_closed")?;
        if self.asked(Point::MANAGE) == Asked::Link {
            return Err("settings_closed");
        }
        let holds = proof.generation == self.generation
            && proof.worth >= self.strongest(proof.at)
            && self.now - proof.at < 10 * MINUTE
            && !settings.ended
            && settings.changes < 20;
        if holds { Ok(()) } else { Err("settings_closed") }
    }

    pub(crate) fn check_rights(&self, n: usize) -> Result<(), Answer> {
        let refused = |why| Answer::Refused(why, None);
        self.rights(self.running(n)?).map_err(refused)
    }

    /// Checks that a method can be enrolled in a sign-in, because that is its next step or because
    /// the settings have room for it.
    pub(crate) fn may_enrol(&self, n: usize, method: Method) -> Result<(), Answer> {
        let another = Answer::Refused("another_step", None);
        if !self.running(n)?.changes_settings() {
            let (at, _) = self.may_go_on(n)?;
            let is_next = self.ways(at).iter().any(|way| way.enrols && way.method == method);
            return if is_next { Ok(()) } else { Err(another) };
        }
        self.check_rights(n)?;
        if !self.enrolled_methods().contains(&method) {
            return Err(another);
        }
        let full = Answer::Refused("too_many_authenticators", None);
        if self.has_room_for(method) { Ok(()) } else { Err(full) }
    }

    /// Two apps, three passkeys, and five of all. A new destination takes the place of the one that
    /// is bound.
    pub(crate) fn has_room_for(&self, method: Method) -> bool {
        let stays = |bound: &&Bound| !(method.is_sent() && bound.method == method);
        let same = self.bound_now().filter(stays).filter(|bound| bound.method == method);
        let most = match method {
            Method::App => 2,
            Method::Passkey => 3,
            Method::Email | Method::Sms => 1,
        };
        self.bound_now().filter(stays).count() < 5 && same.count() < most
    }

    /// Ends what was begun in every sign-in on the strength of what was bound before, but not the
    /// right to go on with changes in the one that made this change.
    pub(crate) fn end_rights(&mut self, but: Option<usize>) {
        for (n, sign_in) in self.sign_ins.iter_mut().enumerate() {
            (sign_in.pending, sign_in.enrolling) = (None, None);
            match sign_in.stage {
                Stage::MayEnrol | Stage::Recovering => sign_in.stage = Stage::Open,
                Stage::In { .. } => sign_in.settings.ended |= but != Some(n),
                Stage::Open | Stage::Dead => {}
            }
        }
    }

    fn note_change(&mut self, n: usize) {
        let now = self.now;
        if let Some(sign_in) = self.sign_ins.get_mut(n) {
            sign_in.count_change(now);
        }
    }

    /// Binds something beside what is bound. A destination replaces the one before.
    pub(crate) fn add_to_bound(&mut self, n: usize, new: Bound) {
        let (generation, method) = (new.generation, new.method);
        let goes = |bound: &Bound| {
            bound.generation == generation && bound.method == method && method.is_sent()
        };
        let replaced = self.bound.iter().filter(|bound| goes(bound)).count();
        self.bound.retain(|bound| !goes(bound));
        self.bound.retain(|bound| bound.generation == generation);
        self.bound.push(new);
        (self.reset_pending, self.skipped, self.ticket, self.link_only) = (false, None, None, None);
        self.end_rights(Some(n));
        let proven_at = self.sign_ins.get_mut(n).and_then(|sign_in| {
            sign_in.good.clear();
            sign_in.settings.is_by_recovery().then_some(sign_in.settings.proof.as_ref()?.at)
        });
        self.note_change(n);
        self.note("code_accepted");
        self.note("enrolled");
        (0..replaced).for_each(|_| self.note("authenticator_removed"));
        if replaced > 0 {
            self.end_trust();
        }
        // The set of a recovery code that led here ends, unless it was made since.
        let set_made_at = self.set.as_ref().map_or(i64::MIN, |set| set.made_at);
        self.make_codes_after_binding(proven_at.is_some_and(|at| set_made_at < at));
    }

    pub(crate) fn remove(&mut self, n: usize, which: usize) -> Answer {
        self.try_remove(n, which).unwrap_or_else(|refused| refused)
    }

    fn try_remove(&mut self, n: usize, which: usize) -> Result<Answer, Answer> {
        self.check_rights(n)?;
        let generation = self.generation;
        let mut current = self.bound.iter().enumerate().filter(|(_, b)| b.generation == generation);
        let found = current.nth(which).map(|(place, _)| place);
        let place = found.ok_or(Answer::Refused("authenticator_unknown", None))?;
        let removed = self.bound.remove(place);
        let is_required = self.enabled && !self.preset.may_decline();
        if is_required && !self.has_way_in() {
            self.bound.insert(place, removed);
            return Err(Answer::Refused("last_authenticator", None));
        }
        self.end_rights(Some(n));
        self.end_trust();
        self.note_change(n);
        self.note("authenticator_removed");
        Ok(self.shown(n))
    }

    /// One that cannot be used is no way in, and neither is an address that only stands in.
    fn has_way_in(&self) -> bool {
        let counts = |way: &Way| !way.stands_in || self.default_counts(Point::LOGIN);
        self.asked(Point::LOGIN) == Asked::Code && self.ways(Point::LOGIN).iter().any(counts)
    }

    pub(crate) fn renew_codes(&mut self, n: usize) -> Answer {
        self.try_renew_codes(n).unwrap_or_else(|refused| refused)
    }

    /// Makes new recovery codes in the settings, or right after one of the last three was used.
    fn try_renew_codes(&mut self, n: usize) -> Result<Answer, Answer> {
        let sign_in = self.running(n)?;
        let closed = Err(Answer::Refused("settings_closed", None));
        let may_have = self.terms.recovery_codes && self.bound_now().next().is_some();
        if sign_in.changes_settings() {
            self.check_rights(n)?;
            if !may_have {
                return Err(Answer::Refused("another_step", None));
            }
        } else {
            let is_in = matches!(sign_in.stage, Stage::In { .. });
            let few = self.current_set().is_some_and(|set| set.left() <= 3);
            let by_recovery = sign_in.settings.is_by_recovery();
            let ended = sign_in.settings.ended || self.disabled;
            if !(self.terms.self_service && is_in && by_recovery && few && may_have) || ended {
                return closed;
            }
        }
        self.note_change(n);
        self.end_rights(Some(n));
        self.make_codes();
        Ok(self.shown(n))
    }
}
