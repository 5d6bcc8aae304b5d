//! Jobs of an admin with the keyboard alone: Tab, Enter, Space and the arrows. Each stop is seen,
//! the stops are in the order of the page, and there is a way past the navigation and out again.

use super::{
    Script, Visitor,
    console::{enter, operator},
};
use serde_json::{Value, json};
use std::time::Duration;

/// Everything that the keyboard should stop at, in the order of the page.
const STOPS: &str = r#"
const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
const all = [...document.querySelectorAll(kinds)];
const stops = all.filter((e) => !e.disabled && e.tabIndex >= 0 && e.checkVisibility());
stops.forEach((e, n) => { e.dataset.stop = n; });
return stops.length;
"#;

/// The element with the focus: its place among the stops, if its outline is drawn, and if it is
/// within the window with nothing over it.
const HERE: &str = r#"
const here = document.activeElement;
if (!here || here === document.body) return null;
const { outlineStyle, outlineWidth } = getComputedStyle(here);
const shown = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
const box = here.getClientRects()[0];
const [left, right] = [Math.max(0, box.left), Math.min(innerWidth, box.right)];
const [start, end] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
const inside = right - left > 1 && end - start > 1;
const [x, y] = [left + Math.min((right - left) / 2, 20), (start + end) / 2];
const top = inside ? document.elementFromPoint(x, y) : null;
const free = !!top && (here.contains(top) || top.contains(here) || top.closest("label")?.contains(here));
return { stop: Number(here.dataset.stop ?? -1), shown, inside, free: !!free, id: here.id,
         what: here.outerHTML.slice(0, 120) };
"#;

/// Begins before the first element of the page, wherever the focus was.
const START: &str = "const start = document.createElement('span'); start.tabIndex = -1; \
                     document.body.prepend(start); start.focus(); start.remove(); scrollTo(0, 0);";

struct Keyboard<'a>(&'a Visitor);

