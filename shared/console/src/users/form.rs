use portcullis_domain::{ListedState, OrganisationId, UserId};
use portcullis_http::wire::admin::{StateName, UserListQuery};

use crate::{FieldRefused, Fields};

/// Reads the filter of the list. Without one, all users are shown.
pub fn read(fields: &Fields) -> Result<UserListQuery, FieldRefused> {
    let mut form = fields.read();
    let state = form.filled_choice::<StateName>("state")?.map(ListedState::from);
    let organization = form.parsed("organization", OrganisationId::parse)?;
    let organization = organization.map(|organisation| organisation.to_string());
    let cursor = form.ticked("cursor").pop();
    form.end().map(|()| UserListQuery { state, organization, cursor })
}

pub fn read_user(fields: &Fields) -> Result<UserId, FieldRefused> {
    let mut form = fields.read();
    let user = form.parsed("user", UserId::parse)?;
    form.end()?;
    user.ok_or_else(|| FieldRefused::at("user", "console-refused-user"))
}
