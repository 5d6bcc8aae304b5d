//! Commands of users who look after themselves, mixed with all others.

use crate::{Command, Guess, Method, Token, command::command, enrolled_in_browsers};
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, prop_oneof},
    sample::select,
};

pub(crate) fn verify(guess: Guess) -> Command {
    Command::Verify { sign_in: 0, guess, by: None, make_default: false }
}

/// Returns the commands that enrol a user also where an emailed code comes before it.
pub fn enrolled() -> Vec<Command> {
    let mut all = vec![
        Command::Open(None),
        Command::Challenge(0, Method::Email),
        verify(Guess::Here(0)),
        Command::Enrol(0, Method::App, false),
        Command::Confirm(0, Guess::App(0, 0)),
    ];
    all.extend(enrolled_in_browsers(1));
    all
}

fn proven() -> Vec<Command> {
    vec![
        Command::Wait(60),
        Command::OpenSettings(None),
        verify(Guess::App(0, 0)),
        Command::Challenge(0, Method::Sms),
        Command::Challenge(0, Method::Email),
        verify(Guess::Here(0)),
    ]
}

fn added() -> Vec<Command> {
    vec![
        Command::Enrol(0, Method::App, false),
        Command::Confirm(0, Guess::App(0, 0)),
        Command::Enrol(0, Method::Sms, true),
        Command::Confirm(0, Guess::Here(0)),
        Command::Enrol(0, Method::Email, true),
        Command::Confirm(0, Guess::Here(0)),
    ]
}

/// Returns the commands that give proofs in the settings of two sign-ins, and change something in
/// one and then in the other.
fn rivals() -> Vec<Command> {
    let second = [Command::OpenSettings(None), Command::Wait(30), verify(Guess::App(0, 0))];
    let app = [Command::Enrol(0, Method::App, false), Command::Confirm(0, Guess::App(0, 0))];
    let older = [Command::Remove(1, 0), Command::RenewCodes(1), Command::Look(1)];
    [proven(), second.to_vec(), app.to_vec(), older.to_vec()].concat()
}

fn recovery_guess() -> impl Strategy<Value = Guess> {
    prop_oneof![
        6 => (0_usize..10).prop_map(Guess::Recovery),
        1 => (10_usize..30).prop_map(Guess::Recovery),
        2 => Just(Guess::WrongRecovery),
    ]
}

/// Returns the commands that lock a user out: wrong codes, the last of them with a long wait.
fn locked() -> Vec<Command> {
    let mut all = vec![Command::Open(None)];
    all.extend(vec![verify(Guess::Wrong); 5]);
    all.push(Command::Open(None));
    all
}

pub(crate) fn one() -> impl Strategy<Value = Vec<Command>> {
    let back = || prop_oneof![8 => Just(0_usize), 2 => Just(1), 1 => 2_usize..5];
    let token = prop_oneof![Just(None), (0_usize..3).prop_map(|n| Some(Token::Issued(n)))];
    let recovery = (back(), recovery_guess()).prop_map(|(sign_in, guess)| {
        vec![Command::Verify { sign_in, guess, by: None, make_default: false }]
    });
    let wait = select(vec![60, 119, 120, 300, 599, 600, 86_399, 86_400, 604_799, 604_800]);
    prop_oneof![
        30 => command().prop_map(|command| vec![command]),
        3 => wait.prop_map(|seconds| vec![Command::Wait(seconds)]),
        3 => Just(enrolled()),
        4 => token.prop_map(|token| vec![Command::OpenSettings(token)]),
        5 => Just(proven()),
        4 => Just(added()),
        2 => Just(rivals()),
        4 => (back(), 0_usize..3).prop_map(|(n, which)| vec![Command::Remove(n, which)]),
        2 => back().prop_map(|n| vec![Command::RenewCodes(n)]),
        10 => recovery,
        3 => recovery_guess().prop_map(|guess| vec![Command::Open(None), verify(guess)]),
        2 => recovery_guess().prop_map(|guess| [locked(), vec![verify(guess)]].concat()),
        2 => (0_usize..4).prop_map(|back| vec![Command::Freeze(back)]),
        2 => Just(vec![Command::Wait(7_200), Command::IssueBypass, Command::Freeze(0)]),
        1 => Just(vec![Command::Reset, Command::Open(None)]),
    ]
}

/// Draws commands to a user who is enrolled for some days.
pub fn self_service(at_least: usize, at_most: usize) -> impl Strategy<Value = Vec<Command>> {
    vec(one(), at_least..=at_most).prop_map(|drawn| {
        let first = [enrolled(), vec![Command::Wait(172_800)]].concat();
        first.into_iter().chain(drawn.into_iter().flatten()).collect()
    })
}

/// Returns the commands that disable what is bound: for months, a success elsewhere and then wrong
/// codes in the browser that it made known.
fn disabled() -> Vec<Command> {
    let success = [
        Command::Wait(604_800),
        Command::Open(None),
        verify(Guess::App(0, 0)),
        Command::Challenge(0, Method::Sms),
        verify(Guess::Here(0)),
    ];
    let wrong = [
        Command::Wait(3_600),
        Command::OpenKnown(Token::Issued(0)),
        Command::Challenge(0, Method::Sms),
        verify(Guess::Wrong),
    ];
    let week = success.iter().chain(wrong.iter().cycle().take(3 * 4));
    let weeks = week.cycle().take(14 * (5 + 3 * 4)).cloned();
    enrolled().into_iter().chain(weeks).chain([Command::Wait(604_800)]).collect()
}

/// Draws commands to a user who has recovery codes, and whose authenticators were disabled.
pub fn recovering_disabled(at_most: usize) -> impl Strategy<Value = Vec<Command>> {
    let try_one = recovery_guess().prop_map(|guess| vec![Command::Open(None), verify(guess)]);
    let one = prop_oneof![2 => one(), 1 => try_one, 1 => Just(added()), 1 => Just(proven())];
    vec(one, 1..=at_most)
        .prop_map(|drawn| [disabled()].into_iter().chain(drawn).flatten().collect())
}

/// Draws months of recovery codes, mostly wrong ones, so that their days are used up and the ten
/// are used one after the other.
pub fn recovering(rounds: usize) -> impl Strategy<Value = Vec<Command>> {
    let wrong = |times| [vec![Command::Open(None)], vec![verify(Guess::WrongRecovery); times]];
    let round = prop_oneof![
        12 => (1_usize..6).prop_map(move |times| wrong(times).concat()),
        4 => (0_usize..10).prop_map(|n| vec![Command::Open(None), verify(Guess::Recovery(n))]),
        3 => select(vec![60, 600, 3_600, 3_600, 43_200]).prop_map(|s| vec![Command::Wait(s)]),
        2 => Just(locked()),
        2 => Just(added()),
        1 => Just(vec![Command::RenewCodes(0)]),
        1 => Just(proven()),
        1 => Just(enrolled()),
    ];
    vec(round, rounds).prop_map(|rounds| [enrolled()].into_iter().chain(rounds).flatten().collect())
}
