//! The order of a message: the user was charged by the write before; then the counters, narrowest
//! first; then one try to send; then a second write of the user says what became of it.

use crate::{
    AppContext, Caller, Cause, CommandError,
    caller::language,
    metrics::write_metrics,
    quotas::{Charged, CountedSend, counted},
};
use portcullis_delivery::{SendReport, Ses, Sns, Transport, Twilio, note_failure};
use portcullis_domain::{
    DecisionContext, Destination, Locale, Locator, Refusal, Settings, SmsProvider, Timestamp, User,
    portal::Profile,
    settings::TwilioIds,
    sign_in::{
        SignInView,
        challenge::{self, Dispatch, SendOutcome},
        link::{self, LinkMail},
    },
    user::Unsent,
};
use portcullis_keys::Keyring;
use portcullis_messages::{CodeText, EmailMessage, EmailTemplate, TextMessage};
use std::sync::Arc;

#[derive(Clone)]
pub struct MessageSender {
    pub(crate) ses: Ses,
    pub(crate) sns: Sns,
    twilio: Twilio,
    /// Writes lines with metrics to standard output, from which CloudWatch reads them.
    meter: fn(String),
    /// The URL under which users reach this service, without which notices carry no freeze link.
    pub(crate) service_url: Option<Arc<str>>,
}

/// The outcome of a message, as far as it is known.
#[derive(Clone, Debug)]
pub struct Delivered {
    pub outcome: SendOutcome,
    /// The end of the window whose limit was met, if one was.
    pub limit: Option<Timestamp>,
    /// The sign-in once that is written down, if the user still has it.
    pub view: Option<Box<SignInView>>,
}

impl Delivered {
    /// Returns what became of it with the sign-in, unless it was surely not sent.
    ///
    /// # Errors
    /// [`Refusal::SendLimit`] if a limit was met, else [`Cause::NotSent`] with the other ways.
    pub fn or_error(
        self,
        dispatch: &Dispatch,
        context: &AppContext,
    ) -> Result<(SendOutcome, SignInView), CommandError> {
        let error = match (self.outcome, self.limit) {
            (SendOutcome::NotSent, Some(until)) => {
                context.error(Refusal::SendLimit { until, instead: dispatch.instead })
            }
            (SendOutcome::NotSent, None) => {
                Cause::NotSent { others: dispatch.others.clone() }.into()
            }
            (outcome @ (SendOutcome::Sent | SendOutcome::Unknown), _) => {
                let view = self.view.ok_or(Refusal::UnknownSignIn)?;
                return Ok((outcome, *view));
            }
        };
        let locale = self.view.as_ref().and_then(|view| view.locale.clone());
        Err(CommandError { locale, sign_in: self.view, ..error })
    }
}

/// The destination of a message, with what says how it gets there and how it reads.
#[derive(Clone, Copy)]
pub(crate) struct Way<'a> {
    pub(crate) profile: &'a Profile,
    pub(crate) settings: &'a Settings,
    pub(crate) to: &'a Destination,
    pub(crate) locale: Option<&'a Locale>,
}

#[derive(Clone, Copy)]
pub(crate) enum Content<'a> {
    Code(CodeText<'a>),
    /// Changes, with the URL of the freeze link if they carry one.
    Notices(&'a [Unsent], Option<&'a str>),
    Test,
}

impl MessageSender {
    /// The providers under these configurations; Twilio at this address instead of its public one,
    /// if one is given.
    pub fn new(
        ses: &aws_config::SdkConfig,
        sns: &aws_config::SdkConfig,
        twilio: Option<&str>,
    ) -> Self {
        let (ses, sns, twilio) = (Ses::new(ses), Sns::new(sns), Twilio::new(twilio));
        Self { ses, sns, twilio, meter: drop, service_url: None }
    }

    /// The providers of a deployed function; Twilio elsewhere if `TWILIO_API_URL` says so.
    pub fn deployed(aws: &aws_config::SdkConfig) -> Self {
        Self::new(aws, aws, std::env::var("TWILIO_API_URL").ok().as_deref())
            .with_meter(write_metrics)
    }

    /// The same, with another place for the metrics of failed sends.
    #[must_use]
    pub fn with_meter(self, meter: fn(String)) -> Self {
        Self { meter, ..self }
    }

    /// The same, for a service under this URL.
    #[must_use]
    pub fn with_service_url(self, url: &str) -> Self {
        Self { service_url: Some(url.into()), ..self }
    }

