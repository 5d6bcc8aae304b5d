//! The order of a message: the user was charged by the write before; then the counters, narrowest first; then one try
//! to send; then a second write of the user says what became of it.

use portcullis_api::{Caller, Desk, Problem, wire::OptionView};
use portcullis_domain::{
    Destination, Locale, Locator, Portal, Refusal, Scene, Sealed, Settings, SmsProvider, Timestamp,
    User, WriteId, budget,
    sign_in::{
        challenge::{self, Dispatch, SendOutcome},
        link::{self, LinkMail},
    },
};
use portcullis_keys::Ring;
use portcullis_store::{Counted, Counter, Place, Read};

use crate::{
    Carrier, EmailMessage, Letter, Ses, SettingsFault, Sns, TextMessage, Twilio, limits::counters,
    time_limit::leaves_time_to_send,
};

/// The carriers of a function that sends.
#[derive(Clone)]
pub struct Courier {
    ses: Ses,
    sns: Sns,
    twilio: Twilio,
}

/// What became of a message, as far as it is known.
#[derive(Clone, Copy, Debug)]
pub struct Delivered {
    /// Sent, not sent, or unknown.
    pub outcome: SendOutcome,
    /// The end of the window whose limit was met, if one was.
    pub limit: Option<Timestamp>,
}

impl Delivered {
    /// What became of it, or the problem to answer where it was surely not sent.
    ///
    /// # Errors
    /// `send_limit` where a limit was met, else `delivery_failed` with the other ways.
    pub fn or_problem(self, dispatch: &Dispatch, now: Timestamp) -> Result<SendOutcome, Problem> {
        match (self.outcome, self.limit) {
            (SendOutcome::NotSent, Some(until)) => {
                Err(Problem::refused(&Refusal::SendLimit { until }, now))
            }
            (SendOutcome::NotSent, None) => Err(Problem::delivery_failed(
                dispatch.others.iter().map(OptionView::from).collect(),
            )),
            (outcome @ (SendOutcome::Sent | SendOutcome::Unknown), _) => Ok(outcome),
        }
    }
}

impl Courier {
    /// The carriers under these configurations, the same one where nothing is moved; Twilio at another address than its
    /// public one where one is given.
    pub fn new(
        ses: &aws_config::SdkConfig,
        sns: &aws_config::SdkConfig,
        twilio: Option<&str>,
    ) -> Self {
        Self { ses: Ses::new(ses), sns: Sns::new(sns), twilio: Twilio::new(twilio) }
    }

    /// The carriers of a deployed function; Twilio elsewhere where `TWILIO_API_URL` says so.
    pub fn deployed(aws: &aws_config::SdkConfig) -> Self {
        Self::new(aws, aws, std::env::var("TWILIO_API_URL").ok().as_deref())
    }

    /// Counts, sends and writes down. A limit that is met, like a sure non-send, gives the send back.
    ///
    /// # Errors
    /// [`Problem`] when the table fails.
    pub async fn send(
        &self,
        desk: &Desk,
        caller: &impl Caller,
        locator: Locator,
        charged: Read,
        dispatch: &Dispatch,
    ) -> Result<Delivered, Problem> {
        let ring = desk.ring().await?;
        let place = Place { portal: caller.portal().clone(), locator };
        let counters = counters(ring, &place, dispatch, &charged.settings, desk.now());
        let delivered = counted(desk, &counters, async {
            match &charged.portal {
                Some(portal) => {
                    let locale = portal.locale_for(charged.user.as_ref());
                    self.carry(ring, portal, locale, &charged.settings, dispatch).await
                }
                None => SendOutcome::NotSent,
            }
        });
        let Delivered { outcome, limit } = delivered.await?;
        let receipt = dispatch.receipt();
        let record = |scene: &Scene<'_>, user: Option<User>| {
            Ok(challenge::record(scene, user.ok_or(Refusal::UnknownSignIn)?, &receipt, outcome))
        };
        let ((), _) = desk.command(caller, locator, Some(charged), record).await?;
        Ok(Delivered { outcome, limit })
    }

    async fn carry(
        &self,
        ring: &Ring,
        portal: &Portal,
        locale: Option<&Locale>,
        settings: &Settings,
        dispatch: &Dispatch,
    ) -> SendOutcome {
        let minutes = (dispatch.prompt.expires_at.since(dispatch.charged_at) + 59) / 60;
        match (&dispatch.to, &settings.email_from, &settings.sms) {
            (Destination::Email(to), Some(from), _) => {
                let letter = Letter { profile: &portal.profile, from, to, locale };
                self.email(&letter.with_code(&dispatch.code, minutes)).await
            }
            (Destination::Sms(to), _, Some(provider)) => {
                let (profile, code) = (&portal.profile, &dispatch.code);
                let message = TextMessage::with_code(profile, locale, to, code, minutes);
                self.text(ring, provider, &message).await
            }
            (Destination::Email(_), None, _) | (Destination::Sms(_), _, None) => {
                SendOutcome::NotSent
            }
        }
    }
}

