//! A portal before and after: how it presents itself, its policy, its keys.

use super::{Change, comparison::Comparison};
use crate::{
    Policy, Portal,
    passkey::RelyingParty,
    policy::{DestinationSource, EmailFallback, Issuer, MethodPolicy},
    portal::{PortalKey, Profile, Sending, Share},
    settings::Channel,
};

pub fn of_portal(before: Option<&Portal>, after: &Portal) -> Vec<Change> {
    // Id and salt are made once and stay.
    let Portal {
        id: _,
        profile,
        policy,
        generation,
        salt: _,
        trust_not_before,
        share,
        log_days,
        sending,
        keys,
        acted: _,
        unknown: _,
    } = after;
    let mut comparison = Comparison::default();
    compare_profiles(&mut comparison, before.map(|before| &before.profile), profile);
    compare_policies(&mut comparison, before.map(|before| &before.policy), policy);
    if let Some(before) = before {
        comparison.word("generation", Some(before.generation), Some(*generation));
    }
    let trust_before = before.and_then(|before| before.trust_not_before);
    comparison.word("trust_not_before", trust_before, *trust_not_before);
    let share_before = before.and_then(|before| before.share).map(Share::per_minute);
    comparison.word("share", share_before, share.map(Share::per_minute));
    if let Some(before) = before {
        comparison.word("log_days", Some(before.log_days.days()), Some(log_days.days()));
    }
    compare_sending(&mut comparison, before.map(|before| &before.sending), sending);
    compare_keys(&mut comparison, before.map(|before| before.keys.as_slice()), keys);
    comparison.changes()
}

fn compare_profiles(comparison: &mut Comparison, before: Option<&Profile>, after: &Profile) {
    let Profile {
        description,
        audience,
        default_country,
        locale,
        sender_name,
        sms_name,
        support,
        enrolment_url,
        return_urls,
        color,
        logo,
        passkeys,
    } = after;
    let mut text = |field, of: fn(&Profile) -> Option<&str>, after: Option<&str>| {
        comparison.text(field, before.and_then(of), after);
    };
    text("description", |profile| Some(&profile.description), Some(description));
    text("sender_name", |profile| profile.sender_name.as_deref(), sender_name.as_deref());
    text("sms_name", |profile| profile.sms_name.as_deref(), sms_name.as_deref());
    text("support", |profile| profile.support.as_deref(), support.as_deref());
    text("enrolment_url", |profile| profile.enrolment_url.as_deref(), enrolment_url.as_deref());
    comparison.word("audience", before.map(|before| before.audience), Some(*audience));
    let country_before = before.and_then(|before| before.default_country);
    comparison.word("default_country", country_before, *default_country);
    let locale_before = before.and_then(|before| before.locale.as_ref());
    comparison.word("locale", locale_before, locale.as_ref());
    let urls_before = before.map(|before| before.return_urls.clone());
    comparison.list("return_urls", urls_before, Some(return_urls.clone()), "none");
    comparison.word("color", before.and_then(|before| before.color), *color);
    comparison.word("logo", before.and_then(|before| before.logo), *logo);
    let passkeys_before = before.and_then(|before| before.passkeys.as_ref());
    compare_relying_parties(comparison, passkeys_before, passkeys.as_ref());
}

fn compare_relying_parties(
    comparison: &mut Comparison,
    before: Option<&RelyingParty>,
    after: Option<&RelyingParty>,
) {
    let old = before.map(|party| party.rp_id().as_str());
    comparison.text("passkeys.rp_id", old, after.map(|party| party.rp_id().as_str()));
    let origins =
        |party: &RelyingParty| party.origins().iter().cloned().map(String::from).collect();
    comparison.list("passkeys.origins", before.map(origins), after.map(origins), "none");
}

fn compare_policies(comparison: &mut Comparison, before: Option<&Policy>, after: &Policy) {
    let Policy {
        enabled,
        enforcement,
        switched_by,
        methods,
        when_off,
        when_on_again,
        after_reset,
        allowed_countries,
        code_lifetime_seconds,
        contact_hold,
        enrolment_proof,
        self_service,
        recovery_codes,
        remember_browser,
        text_needs,
    } = after;
    comparison.word("enabled", before.map(|before| before.enabled), Some(*enabled));
    let strictness = before.map(|before| before.enforcement.kind());
    comparison.word("enforcement", strictness, Some(enforcement.kind()));
    let grace = before.and_then(|before| before.enforcement.grace());
    comparison.word("enforcement.grace", grace, enforcement.grace());
    comparison.word("switched_by", before.map(|before| before.switched_by), Some(*switched_by));
    let methods_before = before.map(|before| before.methods.as_slice());
    compare_methods(comparison, methods_before, methods);
    comparison.word("when_off", before.map(|before| before.when_off), Some(*when_off));
    let again = before.map(|before| before.when_on_again);
    comparison.word("when_on_again", again, Some(*when_on_again));
    comparison.word("after_reset", before.map(|before| before.after_reset), Some(*after_reset));
    let codes = |countries: &[_]| countries.iter().copied().map(String::from).collect();
    let countries = before.map(|before| codes(&before.allowed_countries));
    let everywhere = "all of the system's";
    comparison.list("allowed_countries", countries, Some(codes(allowed_countries)), everywhere);
    let lifetime = before.map(|before| before.code_lifetime_seconds);
    comparison.word("code_lifetime_seconds", lifetime, Some(*code_lifetime_seconds));
    comparison.word("contact_hold", before.map(|before| before.contact_hold), Some(*contact_hold));
    let proof = before.map(|before| before.enrolment_proof);
    comparison.word("enrolment_proof", proof, Some(*enrolment_proof));
    comparison.word("self_service", before.map(|before| before.self_service), Some(*self_service));
    let codes = before.map(|before| before.recovery_codes);
    comparison.word("recovery_codes", codes, Some(*recovery_codes));
    let remember = before.and_then(|before| before.remember_browser);
    comparison.word("remember_browser", remember, *remember_browser);
    comparison.word("text_needs", before.map(|before| before.text_needs), Some(*text_needs));
}

