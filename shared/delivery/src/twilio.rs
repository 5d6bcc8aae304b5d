//! Text messages through Twilio's Messages resource, and what Twilio says of an account.

use portcullis_domain::settings::{SmsSender, TwilioIds};
use reqwest::{Client, StatusCode};
use serde::{Deserialize, de::DeserializeOwned};
use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};
use zeroize::Zeroizing;

use portcullis_messages::TextMessage;

use crate::{SEND_SECONDS, SendReport, Transport, outcome};

pub(crate) const PUBLIC: &str = "https://api.twilio.com";

/// Twilio, with an account to send from.
#[derive(Clone)]
pub struct Twilio {
    base: Arc<str>,
    http: Arc<OnceLock<Client>>,
    account: Option<Arc<Account>>,
    /// The URL at which it is to report on the next message.
    callback: Option<String>,
}

struct Account {
    ids: TwilioIds,
    secret: Zeroizing<String>,
    from: String,
}

/// Why Twilio did not say what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TwilioFailure {
    Refused,
    Unknown,
    Silent,
}

/// An account, as Twilio describes it (Twilio's documentation, "REST API: Account").
#[derive(Debug, Deserialize)]
pub(crate) struct AccountFacts {
    pub(crate) status: String,
    #[serde(rename = "type", default)]
    pub(crate) kind: String,
}

/// Numbers of an account (Twilio's documentation, "IncomingPhoneNumber resource").
#[derive(Debug, Deserialize)]
pub(crate) struct Numbers {
    pub(crate) incoming_phone_numbers: Vec<Number>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Number {
    pub(crate) phone_number: String,
    #[serde(default)]
    pub(crate) capabilities: Capabilities,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Capabilities {
    #[serde(default, alias = "SMS")]
    pub(crate) sms: bool,
}

impl Twilio {
    /// Twilio at an address other than its public one, or at that if there is none.
    pub fn new(base: Option<&str>) -> Self {
        Self {
            base: base.unwrap_or(PUBLIC).into(),
            http: Arc::default(),
            account: None,
            callback: None,
        }
    }

    /// The same, with an account.
    #[must_use]
    pub fn with_account(&self, ids: TwilioIds, secret: Zeroizing<String>, from: String) -> Self {
        Self { account: Some(Arc::new(Account { ids, secret, from })), ..self.clone() }
    }

    /// The same, for a message that it is to report on at this URL.
    #[must_use]
    pub fn reporting_to(self, callback: Option<String>) -> Self {
        Self { callback, ..self }
    }

    pub(crate) async fn account_facts(&self) -> Result<AccountFacts, TwilioFailure> {
        self.ask(".json", &[]).await
    }

    /// Returns the numbers of the account that match a number; a page of one if no number is given.
    pub(crate) async fn numbers(&self, like: Option<&str>) -> Result<Numbers, TwilioFailure> {
        let query = match like {
            Some(number) => [("PhoneNumber", number)],
            None => [("PageSize", "1")],
        };
        self.ask("/IncomingPhoneNumbers.json", &query).await
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<T, TwilioFailure> {
        let (http, account) =
            self.http().zip(self.account.as_ref()).ok_or(TwilioFailure::Silent)?;
        let mut url =
            reqwest::Url::parse(&self.url(account, path)).map_err(|_| TwilioFailure::Silent)?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let asked = http
            .get(url)
            .basic_auth(account.ids.client_id(), Some(account.secret.as_str()))
            .send()
            .await
            .map_err(|_| TwilioFailure::Silent)?;
        match asked.status() {
            status if status.is_success() => asked.json().await.map_err(|_| TwilioFailure::Silent),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(TwilioFailure::Refused),
            StatusCode::NOT_FOUND => Err(TwilioFailure::Unknown),
            _ => Err(TwilioFailure::Silent),
        }
    }

    fn url(&self, account: &Account, path: &str) -> String {
        format!("{}/2010-04-01/Accounts/{}{path}", self.base, account.ids.account())
    }

    /// Made at the first text message: reading the certificates costs time that most processes
    /// never need.
    fn http(&self) -> Option<&Client> {
        if self.http.get().is_none() {
            let client = Client::builder()
                .user_agent(concat!("portcullis/", env!("CARGO_PKG_VERSION")))
                .connect_timeout(Duration::from_secs(2))
                .timeout(Duration::from_secs(SEND_SECONDS))
                .build()
                .ok()?;
            return Some(self.http.get_or_init(|| client));
        }
        self.http.get()
    }
}

impl Transport<TextMessage> for Twilio {
    async fn send(&self, message: &TextMessage) -> SendReport {
        let (Some(http), Some(account)) = (self.http(), &self.account) else {
            return SendReport::not_sent("ConstructionFailure");
        };
        let sender = match SmsSender::parse(&account.from) {
            Ok(SmsSender::MessagingService(_)) => "MessagingServiceSid",
            Ok(SmsSender::Number(_) | SmsSender::ShortCode(_) | SmsSender::Name(_)) | Err(_) => {
                "From"
            }
        };
        let mut fields =
            vec![("To", message.to.e164()), (sender, &account.from), ("Body", &message.text)];
        // Twilio's documentation, "Track the Message Status of Outbound Messages".
        fields.extend(self.callback.as_deref().map(|url| ("StatusCallback", url)));
        let answer = http
            .post(self.url(account, "/Messages.json"))
            .basic_auth(account.ids.client_id(), Some(account.secret.as_str()))
            .form(&fields)
            .send()
            .await;
        outcome::of_http(answer).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        io::{Read as _, Write as _},
        net::TcpListener,
        thread,
    };

    #[tokio::test]
    async fn twilio_is_told_which_release_calls() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let asked = thread::spawn(move || {
            let (mut caller, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            let read = caller.read(&mut request).unwrap();
            caller.write_all(b"HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n").unwrap();
            String::from_utf8_lossy(&request[..read]).into_owned()
        });
        let account = format!("AC{}", "0".repeat(32));
        let ids = TwilioIds::parse(None, &account).unwrap();
        let secret = Zeroizing::new("secret".to_owned());
        let from = "+15005550006".to_owned();
        let twilio = Twilio::new(Some(&base)).with_account(ids, secret, from);
        assert!(twilio.account_facts().await.is_err());
        let wanted = format!("user-agent: portcullis/{}\r\n", env!("CARGO_PKG_VERSION"));
        let asked = asked.join().unwrap();
        assert!(asked.contains(&wanted), "{asked}");
    }
}
