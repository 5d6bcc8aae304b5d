//! The secret of an app that is being enrolled, with the names that the app shows.

use crate::{DecisionContext, TotpSecret, User, policy::Issuer};

#[derive(Clone, Debug)]
pub struct AppKey {
    pub secret: TotpSecret,
    /// The name of the service, read at this moment.
    pub issuer: Issuer,
    pub account: String,
}

impl AppKey {
    pub(super) fn of(context: &DecisionContext<'_>, user: &User, secret: TotpSecret) -> Self {
        Self { secret, issuer: issuer(context), account: account(user) }
    }
}

fn issuer(context: &DecisionContext<'_>) -> Issuer {
    let description = || Issuer::from_description(&context.portal.profile.description);
    context.portal.issuer().unwrap_or_else(description)
}

/// The account as the app shows it: the address, else the name, else the user's id, with a blank
/// for each `:`, which ends an issuer.
pub(super) fn account(user: &User) -> String {
    let contact = &user.contact;
    let known = contact.email.as_ref().map(|email| email.address.as_str());
    let name = known
        .or(contact.display_name.as_ref().map(|name| name.as_str()))
        .unwrap_or(user.id.as_str());
    let words: Vec<&str> = name
        .split(|c: char| c == ':' || c.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect();
    let account: String = words.join(" ").chars().take(100).collect();
    if account.is_empty() { "account".to_owned() } else { account.trim_end().to_owned() }
}
