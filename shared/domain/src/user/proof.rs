//! The destinations that codes got a user in from, to which messages go first when a cap is short.

use super::User;
use crate::{Bucket, DestinationHash, SendClass, Timestamp, limits};

/// A destination that a code got the user in from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    pub to: DestinationHash,
    /// The UTC day of the last message to it that used what is kept.
    pub day: i64,
    pub sent: u8,
}

impl User {
    /// Remembers that a code from a destination got the user in. The last
    /// [`limits::PROOFS_KEPT`] destinations are known.
    pub fn prove(&mut self, to: DestinationHash) {
        let known = self.proofs.iter().position(|proof| proof.to == to);
        let proof = known.map(|place| self.proofs.remove(place));
        self.proofs.push(proof.unwrap_or(Proof { to, day: 0, sent: 0 }));
        let surplus = self.proofs.len().saturating_sub(limits::PROOFS_KEPT);
        self.proofs.drain(..surplus);
    }

    /// Counts a message to a destination that is bound or in the contact record. It is proven for
    /// the first [`limits::KEPT_SENDS_PER_DAY`] of a day, so that nobody uses up what is kept.
    pub(crate) fn charge_known(
        &mut self,
        to: DestinationHash,
        bucket: Bucket,
        now: Timestamp,
    ) -> SendClass {
        self.sent.of_mut(bucket).add(now);
        self.class_of_known(to, now)
    }

    /// Does the same for a message that is not of a sign-in, whose own counts bound it.
    pub(crate) fn class_of_known(&mut self, to: DestinationHash, now: Timestamp) -> SendClass {
        let Some(proof) = self.proofs.iter_mut().find(|proof| proof.to == to) else {
            return SendClass::Known;
        };
        if proof.day != now.day() {
            (proof.day, proof.sent) = (now.day(), 0);
        }
        if proof.sent >= limits::KEPT_SENDS_PER_DAY {
            return SendClass::Known;
        }
        proof.sent += 1;
        SendClass::Proven
    }

    /// Takes a message back that was surely not sent.
    pub(crate) fn give_back_known(
        &mut self,
        to: DestinationHash,
        class: SendClass,
        bucket: Bucket,
    ) {
        self.sent.of_mut(bucket).give_back();
        self.give_back_class(to, class);
    }

    pub(crate) fn give_back_class(&mut self, to: DestinationHash, class: SendClass) {
        let proof = self.proofs.iter_mut().find(|proof| proof.to == to);
        match (class, proof) {
            (SendClass::Proven, Some(proof)) => proof.sent = proof.sent.saturating_sub(1),
            (SendClass::Unconfirmed | SendClass::Known, _) | (SendClass::Proven, None) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PortalId, UserId};

    const IN: Bucket = Bucket::Strangers;
    const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);

    fn anna() -> User {
        User::new(PortalId::parse("acme").unwrap(), UserId::parse("anna").unwrap())
    }

    #[test]
    fn a_proven_destination_is_one_for_ten_messages_a_day() {
        let (mut anna, home) = (anna(), DestinationHash::new([1; 8]));
        assert_eq!(anna.charge_known(home, IN, NOW), SendClass::Known);
        anna.prove(home);
        for day in 0..2 {
            let now = NOW.plus(day * limits::DAY_SECONDS);
            for _ in 0..limits::KEPT_SENDS_PER_DAY {
                assert_eq!(anna.charge_known(home, IN, now), SendClass::Proven);
            }
            assert_eq!(anna.charge_known(home, IN, now), SendClass::Known);
            anna.prove(home);
            assert_eq!(anna.charge_known(home, IN, now), SendClass::Known, "success buys none");
            anna.give_back_known(home, SendClass::Known, IN);
            assert_eq!(anna.charge_known(home, IN, now), SendClass::Known, "it had used none");
            anna.give_back_known(home, SendClass::Proven, IN);
            assert_eq!(anna.charge_known(home, IN, now), SendClass::Proven, "it was not sent");
        }
        assert_eq!(anna.charge_known(DestinationHash::new([2; 8]), IN, NOW), SendClass::Known);
    }

    #[test]
    fn the_last_two_destinations_are_remembered() {
        let mut anna = anna();
        let to = |n: u8| DestinationHash::new([n; 8]);
        [1, 2, 1, 3].map(to).into_iter().for_each(|to| anna.prove(to));
        let kept: Vec<_> = anna.proofs.iter().map(|proof| proof.to).collect();
        assert_eq!(kept, [to(1), to(3)]);
    }
}