impl Courier {
    /// Mails a link to enrol again: counts, sends, and writes down, as for a code.
    ///
    /// # Errors
    /// [`Problem`] when the table fails.
    pub async fn send_link(
        &self,
        desk: &Desk,
        caller: &impl Caller,
        locator: Locator,
        charged: Read,
        mail: &LinkMail,
    ) -> Result<SendOutcome, Problem> {
        let (ring, now) = (desk.ring().await?, desk.now());
        let hash = ring.destination_hash(&Destination::Email(mail.to.clone()));
        let counter = Counter::hourly(&format!("confirmed#{hash}"), budget::EMAILS_PER_HOUR, now);
        let page = charged.portal.as_ref().and_then(|p| p.profile.enrolment_url.as_deref());
        let delivered = counted(desk, &[counter], async {
            match (&charged.portal, page, &charged.settings.email_from) {
                (Some(portal), Some(page), Some(from)) => {
                    let locale = portal.locale_for(charged.user.as_ref());
                    let letter = Letter { profile: &portal.profile, from, to: &mail.to, locale };
                    let minutes = (mail.expires_at.since(now) + 59) / 60;
                    self.email(&letter.with_link(page, &mail.ticket, minutes)).await
                }
                _ => SendOutcome::NotSent,
            }
        })
        .await?;
        let outcome = delivered.outcome;
        let record = |scene: &Scene<'_>, user: Option<User>| {
            Ok(link::record(scene, user.ok_or(Refusal::UnknownSignIn)?, mail, outcome))
        };
        desk.command(caller, locator, Some(charged), record).await?;
        Ok(outcome)
    }

    /// Hands a text message to the provider that is set.
    pub(crate) async fn text(
        &self,
        ring: &Ring,
        provider: &SmsProvider,
        message: &TextMessage,
    ) -> SendOutcome {
        match provider {
            SmsProvider::Sns { from } => self.sns.from(from.clone()).carry(message).await,
            SmsProvider::Twilio { client_id, client_secret, from } => {
                match self.account(ring, client_id, client_secret, from) {
                    Some(twilio) => twilio.carry(message).await,
                    None => SendOutcome::NotSent,
                }
            }
        }
    }

    /// Twilio with the account of the settings, where its secret opens.
    fn account(&self, ring: &Ring, id: &str, secret: &Sealed, from: &str) -> Option<Twilio> {
        let secret = ring.open_setting(TWILIO_SECRET, secret).ok()?;
        Some(self.twilio.with_account(id.to_owned(), secret, from.to_owned()))
    }

    /// Hands an email to SES.
    pub(crate) async fn email(&self, message: &EmailMessage) -> SendOutcome {
        self.ses.carry(message).await
    }

    /// Asks the providers whether they would take messages under these settings; no message is sent.
    ///
    /// # Errors
    /// [`SettingsFault`] naming the first that would not.
    pub async fn check(&self, ring: &Ring, settings: &Settings) -> Result<(), SettingsFault> {
        if let Some(from) = &settings.email_from {
            self.ses.check(from).await?;
        }
        match &settings.sms {
            None => Ok(()),
            Some(SmsProvider::Sns { .. }) => self.sns.check().await,
            Some(SmsProvider::Twilio { client_id, client_secret, from }) => {
                let twilio = self.account(ring, client_id, client_secret, from);
                twilio.ok_or(SettingsFault::TwilioRefused)?.check().await
            }
        }
    }
}

/// Passes the counters and then sends, once, if there is time left to write down what became of it; a sure non-send gives
/// the counters back.
pub(crate) async fn counted(
    desk: &Desk,
    counters: &[Counter],
    send: impl Future<Output = SendOutcome>,
) -> Result<Delivered, Problem> {
    if let Some(until) = count(desk, counters).await? {
        return Ok(Delivered { outcome: SendOutcome::NotSent, limit: Some(until) });
    }
    let outcome = if leaves_time_to_send(desk.deadline(), desk.now()) {
        send.await
    } else {
        tracing::error!("nothing was sent: the table took too long to leave time for a send");
        SendOutcome::NotSent
    };
    if outcome == SendOutcome::NotSent {
        give_back(desk, counters).await?;
    }
    Ok(Delivered { outcome, limit: None })
}

/// Passes the counters; the first that is full gives back those before it, and tells until when.
async fn count(desk: &Desk, counters: &[Counter]) -> Result<Option<Timestamp>, Problem> {
    for (passed, counter) in counters.iter().enumerate() {
        let write = WriteId::new(desk.random()?);
        let counted = desk.store().count(counter, write).await;
        if let Counted::Over { until } = counted.map_err(|error| Problem::failed(&error))? {
            give_back(desk, counters.get(..passed).unwrap_or_default()).await?;
            return Ok(Some(until));
        }
    }
    Ok(None)
}

/// Gives back what was counted for a message that was not sent.
async fn give_back(desk: &Desk, counters: &[Counter]) -> Result<(), Problem> {
    for counter in counters {
        desk.store().uncount(counter).await.map_err(|error| Problem::failed(&error))?;
    }
    Ok(())
}

/// The name under which Twilio's secret is sealed.
pub const TWILIO_SECRET: &str = "twilio.client_secret";
