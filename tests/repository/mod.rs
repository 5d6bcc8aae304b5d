//! The repository against its own documents: who uses whom, and which test carries which id.

mod architecture;
mod attacks;
mod behaviours;
