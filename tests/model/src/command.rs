//! Commands, as drawn at random and as they are done.

use crate::{
    Acr, Contact, Device, DrawnPress, Flaw, GraceTerms, Method, PasskeyTerms, PasswordProof, Press,
    TrustTerms,
};
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, any, prop_oneof},
    sample::select,
};

/// A drawn command. Sign-ins, codes and secrets are counted back from the newest.
#[derive(Clone, Debug)]
pub enum Command {
    /// In seconds.
    Wait(i64),
    /// With a mailed ticket, if there was one.
    Open(Option<usize>),
    OpenKnown(Token),
    OpenAgain(usize),
    /// With a code that is typed beside the password, of a new sign-in or of one that is known.
    OpenWithCode {
        again: Option<usize>,
        token: Option<Token>,
        guess: Guess,
    },
    Look(usize),
    Challenge(usize, Method),
    Verify {
        sign_in: usize,
        guess: Guess,
        by: Option<Method>,
        make_default: bool,
    },
    /// True for the second of two destinations.
    Enrol(usize, Method, bool),
    Confirm(usize, Guess),
    Skip(usize),
    OptIn,
    UnsetDefault,
    SetContact(usize),
    /// So many seconds ago.
    ChangePassword(i64, PasswordProof),
    Reset,
    Unlock,
    ClearSkip,
    IssueBypass,
    Erase,
    Switch(bool),
    OpenSettings(Option<Token>),
    StepUp(Option<Token>, Acr),
    /// The portal gives its users this time from now on.
    SetGrace(Option<GraceTerms>),
    /// A proof with which the browser is to be trusted.
    VerifyAndTrust(usize, Guess),
    UsePasskeyAndTrust(usize, DrawnPress),
    /// The portal trusts browsers on these terms from now on.
    SetTrust(Option<TrustTerms>),
    /// The sign-in, and the place of what is bound.
    Remove(usize, usize),
    RenewCodes(usize),
    /// A link of a notice, counted back from the newest.
    Freeze(usize),
    UsePasskey(usize, DrawnPress),
    MakePasskey(usize, DrawnPress),
    /// True to take the offer of a passkey.
    AnswerOffer(usize, bool),
    /// The portal has passkeys on other terms from now on.
    SetPasskeyTerms(PasskeyTerms),
    /// The service has another domain from now on, by its number.
    MoveTo(usize),
    /// The portal has passkeys, or not, and this method beside them.
    SetMethods(Option<PasskeyTerms>, Option<Method>),
}

#[derive(Clone, Debug)]
pub enum Guess {
    /// The code of an app, so many steps ago.
    App(usize, i64),
    /// A code sent in this sign-in.
    Here(usize),
    /// A code sent in any sign-in.
    Anywhere(usize),
    Bypass(usize),
    Wrong,
    WrongBypass,
    /// A recovery code, counted back from the last one of the newest set.
    Recovery(usize),
    WrongRecovery,
}

#[derive(Clone, Copy, Debug)]
pub enum Token {
    /// The newest of a browser, counted back from the one that a success made known last.
    Issued(usize),
    /// One of the browser that was trusted last, counted back from its newest.
    Older(usize),
    MadeUp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// In seconds.
    Wait(i64),
    /// The same number means the same nonce.
    Open {
        sign_in: usize,
        ticket: Option<String>,
        contact: Contact,
        browser: Option<String>,
    },
    OpenWithCode {
        sign_in: usize,
        contact: Contact,
        browser: Option<String>,
        code: String,
    },
    Look(usize),
    Challenge(usize, Method),
    Verify {
        sign_in: usize,
        code: String,
        by: Option<Method>,
        make_default: bool,
    },
    /// With a destination, if the method has one.
    Enrol(usize, Method, Option<String>),
    Confirm(usize, String),
    Skip(usize),
    OptIn,
    UnsetDefault,
    SetContact(Contact),
    /// The password was changed at this moment, as the portal says.
    ChangePassword {
        contact: Contact,
        at: i64,
        by: PasswordProof,
    },
    Reset,
    Unlock,
    ClearSkip,
    IssueBypass,
    Erase,
    Switch(bool),
    OpenSettings {
        sign_in: usize,
        contact: Contact,
        browser: Option<String>,
    },
    StepUp {
        sign_in: usize,
        contact: Contact,
        browser: Option<String>,
        acr: Acr,
    },
    /// Removes what is bound, by its place.
    Remove(usize, usize),
    RenewCodes(usize),
    /// Presses a link, counted from the first, that went to this address at this moment.
    Freeze {
        link: usize,
        to: String,
        at: i64,
    },
    UsePasskey(usize, Press),
    MakePasskey(usize, Press),
    AnswerOffer(usize, bool),
    SetPasskeyTerms(PasskeyTerms),
    MoveTo(usize),
    SetMethods(Option<PasskeyTerms>, Option<Method>),
    SetGrace(Option<GraceTerms>),
    VerifyAndTrust(usize, String),
    UsePasskeyAndTrust(usize, Press),
    SetTrust(Option<TrustTerms>),
}

