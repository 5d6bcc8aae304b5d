//! Commands of users who have passkeys, mixed with all others.

use crate::{
    Command, Count, Device, DrawnPress, Flaw, Guess, Method, PasskeyTerms, Token,
    self_service::{enrolled, one, verify},
};
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, any, prop_oneof},
    sample::select,
};

/// Returns the commands that enrol a passkey, also where an emailed code comes before it.
fn first(number: usize) -> Vec<Command> {
    vec![
        Command::Open(None),
        Command::Challenge(0, Method::Email),
        verify(Guess::Here(0)),
        Command::Enrol(0, Method::Passkey, false),
        Command::MakePasskey(0, DrawnPress::good(Device::Numbered(number))),
    ]
}

/// Returns the commands that get in by what was bound first, of all passkeys.
fn by_passkey() -> Vec<Command> {
    vec![Command::Open(None), Command::UsePasskey(0, DrawnPress::good(Device::Bound(0)))]
}

/// Returns the commands that enrol a passkey, and get in by it in a browser that is known then.
pub fn enrolled_by_passkey() -> Vec<Command> {
    [first(0), vec![Command::Wait(3_600)], by_passkey()].concat()
}

/// Returns the commands that give a proof in the settings, and add something in them.
fn settings(method: Method, number: usize) -> Vec<Command> {
    vec![
        Command::Wait(60),
        Command::OpenSettings(None),
        verify(Guess::App(0, 0)),
        Command::UsePasskey(0, DrawnPress::good(Device::Bound(0))),
        Command::Enrol(0, method, false),
        Command::Confirm(0, Guess::App(0, 0)),
        Command::MakePasskey(0, DrawnPress::good(Device::Numbered(number))),
    ]
}

/// Returns the commands that get in by a code, and take the offer of a passkey.
fn offered(number: usize, guess: Guess, accepts: bool) -> Vec<Command> {
    vec![
        Command::Wait(60),
        Command::Open(None),
        Command::Challenge(0, Method::Email),
        verify(guess),
        Command::AnswerOffer(0, accepts),
        Command::Enrol(0, Method::Passkey, false),
        Command::MakePasskey(0, DrawnPress::good(Device::Numbered(number))),
    ]
}

/// Returns the commands that make email the default where a policy allows that, and open the next.
fn by_default() -> Vec<Command> {
    let code = Guess::Here(0);
    let made = Command::Verify { sign_in: 0, guess: code, by: None, make_default: true };
    vec![Command::Wait(60), Command::Open(None), Command::Challenge(0, Method::Email), made]
}

/// Returns the commands that try a wrong signature until the sign-in is over, and the right one.
fn forged() -> Vec<Command> {
    let good = DrawnPress::good(Device::Bound(0));
    let forged = DrawnPress { flaw: Some(Flaw::Signature), ..good.clone() };
    let mut all = vec![Command::Open(None)];
    all.extend(vec![Command::UsePasskey(0, forged); 5]);
    all.extend([Command::UsePasskey(0, good), Command::Look(0)]);
    all
}

fn press() -> impl Strategy<Value = DrawnPress> {
    let device = prop_oneof![
        9 => (0_usize..3).prop_map(Device::Bound),
        2 => (0_usize..10).prop_map(Device::Numbered),
    ];
    let answers = prop_oneof![9 => Just(None), 2 => (0_usize..4).prop_map(Some)];
    let count = prop_oneof![
        9 => Just(Count::Next),
        2 => (0_u32..3).prop_map(Count::Back),
        1 => Just(Count::None),
    ];
    let flaws = vec![
        Flaw::Signature,
        Flaw::Signature,
        Flaw::Origin,
        Flaw::Framed,
        Flaw::Kind,
        Flaw::Domain,
        Flaw::Untouched,
        Flaw::Handle,
        Flaw::Impossible,
    ];
    let flaw = prop_oneof![7 => Just(None), 3 => select(flaws).prop_map(Some)];
    let is_swapped = prop_oneof![12 => Just(false), 1 => Just(true)];
    (device, answers, count, flaw, is_swapped).prop_map(
        |(device, answers, count, flaw, is_swapped)| DrawnPress {
            device,
            answers,
            count,
            flaw,
            is_swapped,
        },
    )
}

fn made() -> impl Strategy<Value = DrawnPress> {
    (press(), 0_usize..10)
        .prop_map(|(press, number)| DrawnPress { device: Device::Numbered(number), ..press })
}

