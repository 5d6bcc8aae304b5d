//! Checks the repository against its documents: layers of crates, and ids of tests.

mod architecture;
mod attacks;
mod behaviours;
mod field;
mod methods;
mod oidc;
mod releases;
