//! What people see: pictures and pages.

pub mod assets;
mod form;
pub mod prompt;
mod qr;
mod secure;

pub use qr::{NoRoom, qr_svg};