/// Draws commands of a portal that never changes its terms.
pub(crate) fn step() -> impl Strategy<Value = Vec<Command>> {
    let back = || prop_oneof![8 => Just(0_usize), 2 => Just(1), 1 => 2_usize..5];
    let token = prop_oneof![Just(None), (0_usize..3).prop_map(|n| Some(Token::Issued(n)))];
    let method = select(vec![Method::App, Method::Passkey]);
    let by = select(vec![Method::App, Method::Email, Method::Passkey]);
    let guess = || select(vec![Guess::App(0, 0), Guess::Here(0), Guess::Wrong]);
    let one_of = |command: fn(usize, DrawnPress) -> Command| {
        (back(), press()).prop_map(move |(n, press)| vec![command(n, press)])
    };
    let made = (back(), made());
    prop_oneof![
        22 => one(),
        12 => one_of(Command::UsePasskey),
        4 => (press(), press()).prop_map(|(before, press)| {
            vec![Command::Open(None), Command::UsePasskey(0, before), Command::UsePasskey(0, press)]
        }),
        5 => made.prop_map(|(n, press)| {
            vec![Command::Enrol(n, Method::Passkey, false), Command::MakePasskey(n, press)]
        }),
        6 => Just(by_passkey()),
        5 => (0_usize..10).prop_map(first),
        6 => (method, 0_usize..10).prop_map(|(method, number)| settings(method, number)),
        4 => (0_usize..10, guess(), any::<bool>())
            .prop_map(|(number, guess, accepts)| offered(number, guess, accepts)),
        2 => Just(forged()),
        2 => Just(by_default()),
        3 => back().prop_map(|n| vec![Command::Challenge(n, Method::Passkey)]),
        3 => back().prop_map(|n| vec![Command::Challenge(n, Method::App)]),
        2 => (back(), guess(), by).prop_map(|(sign_in, guess, by)| {
            vec![Command::Verify { sign_in, guess, by: Some(by), make_default: false }]
        }),
        2 => token.prop_map(|token| vec![Command::OpenSettings(token)]),
        2 => (back(), any::<bool>())
            .prop_map(|(n, accepts)| vec![Command::AnswerOffer(n, accepts)]),
        2 => (back(), 0_usize..5).prop_map(|(n, which)| vec![Command::Remove(n, which)]),
    ]
}

/// Draws commands to a user who begins with a passkey, an app or nothing.
pub fn with_passkeys(at_least: usize, at_most: usize) -> impl Strategy<Value = Vec<Command>> {
    begun(vec(step(), at_least..=at_most))
}

/// The same where the portal changes its terms, and the service its domain.
pub fn with_changing_passkeys(
    at_least: usize,
    at_most: usize,
) -> impl Strategy<Value = Vec<Command>> {
    let terms =
        any::<[bool; 4]>().prop_map(|[checks_person, refuses_copies, insists, promotes]| {
            let terms = PasskeyTerms { checks_person, refuses_copies, insists, promotes };
            vec![Command::SetPasskeyTerms(terms)]
        });
    let domain = (0_usize..2).prop_map(|domain| vec![Command::MoveTo(domain)]);
    let one = prop_oneof![20 => step(), 3 => terms, 2 => domain];
    begun(vec(one, at_least..=at_most))
}

/// The same where methods leave the policy and come back.
pub fn with_leaving_methods(
    at_least: usize,
    at_most: usize,
) -> impl Strategy<Value = Vec<Command>> {
    let own = select(vec![None, Some(Method::App), Some(Method::App), Some(Method::Sms)]);
    let methods = (any::<bool>(), any::<bool>(), own).prop_map(|(has_passkeys, promotes, own)| {
        let terms = PasskeyTerms { promotes, ..PasskeyTerms::default() };
        let terms = (has_passkeys || own.is_none()).then_some(terms);
        vec![Command::SetMethods(terms, own), Command::Open(None)]
    });
    // Whatever was bound, a number comes beside it, and the next sign-in is by its code.
    let number = vec![
        Command::Open(None),
        verify(Guess::App(0, 0)),
        Command::UsePasskey(0, DrawnPress::good(Device::Bound(0))),
        Command::Enrol(0, Method::Sms, false),
        Command::Confirm(0, Guess::Here(0)),
        Command::Wait(60),
        Command::Open(None),
        verify(Guess::Here(0)),
        Command::AnswerOffer(0, true),
    ];
    let one = prop_oneof![20 => step(), 3 => methods, 2 => Just(number)];
    begun(vec(one, at_least..=at_most))
}

fn begun(drawn: impl Strategy<Value = Vec<Vec<Command>>>) -> impl Strategy<Value = Vec<Command>> {
    let first = prop_oneof![
        4 => (0_usize..10).prop_map(first),
        2 => Just(enrolled()),
        1 => Just(vec![]),
    ];
    (first, drawn).prop_map(|(first, drawn)| {
        let day = vec![Command::Wait(172_800)];
        [first, day].into_iter().chain(drawn).flatten().collect()
    })
}
