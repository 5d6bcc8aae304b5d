//! A small web site with a password step of its own, for each demo portal: how a portal uses redirect mode. It knows the
//! public API and its own key, and nothing else of the service.

pub mod assertion;
mod mfa;
mod page;
mod site;
mod sites;

pub(crate) use site::router;
pub(crate) use sites::Sites;
