//! A second process with the functions, on the same table: what two Lambda environments are to each other.

use super::{Portal, World};
use std::{
    io::{BufRead as _, BufReader, Lines, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::Mutex,
};

/// A world, and a second process beside it.
pub struct Pair {
    pub world: World,
    process: Mutex<Process>,
    base: String,
}

struct Process {
    now: i64,
    child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}

impl Pair {
    pub async fn start() -> Self {
        let world = World::start().await;
        // Beside the tests' own program, where Cargo puts examples.
        let tests = std::env::current_exe().unwrap();
        let program = tests.ancestors().nth(2).unwrap().join("examples/process");
        let now = world.running.clock.now().unix();
        let mut child = Command::new(&program)
            .args([&world.running.dynamodb, &world.running.table, &world.url(""), &now.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("{} is built by `cargo test`: {error}", program.display())
            });
        let input = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
        let base = output.next().expect("it says where it answers").unwrap();
        Self { world, process: Mutex::new(Process { now, child, input, output }), base }
    }

    /// A portal's back end that asks the one process, and one that asks the other.
    pub fn portals(&self, preset: &str) -> [Portal; 2] {
        let first = self.world.portal(preset);
        let second = Portal { base: self.base.clone(), ..first.clone() };
        [first, second]
    }

    /// Time passes in both. With no seconds, the second catches up with the first.
    pub fn advance(&self, seconds: i64) {
        self.world.advance(seconds);
        let now = self.world.running.clock.now().unix();
        let mut process = self.process.lock().unwrap();
        let behind = now - std::mem::replace(&mut process.now, now);
        writeln!(process.input, "{behind}").unwrap();
        assert_eq!(process.output.next().unwrap().unwrap(), "moved");
    }
}
