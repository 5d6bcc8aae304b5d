//! The invariants, as predicates of a state.

use super::{
    search::{Process, Protocol, State},
    table::{Table, number},
    world::{EMAILS_OF_HOUR, Task, emails_of_hour},
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
    let sent = emails(protocol, state, |task| matches!(task, Task::SendCode(_)));
    let stands = |table: &Table, key: &str, name: &str| {
        table.items(key).map(|counter| number(&counter[name]) as usize).sum::<usize>()
    };
    let counted = |key: &str| {
        ["n", "u"].iter().all(|name| {
            let before = stands(&protocol.world.table, key, name);
            before + sent <= stands(&state.table, key, name)
        })
    };
    let of_hour = |name| stands(&state.table, EMAILS_OF_HOUR, name);
    [EMAILS_OF_HOUR, "COUNT#emails#"].into_iter().all(counted)
        && of_hour("n") <= limits::EMAILS_PER_HOUR as usize
        && of_hour("u") <= emails_of_hour() as usize
}

/// Counts the emails of processes that do this.
fn emails(protocol: &Protocol, state: &State, task: impl Fn(&Task) -> bool) -> usize {
    state.emails.iter().filter(|n| task(&protocol.tasks[**n].task)).count()
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

/// The minute from which whatever may have been sent within the first minutes is sent again.
pub const DIGESTS: i64 = 62;

/// Told twice only if that is flagged, or if the provider gave no answer. And told, if every
/// delivery came to its end and its message did too; else by the next sweep that does.
fn told(protocol: &Protocol, state: &State) -> bool {
    let told = emails(protocol, state, |task| [Task::Deliver, Task::Sweep].contains(task));
    let may_be_twice = state.flagged || !state.unanswered.is_empty();
    let is_due = all_processes(state).any(|n| has_swept(protocol, state, n));
    (told <= 1 || may_be_twice) && (told >= 1 || !(is_due || all_delivered(protocol, state)))
}

/// Returns true if a process came to its end with this answer, and its message if it sent one.
fn ended(state: &State, process: usize, answer: &str) -> bool {
    state.processes[process] == Process::Answered(answer.to_owned())
        && !state.refused.contains(&process)
        && !state.unanswered.contains(&process)
}

fn all_delivered(protocol: &Protocol, state: &State) -> bool {
    let mut deliveries = all_processes(state).filter(|n| protocol.tasks[*n].task == Task::Deliver);
    deliveries.clone().next().is_some() && deliveries.all(|n| ended(state, n, "delivered"))
}

/// Returns true if nothing can be left by a sweep: it came to its end, with nobody beside it, after
/// the notice was claimed, and not so early that an email without an answer waits for the digest.
fn has_swept(protocol: &Protocol, state: &State, process: usize) -> bool {
    let minute = protocol.tasks[process].minute;
    let alone = protocol.tasks.iter().filter(|other| other.minute == minute).count() == 1;
    let waits = !state.unanswered.is_empty() && minute < DIGESTS;
    ended(state, process, "swept") && alone && state.asked.contains(&process) && !waits
}
