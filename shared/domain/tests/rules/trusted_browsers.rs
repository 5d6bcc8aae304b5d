//! Trusted browsers: what earns trust, what it stands for, and what ends it.

use crate::{
    portal_keys::{self, Keys},
    world::World,
};
use portcullis_domain::{
    BrowserToken, Method, Refusal, Timestamp, User,
    policy::{
        DestinationSource, EarnedBy, Enforcement, MethodPolicy, RememberBrowser, SelfService,
        TrustDays, WhenOff,
    },
    sign_in::{
        Acceptance, Acr, Event, Ground, MaxAge, Mfa, Progress, Remember, Role, SignInView, Status,
        open::{self, Open},
        prompt::{self, Browser, Claimed},
        verify::{self, Guess, Typed},
    },
    user::{PasswordChange, PasswordProof},
};
use portcullis_model::{Act, Answer, Method as Way};

mod asked;
mod copies;
mod ends;

const DAY: i64 = 86_400;

pub fn remember(days: u8) -> RememberBrowser {
    RememberBrowser { days: TrustDays::parse(days).unwrap(), earned_by: EarnedBy::Any }
}

/// Verifies a code, and asks for the browser to be remembered.
pub fn verify(
    world: &mut World,
    n: usize,
    code: &str,
    remember: Remember,
) -> Result<SignInView, Refusal> {
    let id = world.id(n);
    let typed = Typed::parse(code).unwrap();
    let guess = Guess { typed, method: None, make_email_default: false, remember };
    world.run(|context, user| verify::verify_code(context, user, &id, &guess))
}

pub fn code(world: &World, secret: &str) -> String {
    portal_keys::totp(secret, world.now.unix() / 30)
}

/// A user with an app, who had a browser remembered for thirty days a minute ago; the app's secret,
/// and the browser's token.
pub fn trusted(preset: &str) -> (World, String, BrowserToken) {
    let (mut world, secret) = World::with_app(preset);
    world.portal.policy.remember_browser = Some(remember(30));
    world.open(1);
    let code = code(&world, &secret);
    let view = verify(&mut world, 1, &code, Remember::ThisBrowser).unwrap();
    world.now = world.now.plus(60);
    (world, secret, view.browser_token.unwrap())
}

/// The same where users change their settings.
pub fn trusted_with_settings() -> (World, String, BrowserToken) {
    let (mut world, secret, token) = trusted("authenticator_app");
    world.portal.policy.self_service = SelfService::WithProof;
    (world, secret, token)
}

pub fn open_with(
    world: &mut World,
    n: usize,
    token: BrowserToken,
    change: impl FnOnce(Open) -> Open,
) -> Result<SignInView, Refusal> {
    let open = change(Open { browser_token: Some(token), ..world.opening(n) });
    world.open_as(n, &open)
}

pub fn open_in(world: &mut World, n: usize, token: BrowserToken) -> SignInView {
    open_with(world, n, token, |open| open).unwrap()
}

pub fn acceptance(view: &SignInView) -> Option<Acceptance> {
    view.status.acceptance().copied()
}

pub fn is_in(view: &SignInView) -> bool {
    acceptance(view).is_some_and(|acceptance| acceptance.mfa == Mfa::TrustedBrowser)
}

/// Returns true if a sign-in that begins now in this browser is let in, and changes nothing.
pub fn would_let_in(world: &World, token: BrowserToken) -> bool {
    let mut copy = world.clone();
    is_in(&open_in(&mut copy, 99, token))
}

fn in_force(user: &User) -> usize {
    user.trusted_browsers.len()
}

