//! The small portals of the client libraries for TypeScript and Python, each as a process of its
//! own beside a deployment.

use super::{Script, Visitor};
use crate::harness::{
    Browser, World,
    small_portal::{Program, SmallPortal},
};
use portcullis_app::system_time;
use portcullis_local::LocalClock;
use serde_json::json;
use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};
use thirtyfour::By;

const NOT_THIS_BROWSER: &str = "This sign-in was not started in this browser.";
/// An app's codes work once each. Those of the next minute and a half are used without waiting,
/// because the deployment's clock is behind: a portal takes what was signed up to 120 seconds ago.
const BEHIND: i64 = 95;

async fn start(world: &World, name: &str, arguments: &[&str], folder: PathBuf) -> SmallPortal {
    let portal = world.portal("authenticator_app");
    let environment = vec![
        ("PORTCULLIS_SERVICE", world.url("")),
        ("PORTCULLIS_ISSUER", world.running.issuer()),
        ("PORTCULLIS_KEY", portal.key.clone()),
    ];
    let returns = &["/back", "/address/confirmed"];
    let program = Program { name, arguments, folder, returns, environment };
    SmallPortal::start(world, &portal, program).await
}

/// Copies a library into a folder of its own, in which the portal runs.
fn copy(language: &str, parts: [&str; 2]) -> PathBuf {
    let name = format!("portcullis-small-{language}-{}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    fs::create_dir_all(&folder).unwrap();
    for part in parts {
        let to = folder.display().to_string();
        let from = format!("clients/{language}/{part}");
        crate::harness::pipe_in(Path::new("../infra"), "cp", &["-r", &from, &to], b"");
    }
    folder
}

async fn world_behind() -> World {
    World::start_at(LocalClock::default()).await
}

async fn with(world: World, portal: &SmallPortal, script: Script) {
    world.advance(system_time().unix() - BEHIND - world.now().unix());
    let visitor = Visitor::open_in(world, script).await;
    let secret = enrols(&visitor, portal).await;
    comes_again(&visitor, portal, &secret).await;
    changes_the_address(&visitor, portal, &secret).await;
    takes_nobody_elses_sign_in(&visitor, portal, &secret).await;
    visitor.close().await;
}

impl Visitor {
    async fn open_page(&self, url: &str) {
        self.driver.goto(url).await.unwrap();
    }

    /// Expects the sentence, and that nobody is in.
    async fn is_out(&self, portal: &SmallPortal, sentence: &str) {
        self.sees(sentence).await;
        self.open_page(&portal.at("/")).await;
        self.sees("There is one account").await;
        self.sees_not("Welcome").await;
    }

    async fn kept_address(&self) -> String {
        self.driver.find(By::Id("kept")).await.unwrap().text().await.unwrap()
    }
}

/// Signs in for the first time, and sets up an app; a made-up result did nothing before.
async fn enrols(visitor: &Visitor, portal: &SmallPortal) -> String {
    visitor.open_page(&portal.at("/back?result_code=forged&state=forged")).await;
    visitor.is_out(portal, NOT_THIS_BROWSER).await;
    visitor.look("portal-small-sign-in").await;
    visitor.password("anna").await;
    let secret = visitor.set_up_app().await;
    visitor.press("Finish").await;
    visitor.sees("Welcome, anna").await;
    visitor.sees("\"acr\": \"urn:portcullis:acr:app\"").await;
    visitor.sees("\"event\": \"login\"").await;
    visitor.look("portal-small-home").await;
    visitor.press("Sign out").await;
    visitor.is_out(portal, "There is one account").await;
    secret
}

/// Signs in again; results that are made up let nobody in, and end no sign-in under way.
async fn comes_again(visitor: &Visitor, portal: &SmallPortal, secret: &str) {
    visitor.password("anna").await;
    let back = visitor.driver.find(By::Css("a[href*='error=left']")).await.unwrap();
    let back = back.attr("href").await.unwrap().unwrap();
    // This one has the state of this very browser.
    visitor.open_page(&back.replace("error=left", "result_code=forged")).await;
    visitor.sees("Sign in").await;
    visitor.is_out(portal, "There is one account").await;

    visitor.password("anna").await;
    let prompt = visitor.driver.current_url().await.unwrap().to_string();
    visitor.open_page(&portal.at("/back?result_code=forged&state=forged")).await;
    visitor.is_out(portal, NOT_THIS_BROWSER).await;
    visitor.open_page(&prompt).await;
    visitor.enter(&visitor.world.totp(secret)).await;
    visitor.sees("Welcome, anna").await;
    visitor.sees("\"method\": \"authenticator_app\"").await;
}

/// Changes the address by a fresh proof, and by nothing else.
async fn changes_the_address(visitor: &Visitor, portal: &SmallPortal, secret: &str) {
    assert_eq!(visitor.kept_address().await, "1 Old Street");
    visitor.fill("address", "2 New Street").await;
    visitor.press("Change your address").await;
    visitor.sees("authenticator app").await;
    let prompt = visitor.driver.current_url().await.unwrap().to_string();
    for page in ["/back", "/address/confirmed"] {
        visitor.open_page(&portal.at(&format!("{page}?result_code=forged&state=forged"))).await;
        visitor.sees(NOT_THIS_BROWSER).await;
        visitor.sees("Welcome, anna").await;
        assert_eq!(visitor.kept_address().await, "1 Old Street", "{page}");
    }
    visitor.open_page(&prompt).await;
    visitor.enter(&visitor.app_code(secret)).await;
    visitor.sees("Welcome, anna").await;
    assert_eq!(visitor.kept_address().await, "2 New Street");

    // Who turns back at the prompt has changed nothing, and is still signed in.
    visitor.fill("address", "3 Other Street").await;
    visitor.press("Change your address").await;
    visitor.press("Back to Demo authenticator app").await;
    visitor.sees("Nothing was changed.").await;
    visitor.sees("Welcome, anna").await;
    assert_eq!(visitor.kept_address().await, "2 New Street");
    visitor.press("Sign out").await;
    visitor.is_out(portal, "There is one account").await;
}

/// The result of a sign-in that another browser began lets that browser in, and no other.
async fn takes_nobody_elses_sign_in(visitor: &Visitor, portal: &SmallPortal, secret: &str) {
    let other = Browser::at(portal.base.clone());
    let password = [("name", "anna"), ("password", "password")];
    let prompt = other.post("/sign-in", &password).await.location.expect("the prompt's address");
    let at = prompt.strip_prefix(&visitor.world.url("")).unwrap();
    let code = visitor.app_code(secret);
    let verify = format!("{at}/verify");
    let passed = Browser::new(&visitor.world).submit(at, &verify, &[("code", &code)]).await;
    let back = passed.location.expect("the way back");
    assert!(back.contains("result_code="), "{back}");

    visitor.open_page(&back).await;
    visitor.is_out(portal, NOT_THIS_BROWSER).await;
    visitor.password("anna").await;
    visitor.open_page(&back).await;
    visitor.is_out(portal, NOT_THIS_BROWSER).await;
    let back = back.strip_prefix(&portal.base).unwrap();
    assert_eq!(other.get(back).await.location.as_deref(), Some("/"));
    assert!(other.get("/").await.says("Welcome, anna"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_small_portal_in_typescript_signs_in_steps_up_and_takes_nothing_forged() {
    let world = world_behind().await;
    let folder = copy("typescript", ["src", "examples"]);
    let modules = Path::new("node/node_modules").canonicalize();
    let modules = modules.expect("they are installed (by tests/run --set-up)");
    symlink(modules, folder.join("node_modules")).unwrap();
    // The library has its name without being built.
    let paths =
        json!({ "portcullis-client": ["./src/index.ts"], "portcullis-client/*": ["./src/*.ts"] });
    let settings = json!({ "compilerOptions": { "module": "nodenext", "paths": paths } });
    fs::write(folder.join("tsconfig.json"), settings.to_string()).unwrap();
    fs::write(folder.join("package.json"), r#"{"type":"module"}"#).unwrap();
    let run = ["--import", "tsx", "examples/small-portal.ts"];
    let portal = start(&world, "node", &run, folder).await;
    with(world, &portal, Script::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_small_portal_in_python_signs_in_steps_up_and_takes_nothing_forged() {
    let world = world_behind().await;
    let folder = copy("python", ["portcullis_client", "examples"]);
    let run = ["-m", "examples.small_portal"];
    let portal = start(&world, "python3", &run, folder).await;
    with(world, &portal, Script::Off).await;
}
