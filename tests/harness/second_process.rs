//! A second process with the functions on the same table, as a second Lambda environment.

use super::{Portal, World};
use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{Arc, Mutex, mpsc},
};

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

    /// Starts a second process with this log level and table.
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

    /// Returns a back end for each of the two processes.
    pub fn portals(&self, preset: &str) -> [Portal; 2] {
        let first = self.world.portal(preset);
        let second = Portal { base: self.base.clone(), ..first.clone() };
        [first, second]
    }

    /// Moves both clocks. With zero seconds, the second catches up with the first.
    pub fn advance(&self, seconds: i64) {
        self.world.advance(seconds);
        let now = self.world.now().unix();
        let mut process = self.process.lock().unwrap();
        let behind = now - std::mem::replace(&mut process.now, now);
        writeln!(process.input, "{behind}").unwrap();
        assert_eq!(process.answers.recv().unwrap(), "moved");
    }

    pub fn log(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }
}
