//! The history of one user, and the limits that follow from it.

use crate::{Method, PasswordProof};

pub(crate) const MINUTE: i64 = 60;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;

/// The side that something counts on: browsers that got in before, or everybody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Known,
    Strangers,
}

impl Side {
    /// Returns the sides on which there may be room, the own one first.
    const fn with_reserve(self) -> &'static [Self] {
        match self {
            Self::Known => &[Self::Known, Self::Strangers],
            Self::Strangers => &[Self::Strangers],
        }
    }

    const fn of(self, known: usize, strangers: usize) -> usize {
        match self {
            Self::Known => known,
            Self::Strangers => strangers,
        }
    }

    const fn wrong_per_day(self) -> usize {
        self.of(6, 14)
    }

    const fn wrong_per_month(self) -> usize {
        self.of(15, 35)
    }

    const fn wrong_in_a_row(self) -> usize {
        self.of(40, 60)
    }
}

/// A fact that a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    /// A wrong code, and the known browser it was typed in, if it was one when the sign-in opened.
    Wrong(Side, Option<usize>),
    /// A right code. In a known browser it counts for both sides.
    Right(Side),
    Reset,
    /// An enrolment after a recovery code ended every row.
    Recovered,
    Frozen,
    Erased,
    Unlocked,
    /// A changed password lifted the lock of strangers.
    Admitted,
    /// Holds the moment that the portal told of.
    PasswordChanged(i64, PasswordProof),
    Opened(Side),
    Charged(Side),
    GivenBack(Side),
    RecoveryWrong(Side),
}

/// A state in which no guess of a side is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lock {
    Until(i64),
    /// Until an admin unlocks or resets the user.
    UntilLifted,
}

impl Lock {
    /// Returns the seconds to wait, if waiting helps.
    pub(crate) const fn wait(self, now: i64) -> Option<i64> {
        match self {
            Self::Until(end) => Some(end - now),
            Self::UntilLifted => None,
        }
    }
}

/// Facts with their moments, oldest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct History(Vec<(i64, Fact)>);

impl History {
    pub(crate) fn add(&mut self, now: i64, fact: Fact) {
        self.0.push((now, fact));
    }

    pub(crate) const fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns the moments of the wrong codes in the current row of a side.
    fn row(&self, side: Side) -> Vec<i64> {
        let mut row = vec![];
        for (at, fact) in &self.0 {
            let ends = match fact {
                Fact::Wrong(of, _) => {
                    row.extend((*of == side).then_some(*at));
                    false
                }
                // No success ends a row that reached its limit.
                Fact::Right(of) => {
                    (*of == Side::Known || *of == side) && row.len() < side.wrong_in_a_row()
                }
                Fact::Reset | Fact::Recovered | Fact::Unlocked => true,
                Fact::Admitted => side == Side::Strangers,
                _ => false,
            };
            if ends {
                row.clear();
            }
        }
        row
    }

    /// Returns true after forty wrong codes in a row in known browsers.
    pub(crate) fn disables(&self) -> bool {
        self.row(Side::Known).len() >= Side::Known.wrong_in_a_row()
    }

    /// Returns the side that a guess in this browser counts on now. A known browser whose side is
    /// used up for the day or the month draws from the other.
    pub(crate) fn side(&self, browser: Option<usize>, now: i64) -> Side {
        let is_used_up = || {
            let ends = [self.day_ends(Side::Known, now), self.month_ends(Side::Known, now)];
            ends.into_iter().flatten().any(|end| now < end)
        };
        match browser {
            Some(browser) if !self.is_failing(browser) && !is_used_up() => Side::Known,
            _ => Side::Strangers,
        }
    }

    /// Returns the lock that holds for a guess in this browser.
    pub(crate) fn lock(&self, browser: Option<usize>, now: i64) -> Option<Lock> {
        self.lock_of(self.side(browser, now), now)
    }

    /// Returns the lock that holds for a guess that counts so often: too few are left of the day or
    /// of the month.
    pub(crate) fn lock_of_guesses(
        &self,
        browser: Option<usize>,
        times: usize,
        now: i64,
    ) -> Option<Lock> {
        let lock = self.lock(browser, now);
        if lock.is_some() || times < 2 {
            return lock;
        }
        let mut charged = self.clone();
        for _ in 1..times {
            charged.add(now, Fact::Wrong(charged.side(browser, now), None));
        }
        let side = charged.side(browser, now);
        let ends = [charged.day_ends(side, now), charged.month_ends(side, now)];
        ends.into_iter().flatten().filter(|end| now < *end).max().map(Lock::Until)
    }

