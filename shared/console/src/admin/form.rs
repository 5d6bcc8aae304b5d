//! The forms that change one admin's role: the wish, and what its dialog confirms.

use portcullis_domain::admin::Role;
use portcullis_http::wire::admin::RoleDocument;

use crate::{
    FieldRefused, Fields,
    role::form::{self as role, Choice},
};

/// Reads the form.
pub fn read(fields: &Fields, portals: &[Choice]) -> Result<Role, FieldRefused> {
    let mut form = fields.read();
    let role = role::read(&mut form, portals)?;
    form.end().map(|()| role)
}

/// Reads the change that was asked about: the role as it was, and as it shall be.
pub fn read_confirmed(fields: &Fields, portals: &[Choice]) -> Result<(Role, Role), FieldRefused> {
    let mut form = fields.read();
    let was: RoleDocument =
        serde_json::from_str(&form.hidden("was")?).map_err(|_| FieldRefused::form())?;
    let was = was.into_role().map_err(|_| FieldRefused::form())?;
    let role = role::read(&mut form, portals)?;
    form.end().map(|()| (was, role))
}
