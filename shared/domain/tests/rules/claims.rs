//! A hosted sign-in counts where its page is claimed: with strangers until then, and with known
//! browsers once one of them claims it.

use crate::{portal_keys, world::World};
use portcullis_domain::{
    BrowserToken, Bucket, Refusal, User,
    sign_in::prompt::{Browser, Claimed, claim},
};
use portcullis_model::{Act, Answer, Method};

const URL: &str = "https://portal.example/back";
const OWN: &str = "own@example.org";

/// A user whose only way is an address of the user's own, so that an opening sends at once; and the
/// token of the browser in which that was set up.
fn enrolled() -> (World, BrowserToken) {
    let mut world = World::new("email_enrolment");
    world.portal.profile.return_urls = vec![URL.to_owned()];
    world.open(0);
    let enrol = Act::Enrol(0, Method::Email, Some(OWN.to_owned()));
    let code = world.perform(&enrol).messages.remove(0).secret;
    let token = world.perform(&Act::Confirm(0, code)).browser_token.unwrap();
    world.now = world.now.plus(3_600);
    world.change(|user| user.sign_ins.clear());
    (world, BrowserToken::parse(&token).unwrap())
}

fn hosted(world: &mut World, n: usize) {
    let opened = world.open_for(n, None, &World::contact(), Some(URL));
    assert!(matches!(opened, Ok(Answer::View(_))), "{opened:?}");
}

fn claimed(world: &mut World, n: usize, known: &[BrowserToken]) -> Result<Claimed, Refusal> {
    let id = world.id(n);
    let browser = Browser { cookie: None, known, ..Browser::default() };
    world.run(|context, user| claim(context, user, &id, browser))
}

/// Openings and sends of known browsers, and those of strangers.
fn counted(world: &World) -> [(u16, u16); 2] {
    let user = world.user().unwrap();
    let of = |bucket| {
        let (opened, sent) = (user.opened.of(bucket), user.sent.of(bucket));
        (opened.count(world.now), sent.count(world.now))
    };
    [Bucket::Known, Bucket::Strangers].map(of)
}

fn numbers(world: &World, bucket: Bucket) -> Vec<String> {
    let of = |user: User| -> Vec<String> {
        let kept = user.sign_ins.iter().filter(|sign_in| sign_in.bucket() == bucket);
        kept.map(|s| s.nonce.as_str().trim_start_matches("nonce-").trim_start_matches('0').into())
            .collect()
    };
    world.user().map(of).unwrap_or_default()
}

#[test]
fn a_hosted_opening_counts_and_sends_nothing_and_the_first_claim_does_both() {
    let (mut world, _) = enrolled();
    let before = world.activity();
    for n in 1..=25 {
        hosted(&mut world, n);
        assert!(world.messages.is_empty());
    }
    assert_eq!((counted(&world), world.activity()), ([(0, 0), (0, 0)], before));
    let first = claimed(&mut world, 25, &[]).unwrap();
    assert_eq!(first.dispatch.map(|sent| sent.charged_to), Some(Bucket::Strangers));
    assert_eq!(counted(&world), [(0, 0), (1, 1)]);
    let (id, cookie) = (world.id(25), first.visited.cookie);
    let again = Browser { cookie: cookie.as_ref(), known: &[], ..Browser::default() };
    let again = world.run(|context, user| claim(context, user, &id, again)).unwrap();
    assert!(again.dispatch.is_none());
    assert_eq!(counted(&world), [(0, 0), (1, 1)], "the same browser again");
    assert_eq!(claimed(&mut world, 25, &[]).map(drop), Err(Refusal::OtherBrowser));
    assert_eq!(counted(&world), [(0, 0), (1, 1)], "and another");
}

#[test]
fn a_hosted_opening_is_refused_for_no_count_and_no_lock() {
    let (mut world, token) = enrolled();
    for n in 1..=20 {
        hosted(&mut world, n);
        claimed(&mut world, n, &[]).unwrap();
    }
    hosted(&mut world, 21);
    let until = world.now.plus(3_600);
    let before = world.user();
    assert_eq!(claimed(&mut world, 21, &[]).map(drop), Err(Refusal::TooManySignIns { until }));
    assert_eq!(world.user(), before, "nothing is written");
    claimed(&mut world, 21, &[token]).unwrap();

    let (mut world, _) = enrolled();
    world.open(1);
    for _ in 0..5 {
        world.verify(1, "000000", None);
    }
    hosted(&mut world, 2);
    assert!(claimed(&mut world, 2, &[]).unwrap().dispatch.is_none(), "no code while locked");
    assert_eq!(counted(&world), [(0, 0), (2, 1)]);
}