/// Draws commands, the likely ones more often.
pub fn commands(at_least: usize, at_most: usize) -> impl Strategy<Value = Vec<Command>> {
    vec(command(), at_least..=at_most)
}

/// Draws a siege of months, in so many rounds: an enrolled user with a few known browsers, then
/// mostly wrong codes, in these browsers and elsewhere. In every other siege hardly anybody gets
/// in, so that rows grow long.
pub fn siege(rounds: usize) -> impl Strategy<Value = Vec<Command>> {
    let drawn = move |relief: u32| {
        vec(round(relief), rounds).prop_map(|rounds| {
            let all = std::iter::once(enrolled_in_browsers(4)).chain(rounds);
            all.flatten().collect()
        })
    };
    prop_oneof![drawn(1), drawn(20)]
}

/// Returns the commands that enrol a user by whichever way there is, and then get in so often.
pub fn enrolled_in_browsers(times: usize) -> Vec<Command> {
    let now = Guess::App(0, 0);
    let mut all = vec![
        Command::Open(None),
        Command::Enrol(0, Method::App, false),
        Command::Confirm(0, now.clone()),
        Command::Enrol(0, Method::Sms, false),
        Command::Confirm(0, Guess::Here(0)),
        Command::Enrol(0, Method::Email, false),
        Command::Confirm(0, Guess::Here(0)),
    ];
    for _ in 0..times {
        let verify = |guess| Command::Verify { sign_in: 0, guess, by: None, make_default: false };
        all.extend([
            Command::Wait(3_600),
            Command::Open(None),
            verify(now.clone()),
            Command::Challenge(0, Method::Email),
            verify(Guess::Here(0)),
        ]);
    }
    all
}

fn round(relief: u32) -> impl Strategy<Value = Vec<Command>> {
    let wait = select(vec![1_800, 3_600, 7_200, 28_800, 86_400, 86_400, 259_200]);
    let open = prop_oneof![
        2 => Just(Command::Open(None)),
        3 => token().prop_map(Command::OpenKnown),
    ];
    let verify = |guess| Command::Verify { sign_in: 0, guess, by: None, make_default: false };
    let wrong = (wait, open, 1_usize..5).prop_map(move |(wait, open, times)| {
        let mut all = vec![Command::Wait(wait), open, Command::Challenge(0, Method::Email)];
        all.resize(3 + times, verify(Guess::Wrong));
        all
    });
    let right = select(vec![Guess::App(0, 0), Guess::Here(0)]);
    prop_oneof![
        300 => wrong,
        relief => right.prop_map(move |guess| vec![Command::Wait(60), verify(guess)]),
        relief => Just(vec![Command::Unlock]),
        relief => password_change().prop_map(|change| vec![change]),
        6 => Just(day_of_guesses()),
        2 => Just(vec![Command::Reset]),
        1 => Just(vec![Command::Erase]),
        6 => Just(enrolled_in_browsers(1)),
    ]
}

/// Returns wrong codes for a day, each after the longest wait.
fn day_of_guesses() -> Vec<Command> {
    let wrong = Command::Verify { sign_in: 0, guess: Guess::Wrong, by: None, make_default: false };
    let hour = [Command::Wait(3_600), Command::Open(None), wrong];
    hour.iter().cycle().take(3 * 20).cloned().collect()
}

/// An answer with the id of the user's passkey, which every page is told, and another signature.
const fn forged() -> DrawnPress {
    DrawnPress { flaw: Some(Flaw::Signature), ..DrawnPress::good(Device::Bound(0)) }
}

