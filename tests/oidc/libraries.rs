//! Small portals with libraries of others, each as a process of its own beside a deployment. They
//! know nothing of ours but what `/.well-known/openid-configuration` says.

use super::client::key_of_scope;
use crate::harness::{Browser, World, pipe_in};
use portcullis_app::system_time;
use portcullis_local::LocalClock;
use serde_json::json;
use std::{
    fs,
    net::{TcpListener, TcpStream},
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};
use tokio::process::{Child, Command};

/// Libraries go by the system's time. The deployment begins a little behind it, so that the next
/// codes of the app are there without waiting.
const BEHIND: i64 = 90;

pub struct SmallPortal {
    pub base: String,
    folder: PathBuf,
    process: Child,
}

impl Drop for SmallPortal {
    fn drop(&mut self) {
        // With whatever the program started: otherwise who reads the output waits for ever.
        if let Some(leader) = self.process.id() {
            let group = format!("-{leader}");
            let kill = std::process::Command::new("kill").args(["-KILL", "--", &group]).status();
            assert!(kill.is_ok_and(|killed| killed.success()) || std::thread::panicking());
        }
        let _gone_already = fs::remove_dir_all(&self.folder);
    }
}

impl SmallPortal {
    pub async fn with_openid_client(world: &World) -> Self {
        Self::start(world, "node", &["--import", "tsx", "portal.ts"], "portal.ts").await
    }

    async fn start(world: &World, program: &str, arguments: &[&str], file: &str) -> Self {
        let name = format!("portcullis-oidc-{file}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        let to = folder.display().to_string();
        pipe_in(Path::new("../infra/samples/oidc"), "cp", &[file, &to], b"");
        fs::write(folder.join("package.json"), r#"{"type":"module"}"#).unwrap();
        let modules = Path::new("node/node_modules").canonicalize();
        symlink(modules.expect("tests/run --set-up was run"), folder.join("node_modules")).unwrap();

        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let base = format!("http://localhost:{port}");
        let portal = world.portal("authenticator_app");
        let own = json!([format!("{base}/back")]);
        let saved = world.change_profile(&portal.id, |profile| profile["return_urls"] = own).await;
        assert_eq!(saved.status, 200, "{:?}", saved.body);
        let process = Command::new(program)
            .args(arguments)
            .current_dir(&folder)
            .env("PORT", port.to_string())
            .env("PORTCULLIS_SERVICE", issuer(world).await)
            .env("PORTCULLIS_PORTAL", &portal.id)
            .env("PORTCULLIS_OIDC_KEY", key_of_scope(world, &portal, "oidc").await)
            .env("PYTHONDONTWRITEBYTECODE", "1")
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
        panic!("{program} {arguments:?} does not listen");
    }

    fn browser(&self) -> Browser {
        Browser::at(self.base.clone())
    }

    /// Passes the password; returns the address at the service.
    async fn password(&self, browser: &Browser) -> String {
        let account = [("name", "anna"), ("password", "password")];
        let page = browser.post("/sign-in", &account).await;
        let to = page.location.clone().unwrap_or_else(|| panic!("{page:?}"));
        let (_, query) = to.split_once("/oidc/authorize?").unwrap_or_else(|| panic!("{to}"));
        let mut names: Vec<&str> =
            query.split('&').filter_map(|pair| pair.split('=').next()).collect();
        names.sort_unstable();
        assert_eq!(names, ["client_id", "request_uri"]);
        to
    }
}

/// Sets the deployment's clock.
pub fn fall_behind(world: &World) {
    world.advance(system_time().unix() - BEHIND - world.now().unix());
}

async fn issuer(world: &World) -> String {
    let said = world.http.get(world.url("/.well-known/openid-configuration")).send().await.unwrap();
    let said: serde_json::Value = said.json().await.unwrap();
    said["issuer"].as_str().unwrap().to_owned()
}

/// Goes from the portal through the prompt; returns the path that leads back to the portal.
async fn through(world: &World, portal: &SmallPortal, browser: &Browser, secret: &str) -> String {
    let to = portal.password(browser).await;
    let at_service = Browser::at(issuer(world).await);
    let at = at_service.get(&to).await.location.expect("the prompt");
    let code = world.totp(secret);
    let back = at_service.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    world.advance(30);
    let back = back.location.clone().unwrap_or_else(|| panic!("{back:?}"));
    back.strip_prefix(&portal.base).unwrap_or_else(|| panic!("{back}")).to_owned()
}

/// Expects that a browser gets in by nothing at this address.
async fn gets_nowhere(browser: &Browser, path: &str, what: &str) {
    let page = browser.get(path).await;
    assert_eq!(page.status, 403, "{what}: {page:?}");
    assert!(!browser.get("/").await.says("Welcome"), "{what}");
}

/// Changes one parameter of a path, or leaves it out.
fn with(path: &str, name: &str, value: Option<&str>) -> String {
    let url = reqwest::Url::parse("http://localhost").unwrap().join(path).unwrap();
    let kept = url.query_pairs().into_owned().filter(|(other, _)| other != name);
    let added = value.map(|value| (name.to_owned(), value.to_owned()));
    let pairs: Vec<(String, String)> = kept.chain(added).collect();
    let changed = reqwest::Url::parse_with_params("http://localhost", &pairs).unwrap();
    format!("{}?{}", url.path(), changed.query().unwrap())
}

async fn signs_in_and_takes_nothing_else(world: World, portal: SmallPortal) {
    fall_behind(&world);
    let secret = world.portal("authenticator_app").enrol_app(&world, crate::harness::anna()).await;
    let (browser, other) = (portal.browser(), portal.browser());
    gets_nowhere(&browser, "/back?code=made-up&state=made-up", "a made-up code").await;
    let back = through(&world, &portal, &browser, &secret).await;
    gets_nowhere(&other, &back, "a browser without a sign-in").await;
    portal.password(&other).await;
    gets_nowhere(&other, &back, "a browser with another sign-in").await;

    assert_eq!(browser.get(&back).await.location.as_deref(), Some("/"));
    let page = browser.get("/").await;
    assert!(page.says("Welcome, anna") && page.says("urn:portcullis:acr:app"), "{}", page.text);

    let again = portal.browser();
    let back = through(&world, &portal, &again, &secret).await;
    for (what, name, value) in [
        ("another issuer", "iss", Some("https://attacker.example")),
        ("no issuer", "iss", None),
        ("another state", "state", Some("another")),
        ("no state", "state", None),
        ("another code", "code", Some("another")),
    ] {
        let changed = with(&back, name, value);
        gets_nowhere(&again, &changed, what).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_with_openid_client_signs_in_and_takes_nothing_else() {
    let world = World::start_at(LocalClock::default()).await;
    let portal = SmallPortal::with_openid_client(&world).await;
    signs_in_and_takes_nothing_else(world, portal).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_with_authlib_signs_in_and_takes_nothing_else() {
    let world = World::start_at(LocalClock::default()).await;
    let portal = SmallPortal::start(&world, "python3", &["portal.py"], "portal.py").await;
    signs_in_and_takes_nothing_else(world, portal).await;
}
