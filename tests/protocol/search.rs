//! The states that three processes, the network and the table can reach together, for the model
//! checker.

use super::{
    invariants,
    table::{Call, Hashed, Reply, Table},
    world::{Step, Task, World, entries, record},
};
use stateright::{Model, Property};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

/// A fault that is planted, to see that the checker finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A guess is answered before the write that counts it.
    AnswersBeforeWrite,
    /// A failed condition is a conflict, whether or not the own write is in the item.
    ForgetsItsWrites,
    /// An item is written whatever was written since it was read.
    WritesWithoutCondition,
    /// A notice is claimed without the id of the write.
    ClaimsWithoutWriteId,
    /// A line of the log is written under a key of its own each time.
    LogsWithoutWriteId,
    /// A counter goes on past its limit.
    CountsWithoutLimit,
    /// What is taken back from a counter is taken back again after a lost reply.
    RepeatsTakingBack,
}

/// The replies that a process has heard, oldest first; `None` is one that was lost.
pub type Heard = Vec<Option<Hashed<Reply>>>;

/// One invocation.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Process {
    /// It waits for the reply to a call.
    Waits {
        heard: Hashed<Heard>,
        call: Hashed<Call>,
        /// How often the SDK can still send it.
        tries: u8,
    },
    Answered(String),
    Crashed,
}

impl std::fmt::Debug for Process {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Waits { call, .. } => write!(f, "waits for {}", **call),
            Self::Answered(answer) => f.write_str(answer),
            Self::Crashed => f.write_str("crashed"),
        }
    }
}

/// Everything at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    pub table: Table,
    pub processes: Vec<Process>,
    /// Calls that can still land, though nobody waits for the reply any more, with their process.
    pub late: Vec<(usize, Hashed<Call>)>,
    /// The entries of each write of the user that landed, with the process whose write it was.
    pub landed: Vec<(usize, Vec<&'static str>)>,
    /// The emails that a provider took, by process.
    pub emails: Vec<usize>,
    /// An email was refused or lost, or its process ended with it.
    pub email_was_lost: bool,
    /// How much may still go wrong.
    pub trouble: u8,
}

/// What happens to the call of a process.
///
/// To hear a reply changes nothing but the process, so it happens with the landing: whatever others
/// do in between, they could do before or after both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// It lands, and the process hears the reply.
    Lands,
    /// It lands, and the reply is lost: the SDK sends it again if it repeats the call.
    LandsUnheard,
    /// It is on its way for longer than the SDK waits, which sends it again if it repeats the call.
    IsLate,
    /// It is lost, and so is every repetition.
    IsLost,
    /// The provider refuses the email.
    IsRefused,
    /// The process crashes before the call.
    Crashes,
    /// It lands, and the process crashes.
    LandsAndCrashes,
    /// The process crashes while it is on its way.
    CrashesWhileLate,
    /// A call that was late lands: of the late ones, that at this place.
    LandsLate,
}

/// The steps of processes, by what they had heard.
type Steps = HashMap<(usize, Hashed<Heard>), Arc<Step>>;

/// Three processes on one user.
pub struct Protocol {
    pub world: World,
    pub tasks: Vec<Task>,
    pub fault: Option<Fault>,
    /// How much goes wrong at most on one path.
    pub trouble: u8,
    /// The wrong codes that the first sign-in has left.
    pub guesses_left: usize,
    /// The steps that were taken already, so that each is computed once.
    pub steps: Mutex<Steps>,
}

impl Protocol {
    fn step(&self, process: usize, heard: &Hashed<Heard>) -> Arc<Step> {
        let mut steps = self.steps.lock().unwrap();
        let step = steps.entry((process, heard.clone()));
        step.or_insert_with(|| self.world.step(process, &self.tasks[process], heard).into()).clone()
    }

    fn after(&self, process: usize, heard: Heard) -> Process {
        let heard = Hashed::new(heard);
        match &*self.step(process, &heard) {
            Step::Answers(answer) => Process::Answered(answer.clone()),
            Step::Calls(call) => Process::Waits {
                heard,
                call: Hashed::new(call.clone()),
                tries: match self.fault {
                    Some(Fault::RepeatsTakingBack) if call.takes_back() => 2,
                    Some(_) | None => call.tries,
                },
            },
        }
    }

