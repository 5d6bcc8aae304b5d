//! The history of one user, and the limits that follow from it.

pub(crate) const MINUTE: i64 = 60;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;

/// A fact that a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    Wrong,
    /// Something that ends a row of wrong codes: a right one, or a reset.
    RowEnds,
    Unlocked,
    Opened,
    Charged,
    GivenBack,
}

/// Facts with their moments, oldest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct History(Vec<(i64, Fact)>);

impl History {
    pub(crate) fn add(&mut self, now: i64, fact: Fact) {
        self.0.push((now, fact));
    }

    pub(crate) fn count_of(&self, what: Fact) -> usize {
        self.0.iter().filter(|(_, fact)| *fact == what).count()
    }

    /// Returns the moments of the wrong codes in the current row.
    fn row(&self) -> Vec<i64> {
        let ends = |fact: &Fact| matches!(fact, Fact::RowEnds | Fact::Unlocked);
        let since = self.0.iter().rposition(|(_, fact)| ends(fact)).map_or(0, |last| last + 1);
        self.0
            .iter()
            .skip(since)
            .filter(|(_, fact)| *fact == Fact::Wrong)
            .map(|(at, _)| *at)
            .collect()
    }

    /// True after a hundred wrong codes in a row.
    pub(crate) fn disables(&self) -> bool {
        self.row().len() >= 100
    }

    /// Returns the end of the longest wait that holds.
    pub(crate) fn locked_until(&self, now: i64) -> Option<i64> {
        let ends = [self.wait_ends(), self.day_ends(now), self.month_ends(now)];
        ends.into_iter().flatten().filter(|end| now < *end).max()
    }

    /// From the fifth wrong code in a row, the wait doubles from half a minute to an hour.
    fn wait_ends(&self) -> Option<i64> {
        let row = self.row();
        let beyond = u32::try_from(row.len().checked_sub(5)?).unwrap_or(u32::MAX);
        let wait = if beyond > 7 { HOUR } else { HOUR.min(30 * 2_i64.pow(beyond)) };
        row.last().map(|last| last + wait)
    }

    /// The limit of twenty wrong codes a day, not counting those before a success.
    fn day_ends(&self, now: i64) -> Option<i64> {
        let within: Vec<i64> = self.row().into_iter().filter(|at| now - at < DAY).collect();
        let twentieth = within.len().checked_sub(20)?;
        within.get(twentieth).map(|at| at + DAY)
    }

    /// The limit of fifty in thirty whole days, successes or not.
    fn month_ends(&self, now: i64) -> Option<i64> {
        let unlocked = self.0.iter().rposition(|(_, fact)| *fact == Fact::Unlocked);
        let since = unlocked.map_or(0, |last| last + 1);
        let wrong = self.0.iter().skip(since).filter(|(_, fact)| *fact == Fact::Wrong);
        let days: Vec<i64> = wrong.map(|(at, _)| at.div_euclid(DAY)).collect();
        let within = |today: i64| days.iter().filter(|day| today - **day < 30).count();
        let today = now.div_euclid(DAY);
        if within(today) < 50 {
            return None;
        }
        (today..).find(|day| within(*day) < 50).map(|day| day * DAY)
    }

    /// Two unlocks are allowed within thirty days.
    pub(crate) fn next_unlock(&self, now: i64) -> Option<i64> {
        let unlocks =
            self.0.iter().filter(|(at, fact)| *fact == Fact::Unlocked && now - at < 30 * DAY);
        let unlocks: Vec<i64> = unlocks.map(|(at, _)| *at).collect();
        (unlocks.len() >= 2).then(|| unlocks.first().map(|first| first + 30 * DAY)).flatten()
    }

    /// Thirty sign-ins are allowed in the hour that begins with the first.
    pub(crate) fn next_opening(&self, now: i64) -> Option<i64> {
        self.next(now, Fact::Opened, 30)
    }

    /// Ten messages are allowed in the hour that begins with the first.
    pub(crate) fn next_message(&self, now: i64) -> Option<i64> {
        self.next(now, Fact::Charged, 10)
    }

    fn next(&self, now: i64, what: Fact, limit: u32) -> Option<i64> {
        let (mut began, mut count) = (i64::MIN / 2, 0_u32);
        for (at, fact) in &self.0 {
            if *fact == what {
                if at - began >= HOUR {
                    (began, count) = (*at, 0);
                }
                count += 1;
            } else if *fact == Fact::GivenBack && what == Fact::Charged {
                count = count.saturating_sub(1);
            }
        }
        (now - began < HOUR && count >= limit).then_some(began + HOUR)
    }
}
