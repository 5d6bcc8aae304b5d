//! The stand-ins of the providers refuse and lose what the real ones do, and the metrics count a
//! refusal by its own name.

use crate::harness::World;
use portcullis_delivery::{SendReport, Ses, Sns, Transport, Twilio};
use portcullis_domain::{
    Code, Destination, Email, Locator, Phone, PortalId, Purpose, portal::Profile,
    settings::TwilioIds, sign_in::challenge::SendOutcome,
};
use portcullis_messages::{CodeText, EmailTemplate, TextMessage};
use portcullis_store::UserKey;
use serde_json::{Value, json};

const PHONE: &str = "+64211234589";
const ADDRESS: &str = "testing@example.co.nz";
const OWN: &str = "+12025550100";

fn said(report: SendReport) -> String {
    match (report.outcome, report.error) {
        (SendOutcome::Sent, None) => "sent".to_owned(),
        (SendOutcome::NotSent, Some(error)) => error.to_string(),
        (outcome, error) => format!("{outcome:?} {error:?}"),
    }
}

async fn by_ses(world: &World, from: &str, to: &str) -> String {
    let ses = Ses::new(&world.stand_in("ses").await);
    let (from, to) = (Email::parse(from).unwrap(), Email::parse(to).unwrap());
    let profile = Profile::plain("Acme");
    let template = EmailTemplate { profile: &profile, from: &from, to: &to, locale: None };
    said(ses.send(&template.with_code(&words(&Code::from_number(1)))).await)
}

fn text() -> TextMessage {
    let phone = Phone::parse(PHONE, None).unwrap();
    let code = Code::from_number(1);
    TextMessage::with_code(&Profile::plain("Acme"), None, &phone, &words(&code))
}

fn words(code: &Code) -> CodeText<'_> {
    CodeText { code, purpose: Purpose::SignIn, minutes: 5, host: None, about: None }
}

