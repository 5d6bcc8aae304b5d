//! A small portal, as a process of its own beside a deployment.

use super::{Portal, World};
use serde_json::json;
use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::Stdio,
    time::Duration,
};
use tokio::process::{Child, Command};

pub struct SmallPortal {
    pub base: String,
    folder: PathBuf,
    process: Child,
}

/// The program of a small portal, and what it is told.
pub struct Program<'a> {
    pub name: &'a str,
    pub arguments: &'a [&'a str],
    /// It is removed at the end.
    pub folder: PathBuf,
    pub returns: &'a [&'a str],
    pub environment: Vec<(&'a str, String)>,
}

impl Drop for SmallPortal {
    fn drop(&mut self) {
        // Node.js may run as a child of the program: the whole group ends, or it would go on for
        // ever, and whoever reads what the tests print would wait for it.
        if let Some(leader) = self.process.id() {
            let group = format!("-{leader}");
            let kill = std::process::Command::new("kill").args(["-KILL", "--", &group]).status();
            assert!(kill.is_ok_and(|killed| killed.success()) || std::thread::panicking());
        }
        let _gone_already = fs::remove_dir_all(&self.folder);
    }
}

impl SmallPortal {
    /// Registers the addresses that browsers come back to, and starts the process.
    pub async fn start(world: &World, portal: &Portal, program: Program<'_>) -> Self {
        let Program { name, arguments, folder, returns, environment } = program;
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let base = format!("http://localhost:{port}");
        let own: Vec<String> = returns.iter().map(|path| format!("{base}{path}")).collect();
        let own = json!(own);
        let saved = world.change_profile(&portal.id, |profile| profile["return_urls"] = own).await;
        assert_eq!(saved.status, 200, "{:?}", saved.body);
        let process = Command::new(name)
            .args(arguments)
            .current_dir(&folder)
            .env("PORT", port.to_string())
            .env("PORTCULLIS_PORTAL", &portal.id)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .envs(environment)
            .stdout(Stdio::null())
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .expect("the program is installed (by tests/run --set-up)");
        let started = Self { base, folder, process };
        for _ in 0..600 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return started;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{name} {arguments:?} does not listen");
    }

    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}
