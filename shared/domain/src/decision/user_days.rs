//! The users of a portal, counted from its list, and the counts that are kept by day.

use std::collections::BTreeMap;

use crate::ListedState;

/// The users of a portal's list by state. The list is in no order of people, so that a part of it
/// is a fair sample.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserCount {
    counts: BTreeMap<ListedState, u64>,
    /// The list goes on after what was counted.
    pub more: bool,
}

/// A count, as it is kept for a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserDay {
    pub users: u64,
    /// Those who have set something up that counts, or who use email always.
    pub enrolled: u64,
    /// Those who cannot get in until somebody helps them.
    pub shut_out: u64,
    /// The list went on.
    pub more: bool,
}

/// The counts of the last days on which somebody looked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserDays(BTreeMap<i64, UserDay>);

impl UserCount {
    pub fn add(&mut self, state: ListedState) {
        let counted = self.counts.entry(state).or_default();
        *counted = counted.saturating_add(1);
    }

    pub fn of(&self, state: ListedState) -> u64 {
        self.counts.get(&state).copied().unwrap_or(0)
    }

    fn sum(&self, is_in: impl Fn(ListedState) -> bool) -> u64 {
        let counts = self.counts.iter().filter(|(state, _)| is_in(**state));
        counts.map(|(_, count)| *count).fold(0, u64::saturating_add)
    }

    pub fn on_a_day(&self) -> UserDay {
        UserDay {
            users: self.sum(|_| true),
            enrolled: self.sum(ListedState::has_method),
            shut_out: self.sum(ListedState::is_shut_out),
            more: self.more,
        }
    }
}

impl UserDay {
    /// Returns the percentage of users who are enrolled; none without users.
    pub fn percent_enrolled(self) -> Option<u64> {
        self.enrolled.saturating_mul(100).checked_div(self.users)
    }
}

impl UserDays {
    /// The days that are kept: a view shows 90.
    pub const KEPT: usize = 100;

    /// Takes days, the newest of which are kept.
    pub fn new(days: impl IntoIterator<Item = (i64, UserDay)>) -> Self {
        let mut days: BTreeMap<i64, UserDay> = days.into_iter().collect();
        while days.len() > Self::KEPT {
            days.pop_first();
        }
        Self(days)
    }

    /// The same days with one more.
    #[must_use]
    pub fn with(self, day: i64, counted: UserDay) -> Self {
        Self::new(self.0.into_iter().chain([(day, counted)]))
    }

    pub fn on(&self, day: i64) -> Option<UserDay> {
        self.0.get(&day).copied()
    }

    /// The last count, with its day.
    pub fn last(&self) -> Option<(i64, UserDay)> {
        self.0.last_key_value().map(|(day, counted)| (*day, *counted))
    }

    pub fn days(&self) -> impl Iterator<Item = (i64, UserDay)> {
        self.0.iter().map(|(day, counted)| (*day, *counted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_user_counts_once_and_as_enrolled_or_shut_out_or_neither() {
        let mut count = UserCount::default();
        for state in ListedState::ALL {
            count.add(state);
        }
        count.add(ListedState::Enrolled);
        let day = count.on_a_day();
        assert_eq!((day.users, day.enrolled, day.shut_out), (11, 3, 3));
        assert_eq!(day.percent_enrolled(), Some(27));
        assert_eq!(UserCount::default().on_a_day().percent_enrolled(), None);
        for state in ListedState::ALL {
            assert!(!state.is_shut_out() || !state.has_method(), "{state:?}");
        }
    }

    #[test]
    fn the_newest_days_are_kept_and_a_day_once() {
        let day = |users| UserDay { users, enrolled: 0, shut_out: 0, more: false };
        let mut days = UserDays::default();
        for n in 0..150 {
            days = days.with(n, day(1)).with(n, day(2));
        }
        assert_eq!(days.days().count(), UserDays::KEPT);
        assert_eq!(
            (days.on(49), days.on(50), days.last()),
            (None, Some(day(2)), Some((149, day(2))))
        );
    }
}
