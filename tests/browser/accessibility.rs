//! Checks the layout of a page in six shapes, and the accessibility rules of axe in each.

use super::{Script, Visitor};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::json;
use std::{fs, path::PathBuf, sync::LazyLock};

static AXE: LazyLock<String> = LazyLock::new(|| {
    let path = "node/node_modules/axe-core/axe.min.js";
    fs::read_to_string(path).expect("axe-core is installed (by tests/run --set-up)")
});

/// The folder for screenshots, and true if it is empty and gets all of them.
static SCREENS: LazyLock<Option<(PathBuf, bool)>> = LazyLock::new(|| {
    let folder = PathBuf::from(std::env::var_os("PORTCULLIS_SCREENS")?);
    let is_empty = fs::read_dir(&folder).expect("the folder exists").next().is_none();
    Some((folder, is_empty))
});

/// A way to look at a page.
struct Shape {
    name: &'static str,
    width: u32,
    height: u32,
    scheme: &'static str,
    /// The size of ordinary text that the user has set, in pixels.
    text: u32,
    is_mirrored: bool,
}

const PHONE: Shape = Shape {
    name: "light-320",
    width: 320,
    height: 900,
    scheme: "light",
    text: 16,
    is_mirrored: false,
};

const SHAPES: [Shape; 6] = [
    Shape { name: "mirrored-320", is_mirrored: true, ..PHONE },
    Shape { name: "large-text-320", text: 32, ..PHONE },
    PHONE,
    Shape { name: "dark-320", scheme: "dark", ..PHONE },
    Shape { name: "light-320-553", height: 553, ..PHONE },
    Shape { name: "light-1280", width: 1280, ..PHONE },
];

/// Finds boxes that overlap without nesting, pages wider than the window, words that are cut, and a
/// field that the first screen of a small phone does not show; after an error, both are on one.
const LAYOUT: &str = r#"
const [tall] = arguments;
const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth;
// A bar that stays in view covers what is behind it.
const boxes = [...document.querySelectorAll("h1,h2,p,label,input:not([type=hidden]),button,a,summary,svg,img,code")]
  .filter((e) => e.checkVisibility() && e.getClientRects().length > 0 && !e.closest(".bar"));
const over = [];
for (const [i, a] of boxes.entries()) for (const b of boxes.slice(i + 1)) {
  if (a.contains(b) || b.contains(a)) continue;
  for (const r of a.getClientRects()) for (const s of b.getClientRects()) {
    const w = Math.min(r.right, s.right) - Math.max(r.left, s.left);
    const h = Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top);
    if (w > 1 && h > 1) over.push(`${a.outerHTML.slice(0, 60)} | ${b.outerHTML.slice(0, 60)}`);
  }
}
const whole = /(?!\p{sc=Han})(?<![^\s(\u201c-])\p{L}{2,}(?![^\s.,:;?!)-])/gu;
const cut = [];
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let text = texts.nextNode(); text; text = texts.nextNode()) {
  if (!text.parentElement.checkVisibility() || text.parentElement.closest("code, pre, svg")) continue;
  for (const word of text.data.matchAll(whole)) {
    const range = new Range();
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    const lines = new Set([...range.getClientRects()].map((r) => Math.round(r.top)));
    if (lines.size > 1) cut.push(word[0]);
  }
}
const field = document.querySelector("main input:not([type=hidden], [type=checkbox]), main .way");
const alert = document.getElementById("alert");
const start = alert ? alert.getBoundingClientRect().top : -scrollY;
const end = field ? Math.round(field.getBoundingClientRect().bottom - start) : 0;
const below = tall ? Math.max(0, end - tall) : 0;
const text = parseFloat(getComputedStyle(document.documentElement).fontSize);
return { wide, over, cut, below, text };
"#;

const AUDIT: &str = r#"
const done = arguments[arguments.length - 1];
axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
  .then((found) => done(found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" ; ")}`)),
        (error) => done([String(error)]));
"#;

impl Visitor {
    /// Checks a page in each shape. `PORTCULLIS_SCREENS` names a folder for screenshots: of those
    /// that it has, or of all if it is empty.
    pub async fn look(&self, name: &str) {
        if self.script == Script::On {
            self.driver.execute(AXE.as_str(), vec![]).await.unwrap();
        }
        let is_prompt = !name.starts_with("console") && !name.starts_with("portal");
        // The demo portal's own pages are no part of the design.
        let shapes = SHAPES.iter().filter(|shape| shape.text == 16 || !name.starts_with("portal"));
        let language = "return document.documentElement.dir";
        let written = self.driver.execute(language, vec![]).await.unwrap().json().clone();
        for shape in shapes {
            self.shape(shape.width, shape.height, shape.scheme).await;
            self.size_text(shape.text).await;
            let direction = if shape.is_mirrored { json!("rtl") } else { written.clone() };
            let turn = "document.documentElement.dir = arguments[0]";
            self.driver.execute(turn, vec![direction]).await.unwrap();
            let tall = if is_prompt && shape.height == 553 { json!(553) } else { json!(null) };
            let layout = self.driver.execute(LAYOUT, vec![tall]).await.unwrap().json().clone();
            let good = json!({
                "wide": false, "over": [], "cut": [], "below": 0, "text": shape.text
            });
            assert_eq!(layout, good, "{name}, {}", shape.name);
            if self.script == Script::On {
                let found = self.driver.execute_async(AUDIT, vec![]).await.unwrap().json().clone();
                assert_eq!(found, json!([]), "{name}, {}", shape.name);
                if let Some((folder, is_empty)) = &*SCREENS {
                    let file = folder.join(format!("{name}-{}.webp", shape.name));
                    if *is_empty || file.exists() {
                        fs::write(file, self.photograph("webp").await).unwrap();
                    }
                }
            }
        }
    }

    pub(super) async fn photograph(&self, format: &str) -> Vec<u8> {
        let all = json!({ "format": format, "quality": 60, "captureBeyondViewport": true });
        let picture = self.cdp("Page.captureScreenshot", all).await;
        BASE64_STANDARD.decode(picture["data"].as_str().unwrap()).unwrap()
    }

    async fn size_text(&self, pixels: u32) {
        let sizes = json!({ "fontSizes": { "standard": pixels, "fixed": pixels * 13 / 16 } });
        self.cdp("Page.setFontSizes", sizes).await;
    }
}
