//! What Twilio says about an account and its sender.

use portcullis_domain::{
    Channel,
    settings::{Finding, FindingCode, SmsSender},
};

use crate::{
    Twilio,
    twilio::{AccountFacts, Numbers, TwilioFailure},
};

impl Twilio {
    /// Asks for the sender's number, which shows that account and secret fit, and for the account itself.
    pub async fn check(&self, from: &str) -> Vec<Finding> {
        let sender = match SmsSender::parse(from) {
            Ok(sender) => sender,
            Err(malformed) => {
                let detail = format!("{malformed}.");
                return vec![blocks(FindingCode::NumberUnknown, detail)];
            }
        };
        let number = match sender {
            SmsSender::Number(number) => Some(number),
            SmsSender::MessagingService(_) | SmsSender::ShortCode(_) | SmsSender::Name(_) => None,
        };
        let (account, numbers) = tokio::join!(self.account_facts(), self.numbers(number));
        let mut findings = account_findings(account, &numbers);
        // Whoever is refused altogether learns nothing of the sender.
        if findings.iter().all(|finding| finding.code != FindingCode::Credentials) {
            findings.extend(sender_finding(sender, numbers));
        }
        findings
    }
}

fn blocks(code: FindingCode, detail: impl Into<String>) -> Finding {
    Finding::blocks(Channel::Sms, code, detail)
}

/// Judges the account. A Standard API key may not read it (Twilio's documentation, "API keys overview": a Standard key
/// has no access to `/Accounts`), so a refusal here counts only if the numbers are refused as well.
fn account_findings(
    account: Result<AccountFacts, TwilioFailure>,
    numbers: &Result<Numbers, TwilioFailure>,
) -> Vec<Finding> {
    let account = match (account, numbers) {
        (Err(TwilioFailure::Silent), _) | (_, Err(TwilioFailure::Silent)) => {
            let detail = "Twilio did not answer. Try again in a moment.";
            return vec![blocks(FindingCode::TwilioFailure, detail)];
        }
        (Ok(account), _) => account,
        (Err(_), Err(_)) => {
            return vec![blocks(
                FindingCode::Credentials,
                "Twilio refused the account, client id and secret. Check all three: an API key (SK...) works only with the account it was made in.",
            )];
        }
        (Err(_), Ok(_)) => {
            return vec![Finding::unchecked(
                Channel::Sms,
                FindingCode::AccountUnchecked,
                "This API key may not read the account, so nobody can tell whether the account is active or on trial. Send a test message, or use a Main API key.",
            )];
        }
    };
    match account.status.as_str() {
        "active" if account.kind == "Trial" => vec![Finding::limits(
            Channel::Sms,
            FindingCode::Sandbox,
            "The Twilio account is on trial: only numbers that are verified there get text messages. Upgrade it before users sign in.",
        )],
        "active" => vec![],
        _ => vec![blocks(
            FindingCode::Paused,
            "The Twilio account is suspended or closed and sends nothing. Log in to Twilio, resolve what it names, or use another account.",
        )],
    }
}

/// Judges the sender, as far as the account's numbers say anything of it.
fn sender_finding(
    sender: SmsSender<'_>,
    numbers: Result<Numbers, TwilioFailure>,
) -> Option<Finding> {
    let unchecked =
        |detail| Some(Finding::unchecked(Channel::Sms, FindingCode::SenderUnchecked, detail));
    match (sender, numbers) {
        (SmsSender::Number(number), Ok(found)) => {
            let own = found.incoming_phone_numbers.iter().find(|own| own.phone_number == number);
            match own {
                None => Some(blocks(
                    FindingCode::NumberUnknown,
                    "The number is not one of this Twilio account, which refuses messages from it. Buy it there, or enter one of the account's numbers.",
                )),
                Some(own) if !own.capabilities.sms => Some(blocks(
                    FindingCode::NumberWithoutSms,
                    "The number belongs to this Twilio account but does not send text messages. Choose one with the capability SMS.",
                )),
                Some(_) => None,
            }
        }
        // Credentials that work nowhere were judged with the account.
        (SmsSender::Number(_), Err(TwilioFailure::Refused | TwilioFailure::Unknown)) => unchecked(
            "This API key may not list the account's numbers, so nobody can tell whether the number is one of them. Send a test message.",
        ),
        (SmsSender::Number(_), Err(TwilioFailure::Silent)) => None,
        (SmsSender::Name(_), _) => unchecked(
            "Twilio has no way to ask whether a name may send; some countries want it registered and others replace it. Send a test message to each country you allow.",
        ),
        (SmsSender::MessagingService(_), _) => unchecked(
            "The senders of a messaging service are not checked here. Send a test message.",
        ),
        (SmsSender::ShortCode(_), _) => {
            unchecked("Short codes are not checked here. Send a test message.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::twilio::{Capabilities, Number};

    const NUMBER: &str = "+12025550100";

    fn numbers(sms: bool) -> Numbers {
        let number = Number { phone_number: NUMBER.to_owned(), capabilities: Capabilities { sms } };
        Numbers { incoming_phone_numbers: vec![number] }
    }

    fn account(status: &str, kind: &str) -> AccountFacts {
        AccountFacts { status: status.to_owned(), kind: kind.to_owned() }
    }

    #[test]
    fn an_account_is_judged_by_what_its_key_may_read() {
        use FindingCode as C;
        let found = |account, numbers: Result<Numbers, TwilioFailure>| -> Vec<FindingCode> {
            account_findings(account, &numbers).into_iter().map(|f| f.code).collect()
        };
        let refused = || Err(TwilioFailure::Refused);
        assert_eq!(found(Ok(account("active", "Full")), Ok(numbers(true))), []);
        assert_eq!(found(Ok(account("active", "Trial")), Ok(numbers(true))), [C::Sandbox]);
        assert_eq!(found(Ok(account("suspended", "Full")), Ok(numbers(true))), [C::Paused]);
        assert_eq!(found(Err(TwilioFailure::Refused), Ok(numbers(true))), [C::AccountUnchecked]);
        assert_eq!(found(Err(TwilioFailure::Refused), refused()), [C::Credentials]);
        assert_eq!(found(Err(TwilioFailure::Unknown), refused()), [C::Credentials]);
        assert_eq!(found(Err(TwilioFailure::Silent), Ok(numbers(true))), [C::TwilioFailure]);
        let silent = Err(TwilioFailure::Silent);
        assert_eq!(found(Ok(account("active", "Full")), silent), [C::TwilioFailure]);
    }

    #[test]
    fn a_number_must_be_the_accounts_own_and_a_name_cannot_be_asked_for() {
        use FindingCode as C;
        let found = |from, numbers| {
            sender_finding(SmsSender::parse(from).unwrap(), numbers).map(|finding| finding.code)
        };
        assert_eq!(found(NUMBER, Ok(numbers(true))), None);
        assert_eq!(found(NUMBER, Ok(numbers(false))), Some(C::NumberWithoutSms));
        assert_eq!(found("+12025550199", Ok(numbers(true))), Some(C::NumberUnknown));
        assert_eq!(found("Portal", Ok(numbers(true))), Some(C::SenderUnchecked));
        assert_eq!(found(NUMBER, Err(TwilioFailure::Refused)), Some(C::SenderUnchecked));
    }
}
