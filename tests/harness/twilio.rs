//! The account that the stand-in of Twilio has, and settings that send by it.

use serde_json::{Value, json};

pub const TWILIO_ACCOUNT: &str = "AC00000000000000000000000000000000";
pub const TWILIO_SECRET: &str = "local-secret";

pub fn by_twilio() -> Value {
    json!({
        "provider": "twilio", "client_id": TWILIO_ACCOUNT, "client_secret": TWILIO_SECRET,
        "from": "+12025550100",
    })
}

/// The same with this secret, or without one: the stored one stays.
pub fn by_twilio_with(secret: Option<&str>) -> Value {
    let mut sms = by_twilio();
    let members = sms.as_object_mut().unwrap();
    match secret {
        Some(secret) => members.insert("client_secret".to_owned(), json!(secret)),
        None => members.remove("client_secret"),
    };
    sms
}

/// Settings that send emails, and text messages by Twilio.
pub fn settings_with_twilio() -> Value {
    json!({
        "email_from": "no-reply@portal.example", "sms": by_twilio(), "countries": ["NZ"],
    })
}
