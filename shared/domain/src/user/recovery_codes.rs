//! Recovery codes of a user. They are derived: nothing is kept but which set it is, and which of
//! its codes were used.

use super::User;
use crate::{
    KeyVersion, Portal, PortalKeys, RecoveryCode, RecoverySetId, RecoverySubject, Settings,
    Timestamp, Unreadable, limits,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecoveryCodes {
    pub version: KeyVersion,
    pub set: RecoverySetId,
    /// One bit for each code that was used.
    pub used: u16,
    pub made_at: Timestamp,
    pub restore: u32,
    pub epoch: u32,
    pub generation: u32,
}

impl RecoveryCodes {
    pub fn left(&self) -> u8 {
        (0..limits::RECOVERY_CODES).map(|index| u8::from(!self.is_used(index))).sum()
    }

    const fn is_used(&self, index: u8) -> bool {
        self.used & (1 << index) != 0
    }

    pub(crate) const fn mark_used(&mut self, index: u8) {
        self.used |= 1 << index;
    }

    /// Derives every code of the set, in their order, for the one answer that shows them.
    ///
    /// # Errors
    /// [`Unreadable`] if the keys are not open, or the set's key was retired.
    pub fn derive(
        &self,
        keys: &dyn PortalKeys,
        user: &User,
    ) -> Result<Vec<RecoveryCode>, Unreadable> {
        (0..limits::RECOVERY_CODES).map(|index| self.code(keys, user, index)).collect()
    }

    /// Returns the place of a code that was not used yet, if it is one of this set. Every code is
    /// compared, so that the time tells nothing.
    ///
    /// # Errors
    /// [`Unreadable`] if the keys are not open, or the set's key was retired.
    pub(crate) fn find(
        &self,
        keys: &dyn PortalKeys,
        user: &User,
        guess: &RecoveryCode,
    ) -> Result<Option<u8>, Unreadable> {
        let mut found = None;
        for index in 0..limits::RECOVERY_CODES {
            if self.code(keys, user, index)?.is(guess) && !self.is_used(index) {
                found = Some(index);
            }
        }
        Ok(found)
    }

    fn code(
        &self,
        keys: &dyn PortalKeys,
        user: &User,
        index: u8,
    ) -> Result<RecoveryCode, Unreadable> {
        let Self { version, set, restore, .. } = *self;
        let (portal, user) = (&user.portal, &user.id);
        keys.recovery_code(&RecoverySubject { version, portal, user, set, index, restore })
    }
}

impl User {
    /// Returns the set that counts: of this epoch, of this generation of the portal, and made since
    /// the last restore of a backup. All of its codes may be used.
    pub fn counting_codes(&self, portal: &Portal, settings: &Settings) -> Option<&RecoveryCodes> {
        self.own_codes(portal).filter(|codes| codes.restore == settings.restore_number)
    }

    /// Returns true if a set would count, had no backup been restored since it was made: a code
    /// that was used after that backup must not count again.
    pub fn lost_codes_by_restore(&self, portal: &Portal, settings: &Settings) -> bool {
        let lost =
            |codes: &RecoveryCodes| codes.restore != settings.restore_number && codes.left() > 0;
        self.own_codes(portal).is_some_and(lost)
    }

    fn own_codes(&self, portal: &Portal) -> Option<&RecoveryCodes> {
        let is_own = |codes: &&RecoveryCodes| {
            codes.epoch == self.epoch && codes.generation == portal.generation
        };
        self.recovery_codes.as_ref().filter(is_own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r2_a_used_code_is_a_bit_of_the_set() {
        let mut codes = RecoveryCodes {
            version: KeyVersion(1),
            set: RecoverySetId::new([1; 8]),
            used: 0,
            made_at: Timestamp::from_unix(1_800_000_000),
            restore: 0,
            epoch: 0,
            generation: 1,
        };
        for (index, left) in (0..10).zip((0..10).rev()) {
            codes.mark_used(index);
            codes.mark_used(index);
            assert_eq!((codes.left(), codes.is_used(index)), (left, true));
        }
        assert_eq!(codes.used, 0b11_1111_1111);
    }
}
