//! What people see: pictures and pages.

mod qr;

pub use qr::{NoRoom, qr_svg};
