//! A portal's own senders and daily caps, within those of the service.

use crate::{Email, Malformed, Settings, SmsProvider, settings::SmsSender};

/// A portal's own senders and caps; those of the service where it has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sending {
    /// The address that its emails come from.
    pub email_from: Option<Email>,
    /// The number or name that its text messages come from.
    pub sms_from: Option<String>,
    /// The most emails a day, never more than the service's cap.
    pub emails_per_day: Option<u32>,
    /// The most text messages a day, never more than the service's cap.
    pub texts_per_day: Option<u32>,
}

impl Sending {
    /// Reads senders and caps.
    ///
    /// # Errors
    /// [`Malformed`] for an address that no mail can come from, or a sender that no provider takes.
    pub fn parse(
        email_from: Option<&str>,
        sms_from: Option<&str>,
        emails_per_day: Option<u32>,
        texts_per_day: Option<u32>,
    ) -> Result<Self, Malformed> {
        let email = |text: &str| {
            let email = Email::parse(text)?;
            email.deliverable().map(|()| email)
        };
        let named = |wrong: Malformed| Malformed { what: "email_from", ..wrong };
        let email_from = email_from.map(email).transpose().map_err(named)?;
        if let Some(from) = sms_from {
            SmsSender::parse(from).map_err(|wrong| Malformed { what: "sms_from", ..wrong })?;
        }
        let sms_from = sms_from.map(str::to_owned);
        Ok(Self { email_from, sms_from, emails_per_day, texts_per_day })
    }

    /// Returns the settings under which this portal sends. What the service cannot send at all, the
    /// portal cannot either, and a cap is never more than the service's.
    pub fn within(&self, settings: &Settings) -> Settings {
        let mut own = settings.clone();
        if own.email_from.is_some() && self.email_from.is_some() {
            own.email_from.clone_from(&self.email_from);
        }
        if let Some(sender) = &self.sms_from {
            match &mut own.sms {
                Some(SmsProvider::Sns { from }) => *from = Some(sender.clone()),
                Some(SmsProvider::Twilio { from, .. }) => from.clone_from(sender),
                None => {}
            }
        }
        let least = |cap: u32, wanted: Option<u32>| wanted.map_or(cap, |wanted| wanted.min(cap));
        let caps = &mut own.caps;
        caps.emails_per_portal_per_day = least(caps.emails_per_portal_per_day, self.emails_per_day);
        caps.texts_per_portal_per_day = least(caps.texts_per_portal_per_day, self.texts_per_day);
        own
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e8_a_portal_sends_in_its_own_name_and_never_more_than_the_service() {
        let service = Settings {
            email_from: Email::parse("codes@a.example").ok(),
            sms: Some(SmsProvider::Sns { from: None }),
            ..Settings::default()
        };
        let own =
            Sending::parse(Some("codes@b.a.example"), Some("ACME"), Some(7), Some(9_999)).unwrap();
        let under = own.within(&service);
        assert_eq!(under.email_from, Email::parse("codes@b.a.example").ok());
        assert_eq!(under.sms, Some(SmsProvider::Sns { from: Some("ACME".to_owned()) }));
        assert_eq!(under.caps.emails_per_portal_per_day, 7);
        assert_eq!(under.caps.texts_per_portal_per_day, service.caps.texts_per_portal_per_day);
        assert_eq!(Sending::default().within(&service), service);
        let nothing = own.within(&Settings::default());
        assert_eq!((nothing.email_from, nothing.sms), (None, None), "the service sends nothing");
    }

    #[test]
    fn e8_a_sender_that_no_provider_takes_is_refused() {
        let refused = |email, sms| Sending::parse(email, sms, None, None).unwrap_err().what;
        assert_eq!(refused(Some("codes@-a.example"), None), "email_from");
        assert_eq!(refused(None, Some("A name too long")), "sms_from");
    }
}
