//! Text messages through Twilio's Messages resource.

use portcullis_domain::sign_in::challenge::SendOutcome;
use reqwest::Client;
use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};
use zeroize::Zeroizing;

use crate::{Carrier, TextMessage, outcome, time_limit::SEND_SECONDS};

/// Where Twilio answers.
pub(crate) const PUBLIC: &str = "https://api.twilio.com";

/// Twilio, with an account to send from.
#[derive(Clone)]
pub struct Twilio {
    base: Arc<str>,
    http: Arc<OnceLock<Client>>,
    account: Option<Arc<Account>>,
}

struct Account {
    id: String,
    secret: Zeroizing<String>,
    from: String,
}

impl Twilio {
    /// Twilio at an address other than its public one, or at that where there is none.
    pub fn new(base: Option<&str>) -> Self {
        Self { base: base.unwrap_or(PUBLIC).into(), http: Arc::default(), account: None }
    }

    /// The same, with an account.
    #[must_use]
    pub fn with_account(&self, id: String, secret: Zeroizing<String>, from: String) -> Self {
        Self { account: Some(Arc::new(Account { id, secret, from })), ..self.clone() }
    }

    /// The HTTP status with which Twilio answers for the account; none where it does not answer.
    pub(crate) async fn account_status(&self) -> Option<u16> {
        let (http, account) = (self.http()?, self.account.as_ref()?);
        let answer = http
            .get(format!("{}/2010-04-01/Accounts/{}.json", self.base, account.id))
            .basic_auth(&account.id, Some(account.secret.as_str()))
            .send()
            .await;
        answer.ok().map(|answer| answer.status().as_u16())
    }

    /// Made at the first text message: reading the certificates costs time that most processes never need.
    fn http(&self) -> Option<&Client> {
        if self.http.get().is_none() {
            let client = Client::builder()
                .connect_timeout(Duration::from_secs(2))
                .timeout(Duration::from_secs(SEND_SECONDS))
                .build()
                .ok()?;
            return Some(self.http.get_or_init(|| client));
        }
        self.http.get()
    }
}

impl Carrier<TextMessage> for Twilio {
    async fn carry(&self, message: &TextMessage) -> SendOutcome {
        let (Some(http), Some(account)) = (self.http(), &self.account) else {
            return SendOutcome::NotSent;
        };
        // A messaging service has an id of its own form; anything else is a number or a sender id.
        let sender = if account.from.starts_with("MG") { "MessagingServiceSid" } else { "From" };
        let answer = http
            .post(format!("{}/2010-04-01/Accounts/{}/Messages.json", self.base, account.id))
            .basic_auth(&account.id, Some(account.secret.as_str()))
            .form(&[("To", message.to.e164()), (sender, &account.from), ("Body", &message.text)])
            .send()
            .await;
        outcome::of_http("twilio", &answer)
    }
}
