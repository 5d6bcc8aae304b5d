//! The HTTP layer: wire types, problem documents, callers and permissions, the conversion of
//! Lambda's events, and tracing.

pub mod admin;
mod answered;
#[doc(hidden)]
pub mod api;
mod base_path;
mod caller;
mod cursor;
mod edge;
pub mod form;
mod http_event;
mod input;
pub mod known_browsers;
mod layer;
mod links;
mod next_action;
pub mod oidc;
mod origin;
pub mod page;
mod problem;
mod qr;
mod query_browsers;
mod run;
mod service_url;
mod shown_once;
mod strict;
pub mod style;
mod trace;
mod user_name;
mod view;
mod wait;
pub mod wire;
mod words;

pub use answered::route_group;
pub use caller::{WithKey, bearer, scope};
pub use cursor::Cursor;
pub use edge::Edge;
pub use http_event::{answer, answer_behind, serve};
pub use input::remember_label;
pub use layer::finished;
pub use next_action::{NextAction, next_actions};
pub use origin::{device, source_address};
pub use portcullis_messages::minute;
pub use problem::{Problem, ProblemCode, ProblemDocument, answers};
pub use qr::{NoRoom, qr_svg};
pub use query_browsers::QueryBrowsers;
pub use run::run;
pub use service_url::ServiceUrl;
pub use shown_once::ShownOnce;
pub use strict::{SignInPath, Strict, StrictQuery};
pub use trace::{json_lines, start as start_tracing};
pub use user_name::{PageUser, QueryUser, UserName};
pub use view::{comes_back, few_codes, message, reaches_nobody, signed_view, view, why_no_passkey};
pub use wait::try_again_in;
pub use words::{Sentence, method_words};
