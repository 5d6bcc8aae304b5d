//! The same ceremonies before another judge, py_webauthn: good ones of every algorithm, and each
//! changed in one point. A proof is signed after the change, so that its signature is right and the
//! change alone is judged.

mod made;

use super::{Given, Passkey, PasskeyRules, UserVerification, vectors::accepted};
use made::{Made, STORED_COUNTER};
use serde_json::{Value, json};
use std::{
    io::Write as _,
    process::{Command, Stdio},
};

/// The verdicts that a case must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Good,
    Refused,
    /// We refuse it, and the other judge leaves it to its caller or does not look at it.
    RefusedHere,
}
use Verdict::{Good, Refused, RefusedHere};

type Change = fn(&mut Given);
type Changes<'a> = &'a [(&'a str, Change, Verdict)];

fn replace(given: &mut Given, from: &str, to: &str) {
    let text = String::from_utf8(given.client_data.clone()).unwrap();
    assert!(text.contains(from), "{text}");
    given.client_data = text.replace(from, to).into_bytes();
}

fn verify(given: &mut Given) {
    given.rules = PasskeyRules { user_verification: UserVerification::Required, ..given.rules };
}

const OF_BOTH: Changes<'_> = &[
    ("nothing", |_| (), Good),
    ("type", |g| replace(g, "webauthn.", "webauthn_"), Refused),
    ("another challenge", |g| g.challenge[0] ^= 1, Refused),
    ("another origin", |g| replace(g, "//example.org", "//example.com"), Refused),
    ("a host below", |g| replace(g, "//example.org", "//a.example.org"), Refused),
    ("a port", |g| replace(g, "example.org", "example.org:8443"), Refused),
    ("another scheme", |g| replace(g, "https:", "http:"), Refused),
    ("no type", |g| replace(g, "\"type\"", "\"kind\""), Refused),
    ("no challenge", |g| replace(g, "\"challenge\"", "\"question\""), Refused),
    ("no origin", |g| replace(g, "\"origin\"", "\"place\""), Refused),
    ("no JSON", |g| replace(g, "}", ""), Refused),
    ("another member", |g| replace(g, "}", ",\"new\":{\"a\":[1,null]}}"), Good),
    ("a frame", |g| replace(g, "Origin\":false", "Origin\":true"), RefusedHere),
    ("a page around", |g| replace(g, "}", ",\"topOrigin\":\"https://example.org\"}"), RefusedHere),
    ("a type twice", |g| replace(g, "{", "{\"type\":\"webauthn.x\","), RefusedHere),
    ("RP id", |g| g.authenticator_data[0] ^= 1, Refused),
    ("nobody touched it", |g| g.authenticator_data[32] &= !1, Refused),
    ("a user verified as the policy asks", verify, Good),
    ("a user not verified", |g| g.authenticator_data[32] &= !4, Good),
    (
        "a user not verified against the policy",
        |g| {
            verify(g);
            g.authenticator_data[32] &= !4;
        },
        Refused,
    ),
    ("a copy to come", |g| g.authenticator_data[32] &= !0x10, Good),
    ("a copy that cannot be", |g| g.authenticator_data[32] &= !8, Refused),
    ("a byte too few", |g| g.authenticator_data.truncate(g.authenticator_data.len() - 1), Refused),
    ("a byte too many", |g| g.authenticator_data.push(0), Refused),
    ("nothing to read", |g| g.authenticator_data.clear(), Refused),
    (
        "an extension",
        |g| {
            g.authenticator_data[32] |= 0x80;
            g.authenticator_data.extend([0xa1, 0x61, 0x61, 0xf5]);
        },
        Good,
    ),
    ("an extension that is not there", |g| g.authenticator_data[32] |= 0x80, Refused),
];

const OF_REGISTRATIONS: Changes<'_> = &[
    ("no credential", |g| g.authenticator_data[32] &= !0x40, Refused),
    ("another algorithm beside the key", |g| g.algorithm = -35, RefusedHere),
    ("a key that is cut", |g| g.public_key.truncate(40), RefusedHere),
];

const OF_PROOFS: Changes<'_> = &[
    ("the same counter", |g| count(g, STORED_COUNTER), Refused),
    ("a lower counter", |g| count(g, STORED_COUNTER - 1), Refused),
    ("a counter that ended", |g| count(g, 0), Refused),
    ("the highest counter", |g| count(g, u32::MAX), Good),
    ("a credential", |g| g.authenticator_data[32] |= 0x40, Refused),
    ("a passkey of one device", |g| g.authenticator_data[32] &= !0x18, RefusedHere),
    ("another passkey", |g| g.credential[0] ^= 1, RefusedHere),
    ("another user", |g| g.user_handle = Some(b"another".to_vec()), RefusedHere),
];

/// Changes of what was signed.
const AFTER_SIGNING: Changes<'_> = &[
    ("a signature changed", |g| *g.signature.last_mut().unwrap() ^= 1, Refused),
    ("a signature cut", |g| g.signature.truncate(g.signature.len() - 1), Refused),
    ("a signature lengthened", |g| g.signature.push(0), Refused),
    ("no signature", |g| g.signature.clear(), Refused),
    ("the counter signed", |g| count(g, 1_000), Refused),
    ("flags signed", |g| g.authenticator_data[32] ^= 4, Refused),
    ("client data signed", |g| replace(g, "{", "{ "), Refused),
];

fn count(given: &mut Given, counter: u32) {
    given.authenticator_data[33..37].copy_from_slice(&counter.to_be_bytes());
}

