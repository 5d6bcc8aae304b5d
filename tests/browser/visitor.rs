//! A person with a browser, who reads pages, types, and presses labelled buttons: with the keyboard
//! alone where pages have their script, with a mouse where they have none.

use super::{chromium::started, effort::Counter};
use crate::harness::World;
use serde_json::{Value, json};
use std::{net::TcpListener, process::Stdio, time::Duration};
use thirtyfour::prelude::*;
use tokio::{
    process::{Child, Command},
    sync::{Semaphore, SemaphorePermit},
};

/// The number of browsers at a time.
static PLACES: Semaphore = Semaphore::const_new(2);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    On,
    Off,
}

pub struct Visitor {
    pub world: World,
    /// The address that the pages are opened at.
    base: String,
    pub driver: WebDriver,
    pub(super) script: Script,
    pub(super) effort: Counter,
    /// The address of the browser's driver.
    driven_at: String,
    _chromedriver: Child,
    _place: SemaphorePermit<'static>,
}

impl Visitor {
    pub async fn open(script: Script) -> Self {
        let world = World::start().await;
        let base = world.url("");
        Self::open_at(world, base, script).await
    }

    /// Opens the pages at `localhost`, where browsers offer passkeys.
    pub async fn open_by_name(script: Script) -> Self {
        let world = World::start().await;
        let base = world.origin();
        Self::open_at(world, base, script).await
    }

    /// Opens the pages of a deployment that is there.
    pub async fn open_in(world: World, script: Script) -> Self {
        let base = world.url("");
        Self::open_at(world, base, script).await
    }

    async fn open_at(world: World, base: String, script: Script) -> Self {
        let place = PLACES.acquire().await.unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let chromedriver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("chromedriver is installed (by tests/run --set-up)");
        let driven_at = format!("http://127.0.0.1:{port}");
        let driver = started(&driven_at).await;
        let visitor = Self {
            world,
            base,
            driver,
            script,
            effort: Counter::default(),
            driven_at,
            _chromedriver: chromedriver,
            _place: place,
        };
        visitor.begin().await;
        visitor
    }

    async fn begin(&self) {
        self.shape(1280, 900, "light").await;
        // As on a phone, so that they take no room from the page.
        self.cdp("Emulation.setScrollbarsHidden", json!({ "hidden": true })).await;
        self.take_focus().await;
        if self.script == Script::Off {
            self.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
        }
    }

    /// Goes on in another profile, which has cookies of its own. Returns the one before.
    pub async fn take_another_profile(&mut self) -> WebDriver {
        let before = std::mem::replace(&mut self.driver, started(&self.driven_at).await);
        self.begin().await;
        before
    }

    /// Goes back to a profile, and closes the one of now.
    pub async fn go_back_to(&mut self, profile: WebDriver) {
        std::mem::replace(&mut self.driver, profile).quit().await.unwrap();
    }

    /// Gives the tab the focus, as if somebody looked at it, whichever others are open.
    async fn take_focus(&self) {
        self.cdp("Emulation.setFocusEmulationEnabled", json!({ "enabled": true })).await;
    }

    pub async fn turn_to(&self, tab: WindowHandle) {
        self.driver.switch_to_window(tab).await.unwrap();
        self.take_focus().await;
    }

    pub async fn close(self) {
        self.driver.quit().await.unwrap();
    }

    pub(super) async fn cdp(&self, method: &str, params: Value) -> Value {
        self.driver.cdp().send_raw(method, params).await.unwrap()
    }

