//! What people see: pictures and pages.

pub mod assets;
pub mod console;
mod form;
pub mod prompt;
mod qr;
mod secure;

pub use form::{Filled, encoded};
pub use qr::{NoRoom, qr_svg};