    /// Returns the number of freezes since a place of the history, or `None` after a reset or an
    /// erasure.
    pub(crate) fn freezes_since(&self, place: usize) -> Option<usize> {
        let mut since = self.0.iter().skip(place).map(|(_, fact)| fact);
        let count = since.clone().filter(|fact| **fact == Fact::Frozen).count();
        let ended = since.any(|fact| matches!(fact, Fact::Reset | Fact::Erased));
        (!ended).then_some(count)
    }

    /// Returns true if guesses of one side at least are not judged.
    pub(crate) fn is_locked(&self, now: i64) -> bool {
        self.lock_of(Side::Known, now).or_else(|| self.lock_of(Side::Strangers, now)).is_some()
    }

    /// Returns the longest lock of a side that holds.
    pub(crate) fn lock_of(&self, side: Side, now: i64) -> Option<Lock> {
        if self.row(side).len() >= side.wrong_in_a_row() {
            return Some(Lock::UntilLifted);
        }
        let ends = [self.wait_ends(side), self.day_ends(side, now), self.month_ends(side, now)];
        ends.into_iter().flatten().filter(|end| now < *end).max().map(Lock::Until)
    }

    /// From the fifth wrong code in a row, the wait doubles from half a minute to an hour.
    fn wait_ends(&self, side: Side) -> Option<i64> {
        let row = self.row(side);
        let beyond = u32::try_from(row.len().checked_sub(5)?).unwrap_or(u32::MAX);
        let wait = if beyond > 7 { HOUR } else { HOUR.min(30 * 2_i64.pow(beyond)) };
        row.last().map(|last| last + wait)
    }

    /// The limit of a day does not count wrong codes before a success.
    fn day_ends(&self, side: Side, now: i64) -> Option<i64> {
        let within: Vec<i64> = self.row(side).into_iter().filter(|at| now - at < DAY).collect();
        let last_allowed = within.len().checked_sub(side.wrong_per_day())?;
        within.get(last_allowed).map(|at| at + DAY)
    }

    /// The limit of thirty whole days counts them whether or not a success followed.
    fn month_ends(&self, side: Side, now: i64) -> Option<i64> {
        let begins_anew = |fact: &Fact| {
            *fact == Fact::Unlocked || (side == Side::Strangers && *fact == Fact::Admitted)
        };
        let since = self.0.iter().rposition(|(_, fact)| begins_anew(fact)).map_or(0, |n| n + 1);
        let is_wrong = |fact: &Fact| matches!(fact, Fact::Wrong(of, _) if *of == side);
        let wrong = self.0.iter().skip(since).filter(|(_, fact)| is_wrong(fact));
        let days: Vec<i64> = wrong.map(|(at, _)| at.div_euclid(DAY)).collect();
        let within = |today: i64| days.iter().filter(|day| today - **day < 30).count();
        let today = now.div_euclid(DAY);
        if within(today) < side.wrong_per_month() {
            return None;
        }
        (today..).find(|day| within(*day) < side.wrong_per_month()).map(|day| day * DAY)
    }

    /// Returns true if five codes were wrong in a browser within the day that began with the first.
    /// The last four browsers with wrong codes are remembered.
    pub(crate) fn is_failing(&self, browser: usize) -> bool {
        /// A browser, its first wrong code, and their number.
        struct Remembered(usize, i64, u32);
        let mut all: Vec<Remembered> = vec![];
        for (at, fact) in &self.0 {
            match fact {
                Fact::Wrong(_, Some(typed_in)) => {
                    all.retain(|Remembered(_, since, wrong)| {
                        at - since < if *wrong < 5 { DAY } else { 180 * DAY }
                    });
                    let known = all.iter().position(|Remembered(of, ..)| of == typed_in);
                    let mut newest = known.map_or(Remembered(*typed_in, *at, 0), |n| all.remove(n));
                    newest.2 += 1;
                    all.push(newest);
                    let surplus = all.len().saturating_sub(4);
                    all.drain(..surplus);
                }
                Fact::Reset | Fact::Recovered | Fact::Unlocked => all.clear(),
                _ => {}
            }
        }
        all.iter().any(|Remembered(of, _, wrong)| *of == browser && *wrong >= 5)
    }

