//! Multi-factor authentication by Portcullis for a portal's back end: open, finish, check.
//!
//! A sign-in is finished with the [`Pending`] value of its opening, which its browser kept, sealed:
//! ```
//! # use portcullis_client::*;
//! # async fn back(p: Portcullis, kept: &str, query: &str) -> Result<SignedIn, Error> {
//! p.finish(&p.unseal::<SignIn, Prompt>(Some(kept))?, query).await
//! # }
//! ```
//! Nothing else finishes it, and the settings sign nobody in. These do not compile:
//! ```compile_fail
//! # use portcullis_client::*;
//! # async fn back(p: Portcullis, kept: &str, query: &str) -> Result<SignedIn, Error> {
//! p.finish(kept, query).await
//! # }
//! ```
//! ```compile_fail
//! # use portcullis_client::*;
//! # async fn back(p: Portcullis, kept: &str, query: &str) -> Result<SignedIn, Error> {
//! p.finish(&p.unseal::<Manage, Prompt>(Some(kept))?, query).await
//! # }
//! ```
//! A step-up needs its intent, as in `p.unseal_step_up(kept, "payment 4711")`, and is no sign-in:
//! ```compile_fail
//! # use portcullis_client::*;
//! fn kept(p: Portcullis) -> Result<Pending<StepUp, Prompt>, Error> { p.unseal(None) }
//! ```
//! ```compile_fail
//! # use portcullis_client::*;
//! fn begin(stepped_up: SteppedUp) -> SignedIn { stepped_up }
//! ```

mod assertion;
mod browser;
mod calls;
mod config;
mod error;
mod key_set;
#[cfg(feature = "tower")]
mod layer;
mod opening;
mod pending;
mod portcullis;
mod purpose;
mod users;
pub mod wire;

pub use assertion::{Expected, Facts, is_session_ended};
pub use browser::{Browser, Transport};
pub use config::{Clock, ConfigError, Options, Settings};
pub use error::{AssertionFault, Error, OwnCode, Unavailable};
#[cfg(feature = "tower")]
pub use layer::{PortcullisLayer, PortcullisService};
pub use opening::{AtThePrompt, Done, Opening, Step, Typed};
pub use pending::{Mode, Pending, Prompt, Screens};
pub use portcullis::Portcullis;
pub use purpose::{Manage, Managed, Purpose, SignIn, SignedIn, StepUp, SteppedUp, WithoutIntent};
pub use users::Users;
