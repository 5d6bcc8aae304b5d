//! The states that processes, the network and the table can reach together, for the model checker.

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
    /// A notice that is claimed is not in the index of what is unsent.
    ClaimsOutsideIndex,
    /// A line of the log is written under a key of its own each time.
    LogsWithoutWriteId,
    /// A counter goes on past its limit.
    CountsWithoutLimit,
    /// A count that was taken back is taken back again after a lost reply.
    RepeatsTakingBack,
}

/// The replies that a process has heard, oldest first; `None` is one that was lost.
pub type Heard = Vec<Option<Hashed<Reply>>>;

#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Process {
    /// It waits for the reply to a call.
    Waits {
        heard: Hashed<Heard>,
        call: Hashed<Call>,
        /// The number of times that the SDK can still send it.
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
    /// The processes whose email was refused.
    pub refused: Vec<usize>,
    /// The processes that got no answer to an email, and went on.
    pub unanswered: Vec<usize>,
    /// The processes that asked for what is due when a notice had been claimed.
    pub asked: Vec<usize>,
    /// A process has said that a notice may be sent twice.
    pub flagged: bool,
    /// The number of faults that may still come.
    pub trouble: u8,
}

/// The fate of the call of a process.
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

/// The task of a process, and its moment.
///
/// An invocation ends within seconds, so a process begins once all those of minutes before it have
/// ended. Their calls can still be on the way.
#[derive(Clone, Debug)]
pub struct Planned {
    pub minute: i64,
    pub task: Task,
}

/// The steps of processes, by what they had heard.
type Steps = HashMap<(usize, Hashed<Heard>), Arc<(Step, bool)>>;

/// Processes on one user.
pub struct Protocol {
    pub world: World,
    pub tasks: Vec<Planned>,
    pub fault: Option<Fault>,
    /// The most faults on one path.
    pub trouble: u8,
    /// The wrong codes that the first sign-in has left.
    pub guesses_left: usize,
    /// The steps that were taken already, so that each is computed once.
    pub steps: Mutex<Steps>,
}

impl Protocol {
    fn step(&self, process: usize, heard: &Hashed<Heard>) -> Arc<(Step, bool)> {
        let mut steps = self.steps.lock().unwrap();
        let step = steps.entry((process, heard.clone()));
        step.or_insert_with(|| self.world.step(process, &self.tasks[process], heard).into()).clone()
    }

    /// A process after what it has heard, and whether it has said that a notice may be sent twice.
    fn after(&self, process: usize, heard: Heard) -> (Process, bool) {
        let heard = Hashed::new(heard);
        let (step, flagged) = &*self.step(process, &heard);
        let after = match step {
            Step::Answers(answer) => Process::Answered(answer.clone()),
            Step::Calls(call) => Process::Waits {
                heard,
                call: Hashed::new(call.clone()),
                tries: match self.fault {
                    Some(Fault::RepeatsTakingBack) if call.takes_back() => 2,
                    Some(_) | None => call.tries,
                },
            },
        };
        (after, *flagged)
    }

    /// Returns true if nothing goes wrong with a process: where one thing does at most, and two
    /// processes do the same in sign-ins that are alike, it is enough if it does with the first.
    fn is_spared(&self, process: usize) -> bool {
        let sends = |planned: &Planned| matches!(planned.task, Task::SendCode(_));
        self.trouble == 1 && process > 0 && self.tasks.iter().all(sends)
    }

    /// Returns true if a process can go on: those of the minutes before it have ended.
    fn is_on(&self, state: &State, process: usize) -> bool {
        let ended = |process: &Process| match process {
            Process::Waits { .. } => false,
            Process::Answered(_) | Process::Crashed => true,
        };
        let minute = self.tasks[process].minute;
        let mut all = self.tasks.iter().zip(&state.processes);
        all.all(|(other, process)| other.minute >= minute || ended(process))
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
        if call.lists_due() && state.table.items("NOTICE#").next().is_some() {
            state.asked.push(process);
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
                match self.after(process, heard).0 {
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
                format!("{n} {:?}: LandsLate {}", self.tasks[*n].task, **call)
            }
            Some((n, event)) => {
                format!("{n} {:?}: {event:?}, {:?}", self.tasks[n].task, state.processes[n])
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
            processes: (0..self.tasks.len()).map(|process| self.after(process, vec![]).0).collect(),
            late: vec![],
            landed: vec![],
            emails: vec![],
            refused: vec![],
            unanswered: vec![],
            asked: vec![],
            flagged: false,
            trouble: self.trouble,
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<(usize, Event)>) {
        for (n, process) in state.processes.iter().enumerate() {
            let Process::Waits { call, .. } = process else { continue };
            if !self.is_on(state, n) {
                continue;
            }
            actions.push((n, Event::Lands));
            if state.trouble == 0 || self.is_spared(n) {
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
            more => {
                let (heard, call) = (heard.clone(), call.clone());
                (Process::Waits { heard, call, tries: more - 1 }, false)
            }
        };
        if event != Event::Lands {
            state.trouble -= 1;
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
        match event {
            Event::IsRefused => state.refused.push(n),
            Event::LandsUnheard | Event::IsLate | Event::IsLost if call.is_email() => {
                state.unanswered.push(n);
            }
            Event::LandsUnheard
            | Event::IsLate
            | Event::IsLost
            | Event::Lands
            | Event::Crashes
            | Event::LandsAndCrashes
            | Event::CrashesWhileLate
            | Event::LandsLate => {}
        }
        let (process, flagged) = match event {
            Event::Lands | Event::IsRefused | Event::IsLost => hears(reply),
            Event::LandsUnheard | Event::IsLate => sends_again(),
            Event::Crashes
            | Event::LandsAndCrashes
            | Event::CrashesWhileLate
            | Event::LandsLate => (Process::Crashed, false),
        };
        state.processes[n] = process;
        state.flagged |= flagged;
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        invariants::all()
    }
}
