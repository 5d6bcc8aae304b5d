//! The door of the admins: who gives a password there, and how many wrong ones are judged.

use std::{fmt, net::IpAddr};

use super::SessionHash;
use crate::{BrowserId, Bucket, Timestamp, limits};

/// An address that one subscriber has all to itself: a whole one of IPv4, or the first 64 bits of
/// one of IPv6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubscriberAddress {
    /// The address is IPv4, also if it was written as IPv6 (RFC 4291, section 2.5.5.2).
    V4([u8; 4]),
    V6([u16; 4]),
    /// There was no gateway to say.
    Unknown,
}

impl SubscriberAddress {
    /// Reads the address that the gateway saw.
    pub fn of(address: Option<&str>) -> Self {
        let address = address.and_then(|text| text.parse::<IpAddr>().ok());
        match address.map(|address| address.to_canonical()) {
            Some(IpAddr::V4(address)) => Self::V4(address.octets()),
            Some(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                Self::V6([a, b, c, d])
            }
            None => Self::Unknown,
        }
    }
}

impl fmt::Display for SubscriberAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::V4([a, b, c, d]) => write!(f, "{a}.{b}.{c}.{d}"),
            Self::V6([a, b, c, d]) => write!(f, "{a:x}:{b:x}:{c:x}:{d:x}::/64"),
            Self::Unknown => f.write_str("an unknown address"),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Visitor {
    /// A browser in which this admin got in before.
    Known(BrowserId),
    /// A session of this admin in use, in which the password is changed.
    Session(SessionHash),
    /// Everybody else.
    Stranger(SubscriberAddress),
}

impl Visitor {
    /// The bucket that its wrong passwords are counted in.
    pub const fn bucket(&self) -> Bucket {
        match self {
            Self::Known(_) | Self::Session(_) => Bucket::Known,
            Self::Stranger(_) => Bucket::Strangers,
        }
    }

    /// Returns the name that it is counted under within the hour, besides the admin's.
    pub fn counted_as(&self) -> String {
        match self {
            Self::Known(browser) => format!("browser {browser}"),
            Self::Session(session) => format!("session {session}"),
            Self::Stranger(network) => network.to_string(),
        }
    }
}

/// The wrong passwords of a month, as far as the windows before this one use them up. What was
/// counted in these does not grow any more, so the limit of this one is exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordBudget {
    /// The wrong passwords that are judged in this window.
    pub left: u32,
    /// The moment there is room again, once they are used up.
    pub until: Timestamp,
}

impl PasswordBudget {
    /// Windows before the present one that count: with it, they cover a month.
    pub const WINDOWS_BEFORE: i64 =
        limits::MONTH_DAYS * limits::DAY_SECONDS / limits::PASSWORD_WINDOW_SECONDS;

    /// Returns what the wrong passwords of the windows before, the latest first, leave of the
    /// month.
    pub fn after(bucket: Bucket, windows_before: &[u32], now: Timestamp) -> Self {
        let used = windows_before.iter().fold(0_u32, |sum, window| sum.saturating_add(*window));
        let oldest = windows_before.iter().rposition(|wrong| *wrong > 0);
        let oldest = oldest.and_then(|place| i64::try_from(place + 1).ok()).unwrap_or(0);
        let window = now.unix().div_euclid(limits::PASSWORD_WINDOW_SECONDS) - oldest;
        let until = (window + Self::WINDOWS_BEFORE + 1) * limits::PASSWORD_WINDOW_SECONDS;
        Self {
            left: limits::WRONG_PASSWORDS.of(bucket).saturating_sub(used),
            until: Timestamp::from_unix(until),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);

    #[test]
    fn s33_admin_door_a_whole_slash_64_is_one_visitor_and_each_ipv4_address_is_one() {
        let network = |text| SubscriberAddress::of(Some(text)).to_string();
        for (address, counted) in [
            ("203.0.113.7", "203.0.113.7"),
            ("::ffff:203.0.113.7", "203.0.113.7"),
            ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
            ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
            ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
            ("::1", "0:0:0:0::/64"),
            ("", "an unknown address"),
            ("203.0.113.7, 10.0.0.1", "an unknown address"),
        ] {
            assert_eq!(network(address), counted);
        }
        assert_eq!(SubscriberAddress::of(None), SubscriberAddress::Unknown);
    }

    #[test]
    fn s33_admin_door_a_hundred_are_judged_in_any_thirty_days_however_they_are_spread() {
        assert_eq!(PasswordBudget::WINDOWS_BEFORE, 6);
        for in_a_window in [1, 3, 14, 15, 50, 100, 1_000] {
            let mut windows: Vec<u32> = vec![];
            for _ in 0..200 {
                let before: Vec<u32> = windows.iter().rev().take(6).copied().collect();
                let budget = PasswordBudget::after(Bucket::Strangers, &before, NOW);
                windows.push(budget.left.min(in_a_window));
            }
            let most = windows.windows(7).map(|month| month.iter().sum::<u32>()).max();
            assert!(most <= Some(100), "{in_a_window}: {most:?}");
            assert!(in_a_window > 14 || windows.iter().all(|window| *window == in_a_window));
        }
        let known = PasswordBudget::after(Bucket::Known, &[10, 0, 20], NOW);
        assert_eq!(known.left, 20);
    }

    #[test]
    fn there_is_room_again_when_the_oldest_window_no_longer_counts() {
        let this = NOW.unix() / limits::PASSWORD_WINDOW_SECONDS;
        for (windows, room) in [
            (vec![], this + 7),
            (vec![0; 6], this + 7),
            (vec![100], this + 6),
            (vec![0, 3, 0], this + 5),
            (vec![1, 0, 0, 0, 0, 1], this + 1),
        ] {
            let budget = PasswordBudget::after(Bucket::Strangers, &windows, NOW);
            assert_eq!(budget.until.unix(), room * limits::PASSWORD_WINDOW_SECONDS, "{windows:?}");
        }
    }

    #[test]
    fn known_browsers_and_sessions_are_counted_apart_from_strangers() {
        let visitors = [
            Visitor::Known(BrowserId::new([1; 8])),
            Visitor::Session(SessionHash::new([1; 32])),
            Visitor::Stranger(SubscriberAddress::V4([127, 0, 0, 1])),
        ];
        let buckets = visitors.each_ref().map(Visitor::bucket);
        assert_eq!(buckets, [Bucket::Known, Bucket::Known, Bucket::Strangers]);
        let [known, session, stranger] = visitors.each_ref().map(Visitor::counted_as);
        assert!(known.starts_with("browser ") && session.starts_with("session "));
        assert_eq!(stranger, "127.0.0.1");
    }
}
