use portcullis_domain::{Destination, Purpose, Timestamp, User};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The address at which admins are told of changes to their own account.
#[derive(Serialize, ToSchema)]
pub struct AddressView {
    /// The address, shortened; absent if none was confirmed yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "anna*****.com")]
    pub address: Option<String>,
    /// The shortened address to which a code is under way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_sent_to: Option<String>,
    /// Unix time at which that code expires.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_expires_at: Option<i64>,
}

impl AddressView {
    pub fn of(user: Option<&User>, now: Timestamp) -> Self {
        let address = user.and_then(|user| user.contact.verified_email()).cloned();
        let address = address.map(|address| Destination::Email(address).masked().to_string());
        let check = user.and_then(|user| user.open_check(Purpose::AdminAddress, now));
        Self {
            address,
            code_sent_to: check.map(|check| check.to.masked().to_string()),
            code_expires_at: check.map(|check| check.expires_at.unix()),
        }
    }
}

/// The address to send a code to, which then confirms it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddressRequest {
    /// The address.
    #[schema(example = "anna@example.com")]
    pub address: String,
}