#[test]
fn t1_a_box_beside_a_right_code_earns_trust_and_nothing_else_does() {
    let (mut world, secret) = World::with_app("authenticator_app");
    let at = |world: &World| code(world, &secret);
    world.open(1);
    let right = at(&world);
    let view = verify(&mut world, 1, &right, Remember::ThisBrowser).unwrap();
    assert_eq!(view.browser_token.unwrap().counter, None, "the policy remembers none");
    world.portal.policy.remember_browser = Some(remember(30));
    world.now = world.now.plus(60);
    world.open(2);
    let right = at(&world);
    let view = verify(&mut world, 2, &right, Remember::Nothing).unwrap();
    assert_eq!(view.browser_token.unwrap().counter, None, "nobody asked for it");
    world.now = world.now.plus(60);
    world.open(3);
    let before = world.user().unwrap();
    assert!(verify(&mut world, 3, "000000", Remember::ThisBrowser).is_err());
    assert_eq!(in_force(&world.user().unwrap()), 0, "the code was wrong");
    assert_eq!(before.trusted_browsers, []);
    let right = at(&world);
    let view = verify(&mut world, 3, &right, Remember::ThisBrowser).unwrap();
    let token = view.browser_token.unwrap();
    assert_eq!(token.counter, Some(1));
    let user = world.user().unwrap();
    let [trusted] = user.trusted_browsers[..] else { panic!("{user:?}") };
    assert_eq!((trusted.id, trusted.since, trusted.days), (token.id, world.now, remember(30).days));
    assert_eq!((trusted.method, trusted.role), (Method::AuthenticatorApp, Role::Bound));
    assert_eq!(world.activity().last().unwrap(), "browser_trusted");
}

#[test]
fn t3_a_trusted_browser_is_not_asked_and_the_acceptance_tells_the_old_proof() {
    let (mut world, _, token) = trusted("authenticator_app");
    let proven_at = world.user().unwrap().trusted_browsers[0].since;
    world.now = world.now.plus(3 * DAY);
    let view = open_in(&mut world, 2, token);
    let accepted = acceptance(&view).unwrap();
    let wanted = Acceptance {
        at: world.now,
        mfa: Mfa::TrustedBrowser,
        method: Some(Method::AuthenticatorApp),
        role: Some(Role::Bound),
        generation: 1,
        passkey: None,
        proven_at: Some(proven_at),
    };
    assert_eq!(accepted, wanted);
    assert_eq!(accepted.ground(), Ground::PasswordAlone, "it is no proof");
    assert!(view.settings.is_none() && view.second_way.is_empty() && !view.passkey_offered);
    let next = view.browser_token.unwrap();
    assert_eq!((next.id, next.since, next.counter), (token.id, token.since, Some(2)));
    assert_eq!(world.activity().last().unwrap(), "trusted_sign_in");
    assert!(is_in(&open_in(&mut world, 3, next)));
    let strangers = world.open(4);
    assert_eq!(strangers.status, "challenge", "trust is of one browser");
}

#[test]
fn t3_trust_is_no_answer_to_a_demand() {
    let (mut world, _, token) = trusted_with_settings();
    let manage = |open| Open { event: Event::Manage, ..open };
    let step_up = |open| Open { event: Event::StepUp, acr: Acr::App, ..open };
    let settings = open_with(&mut world, 2, token, manage).unwrap();
    let stepped = open_with(&mut world, 3, token, step_up).unwrap();
    for view in [settings, stepped] {
        assert!(matches!(view.status, Status::Waiting(_)), "{:?}", view.status);
    }
    assert!(would_let_in(&world, token), "a login is let in");
}

#[test]
fn t3_a_demand_in_a_trusted_browser_leaves_the_trust_and_its_end_as_they_were() {
    let (mut world, secret, token) = trusted_with_settings();
    let before = world.user().unwrap().trusted_browsers[0];
    let step_up = |open| Open { event: Event::StepUp, acr: Acr::App, ..open };
    open_with(&mut world, 2, token, step_up).unwrap();
    let right = code(&world, &secret);
    let view = verify(&mut world, 2, &right, Remember::ThisBrowser).unwrap();
    let next = view.browser_token.unwrap();
    assert_eq!((next.id, next.counter), (token.id, Some(2)));
    let after = world.user().unwrap().trusted_browsers;
    assert_eq!(
        after.iter().map(|one| (one.id, one.since)).collect::<Vec<_>>(),
        [(before.id, before.since)]
    );
}

#[test]
fn t3_a_portals_max_age_bounds_the_age_of_the_proof() {
    let (mut world, _, token) = trusted("authenticator_app");
    world.now = world.now.plus(940);
    for (seconds, wanted) in
        [(0, false), (1, false), (1_000, false), (1_001, true), (31_536_000, true)]
    {
        let max_age = Some(MaxAge::parse(seconds).unwrap());
        let mut copy = world.clone();
        let view = open_with(&mut copy, 2, token, |open| Open { max_age, ..open }).unwrap();
        assert_eq!(is_in(&view), wanted, "{seconds} s");
    }
    let max_age = Some(MaxAge::parse(60).unwrap());
    open_with(&mut world, 2, token, |open| Open { max_age, ..open }).unwrap();
    let again = open_with(&mut world, 2, token, |open| open);
    assert!(matches!(again, Err(Refusal::Malformed(_))), "the nonce was for another age");
}

