use portcullis_http::wire::admin::FindQuery;

use crate::{FieldRefused, Fields, Reader};

/// The error of a text that is too short to look for.
pub const TOO_SHORT: FieldRefused = FieldRefused::at("find", "console-refused-find");

/// Reads the text that is looked for.
pub fn read(fields: &Fields) -> Result<String, FieldRefused> {
    let mut form = fields.read();
    let text = form.filled("find")?;
    form.end()?;
    text.ok_or(TOO_SHORT)
}

/// Reads the page that is asked for, and the sealed text that it is about.
pub fn read_page(fields: &Fields) -> Result<(Option<String>, FindQuery), FieldRefused> {
    let mut form = fields.read();
    let (found, cursor) = (sealed(&mut form), form.ticked("cursor").pop());
    form.end().map(|()| (found, FindQuery { find: String::new(), cursor }))
}

/// Takes the text that a page is about, sealed, so that it does not get into a browser's history.
pub fn sealed(form: &mut Reader) -> Option<String> {
    form.ticked("found").pop()
}