impl Keyboard<'_> {
    async fn run(&self, script: &str) -> Value {
        self.0.driver.execute(script, vec![]).await.unwrap().json().clone()
    }

    async fn tab(&self) {
        self.0.strike("Tab", 9, "").await;
    }

    /// Returns the element with the focus, which must be seen.
    async fn stop(&self) -> Option<Value> {
        let here = self.run(HERE).await;
        if here.is_null() {
            return None;
        }
        let at = self.0.place().await;
        assert_eq!(here["shown"], json!(true), "the focus is not to be seen at {at}: {here}");
        assert_eq!(here["inside"], json!(true), "the focus is out of view at {at}: {here}");
        assert_eq!(here["free"], json!(true), "the focus is covered at {at}: {here}");
        Some(here)
    }

    /// Goes through a page from its start to its end. The first stop leads past the navigation,
    /// each stop comes after the one before, none is left out, and the last leads out.
    async fn walk(&self) {
        let at = self.0.place().await;
        let wanted = self.run(STOPS).await.as_u64().unwrap();
        self.run(START).await;
        let mut seen: Vec<u64> = vec![];
        // A field for a day has a stop for each part of it.
        for _ in 0..2 * wanted + 10 {
            self.tab().await;
            let Some(here) = self.stop().await else { break };
            let stop = here["stop"].as_u64().unwrap_or_else(|| panic!("{at}: {here}"));
            if seen.is_empty() {
                assert!(here["what"].as_str().unwrap().contains("href=\"#main\""), "{at}: {here}");
            }
            match seen.contains(&stop) {
                true if seen.last() == Some(&stop) => {}
                true => break,
                false => seen.push(stop),
            }
        }
        assert_eq!(seen, (0..wanted).collect::<Vec<_>>(), "the stops of {at}");
    }

    /// Leaves the navigation by the first stop.
    async fn skip(&self) {
        self.run(START).await;
        self.tab().await;
        assert_eq!(self.0.focused_name().await, "Skip to the content");
        self.0.strike("Enter", 13, "\r").await;
        for _ in 0..20 {
            if self.run("return document.activeElement.id").await == json!("main") {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the first stop does not lead to the content at {}", self.0.place().await);
    }

    /// Goes on to the field of this id.
    async fn reach(&self, id: &str) {
        for _ in 0..60 {
            self.tab().await;
            if self.stop().await.is_some_and(|here| here["id"] == id) {
                return;
            }
        }
        panic!("no Tab leads to {id} at {}", self.0.place().await);
    }

    /// Goes on to the link or button of this name.
    async fn reach_named(&self, name: &str) {
        for _ in 0..60 {
            self.tab().await;
            if self.stop().await.is_some() && self.0.focused_name().await == name {
                return;
            }
        }
        panic!("no Tab leads to {name} at {}", self.0.place().await);
    }

    async fn press(&self, name: &str) {
        self.reach_named(name).await;
        self.0.strike("Enter", 13, "\r").await;
    }

    /// Goes on to a box, and ticks it with Space.
    async fn tick(&self, name: &str) {
        self.reach_named(name).await;
        self.0.strike(" ", 32, " ").await;
        let ticked = self.run("return document.activeElement.checked").await;
        assert_eq!(ticked, json!(true), "{name}");
    }

    async fn write(&self, id: &str, text: &str) {
        self.reach(id).await;
        self.0.cdp("Input.insertText", json!({ "text": text })).await;
    }

    /// Goes on to a list, and down to this value.
    async fn choose(&self, id: &str, value: &str) {
        self.reach(id).await;
        for _ in 0..20 {
            if self.run("return document.activeElement.value").await == json!(value) {
                return;
            }
            self.0.strike("ArrowDown", 40, "").await;
        }
        panic!("no arrow leads to {value} in {id}");
    }
}

async fn a_locked_user(visitor: &Visitor) {
    let world = &visitor.world;
    let app = world.portal("authenticator_app");
    let anna = json!({ "id": "anna", "email": "anna@example.co.nz", "email_verified": true });
    app.enrol_app(world, anna.clone()).await;
    world.running.stream_is_delivered().await;
    enter(visitor, &operator(visitor)).await;
    let sign_in = app.open(anna).await;
    for _ in 0..5 {
        app.verify(&sign_in, "000000").await;
    }
}

/// Finds the locked user from the first page of the console.
async fn find_anna(keyboard: &Keyboard<'_>) {
    let visitor = keyboard.0;
    visitor.go("/console").await;
    keyboard.skip().await;
    keyboard.write("find", "anna@example.co.nz").await;
    visitor.strike("Enter", 13, "\r").await;
    visitor.sees("At the next sign-in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_unlocked_and_reset_and_an_admin_invited_with_the_keyboard_alone() {
    let visitor = Visitor::open(Script::On).await;
    a_locked_user(&visitor).await;
    let keyboard = Keyboard(&visitor);

    find_anna(&keyboard).await;
    visitor.sees("no code is checked until").await;
    visitor.look("console-user-locked").await;
    keyboard.skip().await;
    keyboard.press("Unlock").await;
    visitor.sees("Unlock anna?").await;
    keyboard.skip().await;
    keyboard.write("reason", "asked by phone").await;
    keyboard.press("Unlock").await;
    visitor.sees("At the next sign-in").await;
    visitor.sees_not("no code is checked until").await;

    find_anna(&keyboard).await;
    keyboard.skip().await;
    keyboard.press("Reset").await;
    visitor.sees("Reset anna?").await;
    keyboard.skip().await;
    keyboard.choose("checked_by", "called_back_on_record").await;
    keyboard.write("reason", "lost phone").await;
    keyboard.press("Reset MFA").await;
    visitor.sees("User reset").await;

    visitor.go("/console").await;
    keyboard.press("Admins").await;
    visitor.sees("Create an admin").await;
    keyboard.skip().await;
    keyboard.write("name", "jo").await;
    keyboard.choose("role", "technician").await;
    keyboard.tick("Demo managed managed").await;
    keyboard.press("Create the admin").await;
    visitor.sees("It is shown only once.").await;
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_stop_of_the_keyboard_is_seen_and_in_the_order_of_the_page() {
    let visitor = Visitor::open(Script::On).await;
    a_locked_user(&visitor).await;
    let keyboard = Keyboard(&visitor);
    let user = visitor.world.user_page("authenticator-app", "anna").await;
    for scheme in ["light", "dark"] {
        visitor.shape(1280, 900, scheme).await;
        for at in [
            "/console",
            "/console/find",
            &user,
            &format!("{user}/reset"),
            "/console/portals/authenticator-app",
            "/console/portals/authenticator-app/policy",
            "/console/portals/authenticator-app/activity",
            "/console/admins",
        ] {
            visitor.go(at).await;
            keyboard.walk().await;
        }
    }
    visitor.shape(320, 900, "light").await;
    for at in ["/console", &user, "/console/portals/authenticator-app/users"] {
        visitor.go(at).await;
        keyboard.walk().await;
    }
    visitor.close().await;
}
