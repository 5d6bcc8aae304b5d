//! The pages in Chromium from Debian, by its own driver. A missing browser is a failure.

mod accessibility;
mod chromium;
mod console;
mod console_jobs;
mod console_passkeys;
mod demo;
mod effort;
mod freeze;
mod grace;
mod keyboard;
mod oidc;
mod own_pages;
mod pages;
mod passkeys;
mod payment;
mod recovery;
mod references;
mod settings;
mod small_portals;
mod trusted;
mod virtual_authenticator;
mod visitor;

use visitor::{Script, Visitor};

/// Declares a flow that is run twice: with the script of the pages, and without JavaScript.
macro_rules! flow {
    ($name:ident, $flow:path) => {
        mod $name {
            #[tokio::test(flavor = "multi_thread")]
            async fn with_the_script() {
                let mut visitor = crate::browser::Visitor::open(crate::browser::Script::On).await;
                $flow(&mut visitor).await;
                visitor.close().await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn without_javascript() {
                let mut visitor = crate::browser::Visitor::open(crate::browser::Script::Off).await;
                $flow(&mut visitor).await;
                visitor.close().await;
            }
        }
    };
}
use flow;
