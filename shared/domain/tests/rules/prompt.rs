//! The hosted prompt and its result, by the rules alone: one browser, one form, one result, each in
//! its time.

use crate::{portal_keys, world::World};
use portcullis_domain::{
    FullWindow, Refusal, SecretMac,
    sign_in::{
        Progress,
        challenge::SendOutcome,
        link,
        prompt::{Browser, Step, Visited, admit, admit_form, claim},
        result,
    },
};
use portcullis_model::{Act, Answer, Method};

const URL: &str = "https://portal.example/back";

/// A user with an app, and its secret, of a portal that may be gone back to.
fn with_app() -> (World, String) {
    let (mut world, secret) = World::with_app("authenticator_app");
    world.portal.profile.return_urls =
        vec!["https://portal.example/other".to_owned(), URL.to_owned()];
    (world, secret)
}

fn look(world: &mut World, n: usize, cookie: Option<SecretMac>) -> Result<Visited, Refusal> {
    let id = world.id(n);
    let browser = Browser { cookie: cookie.as_ref(), known: &[], ..Browser::default() };
    let claimed = world.run(|context, user| claim(context, user, &id, browser))?;
    Ok(claimed.visited)
}

fn verify(world: &mut World, n: usize, secret: &str) -> Answer {
    let code = portal_keys::totp(secret, world.now.unix() / 30);
    world.verify(n, &code, None)
}

#[test]
fn s22_the_first_browser_has_the_prompt_and_its_forms_and_no_other() {
    let (mut world, _) = with_app();
    let refused =
        world.open_for(1, None, &World::contact(), Some("https://portal.example/elsewhere"));
    assert_eq!(refused, Err(Refusal::ReturnUrlUnknown));
    world.open_for(1, None, &World::contact(), Some(URL)).unwrap();
    let first = look(&mut world, 1, None).unwrap();
    let (cookie, form) = (first.cookie.unwrap(), first.form);
    assert_eq!((first.step, cookie == form), (Step::Challenge, false));
    assert_eq!(look(&mut world, 1, None).map(drop), Err(Refusal::OtherBrowser));
    assert_eq!(look(&mut world, 1, Some(form)).map(drop), Err(Refusal::OtherBrowser));
    let again = look(&mut world, 1, Some(cookie)).unwrap();
    assert_eq!((again.cookie, again.form, again.guesses_left), (None, form, None));
    let id = world.id(1);
    for (browser, given, wanted) in [
        (Some(cookie), Some(form), Ok(())),
        (Some(cookie), Some(cookie), Err(Refusal::FormRefused)),
        (Some(cookie), None, Err(Refusal::FormRefused)),
        (Some(form), Some(form), Err(Refusal::OtherBrowser)),
        (None, Some(form), Err(Refusal::OtherBrowser)),
    ] {
        let admitted = world.run(|context, user| {
            admit_form(context, user.as_ref(), &id, browser.as_ref(), given.as_ref())
                .map(portcullis_domain::Decision::unchanged)
        });
        assert_eq!(admitted, wanted);
    }
    // A sign-in whose screens the portal shows has no prompt at all.
    assert_eq!(look(&mut world, 0, None).map(drop), Err(Refusal::UnknownSignIn));
    let id = world.id(0);
    let admitted = world.run(|context, user| {
        admit(context, user.as_ref(), &id, Some(&cookie))
            .map(portcullis_domain::Decision::unchanged)
    });
    assert_eq!(admitted.map(drop), Err(Refusal::UnknownSignIn));
}

