use portcullis_domain::{Caps, Country};
use portcullis_http::wire::admin::{
    ChannelName, NewSettings, NewSmsProvider, SettingsView, SmsProviderView,
};
use serde::Deserialize;

use crate::{FieldRefused, Fields, fields::filled};

/// The settings to save, as the form has them.
pub struct SettingsDraft {
    /// The ETag of the settings that are replaced.
    pub etag: String,
    pub settings: NewSettings,
    /// The domain of passkeys that the admin was shown the losses of.
    pub counted: String,
}

impl SettingsDraft {
    /// Returns true if the admin was shown what this domain of passkeys would end.
    pub fn was_counted(&self) -> bool {
        self.counted == counted(self.settings.passkey_domain.as_deref())
    }
}

/// Returns the text by which a form says that the losses of its domain were shown.
pub fn counted(domain: Option<&str>) -> String {
    domain.unwrap_or("-").to_owned()
}

pub fn fill(settings: &SettingsView, etag: String) -> Fields {
    let (provider, from, account, client_id) = match &settings.sms {
        None => ("none", "", "", ""),
        Some(SmsProviderView::Sns { from }) => ("sns", from.as_deref().unwrap_or(""), "", ""),
        Some(SmsProviderView::Twilio { account, client_id, from, .. }) => {
            ("twilio", from.as_str(), account.as_deref().unwrap_or(""), client_id.as_str())
        }
    };
    let text = str::to_owned;
    Fields::of([
        ("etag", etag),
        ("counted", String::new()),
        ("email_from", settings.email_from.clone().unwrap_or_default()),
        ("provider", text(provider)),
        ("sms_from", text(from)),
        ("account", text(account)),
        ("client_id", text(client_id)),
        ("countries", settings.countries.join(" ")),
        ("per_prefix", settings.caps.texts_per_prefix_per_day.to_string()),
        ("per_portal", settings.caps.texts_per_portal_per_day.to_string()),
        ("emails_per_portal", settings.caps.emails_per_portal_per_day.to_string()),
        ("passkey_domain", settings.passkey_domain.clone().unwrap_or_default()),
    ])
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Provider {
    None,
    Sns,
    Twilio,
}

pub fn read(fields: &Fields) -> Result<SettingsDraft, FieldRefused> {
    let mut form = fields.read();
    let (etag, counted) = (form.hidden("etag")?, form.hidden("counted")?);
    let email_from = form.filled("email_from")?;
    let provider: Provider = form.choice("provider")?;
    let (from, account) = (form.filled("sms_from")?, form.filled("account")?);
    let (client_id, client_secret) = (form.text("client_id")?, form.filled("client_secret")?);
    let auth_token = form.filled("auth_token")?;
    let sms = match provider {
        Provider::Sns => Some(NewSmsProvider::Sns { from }),
        Provider::Twilio => Some(NewSmsProvider::Twilio {
            account,
            client_id: client_id.trim().to_owned(),
            client_secret,
            client_secret_set: None,
            auth_token,
            auth_token_set: None,
            from: from.unwrap_or_default(),
        }),
        Provider::None => None,
    };
    let mut countries: Vec<String> =
        form.text("countries")?.split([' ', ',']).filter_map(filled).collect();
    for territory in form.ticked("territories") {
        if Country::parse(&territory).is_err() {
            return Err(FieldRefused::at("territories", "console-refused-territories"));
        }
        if !countries.contains(&territory) {
            countries.push(territory);
        }
    }
    let mut number = |field| {
        let wrong = |_| FieldRefused::at(field, "console-refused-number");
        form.text(field)?.trim().parse().map_err(wrong)
    };
    let caps = Caps {
        texts_per_prefix_per_day: number("per_prefix")?,
        texts_per_portal_per_day: number("per_portal")?,
        emails_per_portal_per_day: number("emails_per_portal")?,
    };
    let passkey_domain = form.filled("passkey_domain")?;
    let settings = NewSettings { email_from, sms, countries, caps, passkey_domain };
    form.end().map(|()| SettingsDraft { etag, settings, counted })
}

/// Reads the form that sends a test message.
pub fn read_channel(fields: &Fields) -> Result<ChannelName, FieldRefused> {
    let mut form = fields.read();
    let channel = form.hidden_choice("channel")?;
    form.end().map(|()| channel)
}
