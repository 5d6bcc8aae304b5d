//! The version of a key that a process writes with, of those that it knows.
//!
//! Processes learn of a new version at different moments. One that wrote with it at once would
//! write what others cannot read yet; so a version is published first, and used only once every
//! process has read it.

use portcullis_domain::Timestamp;

/// The seconds after which a process reads the keyring again.
pub const READ_AGAIN_AFTER: i64 = 5 * 60;

/// The seconds after which a process that could not read the keyring again no longer uses the one
/// it holds.
pub const HELD_FOR: i64 = 15 * 60;

/// The seconds from the publishing of a version to its use. No process uses an older keyring then,
/// so each knows the version.
pub const USED_AFTER: i64 = HELD_FOR;

/// Returns the version to write with: the newest that was published long enough ago, or the oldest
/// if there is none. `versions` has the oldest first.
pub(crate) fn to_write_with<T>(
    versions: &[T],
    published_at: impl Fn(&T) -> Timestamp,
    now: Timestamp,
) -> Option<&T> {
    let in_use = |version: &&T| used_from(published_at(version)) <= now;
    versions.iter().rfind(in_use).or_else(|| versions.first())
}

/// Returns the moment from which a version is used, given the moment at which it was published.
pub const fn used_from(published_at: Timestamp) -> Timestamp {
    published_at.plus(USED_AFTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLISHED: Timestamp = Timestamp::from_unix(1_800_000_000);

    /// The place of the version that is written with, of versions that were published so many
    /// seconds after the first.
    fn written_with(published: &[i64], now: i64) -> Option<usize> {
        let places: Vec<usize> = (0..published.len()).collect();
        let published_at = |place: &usize| PUBLISHED.plus(published[*place]);
        to_write_with(&places, published_at, PUBLISHED.plus(now)).copied()
    }

    #[test]
    fn s43_a_version_is_written_with_fifteen_minutes_after_it_was_published() {
        const DAY: i64 = 86_400;
        for (now, place) in [
            (DAY, 0),
            (DAY + USED_AFTER - 1, 0),
            (DAY + USED_AFTER, 1),
            (DAY + 2 * USED_AFTER, 1),
            (9 * DAY, 1),
        ] {
            assert_eq!(written_with(&[0, DAY], now), Some(place), "{now}");
        }
        assert_eq!(written_with(&[0, DAY, DAY + 60], DAY + USED_AFTER), Some(1));
        assert_eq!(written_with(&[0, DAY, DAY + 60], DAY + USED_AFTER + 60), Some(2));
    }

    #[test]
    fn s43_the_only_version_is_written_with_at_once_and_of_none_there_is_none() {
        assert_eq!(written_with(&[0], 0), Some(0));
        assert_eq!(written_with(&[0, 60], 61), Some(0), "the oldest is known best");
        assert_eq!(written_with(&[0], -60), Some(0), "a clock that lags");
        assert_eq!(written_with(&[], 0), None);
    }

    #[test]
    fn s43_every_process_knows_a_version_before_any_writes_with_it() {
        const { assert!(READ_AGAIN_AFTER < HELD_FOR && HELD_FOR <= USED_AFTER) };
    }
}
