//! Telling a user of a change, at every known address: somebody else may have made it.

use portcullis_domain::{
    Destination, Locale, Portal, Settings, Timestamp, sign_in::challenge::SendOutcome,
    user::EntryKind,
};
use portcullis_keys::Keyring;
use portcullis_store::{Counter, StoreError, UserKey};

use portcullis_messages::{EmailTemplate, TextMessage, notice_key};

use crate::{AppContext, CommandError, MessageSender, quotas::counted};

/// Notices of one user to one destination within an hour: of each kind that changes who can get in,
/// and of all others together.
const PER_HOUR: u32 = 10;

/// The recipient of a notice.
#[derive(Clone, Copy, Debug)]
pub struct Notified<'a> {
    pub user_key: &'a UserKey,
    pub to: &'a Destination,
    pub locale: Option<&'a Locale>,
}

/// The counters of a notice. What changes who can get in has its own for each kind, so that nobody
/// uses them up with something else.
fn counters(
    Notified { user_key, to, .. }: Notified<'_>,
    keyring: &Keyring,
    settings: &Settings,
    kind: EntryKind,
    now: Timestamp,
) -> Vec<Counter> {
    let kind = if kind.changes_who_gets_in() { notice_key(kind) } else { "told" };
    let (portal, hash) = (&user_key.portal, keyring.address_hash(&to.into()));
    let hourly = format!("notice#{portal}#{}#{hash}#{kind}", user_key.locator);
    let mut counters = vec![Counter::hourly(&hourly, PER_HOUR, now)];
    if let Destination::Sms(_) = to {
        let cap = settings.caps.texts_per_portal_per_day;
        counters.push(Counter::daily(&format!("notice-texts#{portal}#{kind}"), cap, now));
    }
    counters
}

impl MessageSender {
    /// Tells one destination of a change: counts, claims, and then tries once, never a second time.
    /// What fails before the claim is made up for when the record is delivered again. None where it
    /// was claimed before.
    pub async fn notify(
        &self,
        context: &AppContext,
        portal: &Portal,
        settings: &Settings,
        notified: Notified<'_>,
        kind: EntryKind,
        claim: impl Future<Output = Result<bool, StoreError>>,
    ) -> Result<Option<SendOutcome>, CommandError> {
        let (keyring, now) = (context.keyring().await?, context.now());
        let Notified { to, locale, .. } = notified;
        let counters = counters(notified, keyring, settings, kind, now);
        let mut claimed = Ok(None);
        let delivered = counted(context, &counters, async {
            let outcome = match claim.await {
                Ok(true) => {
                    self.carry_notice(keyring, portal, settings, (to, locale), (kind, now)).await
                }
                Ok(false) => return SendOutcome::NotSent,
                Err(error) => {
                    claimed = Err(error.into());
                    return SendOutcome::NotSent;
                }
            };
            claimed = Ok(Some(outcome));
            outcome
        });
        let delivered = delivered.await;
        match claimed {
            // What was claimed is over, also where its counters could not be given back.
            Ok(Some(outcome)) => Ok(Some(outcome)),
            // Over the limit nothing was claimed, and nothing is sent.
            Ok(None) => delivered.map(|counted| counted.limit.map(|_| SendOutcome::NotSent)),
            Err(error) => Err(error),
        }
    }

    async fn carry_notice(
        &self,
        keyring: &Keyring,
        portal: &Portal,
        settings: &Settings,
        (to, locale): (&Destination, Option<&Locale>),
        (kind, now): (EntryKind, Timestamp),
    ) -> SendOutcome {
        match (to, &settings.email_from, &settings.sms) {
            (Destination::Email(to), Some(from), _) => {
                let template = EmailTemplate { profile: &portal.profile, from, to, locale };
                self.email(&template.with_notice(notice_key(kind)), now).await.outcome
            }
            (Destination::Sms(to), _, Some(provider)) => {
                let profile = &portal.profile;
                let message = TextMessage::with_notice(profile, locale, to, notice_key(kind));
                self.text(keyring, provider, &message, now).await.outcome
            }
            (Destination::Email(_), None, _) | (Destination::Sms(_), _, None) => {
                SendOutcome::NotSent
            }
        }
    }
}
