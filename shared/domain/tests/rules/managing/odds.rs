//! A guess against two apps is charged twice, so that the odds stay.

use super::*;
use portcullis_domain::{LockKind, limits};

fn with_two_apps() -> World {
    let (mut world, secret) = anna();
    prove(&mut world, 1, &secret);
    add_app(&mut world, 1, &Place::default()).unwrap();
    world
}

/// A code that no app shows now.
fn wrong(world: &mut World, n: usize) -> Answer {
    world.verify(n, "000000", None)
}

#[test]
fn n4_a_wrong_code_is_charged_once_for_each_app_and_once_in_its_sign_in() {
    let mut world = with_two_apps();
    world.now = world.now.plus(60);
    world.open(2);
    assert_eq!(wrong(&mut world, 2), Answer::Wrong("code_wrong", 4, None));
    let strangers = world.user().unwrap().failures.codes().strangers.clone();
    assert_eq!((strangers.in_a_row, strangers.within_a_month(world.now)), (2, 2));
    let last = world.activity();
    assert_eq!(last.iter().filter(|kind| *kind == "code_wrong").count(), 1, "one entry");
}

#[test]
fn n4_with_fewer_guesses_left_than_apps_nothing_is_tried() {
    let mut world = with_two_apps();
    let now = world.now;
    world.change(|user| {
        (0..34).for_each(|_| user.failures.count(None, now));
        user.failures.succeed(None);
    });
    world.now = world.now.plus(60);
    world.open(2);
    let before = world.user();
    let refused = wrong(&mut world, 2);
    let Answer::Refused("locked", Some(wait)) = refused else { panic!("{refused:?}") };
    assert!(wait > 0);
    assert_eq!(world.user(), before, "nothing was compared, and nothing written");
    let lock = before.unwrap().failures.lock_for(None, 2, world.now).unwrap();
    assert_eq!(lock.kind, LockKind::Month);
}

/// An attacker with the password alone, who guesses whenever a guess is judged.
fn guesses_in_a_month(apps: usize) -> u32 {
    use portcullis_domain::{Timestamp, user::Failures};
    let (mut failures, mut judged) = (Failures::default(), 0);
    let start = Timestamp::from_unix(1_800_057_600);
    for minute in 0..limits::MONTH_DAYS * 24 * 60 {
        let now = start.plus(minute * 60);
        while failures.lock_for(None, apps, now).is_none() {
            failures.count_against(None, apps, now);
            judged += 1;
        }
    }
    judged
}

#[test]
fn n4_a_month_of_guessing_against_two_apps_succeeds_no_more_often_than_against_one() {
    let odds = |apps: u32| {
        let guesses = guesses_in_a_month(usize::try_from(apps).unwrap());
        let of_strangers = f64::from(guesses) * f64::from(apps) * limits::ODDS_PER_GUESS;
        let known = f64::from(limits::WRONG_CODES.known.per_month) * limits::ODDS_PER_GUESS;
        println!("{apps} apps: {guesses} guesses of strangers, odds {:.1e}", of_strangers + known);
        of_strangers + known
    };
    let (one, two) = (odds(1), odds(2));
    assert!(one <= 1e-4 + f64::EPSILON && two <= one, "{one} {two}");
    assert!((limits::odds_in_a_month(0) - one).abs() < 1e-9, "the printed odds are these");
    assert_eq!(guesses_in_a_month(2), u32::from(limits::WRONG_CODES.strangers.per_month) / 2);
}
