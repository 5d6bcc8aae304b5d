//! Whether providers would take messages, asked without sending one.

use portcullis_domain::Email;
use thiserror::Error;

use crate::{Ses, Sns, Twilio};

/// Why settings cannot be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SettingsFault {
    /// SES does not send from the address.
    #[error("SES does not send from this address. Verify the address or its domain in SES first.")]
    NotVerified,
    /// SES did not answer, or the function may not ask.
    #[error("SES did not answer. Try again; if it stays, look at the function's permissions.")]
    SesSilent,
    /// SNS did not answer, or the function may not ask.
    #[error("SNS did not answer. Deploy with SmsProvider=sns, and try again.")]
    SnsSilent,
    /// Twilio does not know the account, or the secret is another.
    #[error("Twilio refused the client id and secret. Check both.")]
    TwilioRefused,
    /// Twilio did not answer.
    #[error("Twilio did not answer. Try again in a moment.")]
    TwilioSilent,
}

impl Ses {
    /// Whether SES sends from an address: verified by itself, or by its domain.
    pub(crate) async fn check(&self, from: &Email) -> Result<(), SettingsFault> {
        let address = from.as_str();
        let domain = address.rsplit_once('@').map_or(address, |(_, domain)| domain);
        for identity in [address, domain] {
            match self.client().get_email_identity().email_identity(identity).send().await {
                Ok(known) if known.verified_for_sending_status() => return Ok(()),
                Ok(_) => {}
                Err(error) => match error.as_service_error() {
                    Some(service) if service.is_not_found_exception() => {}
                    _ => return Err(SettingsFault::SesSilent),
                },
            }
        }
        Err(SettingsFault::NotVerified)
    }
}

impl Sns {
    /// Whether SNS answers this function about text messages.
    pub(crate) async fn check(&self) -> Result<(), SettingsFault> {
        let asked = self.client().get_sms_attributes().send().await;
        asked.map(|_| ()).map_err(|_| SettingsFault::SnsSilent)
    }
}

impl Twilio {
    /// Whether Twilio knows the account and takes its secret.
    pub(crate) async fn check(&self) -> Result<(), SettingsFault> {
        match self.account_status().await {
            Some(status) if (200..300).contains(&status) => Ok(()),
            Some(status) if (400..500).contains(&status) => Err(SettingsFault::TwilioRefused),
            Some(_) | None => Err(SettingsFault::TwilioSilent),
        }
    }
}
