//! The places of open sign-ins: who may open another one, and what makes room for it.

use super::{Event, MethodOptions, Stage};
use crate::{
    BrowserId, BrowserToken, Bucket, DecisionContext, Refusal, Timestamp, User,
    decision::can_recover, limits, portal::ShownBy, user::Lock,
};

/// Counts an opening for the portal's own screens, and returns the browser if it is known.
///
/// # Errors
/// [`Refusal::Locked`] and [`Refusal::TooManySignIns`].
pub(super) fn open_here(
    context: &DecisionContext<'_>,
    user: &mut User,
    event: Event,
    token: Option<&BrowserToken>,
) -> Result<Option<BrowserId>, Refusal> {
    let tokens = token.map(std::slice::from_ref).unwrap_or_default();
    let browser = user.known_browser(context.keys, tokens, context.now)?;
    // Bypass codes, recovery codes and passkeys are judged outside the locks, so their holder has
    // to get this far.
    let stage = Stage::begun(event, ShownBy::Portal);
    let has_other_proof = || {
        user.bypass(context.now).is_some()
            || can_recover(context, user)
            || MethodOptions::of(context, user, stage).outlast_locks()
    };
    let lock = user.failures.lock(browser, context.now);
    if let Some(Lock { kind, until }) = lock.filter(|_| !has_other_proof()) {
        return Err(Refusal::Locked { kind, until });
    }
    count_opening(user, browser, context.now)?;
    Ok(browser)
}

/// Counts an opening of a browser within the hour.
///
/// # Errors
/// [`Refusal::TooManySignIns`] if its bucket is full.
pub(super) fn count_opening(
    user: &mut User,
    browser: Option<BrowserId>,
    now: Timestamp,
) -> Result<(), Refusal> {
    let room = user.opened.with_room(bucket(browser), limits::SIGN_INS_PER_HOUR, now);
    let charged = room.map_err(|until| Refusal::TooManySignIns { until })?;
    user.opened.of_mut(charged).add(now);
    Ok(())
}

pub(super) const fn bucket(browser: Option<BrowserId>) -> Bucket {
    match browser {
        Some(_) => Bucket::Known,
        None => Bucket::Strangers,
    }
}

/// Makes room for one more sign-in of a bucket, at the cost of none of the other.
pub(super) fn make_room(user: &mut User, bucket: Bucket, now: Timestamp) {
    let of_bucket = |user: &User| user.sign_ins.iter().filter(|s| s.bucket() == bucket).count();
    while of_bucket(user) >= limits::SIGN_INS_KEPT {
        let kept = user.sign_ins.iter().enumerate().filter(|(_, s)| s.bucket() == bucket);
        // Of equals the first is taken, which is the oldest.
        let Some((least, _)) = kept.min_by_key(|(_, sign_in)| sign_in.worth(now)) else { return };
        user.sign_ins.remove(least);
    }
}
