//! The look of a page: its layout at both widths, and the accessibility rules of axe.

use super::{Script, Visitor};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::json;
use std::{fs, path::PathBuf, sync::LazyLock};

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

impl Visitor {
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
