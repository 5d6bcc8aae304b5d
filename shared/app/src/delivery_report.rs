//! Reports of providers on messages, written to the user whom the message went to.

use portcullis_delivery::TwilioReport;
use portcullis_domain::{
    Channel, DecisionContext, Portal, PortalId, Refusal, Settings, SmsProvider, Timestamp, User,
    account::{Noted, Report, note_report},
    settings::TwilioIds,
    user::{ClaimedMessage, SentMessage},
};
use portcullis_keys::{Keyring, is_signed_by_twilio};
use portcullis_store::{Snapshot, UserKey};
use zeroize::Zeroizing;

use crate::{
    AppContext, Caller, CommandError, MESSAGE_PARAMETER, MessageSender, TWILIO_AUTH_TOKEN,
    TWILIO_REPORTS, TWILIO_SECRET,
};

/// Whoever reports on a message that was sent from here.
struct Reporter<'a>(&'a SentMessage);

impl Caller for Reporter<'_> {
    fn portal(&self) -> &PortalId {
        &self.0.portal
    }

    fn admit(&self, portal: Option<&Portal>, _: Timestamp) -> Result<(), Refusal> {
        portal.map(|_| ()).ok_or(Refusal::UnknownPortal)
    }
}

/// A request of Twilio's, as it came.
#[derive(Clone, Copy, Debug)]
pub struct TwilioCall<'a> {
    /// The query as it stood in the URL.
    pub query: &'a str,
    pub fields: &'a [(String, String)],
    pub signature: &'a str,
}

/// The end of a report of Twilio's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reported {
    /// It is not signed for this service, or names no message of it.
    Refused,
    /// It says nothing of the message's end.
    Nothing,
    Noted(Noted),
}

impl AppContext {
    /// Takes a report on the message of this name. `None` stands for a message that was not sent
    /// from here, or whose portal is gone.
    ///
    /// # Errors
    /// [`CommandError`] if it is not known that the report was written, so that it must come again.
    pub async fn take_email_report(
        &self,
        name: &str,
        report: &Report,
    ) -> Result<Option<Noted>, CommandError> {
        let keyring = self.keyring().await?;
        match sent_message(&keyring, name, Channel::Email)? {
            Some(message) => self.take_report(&message, None, report).await,
            None => Ok(None),
        }
    }

    async fn take_report(
        &self,
        message: &SentMessage,
        held: Option<Snapshot>,
        report: &Report,
    ) -> Result<Option<Noted>, CommandError> {
        let decide = |context: &DecisionContext<'_>, user: Option<User>| {
            note_report(context, user, message, report)
        };
        match self.command(&Reporter(message), message.locator, held, decide).await {
            Ok((noted, _)) => Ok(Some(noted)),
            Err(error) if error.is_refused(&Refusal::UnknownPortal) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl MessageSender {
    /// Takes a report of Twilio's. What names no message of this service is refused before anything
    /// is read, and nothing is taken that is not signed with the account's Auth Token.
    ///
    /// # Errors
    /// [`CommandError`] if it is not known that the report was written. Twilio does not send it
    /// again.
    pub async fn take_twilio_report(
        &self,
        context: &AppContext,
        call: TwilioCall<'_>,
    ) -> Result<Reported, CommandError> {
        let keyring = context.keyring().await?;
        let name = call.query.strip_prefix(MESSAGE_PARAMETER);
        let name = name.and_then(|rest| rest.strip_prefix('='));
        let named = name.map(|name| sent_message(&keyring, name, Channel::Sms)).transpose()?;
        let (Some(message), Some(origin)) = (named.flatten(), &self.callback_origin) else {
            return Ok(Reported::Refused);
        };
        let key = UserKey { portal: message.portal.clone(), locator: message.locator };
        let read = context.store().read(&key).await?;
        let url = format!("{origin}{TWILIO_REPORTS}?{}", call.query);
        if !is_signed(&keyring, &read.settings, &url, call) {
            return Ok(Reported::Refused);
        }
        let Some(TwilioReport { fate, code }) = TwilioReport::read(call.fields) else {
            return Ok(Reported::Nothing);
        };
        let report = Report { fate, at: context.now(), detail: code };
        let noted = context.take_report(&message, Some(read), &report).await?;
        Ok(noted.map_or(Reported::Nothing, Reported::Noted))
    }
}

/// Returns the message of this name, if it was sent from here by this channel.
fn sent_message(
    keyring: &Keyring,
    name: &str,
    channel: Channel,
) -> Result<Option<SentMessage>, CommandError> {
    let Ok(claimed) = ClaimedMessage::parse(name) else { return Ok(None) };
    let message = claimed.check(keyring).map_err(Refusal::from)?;
    Ok(message.filter(|message| message.channel == channel))
}

/// Returns true if the account of the settings signed a report, and is the one that it is about.
fn is_signed(keyring: &Keyring, settings: &Settings, url: &str, call: TwilioCall<'_>) -> bool {
    let Some((account, token)) = account_and_token(keyring, settings) else { return false };
    let is_its_own =
        call.fields.iter().any(|(name, value)| name == "AccountSid" && *value == account);
    is_its_own && is_signed_by_twilio(&token, url, call.fields, call.signature)
}

/// Returns the account of the settings, and the token that it signs with: that of the settings, or
/// the secret of an account that signs in itself.
fn account_and_token(
    keyring: &Keyring,
    settings: &Settings,
) -> Option<(String, Zeroizing<String>)> {
    let Some(SmsProvider::Twilio { account, client_id, client_secret, auth_token, .. }) =
        &settings.sms
    else {
        return None;
    };
    let ids = TwilioIds::parse(account.as_deref(), client_id).ok()?;
    let (name, sealed) = match auth_token {
        Some(token) => (TWILIO_AUTH_TOKEN, token),
        None if ids.is_api_key() => return None,
        None => (TWILIO_SECRET, client_secret),
    };
    let token = keyring.open_setting(name, sealed);
    let token = token.inspect_err(|error| tracing::error!(%error, "Twilio's token does not open"));
    Some((ids.account().to_owned(), token.ok()?))
}
