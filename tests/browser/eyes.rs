//! A person with a browser: looks at pages, types, and presses what has words on it.

use crate::harness::{World, totp};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use std::{
    fs,
    net::TcpListener,
    path::PathBuf,
    process::Stdio,
    sync::{
        LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use thirtyfour::prelude::*;
use tokio::{
    process::{Child, Command},
    sync::{Semaphore, SemaphorePermit},
};

/// Browsers at a time.
static PLACES: Semaphore = Semaphore::const_new(2);

/// The accessibility rules.
static AXE: LazyLock<String> = LazyLock::new(|| {
    let path = "node/node_modules/axe-core/axe.min.js";
    fs::read_to_string(path).expect("axe-core is installed (by tests/run --set-up)")
});

/// Boxes that lie over each other though neither is inside the other, and a page wider than its window.
const LAYOUT: &str = r#"
const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth;
const boxes = [...document.querySelectorAll("h1,h2,p,label,input:not([type=hidden]),button,a,summary,svg,img,code")]
  .filter((e) => e.checkVisibility() && e.getClientRects().length > 0);
const over = [];
for (const [i, a] of boxes.entries()) for (const b of boxes.slice(i + 1)) {
  if (a.contains(b) || b.contains(a)) continue;
  for (const r of a.getClientRects()) for (const s of b.getClientRects()) {
    const w = Math.min(r.right, s.right) - Math.max(r.left, s.left);
    const h = Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top);
    if (w > 1 && h > 1) over.push(`${a.outerHTML.slice(0, 60)} | ${b.outerHTML.slice(0, 60)}`);
  }
}
return { wide, over };
"#;

const AUDIT: &str = r#"
const done = arguments[arguments.length - 1];
axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
  .then((found) => done(found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" ; ")}`)),
        (error) => done([String(error)]));
"#;

/// The setting of the browser that lets pages run their script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    On,
    Off,
}

/// A browser at a deployment of its own.
pub struct Eyes {
    pub world: World,
    pub driver: WebDriver,
    script: Script,
    clicks: AtomicUsize,
    _chromedriver: Child,
    _place: SemaphorePermit<'static>,
}

impl Eyes {
    pub async fn open(script: Script) -> Self {
        let place = PLACES.acquire().await.unwrap();
        let world = World::start().await;
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let chromedriver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("chromedriver is installed (by tests/run --set-up)");
        let mut wanted = DesiredCapabilities::chrome();
        for arg in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--lang=en",
        ] {
            wanted.add_arg(arg).unwrap();
        }
        let address = format!("http://127.0.0.1:{port}");
        let mut driver = None;
        for _ in 0..50 {
            match WebDriver::new(&address, wanted.clone()).await {
                Ok(started) => {
                    driver = Some(started);
                    break;
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
            }
        }
        let driver = driver.expect("Chromium starts (tests/run --set-up installs it)");
        let eyes = Self {
            world,
            driver,
            script,
            clicks: AtomicUsize::new(0),
            _chromedriver: chromedriver,
            _place: place,
        };
        eyes.shape(1280, "light").await;
        if script == Script::Off {
            eyes.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
        }
        eyes
    }

    pub async fn close(self) {
        self.driver.quit().await.unwrap();
    }

    async fn cdp(&self, method: &str, params: Value) -> Value {
        self.driver.cdp().send_raw(method, params).await.unwrap()
    }

    /// The width of the window, and whether it is dark around.
    async fn shape(&self, width: u32, scheme: &str) {
        let metrics =
            json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    pub async fn go(&self, path: &str) {
        self.driver.goto(self.world.url(path)).await.unwrap();
    }

    /// Where the browser is, without the address of the service.
    pub async fn place(&self) -> String {
        let url = self.driver.current_url().await.unwrap().to_string();
        url.strip_prefix(&self.world.url("")).unwrap_or(&url).to_owned()
    }

    /// What can be read on the page; nothing while another one takes its place.
    pub async fn text(&self) -> String {
        match self.driver.find(By::Tag("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Sees these words, once the page is there.
    pub async fn sees(&self, words: &str) {
        for _ in 0..100 {
            if self.text().await.contains(words) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("\"{words}\" at {}:\n{}", self.place().await, self.text().await);
    }

    pub async fn sees_not(&self, words: &str) {
        let text = self.text().await;
        assert!(!text.contains(words), "\"{words}\" at {}:\n{text}", self.place().await);
    }

    /// Presses the button or link with these words, and waits for the page it leads to.
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

    async fn click(&self, element: &WebElement) {
        let leads_on = element.tag_name().await.unwrap() != "summary";
        let before = self.driver.find(By::Tag("html")).await.unwrap();
        element.click().await.unwrap();
        self.clicks.fetch_add(1, Ordering::Relaxed);
        for _ in 0..100 {
            if !leads_on || before.tag_name().await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("nothing comes after {}", self.place().await);
    }

    /// Ticks the box of this name.
    pub async fn press_check(&self, name: &str) {
        let field = self.driver.find(By::Css(format!("input[name={name}]"))).await.unwrap();
        field.click().await.unwrap();
    }

    /// Ticks one of several boxes of a name.
    pub async fn tick(&self, name: &str, value: &str) {
        let field = By::Css(format!("input[name={name}][value=\"{value}\"]"));
        self.driver.find(field).await.unwrap().click().await.unwrap();
    }

    /// Types into the field of this id.
    pub async fn fill(&self, id: &str, text: &str) {
        let field = self.driver.find(By::Id(id)).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Enters a code and goes on.
    pub async fn enter(&self, code: &str) {
        self.fill("code", code).await;
        self.press("Continue").await;
    }

    /// The password step of a demo portal.
    pub async fn sign_in(&self, portal: &str, account: &str) {
        self.go(&format!("/demo/{portal}")).await;
        self.password(account).await;
    }

    pub async fn password(&self, account: &str) {
        self.fill("name", account).await;
        self.fill("password", "password").await;
        self.press("Sign in").await;
    }

    /// The portal's dashboard, reached by this.
    pub async fn is_in(&self, how: &str) {
        self.sees("Welcome").await;
        self.sees(how).await;
    }

    /// What an authenticator app reads off the QR code on the page.
    pub async fn scan(&self) -> String {
        self.sees("Scan this picture with an authenticator app.").await;
        crate::harness::decode_png(&self.picture(".qr svg").await)
    }

    /// A part of the page, as a picture.
    pub async fn picture(&self, part: &str) -> Vec<u8> {
        let part = self.driver.find(By::Css(part)).await.unwrap();
        part.screenshot_as_png().await.unwrap()
    }

    /// Chooses a value of a list.
    pub async fn choose(&self, id: &str, value: &str) {
        let option = By::Css(format!("#{id} option[value=\"{value}\"]"));
        self.driver.find(option).await.unwrap().click().await.unwrap();
    }

    /// Presses since this was asked last.
    pub fn count_clicks(&self) -> usize {
        self.clicks.swap(0, Ordering::Relaxed)
    }

    /// Sets up an authenticator app from the QR code on the page, up to the last page; its key.
    pub async fn set_up_app(&self) -> String {
        let uri = self.scan().await;
        let secret = crate::harness::query(&uri, "secret").expect("a key in the QR code");
        self.enter(&totp(&secret, self.world.running.clock.now())).await;
        self.world.advance(30);
        secret
    }

    /// The code the app shows now; each is used once, so the clock goes on.
    pub fn app_code(&self, secret: &str) -> String {
        self.world.advance(30);
        totp(secret, self.world.running.clock.now())
    }

    pub async fn code_sent_to(&self, to: &str) -> String {
        self.sees("Enter the 6-digit code sent to").await;
        self.world.code_sent_to(to).await
    }

    /// Looks closely: nothing sideways, nothing over anything else (mirrored neither), nothing axe finds, at both widths,
    /// light and dark.
    /// With `PORTCULLIS_SCREENS` set to a folder it is drawn there under this name.
    pub async fn look(&self, name: &str) {
        for (width, scheme) in [(1280, "dark"), (320, "light"), (320, "dark"), (1280, "light")] {
            self.shape(width, scheme).await;
            let layout = self.driver.execute(LAYOUT, vec![]).await.unwrap().json().clone();
            assert_eq!(layout, json!({ "wide": false, "over": [] }), "{name} at {width} pixels");
            let mirrored = format!("document.documentElement.dir = \"rtl\"; {LAYOUT}");
            let layout = self.driver.execute(mirrored, vec![]).await.unwrap().json().clone();
            assert_eq!(layout, json!({ "wide": false, "over": [] }), "{name}, right to left");
            let back = "document.documentElement.dir = \"ltr\";";
            self.driver.execute(back, vec![]).await.unwrap();
            if self.script == Script::Off {
                continue;
            }
            if width == 320 {
                self.driver.execute(AXE.as_str(), vec![]).await.unwrap();
                let found = self.driver.execute_async(AUDIT, vec![]).await.unwrap().json().clone();
                assert_eq!(found, json!([]), "{name}, {scheme}");
            }
            // Of the console two are enough: they take more room.
            let drawn = !name.starts_with("console") || (width == 1280) == (scheme == "light");
            if let Some(folder) = std::env::var_os("PORTCULLIS_SCREENS").filter(|_| drawn) {
                self.draw(PathBuf::from(folder).join(format!("{name}-{scheme}-{width}.webp")))
                    .await;
            }
        }
    }

    async fn draw(&self, file: PathBuf) {
        let all = json!({ "format": "webp", "quality": 60, "captureBeyondViewport": true });
        let picture = self.cdp("Page.captureScreenshot", all).await;
        fs::write(&file, BASE64_STANDARD.decode(picture["data"].as_str().unwrap()).unwrap())
            .unwrap();
    }
}
