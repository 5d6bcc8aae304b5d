//! Small portals with libraries of others, each as a process of its own beside a deployment. They
//! know nothing of ours but what `/.well-known/openid-configuration` says.

use super::client::key_of_scope;
use crate::harness::{
    Browser, World, pipe_in,
    small_portal::{Program, SmallPortal},
};
use portcullis_app::system_time;
use portcullis_local::LocalClock;
use std::{fs, os::unix::fs::symlink, path::Path};

/// Libraries go by the system's time. The deployment begins a little behind it, so that the next
/// codes of the app are there without waiting.
const BEHIND: i64 = 90;

/// A small portal that knows nothing of ours but its discovery document.
pub struct LibraryPortal(SmallPortal);

impl LibraryPortal {
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
        let portal = world.portal("authenticator_app");
        let environment = vec![
            ("PORTCULLIS_SERVICE", issuer(world).await),
            ("PORTCULLIS_OIDC_KEY", key_of_scope(world, &portal, "oidc").await),
        ];
        let program =
            Program { name: program, arguments, folder, returns: &["/back"], environment };
        Self(SmallPortal::start(world, &portal, program).await)
    }

    pub fn base(&self) -> &str {
        &self.0.base
    }

    fn browser(&self) -> Browser {
        Browser::at(self.0.base.clone())
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
async fn through(world: &World, portal: &LibraryPortal, browser: &Browser, secret: &str) -> String {
    let to = portal.password(browser).await;
    let at_service = Browser::at(issuer(world).await);
    let at = at_service.get(&to).await.location.expect("the prompt");
    let code = world.totp(secret);
    let back = at_service.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    world.advance(30);
    let back = back.location.clone().unwrap_or_else(|| panic!("{back:?}"));
    back.strip_prefix(portal.base()).unwrap_or_else(|| panic!("{back}")).to_owned()
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

async fn signs_in_and_takes_nothing_else(world: World, portal: LibraryPortal) {
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
    let portal = LibraryPortal::with_openid_client(&world).await;
    signs_in_and_takes_nothing_else(world, portal).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_with_authlib_signs_in_and_takes_nothing_else() {
    let world = World::start_at(LocalClock::default()).await;
    let portal = LibraryPortal::start(&world, "python3", &["portal.py"], "portal.py").await;
    signs_in_and_takes_nothing_else(world, portal).await;
}
