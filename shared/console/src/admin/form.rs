//! The forms that change an admin's role: the role chosen, and the dialog that confirms it.

use portcullis_domain::admin::Role;
use portcullis_http::wire::admin::RoleDocument;

use crate::{
    FieldRefused, Fields,
    role::form::{self as role, Choice},
};

pub fn read(fields: &Fields, portals: &[Choice]) -> Result<Role, FieldRefused> {
    let mut form = fields.read();
    let role = role::read(&mut form, portals)?;
    form.end().map(|()| role)
}

/// Reads the confirmed change: the role before, and the new one.
pub fn read_confirmed(fields: &Fields, portals: &[Choice]) -> Result<(Role, Role), FieldRefused> {
    let mut form = fields.read();
    let was: RoleDocument =
        serde_json::from_str(&form.hidden("was")?).map_err(|_| FieldRefused::form())?;
    let was = was.into_role().map_err(|_| FieldRefused::form())?;
    let role = role::read(&mut form, portals)?;
    form.end().map(|()| (was, role))
}
