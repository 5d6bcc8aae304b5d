//! The time to set something up, once a policy requires it.

use crate::{
    Command, Guess, Method, Model,
    history::DAY,
    self_service::{one, verify},
    settings::Event,
    sign_in::Point,
};
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, prop_oneof},
    sample::select,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GraceTerms {
    /// Through the day that is so many days after the beginning of 1970.
    Until(i64),
    SignIns(usize),
    Days(i64),
}

/// The use of a user's time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grace {
    pub(crate) terms: Option<GraceTerms>,
    /// The first sign-in that met it.
    met: Option<i64>,
    skips: usize,
    /// Something was bound, or made the default: there is no more time for anything.
    pub(crate) is_over: bool,
}

impl Model {
    /// Makes one whose portal gives its users time.
    #[must_use]
    pub const fn with_grace(mut self, terms: GraceTerms) -> Self {
        self.grace.terms = Some(terms);
        self
    }

    /// Returns true if a user who has to enrol may put it off.
    pub(crate) fn has_grace(&self, at: Point) -> bool {
        let Some(terms) = self.grace.terms.filter(|_| !self.preset.may_decline()) else {
            return false;
        };
        let is_left = match terms {
            GraceTerms::Until(day) => self.now.div_euclid(DAY) <= day,
            GraceTerms::Days(days) => {
                let met = self.grace.met.unwrap_or(self.now);
                self.now.div_euclid(DAY) <= met.div_euclid(DAY) + days
            }
            GraceTerms::SignIns(most) => self.grace.skips < most,
        };
        is_left && at.event == Event::Login && !self.grace.is_over && !self.is_guarded()
    }

    pub(crate) fn meet_grace(&mut self) {
        if self.grace.terms.is_some() && !self.preset.may_decline() {
            self.grace.met.get_or_insert(self.now);
        }
    }

    pub(crate) fn use_grace(&mut self) {
        self.meet_grace();
        self.grace.skips += 1;
    }
}

/// Returns the commands that put it off in two sign-ins at once.
fn put_off_twice() -> Vec<Command> {
    vec![
        Command::Open(None),
        Command::Open(None),
        Command::Skip(1),
        Command::Skip(0),
        Command::Look(0),
    ]
}

fn step() -> impl Strategy<Value = Vec<Command>> {
    let emailed = [Command::Open(None), Command::Challenge(0, Method::Email)];
    let emailed = [&emailed[..], &[verify(Guess::Here(0)), Command::Skip(0)]].concat();
    prop_oneof![
        12 => one(),
        6 => Just(vec![Command::Open(None), Command::Skip(0)]),
        3 => Just(put_off_twice()),
        3 => Just(emailed),
        4 => select(vec![3_600_i64, 43_200, 86_400, 172_800]).prop_map(|s| vec![Command::Wait(s)]),
        1 => Just(vec![Command::Switch(false), Command::Open(None), Command::Switch(true)]),
        1 => Just(vec![Command::Erase, Command::Open(None), Command::Skip(0)]),
        1 => Just(vec![Command::Reset, Command::Open(None), Command::Skip(0)]),
    ]
}

/// Draws commands to users who have time to set something up.
pub fn with_grace(at_least: usize, at_most: usize) -> impl Strategy<Value = Vec<Command>> {
    drawn(vec(step(), at_least..=at_most))
}

/// The same where the portal changes how much time it gives.
pub fn with_changing_grace(at_least: usize, at_most: usize) -> impl Strategy<Value = Vec<Command>> {
    let terms = prop_oneof![
        select(vec![-1_i64, 0, 3, 30]).prop_map(|day| Some(GraceTerms::Until(20_833 + day))),
        (1_usize..5).prop_map(|sign_ins| Some(GraceTerms::SignIns(sign_ins))),
        (1_i64..5).prop_map(|days| Some(GraceTerms::Days(days))),
        Just(None),
    ];
    let changed = terms.prop_map(|terms| vec![Command::SetGrace(terms), Command::Open(None)]);
    drawn(vec(prop_oneof![10 => step(), 1 => changed], at_least..=at_most))
}

fn drawn(steps: impl Strategy<Value = Vec<Vec<Command>>>) -> impl Strategy<Value = Vec<Command>> {
    steps.prop_map(|steps| steps.into_iter().flatten().collect())
}
