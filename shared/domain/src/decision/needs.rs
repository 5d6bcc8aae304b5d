//! The things about a portal that need somebody's attention, the most urgent first.

use crate::{
    Channel, Method, Portal, Settings, Timestamp,
    passkey::ServiceAddress,
    settings::Caps,
    user::{DayNumbers, EntryKind, Figure},
};

/// A thing about a portal that somebody should look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PortalNeed {
    /// Its users set up passkeys alone, and there is no page where they can.
    NobodyEnrols,
    /// Its policy has a method that nothing is sent by.
    NoProvider(Channel),
    /// A full cap held messages back, in the days that were looked at.
    HeldBack,
    /// A day's messages came near the cap.
    CapNear(Channel),
    /// An API key expires within a month.
    KeyExpires,
}

/// The percentage of a cap from which on it is near.
const NEAR: u64 = 80;

impl PortalNeed {
    /// Looks at a portal, and at the numbers of its last days.
    pub fn of(
        portal: &Portal,
        settings: &Settings,
        service: &ServiceAddress,
        now: Timestamp,
        days: &[DayNumbers],
    ) -> Vec<Self> {
        let settings = &portal.sending.within(settings);
        let mut needs = vec![];
        if portal.check_enrolment(settings, service).is_err() {
            needs.push(Self::NobodyEnrols);
        }
        let cannot = |method: Method| {
            portal.policy.enabled && portal.policy.has(method) && !settings.can_deliver(method)
        };
        let without = Channel::ALL.into_iter().filter(|channel| cannot(channel.method()));
        needs.extend(without.map(Self::NoProvider));
        if days.iter().any(|day| day.of_kind(EntryKind::SendLimited) > 0) {
            needs.push(Self::HeldBack);
        }
        let near = Channel::ALL.into_iter().filter(|channel| {
            days.iter().any(|day| {
                is_near(messages_sent(day, *channel), daily_cap(&settings.caps, *channel))
            })
        });
        needs.extend(near.map(Self::CapNear));
        if portal.keys.iter().any(|key| key.expires_soon(now)) {
            needs.push(Self::KeyExpires);
        }
        needs
    }
}

/// The messages of a day that a cap counts: codes and links that were sent, or may have been.
pub fn messages_sent(day: &DayNumbers, channel: Channel) -> u64 {
    day.of_method(Figure::Sent, channel.method())
}

pub const fn daily_cap(caps: &Caps, channel: Channel) -> u32 {
    match channel {
        Channel::Email => caps.emails_per_portal_per_day,
        Channel::Sms => caps.texts_per_portal_per_day,
    }
}

fn is_near(sent: u64, cap: u32) -> bool {
    sent > 0 && sent.saturating_mul(100) >= u64::from(cap).saturating_mul(NEAR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cap_is_near_from_four_fifths_on() {
        for (sent, cap, near) in [(79, 100, false), (80, 100, true), (0, 0, false), (7, 0, true)] {
            assert_eq!(is_near(sent, cap), near, "{sent} of {cap}");
        }
    }

    #[test]
    fn the_most_urgent_need_is_the_first() {
        let needs = [
            PortalNeed::NobodyEnrols,
            PortalNeed::NoProvider(Channel::Sms),
            PortalNeed::HeldBack,
            PortalNeed::CapNear(Channel::Email),
            PortalNeed::KeyExpires,
        ];
        assert!(needs.is_sorted());
    }
}