    fn land(&self, state: &mut State, process: usize, call: &Call) -> Reply {
        let old = state.table.items("USER#").next().cloned();
        let reply = state.table.apply(call, self.fault);
        let Reply(status, _) = reply;
        if call.writes_user() && status == 200 {
            state.landed.push((process, entries(record(old.as_ref(), &call.body["Item"]))));
        }
        if call.is_email() {
            state.emails.push(process);
        }
        reply
    }

    /// The answer of a process, also one that a planted fault gives too early.
    pub fn answer(&self, state: &State, process: usize) -> Option<String> {
        match &state.processes[process] {
            Process::Answered(answer) => Some(answer.clone()),
            Process::Waits { heard, call, .. }
                if self.fault == Some(Fault::AnswersBeforeWrite) && call.writes_user() =>
            {
                let written = Some(Hashed::new(Reply::done()));
                let heard: Heard = heard.iter().cloned().chain([written]).collect();
                match self.after(process, heard) {
                    Process::Answered(answer) => Some(answer),
                    Process::Waits { .. } | Process::Crashed => None,
                }
            }
            Process::Waits { .. } | Process::Crashed => None,
        }
    }

    /// The path to a state, a line for each event, and then what was written and answered.
    pub fn told(&self, path: Vec<(State, Option<(usize, Event)>)>) -> String {
        let line = |(state, event): (State, Option<(usize, Event)>)| match event {
            Some((place, Event::LandsLate)) => {
                let (n, call) = &state.late[place];
                format!("{n} {:?}: LandsLate {}", self.tasks[*n], **call)
            }
            Some((n, event)) => {
                format!("{n} {:?}: {event:?}, {:?}", self.tasks[n], state.processes[n])
            }
            None => format!("{:#?}", (state.landed, state.processes)),
        };
        path.into_iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

impl Model for Protocol {
    type State = State;
    type Action = (usize, Event);

    fn init_states(&self) -> Vec<State> {
        vec![State {
            table: self.world.table.clone(),
            processes: (0..self.tasks.len()).map(|process| self.after(process, vec![])).collect(),
            late: vec![],
            landed: vec![],
            emails: vec![],
            email_was_lost: false,
            trouble: self.trouble,
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<(usize, Event)>) {
        for (n, process) in state.processes.iter().enumerate() {
            let Process::Waits { call, .. } = process else { continue };
            actions.push((n, Event::Lands));
            if state.trouble == 0 {
                continue;
            }
            actions.push((n, Event::Crashes));
            // The reply to a read may be lost too: that is a crash, as nothing was written.
            if !call.reads() {
                use Event::{CrashesWhileLate, IsLate, IsLost, LandsAndCrashes, LandsUnheard};
                let more = [LandsUnheard, IsLate, IsLost, LandsAndCrashes, CrashesWhileLate];
                actions.extend(more.map(|event| (n, event)));
            }
            if call.is_email() {
                actions.push((n, Event::IsRefused));
            }
        }
        actions.extend((0..state.late.len()).map(|place| (place, Event::LandsLate)));
    }

    fn next_state(&self, before: &State, (n, event): (usize, Event)) -> Option<State> {
        let mut state = before.clone();
        if event == Event::LandsLate {
            let (process, call) = state.late.remove(n);
            self.land(&mut state, process, &call);
            return Some(state);
        }
        let Process::Waits { heard, call, tries } = &before.processes[n] else { return None };
        let hears = |reply| self.after(n, heard.iter().cloned().chain([reply]).collect());
        let sends_again = || match tries {
            0 | 1 => hears(None),
            more => Process::Waits { heard: heard.clone(), call: call.clone(), tries: more - 1 },
        };
        if event != Event::Lands {
            state.trouble -= 1;
            state.email_was_lost |= call.is_email();
        }
        let reply = match event {
            Event::Lands | Event::LandsUnheard | Event::LandsAndCrashes => {
                Some(Hashed::new(self.land(&mut state, n, call)))
            }
            Event::IsLate | Event::CrashesWhileLate => {
                state.late.push((n, call.clone()));
                state.late.sort_by_key(|(process, _)| *process);
                None
            }
            Event::IsRefused => Some(Hashed::new(Reply::refused())),
            Event::IsLost | Event::Crashes | Event::LandsLate => None,
        };
        state.processes[n] = match event {
            Event::Lands | Event::IsRefused | Event::IsLost => hears(reply),
            Event::LandsUnheard | Event::IsLate => sends_again(),
            Event::Crashes
            | Event::LandsAndCrashes
            | Event::CrashesWhileLate
            | Event::LandsLate => Process::Crashed,
        };
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        invariants::all()
    }
}
