use super::*;

const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);
const DAY: i64 = 86_400;

/// The states of versions that were published so many seconds after the first, of which nothing
/// lives longer than a minute.
fn after(published: &[i64], now: i64) -> Vec<VersionState> {
    let published: Vec<_> = published.iter().map(|seconds| NOW.plus(*seconds)).collect();
    states(&published, NOW.plus(now), 60)
}

#[test]
fn s43_a_version_is_published_then_used_then_older_and_dead_when_what_was_made_under_it_is() {
    let used_from = NOW.plus(DAY + 900);
    let dead_from = NOW.plus(DAY + 900 + 900 + 60);
    let waits = vec![VersionState::InUse, VersionState::Published { used_from }];
    let used = vec![VersionState::Older { dead_from }, VersionState::InUse];
    assert_eq!(after(&[0, DAY], DAY), waits);
    assert_eq!(after(&[0, DAY], DAY + 899), waits);
    assert_eq!(after(&[0, DAY], DAY + 900), used);
    assert_eq!(after(&[0, DAY], 9 * DAY), used);
    assert_eq!(after(&[0], 0), [VersionState::InUse]);
    assert_eq!(after(&[], 0), []);
}

#[test]
fn s43_a_browser_known_under_the_keys_for_codes_keeps_them_for_as_long_as_it_is_known() {
    assert_eq!(lives(KeyPurpose::Codes), 180 * DAY);
    assert!(lives(KeyPurpose::Codes) > limits::TICKET_SECONDS + limits::SIGN_IN_SECONDS);
    assert!(lives(KeyPurpose::Settings) > limits::FREEZE_LINK_SECONDS);
    // An app that is being enrolled when nothing is written under its key any more.
    assert_eq!(lives(KeyPurpose::Seal), limits::SIGN_IN_SECONDS);
    const { assert!(SIGNED_LIVES >= limits::ASSERTION_SECONDS + limits::CLOCK_SKEW_SECONDS) };
}
