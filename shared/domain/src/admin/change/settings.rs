use super::{Change, comparison::Comparison};
use crate::{
    Caps, Country, Email, Sealed, Settings, SmsProvider,
    passkey::RpId,
    settings::{Price, Prices},
};

pub fn of_settings(before: &Settings, after: &Settings) -> Vec<Change> {
    let Settings {
        email_from,
        sms,
        countries,
        caps,
        passkey_domain,
        prices,
        restore_number: _,
        acted: _,
        unknown: _,
    } = after;
    let mut comparison = Comparison::default();
    let address = before.email_from.as_ref().map(Email::as_str);
    comparison.text("email_from", address, email_from.as_ref().map(Email::as_str));
    compare_providers(&mut comparison, before.sms.as_ref(), sms.as_ref());
    let codes = |countries: &[Country]| countries.iter().copied().map(String::from).collect();
    comparison.list("countries", Some(codes(&before.countries)), Some(codes(countries)), "none");
    let Caps { texts_per_prefix_per_day, texts_per_portal_per_day, emails_per_portal_per_day } =
        *caps;
    let mut cap = |field, before, after| comparison.word(field, Some(before), Some(after));
    let old = before.caps;
    cap("caps.texts_per_prefix_per_day", old.texts_per_prefix_per_day, texts_per_prefix_per_day);
    cap("caps.texts_per_portal_per_day", old.texts_per_portal_per_day, texts_per_portal_per_day);
    cap("caps.emails_per_portal_per_day", old.emails_per_portal_per_day, emails_per_portal_per_day);
    let domain = before.passkey_domain.as_ref().map(RpId::as_str);
    comparison.text("passkey_domain", domain, passkey_domain.as_ref().map(RpId::as_str));
    compare_prices(&mut comparison, before.prices.as_ref(), prices.as_ref());
    comparison.changes()
}

fn compare_prices(comparison: &mut Comparison, before: Option<&Prices>, after: Option<&Prices>) {
    let currency = |prices: Option<&Prices>| prices.map(|prices| prices.currency);
    comparison.word("prices.currency", currency(before), currency(after));
    let mut price = |field, of: fn(&Prices) -> Option<Price>| {
        comparison.word(field, before.and_then(of), after.and_then(of));
    };
    price("prices.email", |prices| prices.email);
    price("prices.text", |prices| prices.text);
    let texts_to = |prices: &Prices| -> Vec<String> {
        prices.texts_to.iter().map(|(code, price)| format!("{code} {price}")).collect()
    };
    comparison.list("prices.texts_to", before.map(texts_to), after.map(texts_to), "none");
}

fn compare_providers(
    comparison: &mut Comparison,
    before: Option<&SmsProvider>,
    after: Option<&SmsProvider>,
) {
    let old = before.map(Provider::of).unwrap_or_default();
    let Provider { name, account, client_id, client_secret, auth_token, from } =
        after.map(Provider::of).unwrap_or_default();
    comparison.word("sms.provider", old.name, name);
    comparison.text("sms.account", old.account, account);
    comparison.text("sms.client_id", old.client_id, client_id);
    comparison.secret("sms.client_secret", old.client_secret, client_secret);
    comparison.secret("sms.auth_token", old.auth_token, auth_token);
    comparison.text("sms.from", old.from, from);
}

/// The parts of any provider, side by side.
#[derive(Default)]
struct Provider<'a> {
    name: Option<&'static str>,
    account: Option<&'a str>,
    client_id: Option<&'a str>,
    client_secret: Option<&'a Sealed>,
    auth_token: Option<&'a Sealed>,
    from: Option<&'a str>,
}

impl<'a> Provider<'a> {
    fn of(provider: &'a SmsProvider) -> Self {
        match provider {
            SmsProvider::Sns { from } => {
                Self { name: Some("sns"), from: from.as_deref(), ..Self::default() }
            }
            SmsProvider::Twilio { account, client_id, client_secret, auth_token, from } => Self {
                name: Some("twilio"),
                account: account.as_deref(),
                client_id: Some(client_id),
                client_secret: Some(client_secret),
                auth_token: auth_token.as_ref(),
                from: Some(from),
            },
        }
    }
}
