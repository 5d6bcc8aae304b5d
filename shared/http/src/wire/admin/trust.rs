//! The end of trust in browsers: of one user, or of a whole portal.

use portcullis_domain::{Malformed, user::Untrusted};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ReasonedRequest;
use crate::{UserName, wire::trusted_browsers::untrusted};

/// The end of trust in browsers of a user.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndUserTrustRequest {
    /// The portal's id of the user.
    #[schema(example = "u-1842")]
    pub id: String,
    /// The id of one browser; left out, trust in all of them is ended.
    #[serde(default)]
    #[schema(example = "5tGdL2qWc0Y")]
    pub browser: Option<String>,
    /// The reason, for the activity log: 1 to 200 bytes on one line.
    #[schema(example = "Stolen laptop")]
    pub reason: String,
    /// Must be `true`: the admin was asked and confirmed.
    pub confirm: bool,
}

impl EndUserTrustRequest {
    /// # Errors
    /// [`Malformed`] if the id of the browser is of another form.
    pub fn split(self) -> Result<(UserName, Untrusted, ReasonedRequest), Malformed> {
        let Self { id, browser, reason, confirm } = self;
        let untrusted = untrusted(browser.as_deref())?;
        Ok((UserName::Id(id), untrusted, ReasonedRequest { reason, confirm }))
    }
}

/// Ends trust in every browser of a portal's users.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndTrustRequest {
    /// Must be `true`: the admin was asked and confirmed.
    pub confirm: bool,
}

/// Trust in every browser of a portal's users is ended.
#[derive(Serialize, ToSchema)]
pub struct PortalTrustEnded {
    /// Unix time: trust that was earned up to this second has ended.
    pub trust_not_before: i64,
}
