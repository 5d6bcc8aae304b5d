//! What users and portals live through, by reference portal; names carry the ids of behaviours.

mod always_on;
mod app;
pub use app::other_than;
mod enrolment;
mod fallback;
mod managed;
mod messages;
mod users;
