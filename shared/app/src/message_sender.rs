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
    Channel, DecisionContext, Destination, Locale, Locator, Refusal, Settings, SmsProvider,
    Timestamp, User,
    portal::Profile,
    settings::TwilioIds,
    sign_in::{
        SignInView,
        challenge::{self, Dispatch, SendOutcome},
        link::{self, LinkMail},
    },
    user::{MessageKind, SentMessage, Unsent},
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
    /// The origin under which Twilio reports, without which it is not asked to.
    pub(crate) callback_origin: Option<Arc<str>>,
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
    /// The user to whom it goes, whom reports on it find again; none if there is no such user.
    pub(crate) user: Option<(&'a User, Locator)>,
}

#[derive(Clone, Copy)]
pub(crate) enum Content<'a> {
    Code(CodeText<'a>),
    /// Changes, with the URL of the freeze link if they carry one.
    Notices(&'a [Unsent], Option<&'a str>),
    Test,
}

impl Content<'_> {
    const fn kind(self) -> MessageKind {
        match self {
            Self::Code(_) => MessageKind::Code,
            Self::Notices(..) => MessageKind::Notice,
            Self::Test => MessageKind::Test,
        }
    }
}

/// Names a message, so that a report on it finds its user. A message that cannot be named is sent
/// all the same, and nobody learns what became of it.
fn name(
    keyring: &Keyring,
    (user, locator): (&User, Locator),
    kind: MessageKind,
    to: &Destination,
    now: Timestamp,
) -> Option<SentMessage> {
    let channel = match to {
        Destination::Email(_) => Channel::Email,
        Destination::Sms(_) => Channel::Sms,
    };
    let place = (user.portal.clone(), locator, user.epoch);
    let named =
        SentMessage::new(keyring, place, (kind, channel), keyring.destination_hash(to), now);
    named.inspect_err(|error| tracing::error!(%error, "a message has no name")).ok()
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
        Self { ses, sns, twilio, meter: drop, service_url: None, callback_origin: None }
    }

    /// The providers of a deployed function; Twilio elsewhere if `TWILIO_API_URL` says so.
    pub fn deployed(aws: &aws_config::SdkConfig) -> Self {
        let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self::new(aws, aws, set("TWILIO_API_URL").as_deref())
            .with_meter(write_metrics)
            .with_configuration_set(set("CONFIGURATION_SET").as_deref())
            .with_callback_origin(set("SERVICE_ORIGIN").as_deref())
    }

    /// The same, with the configuration set that SES reports by.
    #[must_use]
    pub fn with_configuration_set(self, name: Option<&str>) -> Self {
        Self { ses: self.ses.with_configuration_set(name), ..self }
    }

    /// The same, for a service under this origin, where Twilio reports.
    #[must_use]
    pub fn with_callback_origin(self, origin: Option<&str>) -> Self {
        Self { callback_origin: origin.map(Arc::from), ..self }
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
        let settings = &charged.sending_settings();
        let delivered = counted(context, &counters, async {
            match &charged.portal {
                Some(portal) => {
                    let to = &dispatch.to;
                    let user = charged.user.as_ref();
                    let locale = language(caller, portal, user);
                    let whom = user.map(|user| (user, locator));
                    let profile = &portal.profile;
                    let way = Way { profile, settings, to, locale, user: whom };
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
        Way { profile, settings, to, locale, user }: Way<'_>,
        content: Content<'_>,
        now: Timestamp,
    ) -> SendReport {
        let about = user.and_then(|user| name(keyring, user, content.kind(), to, now));
        let about = about.as_ref();
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
                self.email(&message, about, now).await
            }
            (Destination::Sms(to), _, Some(provider)) => {
                let message = match content {
                    Content::Code(code) => TextMessage::with_code(profile, locale, to, &code),
                    Content::Notices(changes, _) => {
                        TextMessage::with_notices(profile, locale, to, changes)
                    }
                    Content::Test => TextMessage::with_test(profile, locale, to),
                };
                self.text(keyring, provider, &message, about, now).await
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
        let settings = charged.sending_settings();
        let delivered = counted(context, &counters, async {
            match (&charged.portal, page, &settings.email_from) {
                (Some(portal), Some(page), Some(from)) => {
                    let locale = language(caller, portal, charged.user.as_ref());
                    let template =
                        EmailTemplate { profile: &portal.profile, from, to: &mail.to, locale };
                    let minutes = (mail.expires_at.since(now) + 59) / 60;
                    let message = template.with_link(page, &mail.ticket, minutes);
                    let (user, to) = (charged.user.as_ref(), Destination::Email(mail.to.clone()));
                    let keyring = context.keyring().await.ok();
                    let about = keyring.zip(user).and_then(|(keyring, user)| {
                        name(&keyring, (user, locator), MessageKind::Link, &to, now)
                    });
                    self.email(&message, about.as_ref(), now).await.outcome
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
        about: Option<&SentMessage>,
        now: Timestamp,
    ) -> SendReport {
        match provider {
            SmsProvider::Sns { from } => {
                let report = self.sns.from(from.clone()).send(message).await;
                self.noted("sns", report, now)
            }
            SmsProvider::Twilio { .. } => {
                let callback = about.and_then(|about| self.callback(provider, about));
                let report = match self.twilio(keyring, provider) {
                    Some(twilio) => twilio.reporting_to(callback).send(message).await,
                    None => SendReport::not_sent("CredentialsUnreadable"),
                };
                self.noted("twilio", report, now)
            }
        }
    }

    /// Twilio with the account of the settings, if its ids are whole and its secret opens.
    pub(crate) fn twilio(&self, keyring: &Keyring, provider: &SmsProvider) -> Option<Twilio> {
        let SmsProvider::Twilio { account, client_id, client_secret, from, .. } = provider else {
            return None;
        };
        let ids = TwilioIds::parse(account.as_deref(), client_id).ok()?;
        let secret = keyring
            .open_setting(TWILIO_SECRET, client_secret)
            .inspect_err(|error| tracing::error!(%error, "Twilio's secret does not open"))
            .ok()?;
        Some(self.twilio.with_account(ids, secret, from.clone()))
    }

    /// Returns the URL at which Twilio is to report on a message: the service has an origin, and
    /// the token is set that its reports are signed with.
    fn callback(&self, provider: &SmsProvider, about: &SentMessage) -> Option<String> {
        let origin = self.callback_origin.as_ref().filter(|_| provider.signs_reports())?;
        Some(format!("{origin}{TWILIO_REPORTS}?{MESSAGE_PARAMETER}={about}"))
    }

    pub(crate) async fn email(
        &self,
        message: &EmailMessage,
        about: Option<&SentMessage>,
        now: Timestamp,
    ) -> SendReport {
        self.noted("ses", self.ses.about(about.cloned()).send(message).await, now)
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
pub const TWILIO_AUTH_TOKEN: &str = "twilio.auth_token";

/// The path at which Twilio reports, and the parameter that names the message.
pub const TWILIO_REPORTS: &str = "/v1/deliveries/twilio";
pub const MESSAGE_PARAMETER: &str = "message";
