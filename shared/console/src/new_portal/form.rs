use portcullis_domain::{policy::Preset, portal::Profile};
use portcullis_http::wire::admin::{NewKey, NewPortal};

use crate::{FieldRefused, Fields, fields::filled};

pub fn read(fields: &Fields) -> Result<NewPortal, FieldRefused> {
    let mut form = fields.read();
    let (id, description) = (form.text("id")?, form.text("description")?);
    let preset = form.text("preset")?;
    let preset =
        Preset::parse(&preset).map_err(|_| FieldRefused::at("preset", "console-refused-choice"))?;
    let enrolment_url = form.filled("enrolment_url")?;
    let return_urls = form.text("return_urls")?.lines().filter_map(filled).collect();
    form.end()?;
    let profile = Profile { enrolment_url, return_urls, ..Profile::plain(description.trim()) };
    Ok(NewPortal {
        id: id.trim().to_owned(),
        profile,
        preset: Some(preset.into()),
        policy: None,
        key: NewKey::default(),
    })
}
