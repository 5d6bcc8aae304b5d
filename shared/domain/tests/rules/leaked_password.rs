//! S36: somebody has the password, and nothing else. Whatever that person does, the user gets in on
//! a browser that got in before; and once the password is changed, strangers are let in again.

use crate::{portal_keys, world::World};
use portcullis_domain::{Bucket, LockKind};
use portcullis_model::{Act, Answer, PasswordProof};

const HOUR: i64 = 3_600;

/// The user's browser, and the number of the next sign-in.
struct Attacked {
    world: World,
    secret: String,
    home: Option<String>,
    next: usize,
}

impl Attacked {
    fn new() -> Self {
        let (world, secret) = World::with_app("authenticator_app");
        let mut attacked = Self { world, secret, home: None, next: 1 };
        attacked.gets_in();
        attacked
    }

    fn opens(&mut self, browser: Option<String>) -> (usize, Answer) {
        let n = self.next;
        self.next += 1;
        let contact = World::contact();
        let act = Act::Open { sign_in: n, ticket: None, contact, browser };
        (n, self.world.perform(&act).answer)
    }

    /// A stranger opens a sign-in and types a wrong code; returns true if it was judged.
    fn guesses(&mut self) -> bool {
        let (n, opened) = self.opens(None);
        match opened {
            Answer::View(_) => matches!(self.world.verify(n, "000000", None), Answer::Wrong(..)),
            _ => false,
        }
    }

    /// The user gets in at home, with the code that the app shows next.
    #[track_caller]
    fn gets_in(&mut self) {
        self.world.now = self.world.now.plus(30);
        let (n, opened) = self.opens(self.home.clone());
        assert!(matches!(opened, Answer::View(_)), "{opened:?}");
        let code = portal_keys::totp(&self.secret, self.world.now.unix() / 30);
        let act = Act::Verify { sign_in: n, code, by: None, make_default: false };
        let given = self.world.perform(&act);
        assert_eq!(given.answer, Answer::Verified("allowed"));
        self.home = given.browser_token;
    }

    fn lock(&self) -> Option<LockKind> {
        let failures = self.world.user().unwrap().failures;
        failures.lock_of(Bucket::Strangers, self.world.now).map(|lock| lock.kind)
    }
}

#[test]
fn s36_five_opens_take_no_sign_in_of_the_users() {
    let mut attacked = Attacked::new();
    let (own, _) = attacked.opens(attacked.home.clone());
    for _ in 0..5 {
        assert!(matches!(attacked.opens(None).1, Answer::View(_)));
    }
    attacked.world.now = attacked.world.now.plus(30);
    let code = portal_keys::totp(&attacked.secret, attacked.world.now.unix() / 30);
    assert_eq!(attacked.world.verify(own, &code, None), Answer::Verified("allowed"));
    attacked.gets_in();
}

#[test]
fn s36_thirty_opens_use_up_the_hour_of_strangers_alone() {
    let mut attacked = Attacked::new();
    attacked.world.now = attacked.world.now.plus(HOUR);
    let opened: Vec<bool> =
        (0..30).map(|_| matches!(attacked.opens(None).1, Answer::View(_))).collect();
    assert_eq!(opened, [vec![true; 20], vec![false; 10]].concat());
    for _ in 0..10 {
        attacked.gets_in();
    }
    let wait = 3_600 - 300;
    assert_eq!(
        attacked.opens(attacked.home.clone()).1,
        Answer::Refused("too_many_sign_ins", Some(wait)),
        "the eleventh waits with everybody else"
    );
}

#[test]
fn s36_fifty_wrong_codes_in_two_days_and_a_half_shut_strangers_out_alone() {
    let mut attacked = Attacked::new();
    let mut judged = 0;
    for n in 0..50 {
        attacked.world.now = attacked.world.now.plus(69 * 60);
        judged += u16::from(attacked.guesses());
        // A success at home ends the strangers' row, and so gives guesses of the day back.
        if n == 30 || attacked.lock() == Some(LockKind::Month) {
            attacked.gets_in();
        }
    }
    assert_eq!(judged, 35);
    assert_eq!(attacked.lock(), Some(LockKind::Month));
    assert!(!attacked.guesses());
    attacked.gets_in();
    assert_eq!(attacked.lock(), Some(LockKind::Month), "no success ends the month");
}

#[test]
fn s36_five_strings_at_a_bypass_code_leave_the_users_browser_as_it_was() {
    let mut attacked = Attacked::new();
    let issued = attacked.world.perform(&Act::IssueBypass);
    assert!(issued.secret.is_some());
    let (n, _) = attacked.opens(None);
    for _ in 0..5 {
        let answer = attacked.world.verify(n, "0000-0000-0000-0000", None);
        assert!(matches!(answer, Answer::Wrong("code_wrong", ..)));
    }
    assert_eq!(attacked.lock(), None);
    attacked.gets_in();
}

#[test]
fn s36_a_changed_password_lets_strangers_in_again_twice_in_thirty_days() {
    let mut attacked = Attacked::new();
    for lifts in [true, true, false] {
        // The wait of an hour would be over by the time the user has got in: a day is not.
        while attacked.lock() != Some(LockKind::Day) && attacked.lock() != Some(LockKind::Month) {
            attacked.world.now = attacked.world.now.plus(HOUR);
            attacked.guesses();
        }
        let (own, _) = attacked.opens(attacked.home.clone());
        let (contact, at) = (World::contact(), attacked.world.now.unix());
        let by = PasswordProof::OldPassword;
        attacked.world.perform(&Act::ChangePassword { contact, at, by });
        assert_eq!(attacked.lock().is_none(), lifts);
        assert_eq!(attacked.world.perform(&Act::Look(own)).answer, Answer::Over);
        let strangers = attacked.opens(attacked.home.clone()).1;
        assert_eq!(matches!(strangers, Answer::View(_)), lifts, "no browser is known any more");
        if lifts {
            attacked.gets_in();
        }
    }
}
