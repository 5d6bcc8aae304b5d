//! Replies in the words of the model.

use super::Reply;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use portcullis_model::{Answer, Claims, Method, View};
use serde_json::Value;

pub(super) fn done(reply: &Reply) -> Answer {
    answer(reply, |_| Answer::Done)
}

pub(super) fn verified(body: &Value) -> Answer {
    let status = known(body["status"].as_str().unwrap());
    assert_eq!(
        status == "allowed",
        body["assertion"].is_string(),
        "an assertion says allowed, and nothing else does"
    );
    Answer::Verified(status)
}

/// `passkey` returns the authenticators of a question for a passkey.
pub(super) fn view(body: &Value, passkey: impl Fn(&Value) -> Option<Vec<usize>>) -> Answer {
    let method =
        |word: &Value| Method::ALL.into_iter().find(|method| *word == method.word()).unwrap();
    let options = body["options"].as_array().unwrap().iter();
    // A recovery code stands in for all of them.
    let options = options.filter(|option| option["method"] != "recovery_code");
    Answer::View(View {
        status: known(body["status"].as_str().unwrap()),
        reason: known(body["reason"].as_str().unwrap()),
        options: options.map(|o| (method(&o["method"]), o["bound"] == true)).collect(),
        awaited: body.get("challenge").map(|challenge| method(&challenge["method"])),
        default: body["default"] == "email",
        skippable: body["skippable"] == true,
        passkey: passkey(body),
        offers_passkey: body["passkey_offered"] == true,
    })
}

/// Returns what an assertion says of the way in which the user got in.
pub(super) fn claims(body: &Value) -> Option<Claims> {
    let payload = body["assertion"].as_str()?.split('.').nth(1).unwrap();
    let said: Value =
        serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap();
    let amr: Vec<&str> = said["amr"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(said["method"] == "passkey", amr.starts_with(&["pop", "mfa"]), "{said}");
    let acr = said["acr"].as_str().unwrap().strip_prefix("urn:portcullis:acr:").unwrap();
    Some(Claims {
        mfa: known(said["mfa"].as_str().unwrap()),
        acr: known(acr),
        user: amr.contains(&"user"),
        synced: said["synced"].as_bool(),
    })
}

pub(super) fn answer(reply: &Reply, good: impl Fn(&Value) -> Answer) -> Answer {
    let (status, code) = reply.problem();
    match code {
        _ if status < 300 => good(&reply.body),
        "sign_in_unknown" | "sign_in_expired" => Answer::Over,
        "code_wrong" | "code_expired" | "code_reused" => {
            let left = reply.body["attempts_left"].as_u64().unwrap();
            Answer::Wrong(known(code), u8::try_from(left).unwrap(), reply.retry_after)
        }
        _ => Answer::Refused(known(code), reply.retry_after),
    }
}

/// Keeps a word of the API for the life of the program: there are few.
pub(super) fn known(word: &str) -> &'static str {
    static WORDS: std::sync::Mutex<Vec<&str>> = std::sync::Mutex::new(vec![]);
    let mut words = WORDS.lock().unwrap();
    if let Some(known) = words.iter().find(|known| **known == word) {
        return known;
    }
    words.push(word.to_owned().leak());
    words.last().unwrap()
}