#[test]
fn s22_a_result_is_had_once_for_its_code_and_again_for_a_minute_by_the_same_key() {
    let (mut world, secret) = with_app();
    world.open_for(1, None, &World::contact(), Some(URL)).unwrap();
    let cookie = look(&mut world, 1, None).unwrap().cookie.unwrap();
    let id = world.id(1);
    let redeem = |world: &mut World, code: &SecretMac, key: &str| {
        world
            .run(|context, user| result::redeem_result(context, user, &id, code, key))
            .map(|r| r.issued_at)
    };
    assert_eq!(redeem(&mut world, &cookie, "k1"), Err(Refusal::ResultRefused), "nobody is in");
    world.now = world.now.plus(590);
    assert_eq!(verify(&mut world, 1, &secret), Answer::Verified("allowed"));
    let accepted_at = world.now;
    // Ten minutes after it was opened the result can still be had: five minutes from the
    // acceptance.
    world.now = accepted_at.plus(299);
    let Step::Done(code) = look(&mut world, 1, Some(cookie)).unwrap().step else {
        panic!("not in")
    };
    assert_eq!(redeem(&mut world, &cookie, "k1"), Err(Refusal::ResultRefused), "another secret");
    let issued = world.now;
    assert_eq!(redeem(&mut world, &code, "k1"), Ok(issued));
    assert_eq!(look(&mut world, 1, Some(cookie)).unwrap().step, Step::Fetched);
    assert_eq!(redeem(&mut world, &code, "k2"), Err(Refusal::ResultRefused), "another key");
    assert_eq!(redeem(&mut world, &code, "k1"), Ok(issued), "its reply may have been lost");
    world.now = accepted_at.plus(300);
    assert_eq!(redeem(&mut world, &code, "k1"), Err(Refusal::SignInExpired));
}

#[test]
fn s22_within_the_sign_ins_time_the_same_result_ends_after_a_minute() {
    let (mut world, secret) = with_app();
    world.open_for(1, None, &World::contact(), Some(URL)).unwrap();
    let cookie = look(&mut world, 1, None).unwrap().cookie.unwrap();
    verify(&mut world, 1, &secret);
    let Step::Done(code) = look(&mut world, 1, Some(cookie)).unwrap().step else {
        panic!("not in")
    };
    let id = world.id(1);
    let issued = world.now;
    for (after, wanted) in [(0, Ok(())), (59, Ok(())), (60, Err(Refusal::ResultRefused))] {
        world.now = issued.plus(after);
        let redeemed =
            world.run(|context, user| result::redeem_result(context, user, &id, &code, "k1"));
        assert_eq!(redeemed.map(drop), wanted, "{after}");
    }
}

#[test]
fn what_the_prompt_shows_follows_the_sign_in() {
    let (mut world, _) = with_app();
    world.open_for(1, None, &World::contact(), Some(URL)).unwrap();
    let cookie = look(&mut world, 1, None).unwrap().cookie;
    world.verify(1, "000000", None);
    let seen = look(&mut world, 1, cookie).unwrap();
    assert_eq!((seen.step, seen.guesses_left), (Step::Challenge, Some(4)));
    assert_eq!(seen.view.nonce.as_str(), "nonce-0000000000000001");
    let back = "https://portal.example/back?error=left&state=nonce-0000000000000001";
    let left = portcullis_domain::sign_in::prompt::Answer::Left("left");
    assert_eq!(look(&mut world, 1, cookie).unwrap().back(left).as_deref(), Some(back));
    (0..4).for_each(|_| drop(world.verify(1, "000000", None)));
    assert_eq!(look(&mut world, 1, cookie).unwrap().step, Step::Dead);
    world.now = world.now.plus(600);
    assert_eq!(look(&mut world, 1, cookie).unwrap().step, Step::Over);
    world.open_for(2, None, &World::contact(), Some(URL)).unwrap();
    world.now = world.now.plus(600);
    assert_eq!(
        look(&mut world, 2, None).map(drop),
        Err(Refusal::SignInExpired),
        "nobody opened it in time"
    );
}

