//! The invariants, as predicates of a state.

use super::{
    search::{Process, Protocol, State},
    table::count,
    world::Task,
};
use portcullis_domain::limits;
use stateright::Property;

pub const ACCEPTED_ONCE: &str = "invariant 2: a code is accepted once, and written first";
pub const COUNTED_FIRST: &str = "invariant 3: a guess is counted first, within the budget";
pub const SENDS_COUNTED: &str = "invariant 3: no more is sent than was counted";
pub const ONE_ENTRY: &str = "invariant 7: whatever happened has one entry";
pub const TOLD: &str = "invariant 10: the user is told, and told once";

/// Every invariant.
pub fn all() -> Vec<Property<Protocol>> {
    vec![
        Property::always(ACCEPTED_ONCE, accepted_once),
        Property::always(COUNTED_FIRST, counted_first),
        Property::always(SENDS_COUNTED, sends_counted),
        Property::always(ONE_ENTRY, one_entry),
        Property::always(TOLD, told),
    ]
}

const JUDGED_WRONG: [&str; 3] = ["code_wrong", "code_reused", "code_expired"];

/// Counts the entries of these kinds that a process wrote.
fn entries(state: &State, process: usize, kinds: &[&str]) -> usize {
    let own = state.landed.iter().filter(|(by, _)| *by == process);
    own.flat_map(|(_, entries)| entries).filter(|kind| kinds.contains(kind)).count()
}

fn all_processes(state: &State) -> std::ops::Range<usize> {
    0..state.processes.len()
}

fn accepted_once(protocol: &Protocol, state: &State) -> bool {
    let answers = |n: &usize| protocol.answer(state, *n).is_some_and(|a| a == "accepted");
    let written = |n: usize| entries(state, n, &["code_accepted"]);
    let mut accepted = all_processes(state).filter(answers);
    accepted.clone().count() <= 1
        && accepted.all(|n| written(n) == 1)
        && all_processes(state).map(written).sum::<usize>() <= 1
}

fn counted_first(protocol: &Protocol, state: &State) -> bool {
    let answers =
        |n: &usize| protocol.answer(state, *n).is_some_and(|a| a.contains("CodeNotAccepted"));
    let counted = |n: usize| entries(state, n, &JUDGED_WRONG);
    all_processes(state).filter(answers).all(|n| counted(n) == 1)
        && all_processes(state).map(counted).sum::<usize>() <= protocol.guesses_left
}

fn sends_counted(protocol: &Protocol, state: &State) -> bool {
    let before: u64 = protocol.world.table.items("COUNT#").map(count).sum();
    let counted: u64 = state.table.items("COUNT#").map(count).sum();
    let sent = before + state.emails.len() as u64;
    let limit = u64::from(limits::EMAILS_PER_HOUR);
    sent <= counted && state.table.items("COUNT#").map(count).all(|n| n <= limit)
}

/// A process has one entry for what it did, and one at most for what became of its message; a
/// record that was delivered has one line in the log.
fn one_entry(_: &Protocol, state: &State) -> bool {
    let once = [&JUDGED_WRONG[..], &["code_accepted", "reset", "code_requested"]].concat();
    let outcomes = ["code_sent", "code_unknown", "code_not_sent"];
    let lines = state.table.items("LOG#").count();
    let delivered = state.processes.contains(&Process::Answered("delivered".to_owned()));
    let written_once = |n| {
        let requested = entries(state, n, &["code_requested"]);
        entries(state, n, &once) <= 1 && entries(state, n, &outcomes) <= requested
    };
    lines <= 1 && (lines == 1 || !delivered) && all_processes(state).all(written_once)
}

/// Never told twice; and told if every delivery came to its end and no message was lost on the way.
/// A delivery that crashes between its claim and its message is not covered: what it leaves is in
/// no state that these processes can tell from a message that was sent.
fn told(protocol: &Protocol, state: &State) -> bool {
    let delivers = |n: &usize| protocol.tasks[*n] == Task::Deliver;
    let told = state.emails.iter().filter(|n| delivers(n)).count();
    let ended = |n: usize| state.processes[n] == Process::Answered("delivered".to_owned());
    let mut deliveries = all_processes(state).filter(delivers);
    let all_ended = deliveries.clone().next().is_some() && deliveries.all(ended);
    told <= 1 && (told == 1 || !all_ended || state.email_was_lost)
}