#[test]
fn the_claim_of_a_known_browser_moves_the_sign_in_to_its_side() {
    let (mut world, token) = enrolled();
    hosted(&mut world, 1);
    assert_eq!(numbers(&world, Bucket::Strangers), ["1"]);
    let sent = claimed(&mut world, 1, &[token]).unwrap().dispatch.unwrap();
    assert_eq!((sent.to.normalised().as_str(), sent.charged_to), (OWN, Bucket::Known));
    assert_eq!(counted(&world), [(1, 1), (0, 0)]);
    assert_eq!(numbers(&world, Bucket::Known), ["1"]);
    assert!(numbers(&world, Bucket::Strangers).is_empty());
    let user = world.user().unwrap();
    assert_eq!(user.sign_ins[0].known_browser, Some(token.id));
}

#[test]
fn a_claim_closes_sign_ins_of_its_own_side_only() {
    let (mut world, token) = enrolled();
    for n in 1..=3 {
        world.open_in(n, None, Some(token.expose()));
    }
    for n in 4..=5 {
        world.open(n);
    }
    hosted(&mut world, 6);
    assert_eq!(numbers(&world, Bucket::Known), ["1", "2", "3"]);
    claimed(&mut world, 6, &[token]).unwrap();
    assert_eq!(numbers(&world, Bucket::Known), ["2", "3", "6"], "its oldest made room");
    assert_eq!(numbers(&world, Bucket::Strangers), ["4", "5"]);
    for n in 7..=9 {
        hosted(&mut world, n);
    }
    assert_eq!(numbers(&world, Bucket::Known), ["2", "3", "6"]);
    // Codes went out in the two that the portal shows; of the hosted ones none has begun.
    assert_eq!(numbers(&world, Bucket::Strangers), ["4", "5", "9"]);
    claimed(&mut world, 9, &[]).unwrap();
    assert_eq!(numbers(&world, Bucket::Strangers), ["4", "5", "9"], "it stays where it is");
}

#[test]
fn a_browser_with_tokens_of_several_users_is_known_by_the_one_of_this_user() {
    let (mut world, token) = enrolled();
    let other = BrowserToken { since: token.since.plus(1), ..token };
    hosted(&mut world, 1);
    assert_eq!(claimed(&mut world, 1, &[other]).map(drop), Ok(()));
    assert_eq!(counted(&world), [(0, 0), (1, 1)], "it proves nothing for this user");
    hosted(&mut world, 2);
    assert_eq!(claimed(&mut world, 2, &[other, token]).map(drop), Ok(()));
    assert_eq!(counted(&world), [(1, 1), (1, 1)]);
}

#[test]
fn a_success_on_the_page_gives_its_browser_a_token_beside_those_of_four_other_users() {
    let (mut world, secret) = World::with_app("authenticator_app");
    world.portal.profile.return_urls = vec![URL.to_owned()];
    let own = {
        let user = world.user().unwrap();
        let since = world.now.plus(-30);
        user.browser_token(
            &portal_keys::Keys,
            portcullis_domain::BrowserId::new([9; 8]),
            since,
            None,
            0,
        )
        .unwrap()
    };
    let of_others: Vec<BrowserToken> =
        (1..=5).map(|n| BrowserToken { epoch: n + 100, ..own }).collect();
    let kept: Vec<BrowserToken> = [&of_others[..2], &[own], &of_others[2..]].concat();
    hosted(&mut world, 1);
    let cookie = claimed(&mut world, 1, &kept).unwrap().visited.cookie;
    let code = portal_keys::totp(&secret, world.now.unix() / 30);
    let new = world
        .perform(&Act::Verify { sign_in: 1, code, by: None, make_default: false })
        .browser_token
        .unwrap();
    let id = world.id(1);
    let browser = Browser { cookie: cookie.as_ref(), known: &kept, ..Browser::default() };
    let shown = world.run(|context, user| claim(context, user, &id, browser)).unwrap();
    let known = shown.visited.known.unwrap();
    assert_eq!(known[..4], of_others[1..], "the oldest of another user made room");
    assert_eq!(known[4].expose(), new, "and the new one took the place of the old one");
    let browser = Browser { known: &known, ..browser };
    let shown = world.run(|context, user| claim(context, user, &id, browser)).unwrap();
    assert_eq!(shown.visited.known, None, "nothing changes any more");
}