/// Draws what somebody with the password alone can do to an enrolled user.
pub fn stranger(at_least: usize, at_most: usize) -> impl Strategy<Value = Vec<Command>> {
    let back = || prop_oneof![6 => Just(0_usize), 2 => Just(1), 1 => 2_usize..7];
    let method =
        || select(vec![Method::App, Method::App, Method::Email, Method::Sms, Method::Passkey]);
    let guess = prop_oneof![9 => Just(Guess::Wrong), 1 => Just(Guess::WrongBypass)];
    let wait = select(vec![1, 30, 30, 60, 600, 3_600, 86_400]);
    let one = prop_oneof![
        4 => wait.prop_map(Command::Wait),
        8 => Just(Command::Open(None)),
        1 => Just(Command::OpenKnown(Token::MadeUp)),
        1 => back().prop_map(Command::OpenAgain),
        4 => opened_with_code(Just(Token::MadeUp), Just(Guess::Wrong)),
        1 => back().prop_map(Command::Look),
        6 => (back(), method()).prop_map(|(sign_in, method)| Command::Challenge(sign_in, method)),
        16 => (back(), guess).prop_map(|(sign_in, guess)| {
            Command::Verify { sign_in, guess, by: None, make_default: false }
        }),
        2 => (back(), method(), any::<bool>())
            .prop_map(|(sign_in, method, second)| Command::Enrol(sign_in, method, second)),
        2 => back().prop_map(|sign_in| Command::Confirm(sign_in, Guess::Wrong)),
        1 => back().prop_map(Command::Skip),
        4 => back().prop_map(|sign_in| Command::UsePasskey(sign_in, forged())),
        1 => back().prop_map(|sign_in| Command::MakePasskey(sign_in, forged())),
    ];
    vec(one, at_least..=at_most)
}

pub(crate) fn command() -> impl Strategy<Value = Command> {
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
        9 => ticket.prop_map(Command::Open),
        7 => token().prop_map(Command::OpenKnown),
        1 => back().prop_map(Command::OpenAgain),
        5 => opened_with_code(token(), guess()),
        4 => back().prop_map(Command::Look),
        8 => (back(), method()).prop_map(|(sign_in, method)| Command::Challenge(sign_in, method)),
        24 => verify.prop_map(|(sign_in, guess, by, make_default)| {
            Command::Verify { sign_in, guess, by, make_default }
        }),
        10 => (back(), method(), any::<bool>())
            .prop_map(|(sign_in, method, second)| Command::Enrol(sign_in, method, second)),
        12 => (back(), guess()).prop_map(|(sign_in, guess)| Command::Confirm(sign_in, guess)),
        3 => back().prop_map(Command::Skip),
        1 => Just(Command::OptIn),
        1 => Just(Command::UnsetDefault),
        2 => (0_usize..7).prop_map(Command::SetContact),
        1 => password_change(),
        2 => Just(Command::Reset),
        2 => Just(Command::Unlock),
        1 => Just(Command::ClearSkip),
        2 => Just(Command::IssueBypass),
        1 => Just(Command::Erase),
        3 => any::<bool>().prop_map(Command::Switch),
    ]
}

fn opened_with_code(
    token: impl Strategy<Value = Token> + 'static,
    guess: impl Strategy<Value = Guess>,
) -> impl Strategy<Value = Command> {
    let again = prop_oneof![3 => Just(None), 2 => (0_usize..3).prop_map(Some)];
    let token = prop_oneof![Just(None), token.prop_map(Some)];
    (again, token, guess).prop_map(|(again, token, guess)| Command::OpenWithCode {
        again,
        token,
        guess,
    })
}

pub(crate) fn token() -> impl Strategy<Value = Token> {
    prop_oneof![
        6 => Just(Token::Issued(0)),
        3 => (1_usize..6).prop_map(Token::Issued),
        1 => Just(Token::MadeUp),
    ]
}

fn password_change() -> impl Strategy<Value = Command> {
    let proof = select(vec![
        PasswordProof::OldPassword,
        PasswordProof::Email,
        PasswordProof::Sms,
        PasswordProof::Support,
    ]);
    (select(vec![0, 60, 3_600, 86_400]), proof)
        .prop_map(|(ago, proof)| Command::ChangePassword(ago, proof))
}

fn guess() -> impl Strategy<Value = Guess> {
    let back = || prop_oneof![5 => Just(0_usize), 1 => 1_usize..4];
    prop_oneof![
        6 => (back(), select(vec![-1_i64, 0, 0, 0, 0, 1, 1, 2]))
            .prop_map(|(secret, steps)| Guess::App(secret, steps)),
        6 => back().prop_map(Guess::Here),
        1 => back().prop_map(Guess::Anywhere),
        2 => (0_usize..2).prop_map(Guess::Bypass),
        5 => Just(Guess::Wrong),
        1 => Just(Guess::WrongBypass),
    ]
}
