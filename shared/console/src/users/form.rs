use portcullis_domain::OrganisationId;
use portcullis_http::wire::admin::{FormatName, StateFilterName, UserListQuery};

use crate::{FieldRefused, Fields, people::form::sealed};

/// Reads the filter of the list, and the sealed text that was looked for, if there are any.
pub fn read(fields: &Fields) -> Result<(Option<String>, UserListQuery), FieldRefused> {
    let mut form = fields.read();
    let state = form.filled_choice::<StateFilterName>("state")?;
    let organization = form.parsed("organization", OrganisationId::parse)?;
    let organization = organization.map(|organisation| organisation.to_string());
    let (found, cursor) = (sealed(&mut form), form.ticked("cursor").pop());
    let format = FormatName::Json;
    form.end().map(|()| (found, UserListQuery { find: None, state, organization, format, cursor }))
}
