//! Replies in the words of the model.

use super::Reply;
use portcullis_model::{Answer, Method, View};
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

pub(super) fn view(body: &Value) -> Answer {
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