#[test]
fn t4_trust_ends_on_its_day_however_often_it_is_used() {
    let (mut world, _, mut token) = trusted("authenticator_app");
    let since = token.since;
    for day in 1..30 {
        world.now = since.plus(day * DAY);
        let view = open_in(&mut world, 2, token);
        assert!(is_in(&view), "day {day}");
        token = view.browser_token.unwrap();
        assert_eq!(token.since, since);
        world.change(|user| user.sign_ins.clear());
    }
    world.now = since.plus(30 * DAY - 1);
    assert!(would_let_in(&world, token));
    world.now = since.plus(30 * DAY);
    assert!(!would_let_in(&world, token));
    let user = world.user().unwrap();
    assert!(user.known_browser(&Keys, &[token], 0, world.now).unwrap().is_some(), "still known");
    world.open(3);
    assert_eq!(in_force(&world.user().unwrap()), 0, "nothing is kept of it");
}

#[test]
fn t4_the_lesser_of_the_days_granted_and_those_of_today_counts() {
    let (mut world, _, token) = trusted("authenticator_app");
    for (days, wanted) in [(1, 1), (10, 10), (30, 30), (90, 30)] {
        world.portal.policy.remember_browser = Some(remember(days));
        for (second, is_trusted) in [(-1, true), (0, false)] {
            world.now = token.since.plus(wanted * DAY + second);
            assert_eq!(would_let_in(&world, token), is_trusted, "{days} days, {second} s");
        }
    }
}

