//! The words about ways that cannot be used now.

use portcullis_domain::{
    decision::UnavailableReason,
    sign_in::{MethodOption, Role, SignInView},
};
use portcullis_messages::catalogue::text;

/// Returns the sentences about the destinations from which messages come back.
pub fn comes_back(sign_in: &SignInView) -> Option<String> {
    let mut sentences: Vec<String> = vec![];
    for to in sign_in.returned.iter().filter_map(|returned| returned.option.to.as_ref()) {
        let to = to.masked().to_string();
        let said = text(sign_in.locale.as_ref(), "sign-in-comes-back", &[("to", &to)]);
        if !sentences.contains(&said) {
            sentences.push(said);
        }
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// Returns true if a proof is asked for, and nothing on offer can give it because messages to every
/// destination come back.
pub fn reaches_nobody(sign_in: &SignInView) -> bool {
    let proves = |option: &MethodOption| option.role != Role::Enrol;
    !sign_in.returned.is_empty() && !sign_in.options.iter().any(proves)
}

/// Returns the sentence on why the user's passkey cannot be used, if nothing else is on offer.
pub fn why_no_passkey(sign_in: &SignInView) -> Option<String> {
    let key = match sign_in.unusable_passkey? {
        UnavailableReason::NoPasskeyDomain => "sign-in-passkeys-nowhere",
        UnavailableReason::SyncedPasskey => "sign-in-passkey-synced",
        UnavailableReason::OtherPasskeyDomain
        | UnavailableReason::NoVerifiedEmail
        | UnavailableReason::NoPhone
        | UnavailableReason::ProviderNotSet
        | UnavailableReason::CountryNotAllowed
        | UnavailableReason::ChangedPassword
        | UnavailableReason::NewAddress
        | UnavailableReason::PasskeyOnly
        | UnavailableReason::Locked
        | UnavailableReason::Undeliverable
        | UnavailableReason::NotEnrolled => "sign-in-passkey-elsewhere",
    };
    Some(text(sign_in.locale.as_ref(), key, &[]))
}
