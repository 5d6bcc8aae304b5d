//! The order of a message: the user was charged by the write before; then the counters, narrowest first; then one try
//! to send; then a second write of the user says what became of it.

use portcullis_api::{Caller, Desk, Problem, wire::OptionView};
use portcullis_domain::{
    Destination, Locale, Locator, Portal, Refusal, Scene, Settings, SmsProvider, Timestamp, User,
    WriteId, budget,
    settings::TwilioIds,
    sign_in::{
        challenge::{self, Dispatch, SendOutcome},
        link::{self, LinkMail},
    },
};
use portcullis_keys::Ring;
use portcullis_store::{Counted, Counter, Place, Read};

use crate::{
    Carrier, EmailMessage, Letter, SendReport, Ses, Sns, TextMessage, Twilio, limits::counters,
    outcome, time_limit::leaves_time_to_send,
};

/// The carriers of a function that sends.
#[derive(Clone)]
pub struct Courier {
    pub(crate) ses: Ses,
    pub(crate) sns: Sns,
    twilio: Twilio,
    /// Where lines with metrics go: standard output, where CloudWatch reads them.
    meter: fn(String),
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
        Self { ses: Ses::new(ses), sns: Sns::new(sns), twilio: Twilio::new(twilio), meter: drop }
    }

    /// The carriers of a deployed function; Twilio elsewhere where `TWILIO_API_URL` says so.
    pub fn deployed(aws: &aws_config::SdkConfig) -> Self {
        Self::new(aws, aws, std::env::var("TWILIO_API_URL").ok().as_deref())
            .with_meter(|line| println!("{line}"))
    }

    /// The same, with another place for the metrics of failed sends.
    #[must_use]
    pub fn with_meter(self, meter: fn(String)) -> Self {
        Self { meter, ..self }
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
                    self.carry(ring, portal, locale, &charged.settings, dispatch, desk.now()).await
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
        now: Timestamp,
    ) -> SendOutcome {
        let minutes = (dispatch.prompt.expires_at.since(dispatch.charged_at) + 59) / 60;
        match (&dispatch.to, &settings.email_from, &settings.sms) {
            (Destination::Email(to), Some(from), _) => {
                let letter = Letter { profile: &portal.profile, from, to, locale };
                self.email(&letter.with_code(&dispatch.code, minutes), now).await.outcome
            }
            (Destination::Sms(to), _, Some(provider)) => {
                let (profile, code) = (&portal.profile, &dispatch.code);
                let message = TextMessage::with_code(profile, locale, to, code, minutes);
                self.text(ring, provider, &message, now).await.outcome
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
                    let message = letter.with_link(page, &mail.ticket, minutes);
                    self.email(&message, now).await.outcome
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
        now: Timestamp,
    ) -> SendReport {
        match provider {
            SmsProvider::Sns { from } => {
                let report = self.sns.from(from.clone()).carry(message).await;
                self.noted("sns", report, now)
            }
            SmsProvider::Twilio { .. } => {
                let report = match self.twilio(ring, provider) {
                    Some(twilio) => twilio.carry(message).await,
                    None => SendReport::not_sent("CredentialsUnreadable"),
                };
                self.noted("twilio", report, now)
            }
        }
    }

    /// Twilio with the account of the settings, if its ids are whole and its secret opens.
    pub(crate) fn twilio(&self, ring: &Ring, provider: &SmsProvider) -> Option<Twilio> {
        let SmsProvider::Twilio { account, client_id, client_secret, from } = provider else {
            return None;
        };
        let ids = TwilioIds::parse(account.as_deref(), client_id).ok()?;
        let secret = ring
            .open_setting(TWILIO_SECRET, client_secret)
            .inspect_err(|error| tracing::error!(%error, "Twilio's secret does not open"))
            .ok()?;
        Some(self.twilio.with_account(ids, secret, from.clone()))
    }

    /// Hands an email to SES.
    pub(crate) async fn email(&self, message: &EmailMessage, now: Timestamp) -> SendReport {
        self.noted("ses", self.ses.carry(message).await, now)
    }

    /// Writes a failed send to the log and to the metrics.
    fn noted(&self, service: &'static str, report: SendReport, now: Timestamp) -> SendReport {
        if let Some(line) = outcome::note(service, &report, now) {
            (self.meter)(line);
        }
        report
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