#[test]
fn t3_trust_stands_only_for_a_proof_that_would_be_asked_for_now() {
    type Change = (&'static str, fn(&mut World));
    let (world, _, token) = trusted("authenticator_app");
    let ends: [Change; 6] = [
        ("no browser is remembered", |world| world.portal.policy.remember_browser = None),
        ("only passkeys earn it", |world| {
            let earned_by = EarnedBy::PhishingResistant;
            let policy = RememberBrowser { earned_by, ..remember(30) };
            world.portal.policy.remember_browser = Some(policy);
        }),
        ("its method left the policy", |world| {
            let destination = DestinationSource::Directory;
            world.portal.policy.methods = vec![MethodPolicy::Email { destination }];
        }),
        ("another generation", |world| world.portal.generation += 1),
        ("disabled", |world| {
            world.change(|user| user.disabled_at = Some(user.sign_ins[0].expires_at))
        }),
        ("the console", |world| {
            world.portal.id = portcullis_domain::PortalId::console();
        }),
    ];
    for (name, change) in ends {
        let mut world = world.clone();
        change(&mut world);
        assert!(!would_let_in(&world, token), "{name}");
    }
    let mut world = world.clone();
    world.portal.policy.enforcement = Enforcement::OptOut;
    assert!(would_let_in(&world, token), "opt out");
    (world.portal.policy.enabled, world.portal.policy.when_off) =
        (false, WhenOff::ChallengeEnrolled);
    assert!(would_let_in(&world, token), "off, and who enrolled is challenged");
}

#[test]
fn t4_what_stands_in_for_the_app_earns_nothing() {
    let (mut world, _) = World::with_app("authenticator_app_with_email");
    world.portal.policy.remember_browser = Some(remember(30));
    world.open(1);
    let sent = world.perform(&Act::Challenge(1, Way::Email)).messages.remove(0).secret;
    let view = verify(&mut world, 1, &sent, Remember::ThisBrowser).unwrap();
    assert_eq!(acceptance(&view).unwrap().role, Some(Role::Fallback));
    assert_eq!(view.browser_token.unwrap().counter, None);
    world.open(2);
    let bypass = world.perform(&Act::IssueBypass).secret.unwrap();
    verify(&mut world, 2, &bypass, Remember::ThisBrowser).unwrap();
    assert_eq!(in_force(&world.user().unwrap()), 0);
    assert!(!world.activity().contains(&"browser_trusted".to_owned()));
}

#[test]
fn t1_a_code_from_the_directory_earns_trust_while_the_record_has_its_address() {
    let mut world = World::new("always_on");
    world.portal.policy.switched_by = portcullis_domain::policy::SwitchedBy::PortalAdmin;
    world.portal.policy.remember_browser = Some(remember(7));
    world.open(1);
    let sent = world.perform(&Act::Challenge(1, Way::Email)).messages.remove(0).secret;
    let view = verify(&mut world, 1, &sent, Remember::ThisBrowser).unwrap();
    let token = view.browser_token.unwrap();
    assert_eq!(world.user().unwrap().trusted_browsers[0].role, Role::Directory);
    assert!(would_let_in(&world, token));
    world.settings.email_from = None;
    assert!(!would_let_in(&world, token), "no code could be sent");
}

#[test]
fn at_most_five_browsers_are_trusted_and_one_more_drops_the_oldest() {
    let (mut world, secret, first) = trusted("authenticator_app");
    let mut tokens = vec![first];
    for n in 2..=6 {
        world.open(n);
        let right = code(&world, &secret);
        let view = verify(&mut world, n, &right, Remember::ThisBrowser).unwrap();
        tokens.push(view.browser_token.unwrap());
        world.now = world.now.plus(60);
        world.change(|user| user.sign_ins.clear());
    }
    let kept: Vec<_> = world.user().unwrap().trusted_browsers.iter().map(|one| one.id).collect();
    let newest: Vec<_> = tokens[1..].iter().map(|token| token.id).collect();
    assert_eq!(kept, newest);
    assert!(!would_let_in(&world, tokens[0]));
    assert!(tokens[1..].iter().all(|token| would_let_in(&world, *token)));
}

#[test]
fn t1_the_prompt_passes_a_trusted_browser_through_and_gives_it_its_next_token() {
    const URL: &str = "https://portal.example/back";
    let (mut world, _, token) = trusted("authenticator_app");
    world.portal.profile.return_urls = vec![URL.to_owned()];
    let claim = |world: &mut World, n, known: &[BrowserToken]| -> Claimed {
        let opened = world.open_for(n, None, &World::contact(), Some(URL));
        assert!(matches!(opened, Ok(Answer::View(_))), "{opened:?}");
        let id = world.id(n);
        let browser = Browser { cookie: None, known, ..Browser::default() };
        world.run(|context, user| prompt::claim(context, user, &id, browser)).unwrap()
    };
    let stranger = claim(&mut world, 2, &[]);
    assert_eq!(stranger.visited.step, prompt::Step::Challenge);
    let claimed = claim(&mut world, 3, &[token]);
    assert!(matches!(claimed.visited.step, prompt::Step::Done(_)), "{:?}", claimed.visited.step);
    assert!(is_in(&claimed.visited.view) && claimed.dispatch.is_none());
    let [next] = claimed.visited.known.unwrap()[..] else { panic!() };
    assert_eq!((next.id, next.counter), (token.id, Some(2)));
    let sign_in = world.user().unwrap().sign_in(world.id(3).key).cloned().unwrap();
    assert!(matches!(sign_in.progress, Progress::Done(_)));
    assert_eq!((sign_in.trusted_in, sign_in.known_browser), (Some(token.id), Some(token.id)));
}

#[test]
fn s36_a_trusted_browser_in_which_codes_were_wrong_is_asked() {
    let (mut world, _, token) = trusted("authenticator_app");
    let now = world.now;
    world.change(|user| (0..5).for_each(|_| user.failures.count(Some(token.id), now)));
    assert!(!would_let_in(&world, token));
}

#[test]
fn s36_no_lock_of_codes_keeps_a_trusted_browser_out() {
    let (mut world, _, token) = trusted("authenticator_app");
    let now = world.now;
    world.change(|user| {
        for n in 0..6 {
            user.failures.count(Some(portcullis_domain::BrowserId::new([n; 8])), now);
        }
        (0..14).for_each(|_| user.failures.count(None, now));
    });
    assert!(would_let_in(&world, token));
    world.portal.policy.remember_browser = None;
    let refused = open_with(&mut world, 2, token, |open| open);
    assert!(matches!(refused, Err(Refusal::Locked { .. })), "{refused:?}");
}

fn told(at: Timestamp, by: PasswordProof) -> PasswordChange {
    PasswordChange { at, by, told_at: at }
}

fn looked(world: &mut World, n: usize) -> Result<SignInView, Refusal> {
    let id = world.id(n);
    world.run(|context, user| open::look(context, user, &id))
}
