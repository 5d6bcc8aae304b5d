//! What people see, in a real browser: Chromium from Debian, driven by its own driver. A browser that is missing is a failure.

mod console;
mod eyes;
mod pages;
mod references;

use eyes::{Eyes, Script};

/// Declares a flow that is walked twice: with the pages' script, and with JavaScript switched off.
macro_rules! flow {
    ($name:ident, $flow:path) => {
        mod $name {
            #[tokio::test(flavor = "multi_thread")]
            async fn with_the_script() {
                let eyes = crate::browser::Eyes::open(crate::browser::Script::On).await;
                $flow(&eyes).await;
                eyes.close().await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn without_javascript() {
                let eyes = crate::browser::Eyes::open(crate::browser::Script::Off).await;
                $flow(&eyes).await;
                eyes.close().await;
            }
        }
    };
}
use flow;