/// A case: what was changed, the ceremony, and both verdicts.
struct Case {
    name: String,
    given: Given,
    /// The passkey as it is stored, for a proof.
    stored: Option<Passkey>,
    verdict: Verdict,
    /// The key in COSE's encoding, as the other judge takes it.
    key: Vec<u8>,
}

impl Case {
    /// Returns our reason for refusing it.
    fn refused_here(&self) -> Option<String> {
        let refused = match &self.stored {
            None => self.given.register(&[]).err(),
            Some(stored) => self.given.prove(std::slice::from_ref(stored)).err(),
        };
        refused.map(|why| why.to_string())
    }

    /// Returns the case as the other judge reads it.
    fn document(&self) -> Value {
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let given = &self.given;
        json!({
            "ceremony": if self.stored.is_some() { "get" } else { "create" },
            "rp_id": given.rp_id,
            "origin": given.origin,
            "must_verify_user": given.rules.user_verification == UserVerification::Required,
            "challenge": hex(&given.challenge),
            "client_data": hex(&given.client_data),
            "authenticator_data": hex(&given.authenticator_data),
            "credential": hex(&given.credential),
            "signature": hex(&given.signature),
            "key": hex(&self.key),
            "counter": self.stored.as_ref().map_or(0, |stored| stored.counter),
        })
    }
}

fn changed(given: &Given, change: Change) -> Given {
    let mut given = given.clone();
    change(&mut given);
    given
}

fn registrations(made: &Made) -> impl Iterator<Item = Case> {
    let good = made.registration();
    let changes = [OF_BOTH, OF_REGISTRATIONS].concat();
    let changes = changes
        .into_iter()
        .map(move |(name, change, verdict)| (name.to_owned(), changed(&good, change), verdict));
    let of = |name: &str, given, verdict| (name.to_owned(), given, verdict);
    // The other judge takes the number from the key, and parses the key when it is used.
    let others = [(-7, RefusedHere), (-8, RefusedHere), (-257, RefusedHere)];
    let others = [&others[..], &[(-35, Refused), (-36, Refused), (0, Refused)]].concat();
    let others = others.into_iter().filter(|(other, _)| *other != made.algorithm());
    let others = others.map(|(other, verdict)| {
        of("another algorithm in the key", made.registration_saying(other), verdict)
    });
    let ids = [(0, Refused), (255, Good), (256, RefusedHere)];
    let ids = ids.map(|(length, verdict)| {
        of("the length of the id", made.registration_called(&vec![7; length]), verdict)
    });
    let all: Vec<_> = changes.chain(others).chain(ids).collect();
    let algorithm = made.algorithm();
    all.into_iter().map(move |(name, given, verdict)| Case {
        name: format!("{algorithm}, made: {name}"),
        given,
        stored: None,
        verdict,
        key: vec![],
    })
}

fn proofs(made: &Made) -> impl Iterator<Item = Case> {
    let good = made.proof();
    let signed = [OF_BOTH, OF_PROOFS]
        .concat()
        .into_iter()
        .map(|(name, change, verdict)| (name, made.signed(changed(&good, change)), verdict));
    let after = AFTER_SIGNING.iter().map(|(name, change, verdict)| {
        (*name, changed(&made.signed(good.clone()), *change), *verdict)
    });
    let by_another = Made::another_of(made).signed(good.clone());
    let all: Vec<_> = signed.chain(after).chain([("another key", by_another, Refused)]).collect();
    let case = |(name, given, verdict): (&str, Given, Verdict)| Case {
        name: format!("{}, used: {name}", made.algorithm()),
        given,
        stored: Some(made.stored()),
        verdict,
        key: made.cose(),
    };
    all.into_iter().map(case)
}

/// The ceremonies of the standard that we accept.
fn vectors() -> impl Iterator<Item = Case> {
    accepted().into_iter().flat_map(|vector| {
        let data = &vector.registration.authenticator_data;
        let key = data[55 + vector.registration.credential.len()..].to_vec();
        let case = |name: &str, given: &Given, stored| Case {
            name: format!("{}, {name}", vector.section),
            given: given.clone(),
            stored,
            verdict: Good,
            key: key.clone(),
        };
        let registration = case("made", &vector.registration, None);
        let proof = case("used", &vector.authentication, Some(vector.passkey()));
        [registration, proof]
    })
}

/// Returns the reasons of the other judge for refusing each.
fn refused_there(cases: &[Case]) -> Vec<Option<String>> {
    let documents: Vec<Value> = cases.iter().map(Case::document).collect();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/passkeys/second_judge.py");
    let mut judge = Command::new("python3")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = judge.stdin.take().unwrap();
    input.write_all(json!(documents).to_string().as_bytes()).unwrap();
    drop(input);
    let output = judge.wait_with_output().unwrap();
    assert!(output.status.success(), "webauthn is installed (by tests/run --set-up)");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn p2_another_judge_says_the_same_of_every_good_ceremony_and_of_every_change() {
    let mut cases: Vec<Case> = vectors().collect();
    for made in Made::all() {
        cases.extend(registrations(&made));
        cases.extend(proofs(&made));
    }
    let there = refused_there(&cases);
    assert_eq!(there.len(), cases.len());
    let mut wrong = vec![];
    for (case, there) in cases.iter().zip(there) {
        let here = case.refused_here();
        let found = match (&here, &there) {
            (None, None) => Some(Good),
            (Some(_), Some(_)) => Some(Refused),
            (Some(_), None) => Some(RefusedHere),
            (None, Some(_)) => None,
        };
        if found != Some(case.verdict) {
            wrong.push(format!("{}: here {here:?}, there {there:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let good = cases.iter().filter(|case| case.verdict == Good).count();
    assert!(good > 50 && cases.len() > 200, "{good} of {}", cases.len());
}
