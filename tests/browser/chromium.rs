//! The browser itself.

use std::time::Duration;
use thirtyfour::prelude::*;

/// Starts a browser with a new profile, once its driver answers.
pub(super) async fn started(driven_at: &str) -> WebDriver {
    let mut wanted = DesiredCapabilities::chrome();
    for arg in
        ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en"]
    {
        wanted.add_arg(arg).unwrap();
    }
    for _ in 0..50 {
        match WebDriver::new(driven_at, wanted.clone()).await {
            Ok(started) => return started,
            Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
        }
    }
    panic!("Chromium does not start (tests/run --set-up installs it)");
}
