//! A small web site for each demo portal, which shows redirect mode. It knows the public API and
//! its own key, and nothing else of the service.

pub mod assertion;
mod mfa;
mod page;
mod pay;
mod preview;
mod site;
mod sites;

pub(crate) use site::router;
pub(crate) use sites::Sites;
