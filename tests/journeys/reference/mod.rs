//! A user's way through each reference portal; names carry the ids of behaviours.

mod always_on;
mod app;
mod enrolment;
mod fallback;
mod managed;
mod messages;
mod users;
