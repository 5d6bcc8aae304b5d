//! The reports of providers on messages to a user's destinations. Reports come late, twice and in
//! any order; whatever their order, they leave the same behind.

use super::User;
use crate::{Destination, DestinationHash, PortalKeys, Timestamp, limits, values::named::named};

/// The reports on messages to one destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub to: DestinationHash,
    /// The moment of the newest message that was delivered.
    pub delivered: Option<Timestamp>,
    /// The moment of the newest message that was not delivered yet, or not this time.
    pub delayed: Option<Timestamp>,
    pub returned: Option<Returned>,
}

/// The newest message that came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Returned {
    /// The moment it was sent.
    pub message: Timestamp,
    /// The moment it came back.
    pub at: Timestamp,
    pub why: ReturnReason,
}

/// The reason why nothing more is sent to a destination for a while. A later one outweighs those
/// before it, of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReturnReason {
    /// The mailbox or the number does not take messages.
    Bounced,
    /// The provider no longer sends there, because of earlier messages.
    Suppressed,
    /// Whoever has the number wants no more messages.
    OptedOut,
    /// Whoever has the mailbox called the message unwanted.
    Complained,
}

named! {
    ReturnReason {
        Bounced: "bounced", Suppressed: "suppressed", OptedOut: "opted_out",
        Complained: "complained",
    }
}

/// The fate of a message, as its provider reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Delivered,
    /// It is not there yet, or did not get there this time: the next one may.
    Delayed,
    /// It came back, and the next one would too.
    Returned(ReturnReason),
}

impl Delivery {
    const fn none(to: DestinationHash) -> Self {
        Self { to, delivered: None, delayed: None, returned: None }
    }

    /// Returns the message that came back, while nothing is sent there because of it: for a day,
    /// unless a message after it was delivered. One that was called unwanted did arrive, so that a
    /// complaint holds nothing back.
    pub fn in_force(&self, now: Timestamp) -> Option<Returned> {
        let returned = self.returned.filter(|returned| returned.why != ReturnReason::Complained)?;
        let is_over = self.delivered.is_some_and(|delivered| delivered > returned.message);
        (!is_over && now < returned.until()).then_some(returned)
    }

    /// Takes a report on the message sent at `message`. Returns false if it says nothing new.
    fn take(&mut self, message: Timestamp, fate: Fate, at: Timestamp) -> bool {
        let newest = |known: &mut Option<Timestamp>| {
            let is_new = known.is_none_or(|known| known < message);
            if is_new {
                *known = Some(message);
            }
            is_new
        };
        match fate {
            Fate::Delivered => newest(&mut self.delivered),
            Fate::Delayed => newest(&mut self.delayed),
            Fate::Returned(why) => {
                let known = self.returned.map(|known| (known.message, known.why));
                let is_new = known.is_none_or(|known| known < (message, why));
                if is_new {
                    self.returned = Some(Returned { message, at, why });
                }
                is_new
            }
        }
    }

    /// Returns the moment of the newest message that it knows of.
    fn newest(&self) -> Option<Timestamp> {
        let returned = self.returned.map(|returned| returned.message);
        [self.delivered, self.delayed, returned].into_iter().flatten().max()
    }
}

impl Returned {
    /// Returns the moment from which messages are sent there again.
    pub fn until(&self) -> Timestamp {
        self.at.plus(limits::RETURNED_SECONDS)
    }
}

impl User {
    /// Returns the message that came back from a destination, while nothing is sent there.
    pub fn returned(&self, to: DestinationHash, now: Timestamp) -> Option<Returned> {
        self.deliveries.iter().find(|delivery| delivery.to == to)?.in_force(now)
    }

