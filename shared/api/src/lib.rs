//! The border between HTTP and the rules: wire types, problem documents, authentication, tracing, and the desk at which
//! every handler reads, decides and writes.

pub mod admin;
mod aws_client;
mod caller;
pub mod catalogue;
mod cursor;
mod deadline;
mod desk;
mod http_event;
mod layer;
mod problem;
mod senses;
mod service_url;
mod shown_once;
mod start;
mod strict;
mod trace;
mod user_name;
mod view;
pub mod wire;
mod words;

pub use caller::{Caller, WithKey, bearer};
pub use cursor::Cursor;
pub use deadline::Deadline;
pub use desk::Desk;
pub use http_event::{answer, serve};
pub use layer::finished;
pub use problem::{AnyProblem, Problem, ProblemCode, ProblemDocument};
pub use senses::{Chance, Clock, system_chance, system_time};
pub use service_url::ServiceUrl;
pub use shown_once::ShownOnce;
pub use start::{CALL_SECONDS, MissingSetting, StartError, desk, setting};
pub use strict::{SignInPath, Strict, StrictQuery};
pub use trace::start as start_tracing;
pub use user_name::{PageUser, QueryUser, UserName};
pub use view::{delivery, links, message, signed_view, view};
