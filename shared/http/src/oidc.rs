//! OpenID Connect: what its endpoints read and answer, by the names of the standards.

mod client;
mod discovery;
mod error;
mod form;
mod pushed;
mod token;

pub use client::ClientRequest;
pub use discovery::{Discovery, IssuerUrl, RsaKeySetView};
pub use error::OauthError;
pub use form::OauthForm;
pub use pushed::{PushedAnswer, PushedRequest, is_pushed, request_uri_parts};
pub use token::{TokenAnswer, TokenRequest};