    /// Counts, sends and writes down. A limit that is met, like a sure non-send, gives the send
    /// back.
    pub async fn send(
        &self,
        context: &AppContext,
        caller: &impl Caller,
        locator: Locator,
        Charged { after: charged, counters }: Charged,
        dispatch: &Dispatch,
    ) -> Result<Delivered, CommandError> {
        let keyring = context.keyring().await?;
        let delivered = counted(context, &counters, async {
            match &charged.portal {
                Some(portal) => {
                    let (settings, to) = (&charged.settings, &dispatch.to);
                    let user = charged.user.as_ref();
                    let locale = language(caller, portal, user);
                    let way = Way { profile: &portal.profile, settings, to, locale };
                    let seconds = dispatch.sent_code.expires_at.since(dispatch.charged_at);
                    let minutes = (seconds + 59) / 60;
                    let sign_in = user.and_then(|user| user.sign_in(dispatch.sign_in));
                    let host = challenge::host_of_page(portal, sign_in, caller.browser_host());
                    let (code, purpose) = (&dispatch.code, dispatch.purpose);
                    let about = dispatch.text.as_ref();
                    let code = Content::Code(CodeText { code, purpose, minutes, host, about });
                    self.deliver(&keyring, way, code, context.now()).await.outcome
                }
                None => SendOutcome::NotSent,
            }
        });
        let CountedSend { outcome, limit } = delivered.await?;
        let receipt = dispatch.receipt();
        let record = |context: &DecisionContext<'_>, user: Option<User>| {
            let user = user.ok_or(Refusal::UnknownSignIn)?;
            Ok(challenge::record(context, user, locator, &receipt, outcome))
        };
        let (view, _) = context.command(caller, locator, Some(charged), record).await?;
        Ok(Delivered { outcome, limit, view: view.map(Box::new) })
    }

    /// Sends a message to its destination, if the provider is set.
    pub(crate) async fn deliver(
        &self,
        keyring: &Keyring,
        Way { profile, settings, to, locale }: Way<'_>,
        content: Content<'_>,
        now: Timestamp,
    ) -> SendReport {
        match (to, &settings.email_from, &settings.sms) {
            (Destination::Email(to), Some(from), _) => {
                let template = EmailTemplate { profile, from, to, locale };
                let message = match content {
                    Content::Code(text) => template.with_code(&text),
                    Content::Notices(changes, freeze_link) => {
                        template.with_notices(changes, freeze_link)
                    }
                    Content::Test => template.with_test(),
                };
                self.email(&message, now).await
            }
            (Destination::Sms(to), _, Some(provider)) => {
                let message = match content {
                    Content::Code(code) => TextMessage::with_code(profile, locale, to, &code),
                    Content::Notices(changes, _) => {
                        TextMessage::with_notices(profile, locale, to, changes)
                    }
                    Content::Test => TextMessage::with_test(profile, locale, to),
                };
                self.text(keyring, provider, &message, now).await
            }
            (Destination::Email(_), None, _) | (Destination::Sms(_), _, None) => {
                SendReport::not_sent("NotConfigured")
            }
        }
    }
}

impl MessageSender {
    /// Mails a link to enrol again: counts, sends, and writes down, as for a code.
    pub async fn send_link(
        &self,
        context: &AppContext,
        caller: &impl Caller,
        locator: Locator,
        Charged { after: charged, counters }: Charged,
        mail: &LinkMail,
    ) -> Result<SendOutcome, CommandError> {
        let now = context.now();
        let page = charged.portal.as_ref().and_then(|p| p.profile.enrolment_url.as_deref());
        let delivered = counted(context, &counters, async {
            match (&charged.portal, page, &charged.settings.email_from) {
                (Some(portal), Some(page), Some(from)) => {
                    let locale = language(caller, portal, charged.user.as_ref());
                    let template =
                        EmailTemplate { profile: &portal.profile, from, to: &mail.to, locale };
                    let minutes = (mail.expires_at.since(now) + 59) / 60;
                    let message = template.with_link(page, &mail.ticket, minutes);
                    self.email(&message, now).await.outcome
                }
                _ => SendOutcome::NotSent,
            }
        })
        .await?;
        let outcome = delivered.outcome;
        let record = |context: &DecisionContext<'_>, user: Option<User>| {
            Ok(link::record(context, user.ok_or(Refusal::UnknownSignIn)?, mail, outcome))
        };
        context.command(caller, locator, Some(charged), record).await?;
        Ok(outcome)
    }

    pub(crate) async fn text(
        &self,
        keyring: &Keyring,
        provider: &SmsProvider,
        message: &TextMessage,
        now: Timestamp,
    ) -> SendReport {
        match provider {
            SmsProvider::Sns { from } => {
                let report = self.sns.from(from.clone()).send(message).await;
                self.noted("sns", report, now)
            }
            SmsProvider::Twilio { .. } => {
                let report = match self.twilio(keyring, provider) {
                    Some(twilio) => twilio.send(message).await,
                    None => SendReport::not_sent("CredentialsUnreadable"),
                };
                self.noted("twilio", report, now)
            }
        }
    }

    /// Twilio with the account of the settings, if its ids are whole and its secret opens.
    pub(crate) fn twilio(&self, keyring: &Keyring, provider: &SmsProvider) -> Option<Twilio> {
        let SmsProvider::Twilio { account, client_id, client_secret, from } = provider else {
            return None;
        };
        let ids = TwilioIds::parse(account.as_deref(), client_id).ok()?;
        let secret = keyring
            .open_setting(TWILIO_SECRET, client_secret)
            .inspect_err(|error| tracing::error!(%error, "Twilio's secret does not open"))
            .ok()?;
        Some(self.twilio.with_account(ids, secret, from.clone()))
    }

    pub(crate) async fn email(&self, message: &EmailMessage, now: Timestamp) -> SendReport {
        self.noted("ses", self.ses.send(message).await, now)
    }

    /// Writes a failed send to the log and to the metrics.
    fn noted(&self, service: &'static str, report: SendReport, now: Timestamp) -> SendReport {
        if let Some(line) = note_failure(service, &report, now) {
            (self.meter)(line);
        }
        report
    }
}

pub const TWILIO_SECRET: &str = "twilio.client_secret";
