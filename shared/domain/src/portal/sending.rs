//! A portal's own senders and daily caps, within those of the service.

use crate::{Channel, Email, Malformed, Settings, SmsProvider, settings::SmsSender};

/// A portal's own senders and caps. It has those of the service in place of each that is not set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sending {
    /// The address that its emails come from.
    pub email_from: Option<Email>,
    /// The number, short code, name or messaging service that its text messages come from.
    pub sms_from: Option<String>,
    /// The most emails with codes and links in a day.
    pub emails_per_day: Option<u32>,
    /// The most text messages with codes in a day.
    pub texts_per_day: Option<u32>,
}

impl Sending {
    /// Reads senders and caps.
    ///
    /// # Errors
    /// [`Malformed`] for an address that no mail can come from, or a sender that no provider knows.
    pub fn parse(
        email_from: Option<&str>,
        sms_from: Option<&str>,
        emails_per_day: Option<u32>,
        texts_per_day: Option<u32>,
    ) -> Result<Self, Malformed> {
        let of_email = |wrong| Malformed { what: "email_from", ..wrong };
        let email_from = email_from.map(Email::parse_sender).transpose().map_err(of_email)?;
        sms_from.map(SmsSender::parse).transpose().map_err(of_texts)?;
        let sms_from = sms_from.map(str::to_owned);
        Ok(Self { email_from, sms_from, emails_per_day, texts_per_day })
    }

    /// Returns the channels over which the portal gets another sender of its own, which the
    /// provider is to be asked about. One that stays was asked about before, so that a cap can be
    /// lowered whatever the provider says today.
    ///
    /// # Errors
    /// [`Malformed`] for a new sender over a channel that the service does not send over, or that
    /// its provider does not know.
    pub fn new_senders(
        &self,
        before: &Self,
        settings: &Settings,
    ) -> Result<Vec<Channel>, Malformed> {
        let email = self.email_from.as_ref().filter(|_| self.email_from != before.email_from);
        if email.is_some() && settings.email_from.is_none() {
            let why = "must be left out until the settings of the service have an email_from";
            return Err(Malformed::new("email_from", why));
        }
        let text = self.sms_from.as_deref().filter(|_| self.sms_from != before.sms_from);
        if let Some(from) = text {
            match &settings.sms {
                Some(SmsProvider::Sns { .. }) => SmsSender::parse_for_sns(from),
                Some(SmsProvider::Twilio { .. }) => SmsSender::parse(from),
                None => {
                    let why = "must be left out until the settings of the service have a provider of text messages";
                    Err(Malformed::new("sms_from", why))
                }
            }
            .map_err(of_texts)?;
        }
        let new = [email.map(|_| Channel::Email), text.map(|_| Channel::Sms)];
        Ok(new.into_iter().flatten().collect())
    }

    /// Returns the settings under which this portal sends. What the service cannot send at all, the
    /// portal cannot either, and a cap is never more than the service's.
    #[must_use]
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

const fn of_texts(wrong: Malformed) -> Malformed {
    Malformed { what: "sms_from", ..wrong }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service() -> Settings {
        Settings {
            email_from: Email::parse("codes@a.example").ok(),
            sms: Some(SmsProvider::Sns { from: None }),
            ..Settings::default()
        }
    }

    fn senders(email: Option<&str>, sms: Option<&str>) -> Sending {
        Sending::parse(email, sms, None, None).unwrap()
    }

    #[test]
    fn e8_a_portal_sends_in_its_own_name_and_never_more_than_the_service() {
        let service = service();
        let own =
            Sending::parse(Some("codes@b.a.example"), Some("ACME"), Some(7), Some(9_999)).unwrap();
        let under = own.within(&service);
        assert_eq!(under.email_from, Email::parse("codes@b.a.example").ok());
        assert_eq!(under.sms, Some(SmsProvider::Sns { from: Some("ACME".to_owned()) }));
        assert_eq!(under.caps.emails_per_portal_per_day, 7);
        assert_eq!(under.caps.texts_per_portal_per_day, service.caps.texts_per_portal_per_day);
        assert_eq!(under.caps.texts_per_prefix_per_day, service.caps.texts_per_prefix_per_day);
        assert_eq!(Sending::default().within(&service), service);
        let nothing = own.within(&Settings::default());
        assert_eq!((nothing.email_from, nothing.sms), (None, None), "the service sends nothing");
    }

    #[test]
    fn e8_a_sender_that_no_provider_knows_is_refused() {
        let refused = |email, sms| Sending::parse(email, sms, None, None).unwrap_err().what;
        assert_eq!(refused(Some("codes@-a.example"), None), "email_from");
        assert_eq!(refused(Some("m\u{fc}ller@a.example"), None), "email_from");
        assert_eq!(refused(None, Some("A name too long")), "sms_from");
    }

    #[test]
    fn e8_the_provider_is_asked_about_each_new_sender_and_about_no_other() {
        let (none, own) = (Sending::default(), senders(Some("codes@b.a.example"), Some("ACME")));
        let new = |after: &Sending, before: &Sending| after.new_senders(before, &service());
        assert_eq!(new(&own, &none), Ok(vec![Channel::Email, Channel::Sms]));
        let capped = Sending { emails_per_day: Some(1), ..own.clone() };
        assert_eq!(new(&capped, &own), Ok(vec![]), "a cap can be lowered while a provider is down");
        assert_eq!(new(&none, &own), Ok(vec![]));
        assert_eq!(
            new(&senders(Some("codes@b.a.example"), Some("Acme")), &own),
            Ok(vec![Channel::Sms])
        );
    }

    #[test]
    fn e8_a_sender_without_its_provider_is_refused_by_the_name_of_its_field() {
        let refused = |after: Sending, settings: &Settings| {
            after.new_senders(&Sending::default(), settings).unwrap_err().what
        };
        let nothing = Settings::default();
        assert_eq!(refused(senders(Some("codes@b.a.example"), None), &nothing), "email_from");
        assert_eq!(refused(senders(None, Some("ACME")), &nothing), "sms_from");
        let messaging_service = format!("MG{}", "0".repeat(32));
        assert_eq!(refused(senders(None, Some(&messaging_service)), &service()), "sms_from");
    }
}