fn compare_methods(
    comparison: &mut Comparison,
    before: Option<&[MethodPolicy]>,
    after: &[MethodPolicy],
) {
    let names = |methods: &[MethodPolicy]| -> String {
        let names: Vec<&str> = methods.iter().map(|method| method.method().as_str()).collect();
        names.join(", ")
    };
    let (old, new) = (before.map(names), names(after));
    comparison.word("methods", old.as_deref(), Some(new.as_str()));
    let before = before.unwrap_or_default();
    let ((old_issuer, old_fallback), (issuer, fallback)) = (app(before), app(after));
    comparison.text("authenticator_app.issuer", old_issuer, issuer);
    comparison.word("authenticator_app.email_fallback", old_fallback, fallback);
    for channel in [Channel::Email, Channel::Sms] {
        let field = match channel {
            Channel::Email => "email.destination",
            Channel::Sms => "sms.destination",
        };
        comparison.word(field, source(before, channel), source(after, channel));
    }
}

fn app(methods: &[MethodPolicy]) -> (Option<&str>, Option<EmailFallback>) {
    let (issuer, fallback) = methods.iter().find_map(|method| method.settings().app).unzip();
    (issuer.and_then(Option::as_ref).map(Issuer::as_str), fallback)
}

fn source(methods: &[MethodPolicy], channel: Channel) -> Option<DestinationSource> {
    let method = methods.iter().find(|method| method.method() == channel.method())?;
    method.settings().source
}

fn compare_sending(comparison: &mut Comparison, before: Option<&Sending>, after: &Sending) {
    let none = Sending::default();
    let old = before.unwrap_or(&none);
    let address = |sending: &Sending| sending.email_from.as_ref().map(|at| at.as_str().to_owned());
    let (was, is) = (address(old), address(after));
    comparison.text("sending.email_from", was.as_deref(), is.as_deref());
    comparison.text("sending.sms_from", old.sms_from.as_deref(), after.sms_from.as_deref());
    comparison.word("sending.emails_per_day", old.emails_per_day, after.emails_per_day);
    comparison.word("sending.texts_per_day", old.texts_per_day, after.texts_per_day);
}

/// Compares keys. Hashes are told nobody; the limits of a key never change, so they are told when
/// it comes and when it goes.
fn compare_keys(comparison: &mut Comparison, before: Option<&[PortalKey]>, after: &[PortalKey]) {
    let ids = |keys: &[PortalKey]| keys.iter().map(|key| key.id.clone()).collect();
    comparison.list("keys", before.map(ids), Some(ids(after)), "none");
    let before = before.unwrap_or_default();
    let (gone, new) = (only(before, after), only(after, before));
    let mut told = |field, of: fn(&PortalKey) -> Vec<String>| {
        let of = |keys: &[&PortalKey]| Some(keys.iter().copied().flat_map(of).collect());
        comparison.list(field, of(&gone), of(&new), "none");
    };
    told("keys.description", |key| {
        let description = key.terms.description.iter();
        description.map(|text| format!("{} \"{}\"", key.id, text.as_str())).collect()
    });
    told("keys.scopes", |key| {
        let scopes = key.terms.scopes.as_slice().iter();
        scopes.map(|scope| format!("{} {scope}", key.id)).collect()
    });
    told("keys.sources", |key| {
        let sources = key.terms.sources.as_slice().iter();
        sources.map(|range| format!("{} {range}", key.id)).collect()
    });
    told("keys.expires_at", |key| {
        let end = key.terms.expires_at;
        let end = end.map_or_else(|| "never".to_owned(), |end| end.unix().to_string());
        vec![format!("{} {end}", key.id)]
    });
}

/// Returns the keys that are not among the others.
fn only<'a>(keys: &'a [PortalKey], others: &[PortalKey]) -> Vec<&'a PortalKey> {
    keys.iter().filter(|key| !others.iter().any(|other| other.id == key.id)).collect()
}
