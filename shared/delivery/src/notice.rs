//! Telling a user of a change, at every known address: somebody else may have made it.

use portcullis_api::{Desk, Problem};
use portcullis_domain::{
    Destination, Portal, Settings, sign_in::challenge::SendOutcome, user::EntryKind,
};
use portcullis_store::Counter;

use crate::{Courier, EmailMessage, TextMessage, courier::count};

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
        to: &Destination,
        kind: EntryKind,
    ) -> Result<SendOutcome, Problem> {
        let (ring, now) = (desk.ring().await?, desk.now());
        let hash = ring.destination_hash(to);
        let mut counters = vec![Counter::hourly(&format!("notice#{hash}"), PER_HOUR, now)];
        if let Destination::Sms(_) = to {
            let cap = settings.caps.texts_per_portal_per_day;
            counters.push(Counter::daily(&format!("notice-texts#{}", portal.id), cap, now));
        }
        if count(desk, &counters).await?.is_some() {
            return Ok(SendOutcome::NotSent);
        }
        Ok(match (to, &settings.email_from, &settings.sms) {
            (Destination::Email(to), Some(from), _) => {
                self.email(&EmailMessage::notice(&portal.profile, from, to, told(kind))).await
            }
            (Destination::Sms(to), _, Some(provider)) => {
                let message = TextMessage::notice(&portal.profile, to, told(kind));
                self.text(ring, provider, &message).await
            }
            (Destination::Email(_), None, _) | (Destination::Sms(_), _, None) => {
                SendOutcome::NotSent
            }
        })
    }
}

/// What a user is told of a change.
pub(crate) const fn told(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Enrolled => "A new way to sign in was set up for your account.",
        EntryKind::Locked => "Too many wrong codes were entered for your account.",
        EntryKind::Disabled => "Your second step was disabled after too many wrong codes.",
        EntryKind::DefaultSet => "Security codes will now always be sent by email.",
        EntryKind::DefaultUnset => "Security codes are no longer always sent by email.",
        EntryKind::ContactChanged => "The contact details of your account were changed.",
        EntryKind::OptedIn => "Multi-factor authentication was enabled for your account.",
        EntryKind::Reset => "Your second step was reset. Set it up again at the next sign-in.",
        EntryKind::Unlocked => "Your account was unlocked by an administrator.",
        EntryKind::SkipCleared => "Your choice to skip the second step was cleared.",
        EntryKind::BypassIssued => "A bypass code was issued for your account.",
        EntryKind::BypassAccepted => "A bypass code was used to sign in to your account.",
        _ => "Something changed in your account.",
    }
}
