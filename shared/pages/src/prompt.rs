//! The hosted prompt: what a browser is shown in redirect mode. Every page works without its script.

mod answer;
mod ending;
mod frame;
mod page;
mod visit;

pub use answer::{Next, Retry};
pub use visit::{FormOf, Posted, Visit};
