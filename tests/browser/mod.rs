//! The pages in a real browser: Chromium from Debian, driven by its own driver. A browser that is
//! missing is a failure.

mod accessibility;
mod console;
mod pages;
mod references;
mod visitor;

use visitor::{Script, Visitor};

/// Declares a flow that is walked twice: with the pages' script, and with JavaScript switched off.
macro_rules! flow {
    ($name:ident, $flow:path) => {
        mod $name {
            #[tokio::test(flavor = "multi_thread")]
            async fn with_the_script() {
                let visitor = crate::browser::Visitor::open(crate::browser::Script::On).await;
                $flow(&visitor).await;
                visitor.close().await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn without_javascript() {
                let visitor = crate::browser::Visitor::open(crate::browser::Script::Off).await;
                $flow(&visitor).await;
                visitor.close().await;
            }
        }
    };
}
use flow;