async fn by_twilio(world: &World, client_id: &str, secret: &str, from: &str) -> String {
    let account = format!("AC{}", "0".repeat(32));
    let ids =
        TwilioIds::parse(Some(&account).filter(|a| *a != client_id).map(|a| a.as_str()), client_id);
    let base = world.url("/local/twilio");
    let twilio = Twilio::new(Some(&base));
    let twilio = twilio.with_account(ids.unwrap(), secret.to_owned().into(), from.to_owned());
    said(twilio.send(&text()).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn ses_refuses_what_it_refuses() {
    let world = World::start().await;
    let (from, to) = ("no-reply@portal.example", "anna@acme.test");
    let identities = |names: &[&str]| {
        let of = |name: &&str| json!({ "name": name, "verified": true });
        names.iter().map(of).collect::<Vec<Value>>()
    };
    let sandbox =
        |names: &[&str]| json!({ "ses": { "sandbox": true, "identities": identities(names) } });
    for (state, to, wanted) in [
        (json!({}), to, "sent"),
        (json!({}), "müller@acme.test", "BadRequestException"),
        // The domain leaves in ASCII (RFC 5890).
        (json!({}), "anna@bücher.test", "sent"),
        (json!({}), "anna@xn--bcher-kva.test", "sent"),
        (json!({ "ses": { "paused": true } }), to, "SendingPausedException"),
        (json!({ "ses": { "enforcement": "SHUTDOWN" } }), to, "AccountSuspendedException"),
        (json!({ "ses": { "quota": 200.0, "sent": 200.0 } }), to, "TooManyRequestsException"),
        (json!({ "ses": { "quota": 200.0, "sent": 199.0 } }), to, "sent"),
        (json!({ "ses": { "identities": [] } }), to, "MessageRejected"),
        (json!({ "ses": { "identities": identities(&[from]) } }), to, "sent"),
        (
            json!({ "ses": { "identities": identities(&["other@portal.example"]) } }),
            to,
            "MessageRejected",
        ),
        (sandbox(&["portal.example"]), to, "MessageRejected"),
        (sandbox(&["portal.example", to]), to, "sent"),
        (sandbox(&["portal.example", "acme.test"]), to, "sent"),
        (json!({ "ses": { "denied": ["ses:SendEmail"] } }), to, "AccessDeniedException"),
    ] {
        world.set_accounts(state.clone()).await;
        assert_eq!(by_ses(&world, from, to).await, wanted, "{state} {to}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sns_takes_what_it_never_delivers() {
    let world = World::start().await;
    for (state, wanted, arrives) in [
        (json!({}), "sent", true),
        (json!({ "sns": { "sandbox": true } }), "sent", false),
        (json!({ "sns": { "sandbox": true, "verified": [PHONE] } }), "sent", true),
        (json!({ "sns": { "limit_reached": true } }), "sent", false),
        (json!({ "sns": { "opted_out": [PHONE] } }), "OptedOut", false),
        (json!({ "sns": { "denied": ["sns:Publish"] } }), "AuthorizationError", false),
    ] {
        world.set_accounts(state.clone()).await;
        world.running.outbox.take(|_| true);
        let report = Sns::new(&world.stand_in("sns/").await).send(&text()).await;
        assert_eq!(said(report), wanted, "{state}");
        let arrived = world.messages().await.iter().any(|message| message["to"] == PHONE);
        assert_eq!(arrived, arrives, "{state}");
    }
    world.set_accounts(json!({})).await;
    // A number that is not E.164 never comes from us; SNS refuses it all the same.
    for number in ["0211234589", "+0211234589", "+64 21 123 4589"] {
        let asked = world.http.post(world.url("/local/sns/"));
        let form = [("Action", "Publish"), ("PhoneNumber", number), ("Message", "x")];
        let answer = asked.form(&form).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{number}");
        assert!(answer.text().await.unwrap().contains("<Code>InvalidParameter</Code>"), "{number}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twilio_refuses_what_it_refuses() {
    let world = World::start().await;
    let (account, key) = (format!("AC{}", "0".repeat(32)), format!("SK{}", "0".repeat(32)));
    let service = format!("MG{}", "0".repeat(32));
    for (state, client_id, secret, from, wanted) in [
        (json!({}), &account, "local-secret", OWN, "sent"),
        (json!({}), &key, "local-secret", OWN, "sent"),
        (json!({}), &account, "another", OWN, "20003"),
        (json!({ "twilio": { "account": "AC1" } }), &key, "local-secret", OWN, "20003"),
        (json!({ "twilio": { "status": "suspended" } }), &account, "local-secret", OWN, "20005"),
        (
            json!({ "twilio": { "blocked_regions": ["+64"] } }),
            &account,
            "local-secret",
            OWN,
            "21408",
        ),
        (
            json!({ "twilio": { "blocked_regions": ["+65"] } }),
            &account,
            "local-secret",
            OWN,
            "sent",
        ),
        (
            json!({ "twilio": { "numbers": ["+12025550199"] } }),
            &account,
            "local-secret",
            OWN,
            "21606",
        ),
        (json!({ "twilio": { "numbers": [OWN] } }), &account, "local-secret", OWN, "sent"),
        (json!({ "twilio": { "numbers": [] } }), &account, "local-secret", &service, "sent"),
    ] {
        world.set_accounts(state.clone()).await;
        assert_eq!(by_twilio(&world, client_id, secret, from).await, wanted, "{state} {client_id}");
    }
    let address = world.url(&format!("/local/twilio/2010-04-01/Accounts/{account}/Messages.json"));
    let asked = world.http.post(address).basic_auth(&account, Some("local-secret"));
    let asked = asked.form(&[("To", "0211234589"), ("From", OWN), ("Body", "x")]).send().await;
    let answer: Value = asked.unwrap().json().await.unwrap();
    assert_eq!(answer["code"], 21_211);
}

#[tokio::test(flavor = "multi_thread")]
async fn s21_a_failed_send_is_a_metric_by_the_providers_name_and_says_nothing_of_the_user() {
    use std::sync::Mutex;
    static LINES: Mutex<Vec<String>> = Mutex::new(vec![]);
    let world = World::start().await;
    let (context, sender) = world.function().await;
    let sender = sender.with_meter(|line| LINES.lock().unwrap().push(line));
    let id = PortalId::parse("always-on").unwrap();
    let place = UserKey { portal: id, locator: Locator::new([7; 16]) };
    let read = world.running.store.read(&place).await.unwrap();
    let portal = read.portal.clone().unwrap();
    let email = Destination::Email(Email::parse(ADDRESS).unwrap());
    let sms = Destination::Sms(Phone::parse(PHONE, None).unwrap());
    world.set_accounts(json!({ "ses": { "paused": true }, "sns": { "opted_out": [PHONE] } })).await;
    for to in [email, sms] {
        let sent = sender.send_test(&context, &place, &read, &portal, &to, None).await;
        assert_eq!(sent.unwrap().outcome, SendOutcome::NotSent);
    }
    let lines = LINES.lock().unwrap().clone();
    let named: Vec<(Value, Value)> = lines
        .iter()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|line| (line["service"].clone(), line["error"].clone()))
        .collect();
    let wanted = [("ses", "SendingPausedException"), ("sns", "OptedOut")];
    assert_eq!(named, wanted.map(|(service, error)| (json!(service), json!(error))));
    let user = ["testing", "example.co.nz", "1234589", "anna", "always"];
    assert!(lines.iter().all(|line| user.iter().all(|word| !line.contains(word))), "{lines:?}");
}