#[test]
fn a_locked_user_is_shown_the_lock_and_an_enrolment_its_destination() {
    let (mut world, _) = with_app();
    world.open_for(1, None, &World::contact(), Some(URL)).unwrap();
    world.open_for(2, None, &World::contact(), None).unwrap();
    let cookie = look(&mut world, 1, None).unwrap().cookie;
    for _ in 0..5 {
        world.verify(2, "000000", None);
    }
    assert!(matches!(look(&mut world, 1, cookie).unwrap().step, Step::Locked(_)));

    let mut world = World::new("email_enrolment");
    world.portal.profile.return_urls = vec![URL.to_owned()];
    world.open_for(0, None, &World::contact(), Some(URL)).unwrap();
    let first = look(&mut world, 0, None).unwrap();
    assert_eq!((first.step, first.enrolling, first.pending), (Step::Enrol, None, None));
    world.perform(&Act::Enrol(0, Method::Email, Some("own@example.org".to_owned())));
    let sent = world.now;
    let pending = look(&mut world, 0, first.cookie).unwrap().pending.unwrap();
    assert_eq!((pending.to.as_str(), pending.sends_left), ("ow*****.org", 4));
    assert_eq!(pending.resend_after, sent.plus(30));
    world.now = sent.plus(300);
    assert_eq!(
        look(&mut world, 0, first.cookie).unwrap().pending,
        None,
        "the code is no longer good"
    );
}

#[test]
fn a_policy_that_asks_no_more_lets_a_browser_in_while_the_sign_in_runs() {
    let off = |world: &mut World| world.portal.policy.enabled = false;
    let progress = |world: &World, n: usize| world.user().unwrap().sign_ins[n].progress;
    let kinds = |world: &World| world.activity().last().cloned();

    let (mut world, _) = with_app();
    world.open_for(1, None, &World::contact(), Some(URL)).unwrap();
    let cookie = look(&mut world, 1, None).unwrap().cookie;
    off(&mut world);
    assert!(matches!(look(&mut world, 1, cookie).unwrap().step, Step::Done(_)));
    assert!(matches!(progress(&world, 1), Progress::Done(_)));
    assert_eq!(kinds(&world).as_deref(), Some("not_required"));

    let (mut world, _) = with_app();
    world.open_for(1, None, &World::contact(), Some(URL)).unwrap();
    let cookie = look(&mut world, 1, None).unwrap().cookie;
    world.now = world.user().unwrap().sign_ins[1].expires_at;
    off(&mut world);
    assert_eq!(look(&mut world, 1, cookie).unwrap().step, Step::Over);
    assert_eq!(progress(&world, 1), Progress::Open, "in its last second it is over");

    let (mut world, _) = with_app();
    world.open_for(1, None, &World::contact(), Some(URL)).unwrap();
    let cookie = look(&mut world, 1, None).unwrap().cookie;
    world.change(|user| user.sign_ins[1].progress = Progress::Dead);
    off(&mut world);
    assert_eq!(look(&mut world, 1, cookie).unwrap().step, Step::Dead);
    assert_eq!(progress(&world, 1), Progress::Dead);
}

#[test]
fn a_visit_writes_nothing_of_a_sign_in_that_only_waits() {
    let mut world = World::new("always_on");
    world.portal.profile.return_urls = vec![URL.to_owned()];
    world.open_for(0, None, &World::contact(), Some(URL)).unwrap();
    let before = world.activity();
    (world.settings.email_from, world.settings.sms) = (None, None);
    assert!(matches!(look(&mut world, 0, None).unwrap().step, Step::Denied(_)));
    assert_eq!(world.activity(), before);
}

#[test]
fn what_stands_in_a_query_is_encoded() {
    let encoded = portcullis_domain::percent_encoded("aZ09-._~ +/?&=é%");
    assert_eq!(encoded, "aZ09-._~%20%2B%2F%3F%26%3D%C3%A9%25");
}

