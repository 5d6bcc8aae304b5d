//! Telling a user of a change, at every known address: somebody else may have made it.

use portcullis_api::{Desk, Problem};
use portcullis_domain::{
    Destination, Locale, Portal, Settings, sign_in::challenge::SendOutcome, user::EntryKind,
};
use portcullis_store::Counter;

use crate::{Courier, Letter, TextMessage, courier::counted};

/// Notices to one destination within an hour.
const PER_HOUR: u32 = 10;

impl Courier {
    /// Tells one destination of a change. Whoever calls has claimed it: one try, never a second.
    ///
    /// # Errors
    /// [`Problem`] when the table or the keys fail.
    pub async fn tell(
        &self,
        desk: &Desk,
        portal: &Portal,
        settings: &Settings,
        (to, locale): (&Destination, Option<&Locale>),
        kind: EntryKind,
    ) -> Result<SendOutcome, Problem> {
        let (ring, now) = (desk.ring().await?, desk.now());
        let hash = ring.destination_hash(to);
        let mut counters = vec![Counter::hourly(&format!("notice#{hash}"), PER_HOUR, now)];
        if let Destination::Sms(_) = to {
            let cap = settings.caps.texts_per_portal_per_day;
            counters.push(Counter::daily(&format!("notice-texts#{}", portal.id), cap, now));
        }
        let delivered = counted(desk, &counters, async {
            match (to, &settings.email_from, &settings.sms) {
                (Destination::Email(to), Some(from), _) => {
                    let letter = Letter { profile: &portal.profile, from, to, locale };
                    self.email(&letter.with_notice(told(kind))).await
                }
                (Destination::Sms(to), _, Some(provider)) => {
                    let profile = &portal.profile;
                    let message = TextMessage::with_notice(profile, locale, to, told(kind));
                    self.text(ring, provider, &message).await
                }
                (Destination::Email(_), None, _) | (Destination::Sms(_), _, None) => {
                    SendOutcome::NotSent
                }
            }
        });
        Ok(delivered.await?.outcome)
    }
}

/// What a user is told of a change, as the catalogue names it.
pub(crate) const fn told(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Enrolled => "told-enrolled",
        EntryKind::Locked => "told-locked",
        EntryKind::Disabled => "told-disabled",
        EntryKind::DefaultSet => "told-default-set",
        EntryKind::DefaultUnset => "told-default-unset",
        EntryKind::ContactChanged => "told-contact-changed",
        EntryKind::OptedIn => "told-opted-in",
        EntryKind::Reset => "told-reset",
        EntryKind::Unlocked => "told-unlocked",
        EntryKind::SkipCleared => "told-skip-cleared",
        EntryKind::BypassIssued => "told-bypass-issued",
        EntryKind::BypassAccepted => "told-bypass-accepted",
        EntryKind::Exported => "told-exported",
        _ => "told-other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_users_are_told_of_has_words_of_its_own() {
        for kind in EntryKind::ALL {
            assert_eq!(told(*kind) != "told-other", kind.is_told(), "{kind:?}");
        }
    }
}
