//! A second process with the functions, on the same table: what two Lambda environments are to each other.

use super::{Portal, World};
use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{Arc, Mutex, mpsc},
};

/// A world, and a second process beside it.
pub struct Pair {
    pub world: World,
    process: Mutex<Process>,
    base: String,
    log: Arc<Mutex<Vec<String>>>,
}

struct Process {
    now: i64,
    child: Child,
    input: ChildStdin,
    answers: mpsc::Receiver<String>,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}

impl Pair {
    pub async fn start() -> Self {
        Self::start_at_level("warn", |world| world.running.table.clone()).await
    }

    /// The same with a second process that logs at this level, and works on a table of this name.
    pub async fn start_at_level(level: &str, table: impl Fn(&World) -> String) -> Self {
        let world = World::start().await;
        let now = world.now().unix();
        let mut child = Command::new(env!("CARGO_BIN_EXE_portcullis-process"))
            .args([&world.running.dynamodb, &table(&world), &world.url(""), &now.to_string()])
            .env("RUST_LOG", level)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (log, (say, answers)) = (Arc::new(Mutex::new(vec![])), mpsc::channel());
        let logged = log.clone();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if line.starts_with('{') {
                    logged.lock().unwrap().push(line);
                } else if say.send(line).is_err() {
                    return;
                }
            }
        });
        let base = answers.recv().expect("it says where it answers");
        Self { world, process: Mutex::new(Process { now, child, input, answers }), base, log }
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
        let now = self.world.now().unix();
        let mut process = self.process.lock().unwrap();
        let behind = now - std::mem::replace(&mut process.now, now);
        writeln!(process.input, "{behind}").unwrap();
        assert_eq!(process.answers.recv().unwrap(), "moved");
    }

    /// The lines that the second process has logged.
    pub fn log(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }
}