    /// Returns true if what a success at this place of the history gave to a browser is good.
    pub(crate) fn is_known(&self, place: usize, since: i64, now: i64) -> bool {
        let ended =
            |(_, fact): &(i64, Fact)| matches!(fact, Fact::Reset | Fact::Frozen | Fact::Erased);
        let outlived = self.password_change().is_none_or(|(told, _, _)| told < since);
        now - since < 180 * DAY && outlived && !self.0.iter().skip(place).any(ended)
    }

    /// Returns the last change of the password: the moment we were told, the one it happened at,
    /// and its proof.
    pub(crate) fn password_change(&self) -> Option<(i64, i64, PasswordProof)> {
        let known = self.0.iter().rev().take_while(|(_, fact)| *fact != Fact::Erased);
        known.into_iter().find_map(|(told, fact)| match fact {
            Fact::PasswordChanged(at, by) => Some((*told, *at, *by)),
            _ => None,
        })
    }

    /// Returns the method that proves nothing for a day, because the password was changed by it.
    pub(crate) fn barred(&self, now: i64) -> Option<Method> {
        let (told, _, by) = self.password_change()?;
        let recent = now - told < DAY;
        match by {
            PasswordProof::Email => recent.then_some(Method::Email),
            PasswordProof::Sms => recent.then_some(Method::Sms),
            PasswordProof::OldPassword | PasswordProof::Support => None,
        }
    }

    /// Locks are lifted twice within thirty days, by admins and changed passwords together.
    pub(crate) fn next_lift(&self, now: i64) -> Option<i64> {
        let is_lift = |fact: &Fact| matches!(fact, Fact::Unlocked | Fact::Admitted);
        let lifts = self.0.iter().filter(|(at, fact)| is_lift(fact) && now - at < 30 * DAY);
        let lifts: Vec<i64> = lifts.map(|(at, _)| *at).collect();
        (lifts.len() >= 2).then(|| lifts.first().map(|first| first + 30 * DAY)).flatten()
    }

    /// Returns the side on which one more sign-in can be opened: twenty of strangers and ten of
    /// known browsers in the hour that begins with the first.
    ///
    /// # Errors
    /// The moment there is room again.
    pub(crate) fn room_to_open(&self, side: Side, now: i64) -> Result<Side, i64> {
        self.room(side, |of| (Fact::Opened(of), of.of(10, 20)), HOUR, now)
    }

    /// Returns the side on which one more message can be sent: six and four in the hour that begins
    /// with the first.
    ///
    /// # Errors
    /// The moment there is room again.
    pub(crate) fn room_to_send(&self, side: Side, now: i64) -> Result<Side, i64> {
        self.room(side, |of| (Fact::Charged(of), of.of(4, 6)), HOUR, now)
    }

    /// Returns the side on which one more wrong recovery code is judged: a hundred of strangers and
    /// twenty of known browsers in the day that begins with the first.
    ///
    /// # Errors
    /// The moment there is room again.
    pub(crate) fn room_to_recover(&self, side: Side, now: i64) -> Result<Side, i64> {
        self.room(side, |of| (Fact::RecoveryWrong(of), of.of(20, 100)), DAY, now)
    }

    fn room(
        &self,
        side: Side,
        of: fn(Side) -> (Fact, usize),
        span: i64,
        now: i64,
    ) -> Result<Side, i64> {
        let mut soonest = i64::MAX;
        for side in side.with_reserve() {
            let (what, limit) = of(*side);
            match self.window_ends(what, limit, span, now) {
                None => return Ok(*side),
                Some(end) => soonest = soonest.min(end),
            }
        }
        Err(soonest)
    }

    fn window_ends(&self, what: Fact, limit: usize, span: i64, now: i64) -> Option<i64> {
        let (mut began, mut count) = (i64::MIN / 2, 0_usize);
        for (at, fact) in &self.0 {
            match (what, fact) {
                _ if *fact == what => {
                    if at - began >= span {
                        (began, count) = (*at, 0);
                    }
                    count += 1;
                }
                (Fact::Charged(side), Fact::GivenBack(of)) if side == *of => {
                    count = count.saturating_sub(1);
                }
                // With the user went the codes that these were guesses at.
                (Fact::RecoveryWrong(_), Fact::Erased) => count = 0,
                _ => {}
            }
        }
        (now - began < span && count >= limit).then_some(began + span)
    }
}
