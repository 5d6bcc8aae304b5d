use portcullis_domain::admin::AdminId;
use portcullis_http::wire::admin::NewAdmin;

use crate::{
    FieldRefused, Fields,
    role::form::{self as role, Choice},
};

pub fn read(fields: &Fields, portals: &[Choice]) -> Result<NewAdmin, FieldRefused> {
    let mut form = fields.read();
    let refused = |malformed| FieldRefused::said("name", format!("{malformed}."));
    let name = AdminId::parse(&form.text("name")?).map_err(refused)?.to_string();
    let role = role::read(&mut form, portals)?.into();
    form.end().map(|()| NewAdmin { name, role })
}