#[test]
fn m8_a_link_that_did_not_arrive_is_issued_again_after_a_few_minutes() {
    let (mut world, _) = World::with_app("managed");
    world.portal.profile.return_urls = vec![URL.to_owned()];
    let again = |world: &mut World, n| {
        let id = world.id(n);
        world.run(|context, user| link::issue_again(context, user, &id))
    };
    world.open_for(1, None, &World::contact(), Some(URL)).unwrap();
    assert_eq!(again(&mut world, 1).map(drop), Err(Refusal::AnotherStep), "it waits for no link");
    world.perform(&Act::Reset);
    world.open_for(2, None, &World::contact(), Some(URL)).unwrap();
    let claimed = look(&mut world, 2, None).unwrap();
    let mailed = claimed.mailed_link.unwrap();
    assert_eq!((claimed.step, mailed.resend_after), (Step::CheckEmail, world.now.plus(300)));
    let until = mailed.resend_after;
    world.now = until.plus(-1);
    assert_eq!(again(&mut world, 2).map(drop), Err(Refusal::ResendTooSoon { until }));
    world.now = until;
    let link = again(&mut world, 2).unwrap();
    assert_eq!(link.to.masked(), mailed.to);
    let seen = look(&mut world, 2, claimed.cookie).unwrap().mailed_link.unwrap();
    assert_eq!(seen.resend_after, until.plus(300));
}

/// A user who was reset, and waits for a mailed link in the first sign-in.
fn waiting_for_link() -> World {
    let (mut world, _) = World::with_app("managed");
    world.portal.profile.return_urls = vec![URL.to_owned()];
    world.perform(&Act::Reset);
    world.open_for(1, None, &World::contact(), Some(URL)).unwrap();
    look(&mut world, 1, None).unwrap();
    world
}

#[test]
fn s38_a_full_cap_holds_a_link_back_and_one_entry_says_so() {
    let mut world = waiting_for_link();
    world.now = world.now.plus(300);
    let (began_at, ends_at) = (world.now, world.now.plus(600));
    world.full = Some(FullWindow { began_at, ends_at });
    let id = world.id(1);
    let before = world.user().unwrap().ticket;
    let mut written = vec![];
    for _ in 0..3 {
        let again = world.run(|context, user| link::issue_again(context, user, &id));
        assert_eq!(again.unwrap_err().until(), Some(ends_at));
        written.push(world.user().unwrap());
    }
    assert_eq!(written[0].ticket, before, "the link in the mailbox still counts");
    assert!(written.iter().all(|user| *user == written[0]), "the second try writes nothing");
    let limited = world.activity().into_iter().filter(|kind| kind == "send_limited").count();
    assert_eq!(limited, 1);
}

#[test]
fn a_link_that_was_surely_not_sent_again_leaves_the_one_before_and_is_not_asked_for_at_once() {
    let mut world = waiting_for_link();
    let first = world.user().unwrap().ticket;
    world.now = world.now.plus(300);
    let id = world.id(1);
    let again =
        |world: &mut World| world.run(|context, user| link::issue_again(context, user, &id));
    let mail = again(&mut world).unwrap();
    assert_ne!(world.user().unwrap().ticket, first);
    let not_sent = SendOutcome::NotSent;
    world.run(|context, user| Ok(link::record(context, user.unwrap(), &mail, not_sent))).unwrap();
    assert_eq!(world.user().unwrap().ticket, first);
    let until = world.now.plus(30);
    assert_eq!(again(&mut world).map(drop), Err(Refusal::ResendTooSoon { until }));
    world.now = until;
    assert!(again(&mut world).is_ok());
}

#[test]
fn an_account_is_named_by_its_address_else_its_name_else_its_id_and_never_whole() {
    let (mut world, _) = with_app();
    world.open_for(1, None, &World::contact(), Some(URL)).unwrap();
    let cookie = look(&mut world, 1, None).unwrap().cookie;
    let named = |world: &mut World| look(world, 1, cookie).unwrap().account.to_string();
    let email = portcullis_domain::Email::parse(&World::contact().email.unwrap()).unwrap();
    assert_eq!(named(&mut world), email.masked().to_string());
    world.change(|user| {
        user.contact.email = None;
        user.contact.display_name = portcullis_domain::DisplayName::parse("Somebody Else").ok();
    });
    assert_eq!(named(&mut world), "Some*****");
    world.change(|user| user.contact.display_name = None);
    let id = world.user().unwrap().id;
    assert_eq!(named(&mut world), portcullis_domain::Masked::name(id.as_str()).to_string());
}