    /// Takes a report on a message to a destination, and remembers the destinations heard of last.
    /// Returns false if it says nothing new.
    pub(crate) fn take_report(
        &mut self,
        to: DestinationHash,
        message: Timestamp,
        fate: Fate,
        at: Timestamp,
    ) -> bool {
        let known = self.deliveries.iter().position(|delivery| delivery.to == to);
        let known = known.map(|place| self.deliveries.remove(place));
        let mut delivery = known.unwrap_or(Delivery::none(to));
        let is_new = delivery.take(message, fate, at);
        self.deliveries.push(delivery);
        let surplus = self.deliveries.len().saturating_sub(limits::DELIVERIES_KEPT);
        self.deliveries.drain(..surplus);
        is_new
    }

    /// Forgets the reports on destinations that are no longer the user's.
    pub(super) fn forget_reports(&mut self, keys: &dyn PortalKeys) {
        if self.deliveries.is_empty() {
            return;
        }
        let known = self.known_destinations();
        let known: Vec<_> = known.iter().map(|to| keys.destination_hash(to)).collect();
        self.deliveries.retain(|delivery| known.contains(&delivery.to));
    }

    /// Drops reports on messages that are so old that nothing more is heard of them.
    pub(super) fn tidy_reports(&mut self, now: Timestamp) {
        let is_young = |sent: Timestamp| now.since(sent) < limits::REPORT_SECONDS;
        self.deliveries.retain(|delivery| delivery.newest().is_some_and(is_young));
    }
}

/// Returns the destination of a user that a report is about, if it is still the user's.
pub(crate) fn destination_of(
    user: &User,
    keys: &dyn PortalKeys,
    to: DestinationHash,
) -> Option<Destination> {
    user.known_destinations().into_iter().find(|known| keys.destination_hash(known) == to)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: Timestamp = Timestamp::from_unix(1_800_000_000);
    const DAY: i64 = limits::DAY_SECONDS;

    fn after(reports: &[(i64, Fate)]) -> Delivery {
        let mut delivery = Delivery::none(DestinationHash::new([1; 8]));
        for (message, fate) in reports {
            delivery.take(SENT.plus(*message), *fate, SENT.plus(*message + 2));
        }
        delivery
    }

    #[test]
    fn reports_leave_the_same_behind_in_whatever_order_and_however_often_they_come() {
        use Fate::{Delayed, Delivered, Returned};
        let all = [
            (0, Returned(ReturnReason::Bounced)),
            (0, Delivered),
            (60, Delayed),
            (60, Returned(ReturnReason::Complained)),
            (120, Delivered),
        ];
        let wanted = after(&all);
        let mut order = all.to_vec();
        // Every order, by Heap's algorithm, with each report twice.
        let mut counts = [0; 5];
        let mut place = 0;
        while place < 5 {
            if counts[place] < place {
                let other = if place % 2 == 0 { 0 } else { counts[place] };
                order.swap(other, place);
                assert_eq!(after(&[order.clone(), order.clone()].concat()), wanted, "{order:?}");
                counts[place] += 1;
                place = 0;
            } else {
                counts[place] = 0;
                place += 1;
            }
        }
    }

    #[test]
    fn what_came_back_holds_for_a_day_unless_a_later_message_was_delivered() {
        let bounced = Fate::Returned(ReturnReason::Bounced);
        let holds = |reports: &[(i64, Fate)], at| after(reports).in_force(SENT.plus(at)).is_some();
        assert!(holds(&[(0, bounced)], 2));
        assert!(holds(&[(0, bounced)], DAY + 1));
        assert!(!holds(&[(0, bounced)], DAY + 2), "it is tried again");
        assert!(!holds(&[(0, bounced), (60, Fate::Delivered)], 62));
        assert!(holds(&[(0, Fate::Delivered), (0, bounced)], 2), "delivered, and then returned");
        assert!(holds(&[(0, bounced), (60, Fate::Delayed)], 62), "a delay clears nothing");
        assert!(holds(&[(60, bounced), (0, Fate::Delivered)], 62), "an older one was delivered");
        let complained = Fate::Returned(ReturnReason::Complained);
        assert!(!holds(&[(0, complained)], 2), "it arrived");
        assert!(!holds(&[(0, Fate::Delayed)], 2), "a soft bounce takes nothing away");
    }
}
