//! The places of open sign-ins: who may open another one, and what makes room for it.

use super::{Event, MethodOptions, Stage};
use crate::{
    BrowserId, BrowserToken, Bucket, DecisionContext, Refusal, Timestamp, User,
    decision::{can_recover, trust_in_force},
    limits,
    portal::ShownBy,
    user::{Entry, EntryKind, Lock, TokenUse},
};

/// A browser, by the tokens that it brings.
pub(super) struct Recognised {
    pub(super) known: Option<BrowserId>,
    /// The same, if it brought a good token of trust.
    pub(super) trusted_in: Option<BrowserId>,
    /// The entry of trust that ended, because its token was copied.
    pub(super) copied: Option<Entry>,
}

impl Recognised {
    /// A browser that is not looked at yet.
    pub(super) const STRANGER: Self = Self { known: None, trusted_in: None, copied: None };

    /// Reads the tokens of a browser, and uses up one of trust. A known browser in which
    /// codes were wrong often is a stranger, and is not trusted either.
    ///
    /// # Errors
    /// [`Refusal::Unreadable`] if the keys are not open.
    pub(super) fn by(
        context: &DecisionContext<'_>,
        user: &mut User,
        tokens: &[BrowserToken],
    ) -> Result<Self, Refusal> {
        let (now, restore) = (context.now, context.settings.restore_number);
        let good = user.good_token(context.keys, tokens, restore, now)?;
        let Some(token) = good else { return Ok(Self::STRANGER) };
        let known = user.known_by(token);
        Ok(match user.use_trust(token, now) {
            TokenUse::NoTrust => Self { known, ..Self::STRANGER },
            TokenUse::Trusted => Self { known, trusted_in: known, copied: None },
            // Whoever made the copy is a stranger.
            TokenUse::Copied => {
                Self { copied: Some(EntryKind::TrustCopied.at(now)), ..Self::STRANGER }
            }
        })
    }
}

/// Counts an opening for the portal's own screens, and returns the browser.
///
/// # Errors
/// [`Refusal::Locked`] and [`Refusal::TooManySignIns`].
pub(super) fn open_here(
    context: &DecisionContext<'_>,
    user: &mut User,
    event: Event,
    token: Option<&BrowserToken>,
) -> Result<Recognised, Refusal> {
    let tokens = token.map(std::slice::from_ref).unwrap_or_default();
    let recognised = Recognised::by(context, user, tokens)?;
    let browser = recognised.known;
    // Bypass codes, recovery codes and passkeys are judged outside the locks, so their holder has
    // to get this far. In a trusted browser no code is asked for.
    let trusted_in = recognised.trusted_in;
    let stage = Stage { trusted_in, ..Stage::begun(event, ShownBy::Portal) };
    let has_other_proof = || {
        user.bypass(context.now).is_some()
            || can_recover(context, user)
            || MethodOptions::of(context, user, stage).outlast_locks()
            || trust_in_force(context, user, stage).is_some()
    };
    let lock = user.failures.lock(browser, context.now);
    if let Some(Lock { kind, until }) = lock.filter(|_| !has_other_proof()) {
        return Err(Refusal::Locked { kind, until });
    }
    count_opening(user, browser, context.now)?;
    Ok(recognised)
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