    pub(super) async fn shape(&self, width: u32, height: u32, scheme: &str) {
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false
        });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    pub async fn go(&self, path: &str) {
        self.driver.goto(format!("{}{path}", self.base)).await.unwrap();
    }

    /// Returns the page's address, without that of the service.
    pub async fn place(&self) -> String {
        let url = self.driver.current_url().await.unwrap().to_string();
        url.strip_prefix(&self.base).unwrap_or(&url).to_owned()
    }

    /// Returns the page's text; empty while another one loads.
    pub async fn text(&self) -> String {
        match self.driver.find(By::Tag("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    pub async fn sees(&self, words: &str) {
        for _ in 0..100 {
            if self.text().await.contains(words) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("\"{words}\" at {}:\n{}", self.place().await, self.text().await);
    }

    /// Expects a refused entry: the title says so first, and the cursor is in the field.
    pub async fn is_refused_at(&self, field: &str, words: &str) {
        self.sees(words).await;
        let title = self.driver.title().await.unwrap();
        assert!(title.starts_with("Error: "), "{title}");
        let focused = "return document.activeElement.id";
        let focused = self.driver.execute(focused, vec![]).await.unwrap().json().clone();
        assert_eq!(focused, json!(field));
    }

    pub async fn sees_until_gone(&self, words: &str) {
        for _ in 0..200 {
            if !self.text().await.contains(words) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.sees_not(words).await;
    }

    pub async fn sees_not(&self, words: &str) {
        let text = self.text().await;
        assert!(!text.contains(words), "\"{words}\" at {}:\n{text}", self.place().await);
    }

    /// Presses a button or link by its words, and waits for the next page.
    pub async fn press(&self, words: &str) {
        for _ in 0..100 {
            for element in self.driver.find_all(By::Css("button, a, summary")).await.unwrap() {
                if element.text().await.is_ok_and(|text| text.trim() == words) {
                    return self.click(&element).await;
                }
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("nothing says \"{words}\" at {}:\n{}", self.place().await, self.text().await);
    }

    /// Presses a button by its words that leads to no other page.
    pub async fn press_in_place(&self, words: &str) {
        let button = format!("//button[normalize-space()='{words}']");
        let button = self.driver.find(By::XPath(button)).await.unwrap();
        assert_eq!(self.reach(&button).await, words, "is it read out as it looks?");
        self.strike("Enter", 13, "\r").await;
        self.effort.click();
    }

    /// Runs a script before those of every page from now on, as an older browser would.
    pub async fn run_first(&self, script: &str) {
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
    }

    /// Presses a button or link by its words in the item of a list that has others too.
    pub async fn press_beside(&self, others: &str, words: &str) {
        self.sees(others).await;
        for item in self.driver.find_all(By::Css("main li")).await.unwrap() {
            if !item.text().await.unwrap().contains(others) {
                continue;
            }
            for element in item.find_all(By::Css("button, a, summary")).await.unwrap() {
                if element.text().await.unwrap().trim() == words {
                    return self.click(&element).await;
                }
            }
        }
        panic!("no \"{words}\" beside \"{others}\" at {}", self.place().await);
    }

    async fn click(&self, element: &WebElement) {
        let leads_on = element.tag_name().await.unwrap() != "summary";
        let before = self.driver.find(By::Tag("html")).await.unwrap();
        match self.script {
            Script::On => {
                let words = element.text().await.unwrap();
                assert_eq!(self.reach(element).await, words.trim(), "is it read out as it looks?");
                self.strike("Enter", 13, "\r").await;
            }
            Script::Off => element.click().await.unwrap(),
        }
        self.effort.click();
        if !leads_on {
            return;
        }
        for _ in 0..100 {
            if before.tag_name().await.is_err() {
                return self.effort.page();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("nothing comes after {}", self.place().await);
    }

    /// Presses Tab until an element has the focus, which must be seen. Returns its name, as
    /// programs that read pages out get it.
    async fn reach(&self, element: &WebElement) -> String {
        const HAS_FOCUS: &str = "const [wanted] = arguments; const here = document.activeElement; \
                                 return here === wanted ? here.matches(':focus-visible') : null;";
        for _ in 0..100 {
            let wanted = vec![element.to_json().unwrap()];
            match self.driver.execute(HAS_FOCUS, wanted).await.unwrap().json() {
                Value::Null => self.strike("Tab", 9, "").await,
                seen => {
                    assert_eq!(*seen, json!(true), "the focus is not to be seen");
                    return self.focused_name().await;
                }
            }
        }
        panic!("the keyboard does not lead there at {}", self.place().await);
    }

    /// Returns the name of the element with the focus in the accessibility tree.
    pub(super) async fn focused_name(&self) -> String {
        let here = json!({ "expression": "document.activeElement" });
        let here = self.cdp("Runtime.evaluate", here).await;
        let id = &here["result"]["objectId"];
        let node = json!({ "objectId": id, "fetchRelatives": false });
        let tree = self.cdp("Accessibility.getPartialAXTree", node).await;
        tree["nodes"][0]["name"]["value"].as_str().unwrap_or_default().trim().to_owned()
    }

    pub(super) async fn strike(&self, key: &str, code: u32, text: &str) {
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" { text } else { "" };
            let event = json!({
                "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code, "text": text
            });
            self.cdp("Input.dispatchKeyEvent", event).await;
        }
    }

    pub async fn press_check(&self, name: &str) {
        let field = self.driver.find(By::Css(format!("input[name={name}]"))).await.unwrap();
        match self.script {
            Script::On => {
                assert_ne!(self.reach(&field).await, "", "{name}");
                self.strike(" ", 32, " ").await;
            }
            Script::Off => {
                // What sticks to the edge of the window may lie over it.
                field.scroll_into_view().await.unwrap();
                field.click().await.unwrap();
            }
        }
        self.effort.click();
    }

    pub async fn tick(&self, name: &str, value: &str) {
        let field = By::Css(format!("input[name={name}][value=\"{value}\"]"));
        self.driver.find(field).await.unwrap().click().await.unwrap();
        self.effort.click();
    }

    pub async fn fill(&self, id: &str, text: &str) {
        let field = self.driver.find(By::Id(id)).await.unwrap();
        self.effort.field();
        match self.script {
            Script::On => {
                assert_ne!(self.reach(&field).await, "", "{id} is read out without a name");
                let all = "document.activeElement.select()";
                self.driver.execute(all, vec![]).await.unwrap();
                self.cdp("Input.insertText", json!({ "text": text })).await;
            }
            Script::Off => {
                field.clear().await.unwrap();
                field.send_keys(text).await.unwrap();
            }
        }
    }

    pub async fn enter(&self, code: &str) {
        self.fill("code", code).await;
        self.press("Continue").await;
    }

    /// Passes the password step of a demo portal.
    pub async fn sign_in(&self, portal: &str, account: &str) {
        self.go(&format!("/demo/{portal}")).await;
        self.password(account).await;
    }

    pub async fn password(&self, account: &str) {
        self.fill("name", account).await;
        self.fill("password", "password").await;
        self.press("Sign in").await;
    }

    pub async fn is_in(&self, how: &str) {
        self.sees("Welcome").await;
        self.sees(how).await;
    }

    pub async fn scan(&self) -> String {
        self.sees("Scan this picture with an authenticator app.").await;
        crate::harness::decode_png(&self.picture(".qr svg").await)
    }

    pub async fn picture(&self, part: &str) -> Vec<u8> {
        let part = self.driver.find(By::Css(part)).await.unwrap();
        part.scroll_into_view().await.unwrap();
        part.screenshot_as_png().await.unwrap()
    }

    pub async fn choose(&self, id: &str, value: &str) {
        let option = By::Css(format!("#{id} option[value=\"{value}\"]"));
        self.driver.find(option).await.unwrap().click().await.unwrap();
        self.effort.field();
    }

    /// Sets up an authenticator app from the QR code, up to the last page; returns its key.
    pub async fn set_up_app(&self) -> String {
        let uri = self.scan().await;
        let secret = crate::harness::query(&uri, "secret").expect("a key in the QR code");
        self.enter(&self.world.totp(&secret)).await;
        self.world.advance(30);
        secret
    }

    /// Returns the current code of the app. Each works once, so the clock moves.
    pub fn app_code(&self, secret: &str) -> String {
        self.world.advance(30);
        self.world.totp(secret)
    }

    pub async fn code_sent_to(&self, to: &str) -> String {
        self.sees("Enter the 6-digit code sent to").await;
        self.world.code_sent_to(to).await
    }
}
