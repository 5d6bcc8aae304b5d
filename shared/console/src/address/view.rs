use askama::Template;
use portcullis_http::wire::admin::AddressView;

use crate::{Fields, Frame, words::at};

/// The page of an admin's own address.
#[derive(Template)]
#[template(path = "address/page.html")]
pub struct Address {
    pub frame: Frame,
    pub view: AddressView,
    pub fields: Fields,
}
