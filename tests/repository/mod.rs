//! Checks the repository against its documents: layers of crates, ids of tests, and limits.

mod architecture;
mod attacks;
mod behaviours;
mod field;
mod limits;
mod methods;
mod oidc;
mod releases;
