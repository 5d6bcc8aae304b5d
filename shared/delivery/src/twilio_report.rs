//! Twilio's report on a message (Twilio's documentation, "Track the Message Status of Outbound
//! Messages").

use portcullis_domain::user::{Fate, ReturnReason};

/// A report, with the number of the error that Twilio gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TwilioReport {
    pub fate: Fate,
    pub code: Option<String>,
}

impl TwilioReport {
    /// Reads the fields of a report; `None` if they say nothing of the message's end, such as
    /// `queued` and `sent`.
    pub fn read(fields: &[(String, String)]) -> Option<Self> {
        let field = |wanted| {
            let mut fields = fields.iter();
            fields.find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
        };
        let code = field("ErrorCode").and_then(|code| code.parse::<u32>().ok());
        let fate = match field("MessageStatus")? {
            "delivered" => Fate::Delivered,
            "undelivered" | "failed" => failed(code),
            _ => return None,
        };
        let code = code.filter(|code| *code <= 99_999).map(|code| code.to_string());
        Some(Self { fate, code })
    }
}

/// Reads the error (Twilio's documentation, "Error and Warning Dictionary"). One that is not known
/// says nothing of the next message.
fn failed(code: Option<u32>) -> Fate {
    match code {
        // Unknown, or a landline. Of 30003 and 30004, unreachable and blocked, a phone that is off
        // may be the cause.
        Some(30_005 | 30_006) => Fate::Returned(ReturnReason::Bounced),
        // The recipient answered STOP.
        Some(21_610) => Fate::Returned(ReturnReason::OptedOut),
        Some(_) | None => Fate::Delayed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_read_by_its_status_and_by_errors_that_last() {
        let read = |status: &str, code: &str| {
            let fields = [("MessageStatus", status), ("ErrorCode", code)];
            let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
            TwilioReport::read(&fields)
        };
        for status in ["queued", "sending", "sent", "accepted", "read", ""] {
            assert_eq!(read(status, ""), None, "{status}");
        }
        let fate = |status, code| read(status, code).unwrap().fate;
        assert_eq!(fate("delivered", ""), Fate::Delivered);
        for code in ["30005", "30006"] {
            let bounced = Fate::Returned(ReturnReason::Bounced);
            assert_eq!(fate("undelivered", code), bounced, "{code}");
            assert_eq!(fate("failed", code), bounced, "{code}");
        }
        assert_eq!(fate("failed", "21610"), Fate::Returned(ReturnReason::OptedOut));
        for code in ["30003", "30004", "30008", "30001", "", "x", "999999"] {
            assert_eq!(fate("undelivered", code), Fate::Delayed, "{code}");
        }
        assert_eq!(read("failed", "+64211234589").unwrap().code, None, "no number of a person");
    }
}
