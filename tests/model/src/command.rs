//! What can be done, as drawn at random, and as done.

use crate::{Contact, Method};
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, any, prop_oneof},
    sample::select,
};

/// One thing to do, as it is drawn. Sign-ins, codes and secrets are counted back from the newest.
#[derive(Clone, Debug)]
pub enum Command {
    /// Time passes, in seconds.
    Wait(i64),
    /// A sign-in is opened; with a ticket that was mailed, where there was one.
    Open(Option<usize>),
    /// The same request again.
    OpenAgain(usize),
    /// A sign-in is looked at.
    Look(usize),
    /// A code is asked for.
    Challenge(usize, Method),
    /// A code is typed.
    Verify {
        /// In which sign-in.
        sign_in: usize,
        /// What is typed.
        guess: Guess,
        /// The method it is judged against.
        by: Option<Method>,
        /// "Always use email".
        make_default: bool,
    },
    /// An enrolment is started, with one of two destinations.
    Enrol(usize, Method, bool),
    /// An enrolment is confirmed.
    Confirm(usize, Guess),
    /// "Skip for now".
    Skip(usize),
    /// "Enable MFA".
    OptIn,
    /// Email is no longer the default.
    UnsetDefault,
    /// The contact record is replaced by one of seven.
    SetContact(usize),
    /// The user is reset.
    Reset,
    /// An admin lets the user try again.
    Unlock,
    /// An admin clears a skip.
    ClearSkip,
    /// An admin issues a bypass code.
    IssueBypass,
    /// The user is erased.
    Erase,
    /// The policy is switched.
    Switch(bool),
}

/// What is typed.
#[derive(Clone, Debug)]
pub enum Guess {
    /// The code an app shows, so many steps ago.
    App(usize, i64),
    /// A code that was sent in this sign-in.
    Here(usize),
    /// A code that was sent in any sign-in.
    Anywhere(usize),
    /// A bypass code that was issued.
    Bypass(usize),
    /// Six digits that are no code.
    Wrong,
    /// Sixteen characters that are no bypass code.
    WrongBypass,
}

/// One thing to do, as it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Time passes, in seconds.
    Wait(i64),
    /// A sign-in is opened. The same number again is the same nonce again.
    Open {
        /// Which it is.
        sign_in: usize,
        /// What a link carried.
        ticket: Option<String>,
        /// The contact record sent along.
        contact: Contact,
    },
    /// A sign-in is looked at.
    Look(usize),
    /// A code is asked for.
    Challenge(usize, Method),
    /// A code is typed.
    Verify {
        /// In which sign-in.
        sign_in: usize,
        /// What is typed.
        code: String,
        /// The method it is judged against.
        by: Option<Method>,
        /// "Always use email".
        make_default: bool,
    },
    /// An enrolment is started, with a destination where the method has one.
    Enrol(usize, Method, Option<String>),
    /// An enrolment is confirmed.
    Confirm(usize, String),
    /// "Skip for now".
    Skip(usize),
    /// "Enable MFA".
    OptIn,
    /// Email is no longer the default.
    UnsetDefault,
    /// The contact record is replaced.
    SetContact(Contact),
    /// The user is reset.
    Reset,
    /// An admin lets the user try again.
    Unlock,
    /// An admin clears a skip.
    ClearSkip,
    /// An admin issues a bypass code.
    IssueBypass,
    /// The user is erased.
    Erase,
    /// The policy is switched.
    Switch(bool),
}

/// So many commands, the likely ones more often.
pub fn commands(at_least: usize, at_most: usize) -> impl Strategy<Value = Vec<Command>> {
    vec(command(), at_least..=at_most)
}

fn command() -> impl Strategy<Value = Command> {
    // Mostly the newest sign-in, code or secret.
    let back = || prop_oneof![6 => Just(0_usize), 2 => Just(1), 1 => 2_usize..7];
    let method = || select(vec![Method::App, Method::Email, Method::Sms]);
    let wait = select(vec![
        1, 5, 29, 30, 31, 60, 120, 150, 151, 299, 300, 301, 599, 600, 601, 1_800, 3_600, 7_200,
        86_400, 2_592_000,
    ]);
    let by = prop_oneof![4 => Just(None), 1 => method().prop_map(Some)];
    let verify = (back(), guess(), by, prop_oneof![4 => Just(false), 1 => Just(true)]);
    let ticket = prop_oneof![4 => Just(None), 1 => (0_usize..2).prop_map(Some)];
    prop_oneof![
        8 => wait.prop_map(Command::Wait),
        12 => ticket.prop_map(Command::Open),
        1 => back().prop_map(Command::OpenAgain),
        4 => back().prop_map(Command::Look),
        8 => (back(), method()).prop_map(|(sign_in, method)| Command::Challenge(sign_in, method)),
        24 => verify.prop_map(|(sign_in, guess, by, make_default)| {
            Command::Verify { sign_in, guess, by, make_default }
        }),
        10 => (back(), method(), any::<bool>()).prop_map(|(s, method, second)| Command::Enrol(s, method, second)),
        12 => (back(), guess()).prop_map(|(sign_in, guess)| Command::Confirm(sign_in, guess)),
        3 => back().prop_map(Command::Skip),
        1 => Just(Command::OptIn),
        1 => Just(Command::UnsetDefault),
        2 => (0_usize..7).prop_map(Command::SetContact),
        2 => Just(Command::Reset),
        2 => Just(Command::Unlock),
        1 => Just(Command::ClearSkip),
        2 => Just(Command::IssueBypass),
        1 => Just(Command::Erase),
        3 => any::<bool>().prop_map(Command::Switch),
    ]
}

fn guess() -> impl Strategy<Value = Guess> {
    let back = || prop_oneof![5 => Just(0_usize), 1 => 1_usize..4];
    prop_oneof![
        6 => (back(), select(vec![-1_i64, 0, 0, 0, 0, 1, 1, 2])).prop_map(|(secret, steps)| Guess::App(secret, steps)),
        6 => back().prop_map(Guess::Here),
        1 => back().prop_map(Guess::Anywhere),
        2 => (0_usize..2).prop_map(Guess::Bypass),
        5 => Just(Guess::Wrong),
        1 => Just(Guess::WrongBypass),
    ]
}
