use portcullis_domain::{
    Country, Locale, Malformed,
    passkey::{Origin, RelyingParty, RpId},
    portal::{Audience, Colour, Profile},
};
use portcullis_http::wire::admin::AudienceName;

use crate::{FieldRefused, Fields, Reader, fields::filled};

/// The profile to save, as the form has it.
pub struct ProfileDraft {
    /// The ETag of the profile that is replaced.
    pub etag: String,
    pub profile: Profile,
    /// The domain of passkeys that the admin was shown the losses of.
    pub counted: String,
}

impl ProfileDraft {
    /// Returns true if the admin was shown what this domain of passkeys would end.
    pub fn was_counted(&self) -> bool {
        self.counted == counted(&self.profile)
    }
}

/// Returns the text by which a form says that the losses of its domain were shown.
pub fn counted(profile: &Profile) -> String {
    profile.passkeys.as_ref().map_or("-", |party| party.rp_id().as_str()).to_owned()
}

pub fn fill(profile: &Profile, etag: String) -> Fields {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let party = profile.passkeys.as_ref();
    let audience = match profile.audience {
        Audience::Clients => "clients",
        Audience::Staff => "staff",
    };
    Fields::of([
        ("etag", etag),
        ("counted", String::new()),
        ("description", profile.description.clone()),
        ("audience", audience.to_owned()),
        ("default_country", profile.default_country.map(String::from).unwrap_or_default()),
        ("locale", profile.locale.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("sender_name", text(&profile.sender_name)),
        ("sms_name", text(&profile.sms_name)),
        ("support", text(&profile.support)),
        ("enrolment_url", text(&profile.enrolment_url)),
        ("return_urls", profile.return_urls.join("\n")),
        ("color", profile.color.map(|colour| colour.to_string()).unwrap_or_default()),
        ("rp_id", party.map(|party| party.rp_id().as_str().to_owned()).unwrap_or_default()),
        ("origins", party.map(origins).unwrap_or_default()),
    ])
}

fn origins(party: &RelyingParty) -> String {
    let origins: Vec<&str> = party.origins().iter().map(Origin::as_str).collect();
    origins.join("\n")
}

pub fn read(fields: &Fields) -> Result<ProfileDraft, FieldRefused> {
    let mut form = fields.read();
    let (etag, counted) = (form.hidden("etag")?, form.hidden("counted")?);
    let profile = Profile {
        description: form.text("description")?.trim().to_owned(),
        audience: form.choice::<AudienceName>("audience")?.into(),
        default_country: form.parsed("default_country", Country::parse)?,
        locale: form.parsed("locale", Locale::parse)?,
        sender_name: form.filled("sender_name")?,
        sms_name: form.filled("sms_name")?,
        support: form.filled("support")?,
        enrolment_url: form.filled("enrolment_url")?,
        return_urls: form.text("return_urls")?.lines().filter_map(filled).collect(),
        color: form.parsed("color", Colour::parse)?,
        logo: None,
        passkeys: passkeys(&mut form)?,
    };
    form.end().map(|()| ProfileDraft { etag, profile, counted })
}

/// Reads the relying party. With both fields blank there is none.
fn passkeys(form: &mut Reader) -> Result<Option<RelyingParty>, FieldRefused> {
    let rp_id = form.parsed("rp_id", RpId::parse)?;
    let refused = |why: Malformed| FieldRefused::said("origins", format!("{why}."));
    let origins = form.text("origins")?;
    let origins = origins.lines().filter_map(filled).map(|line| Origin::parse(&line));
    let origins: Vec<Origin> = origins.collect::<Result<_, Malformed>>().map_err(refused)?;
    match rp_id {
        None if origins.is_empty() => Ok(None),
        None => Err(FieldRefused::at("rp_id", "console-refused-missing")),
        Some(rp_id) => RelyingParty::new(rp_id, origins).map(Some).map_err(refused),
    }
}
