//! An exhaustive check of the write protocol by a model checker: two to four processes on one user,
//! lost replies, calls that are late or repeated, and a crash at every point.
//!
//! The processes are the product's own code, from a command down to the bytes of its calls
//! (world.rs). The table and the network are modelled (table.rs, search.rs). Each invariant holds
//! in every state that can be reached (invariants.rs), and each planted fault is found.
//!
//! `PORTCULLIS_TROUBLE` is how much goes wrong at most on one path: 1 unless it is set.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect fails"
)]

mod invariants;
mod search;
mod set_up;
mod table;
mod world;

use search::{Fault, Planned, Protocol};
use stateright::{Checker, HasDiscoveries, Model};
use world::{Task, World};

/// The acts on a user before, and those that happen then.
#[derive(Default)]
struct Scenario {
    before: Vec<Task>,
    /// There is room for one email more to the user's address within this hour.
    one_email_left: bool,
    tasks: Vec<Planned>,
}

impl Scenario {
    /// Goes on with tasks at once, so many minutes after the beginning.
    fn then(mut self, minute: i64, tasks: &[Task]) -> Self {
        self.tasks.extend(tasks.iter().map(|task| Planned { minute, task: task.clone() }));
        self
    }
}

fn at_once(tasks: &[Task]) -> Scenario {
    Scenario::default().then(0, tasks)
}

fn one_code_three_times() -> Scenario {
    at_once(&[Task::RightCode(0), Task::RightCode(0), Task::RightCode(1)])
}

fn three_guesses_at_the_last_two() -> Scenario {
    let guesses = vec![Task::WrongCode(0); 3];
    Scenario { before: guesses.clone(), ..at_once(&guesses) }
}

fn two_emails_at_the_limit() -> Scenario {
    Scenario { one_email_left: true, ..at_once(&[Task::SendCode(0), Task::SendCode(1)]) }
}

/// A record that is delivered twice at once; a sweep a little after a claim is due, and one when
/// the digests are.
fn a_record_delivered_twice() -> Scenario {
    let deliveries = at_once(&[Task::Deliver, Task::Deliver]);
    let sweeps = deliveries.then(6, &[Task::Sweep]).then(invariants::DIGESTS, &[Task::Sweep]);
    Scenario { before: vec![Task::Reset], ..sweeps }
}

/// A record that is delivered again when two sweeps begin.
fn a_record_delivered_beside_sweeps() -> Scenario {
    let first = at_once(&[Task::Deliver]).then(6, &[Task::Deliver, Task::Sweep, Task::Sweep]);
    Scenario { before: vec![Task::Reset], ..first.then(invariants::DIGESTS, &[Task::Sweep]) }
}

fn protocol(scenario: Scenario, fault: Option<Fault>, trouble: u8) -> Protocol {
    let mut world = World::new();
    for task in &scenario.before {
        world.perform(task);
    }
    if scenario.one_email_left {
        world.has_room_for_one_email();
    }
    let wrong = scenario.before.iter().filter(|task| **task == Task::WrongCode(0)).count();
    Protocol {
        world,
        tasks: scenario.tasks,
        fault,
        trouble,
        guesses_left: usize::from(portcullis_domain::limits::WRONG_PER_SIGN_IN) - wrong,
        steps: std::sync::Mutex::default(),
    }
}

/// Looks at every state that can be reached, and prints the path to one where an invariant breaks.
fn every_invariant_holds(scenario: Scenario) {
    let wanted = std::env::var("PORTCULLIS_TROUBLE").ok().and_then(|n| n.parse().ok());
    let checker = protocol(scenario, None, wanted.unwrap_or(1)).checker().spawn_bfs().join();
    let (states, depth) = (checker.unique_state_count(), checker.max_depth());
    println!("{:?}: {states} states, depth {depth}", checker.model().tasks);
    if let Some((invariant, path)) = checker.discoveries().into_iter().next() {
        panic!("{invariant}\n{}", checker.model().told(path.into_vec()));
    }
}

/// Finds a state in which a planted fault breaks this invariant.
fn breaks(invariant: &'static str, fault: Fault, scenario: Scenario) {
    let found = HasDiscoveries::AllOf([invariant].into());
    let checker = protocol(scenario, Some(fault), 1).checker().finish_when(found);
    let checker = checker.spawn_bfs().join();
    let path = checker.discovery(invariant).unwrap_or_else(|| panic!("{fault:?} was not found"));
    println!("{fault:?}: {invariant}\n{}", checker.model().told(path.into_vec()));
}

#[test]
fn one_code_typed_three_times_at_once_is_accepted_once() {
    every_invariant_holds(one_code_three_times());
}

#[test]
fn three_guesses_at_once_do_not_exceed_the_last_two() {
    every_invariant_holds(three_guesses_at_the_last_two());
}

#[test]
fn a_guess_a_right_code_and_a_reset_at_once_have_one_entry_each() {
    every_invariant_holds(at_once(&[Task::WrongCode(0), Task::RightCode(1), Task::Reset]));
}

#[test]
fn an_email_beside_a_guess_has_one_outcome_at_most() {
    every_invariant_holds(at_once(&[Task::SendCode(0), Task::WrongCode(1)]));
}

#[test]
fn of_two_emails_at_once_at_the_limit_one_is_sent() {
    every_invariant_holds(two_emails_at_the_limit());
}

#[test]
fn a_record_delivered_twice_at_once_tells_the_user_once() {
    every_invariant_holds(a_record_delivered_twice());
}

#[test]
fn a_record_delivered_beside_two_sweeps_tells_the_user_once() {
    every_invariant_holds(a_record_delivered_beside_sweeps());
}

#[test]
fn a_right_code_answered_before_its_write_breaks_invariant_2() {
    breaks(invariants::ACCEPTED_ONCE, Fault::AnswersBeforeWrite, one_code_three_times());
}

#[test]
fn a_write_without_its_condition_breaks_invariant_2() {
    breaks(invariants::ACCEPTED_ONCE, Fault::WritesWithoutCondition, one_code_three_times());
}

#[test]
fn a_guess_counted_after_its_answer_breaks_invariant_3() {
    breaks(invariants::COUNTED_FIRST, Fault::AnswersBeforeWrite, three_guesses_at_the_last_two());
}

#[test]
fn a_counter_without_its_limit_breaks_invariant_3() {
    breaks(invariants::SENDS_COUNTED, Fault::CountsWithoutLimit, two_emails_at_the_limit());
}

#[test]
fn a_count_taken_back_again_after_a_lost_reply_breaks_invariant_3() {
    breaks(invariants::SENDS_COUNTED, Fault::RepeatsTakingBack, two_emails_at_the_limit());
}

#[test]
fn a_failed_condition_without_a_look_for_the_own_write_breaks_invariant_7() {
    breaks(invariants::ONE_ENTRY, Fault::ForgetsItsWrites, three_guesses_at_the_last_two());
}

#[test]
fn a_log_line_without_its_writes_id_breaks_invariant_7() {
    breaks(invariants::ONE_ENTRY, Fault::LogsWithoutWriteId, a_record_delivered_twice());
}

#[test]
fn a_claim_without_its_writes_id_breaks_invariant_10() {
    breaks(invariants::TOLD, Fault::ClaimsWithoutWriteId, a_record_delivered_twice());
}

#[test]
fn a_claim_that_no_sweep_finds_breaks_invariant_10() {
    breaks(invariants::TOLD, Fault::ClaimsOutsideIndex, a_record_delivered_twice());
}
