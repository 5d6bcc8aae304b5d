use portcullis_domain::{
    Country, Day, Malformed, Policy, PolicyRefusal,
    policy::{
        CodeLifetime, DestinationSource, EmailFallback, Enforcement, EnforcementKind, Grace,
        GraceDays, GraceSignIns, Issuer, MethodPolicy, PasskeyRules, Promotion, RememberBrowser,
        SyncedPasskeys, TrustDays, UserVerification, WhenBound,
    },
};
use portcullis_http::wire::admin::{
    AfterResetName, DestinationName, EarnedByName, EmailFallbackName, EnforcementName,
    EnrolmentProofName, RecoveryCodesName, SelfServiceName, SwitchedByName, SyncedName,
    TextNeedsName, UserVerificationName, WhenBoundName, WhenOffName, WhenOnAgainName,
};
use serde::Deserialize;

use crate::{FieldRefused, Fields, Reader, fields::filled, words::word};

/// The button that was pressed.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyAction {
    /// Shows what saving would change.
    Try,
    Save,
}

pub struct PolicyDraft {
    pub action: PolicyAction,
    /// The ETag of the policy that is replaced.
    pub etag: String,
    pub policy: Policy,
    /// The operator confirms replacing a policy that no one can switch.
    pub confirm_unlock: bool,
}

/// Fills the form with a policy; the settings of a method that is not in it get their defaults.
pub fn fill(policy: &Policy, etag: String) -> Fields {
    let (mut boxes, mut issuer) = (vec![], String::new());
    let mut email_fallback = EmailFallback::Forbidden;
    let (mut email, mut sms) = (DestinationSource::User, DestinationSource::User);
    let mut rules = PasskeyRules {
        user_verification: UserVerification::Preferred,
        synced: SyncedPasskeys::Allowed,
    };
    let mut when_bound = WhenBound::Prefer;
    for method in &policy.methods {
        match method {
            MethodPolicy::AuthenticatorApp { issuer: set, email_fallback: fallback } => {
                boxes.push(("app", "on".to_owned()));
                issuer = set.as_ref().map(|set| set.as_str().to_owned()).unwrap_or_default();
                email_fallback = *fallback;
            }
            MethodPolicy::Email { destination } => {
                boxes.push(("email", "on".to_owned()));
                email = *destination;
            }
            MethodPolicy::Sms { destination } => {
                boxes.push(("sms", "on".to_owned()));
                sms = *destination;
            }
            MethodPolicy::Passkey { rules: set, when_bound: bound, promotion } => {
                boxes.push(("passkey", "on".to_owned()));
                match promotion {
                    Promotion::On => boxes.push(("promote", "on".to_owned())),
                    Promotion::Off => {}
                }
                (rules, when_bound) = (*set, *bound);
            }
        }
    }
    if policy.contact_hold {
        boxes.push(("contact_hold", "on".to_owned()));
    }
    if policy.remember_browser.is_some() {
        boxes.push(("remember_browser", "on".to_owned()));
    }
    let remember = policy.remember_browser.unwrap_or(RememberBrowser::USUAL);
    let grace = grace_fields(policy.enforcement.grace());
    let countries: Vec<String> =
        policy.allowed_countries.iter().map(|country| String::from(*country)).collect();
    let others = [
        ("etag", etag),
        ("enabled", policy.enabled.to_string()),
        ("user_verification", word(&rules.user_verification)),
        ("synced", word(&rules.synced)),
        ("when_bound", word(&when_bound)),
        ("issuer", issuer),
        ("email_fallback", word(&email_fallback)),
        ("email_destination", word(&email)),
        ("sms_destination", word(&sms)),
        ("enforcement", word(&policy.enforcement.kind())),
        ("grace", grace.0.to_owned()),
        ("grace_until", grace.1),
        ("grace_count", grace.2),
        ("switched_by", word(&policy.switched_by)),
        ("when_off", word(&policy.when_off)),
        ("when_on_again", word(&policy.when_on_again)),
        ("after_reset", word(&policy.after_reset)),
        ("enrolment_proof", word(&policy.enrolment_proof)),
        ("self_service", word(&policy.self_service)),
        ("recovery_codes", word(&policy.recovery_codes)),
        ("remember_days", u8::from(remember.days).to_string()),
        ("earned_by", word(&remember.earned_by)),
        ("text_needs", word(&policy.text_needs)),
        ("allowed_countries", countries.join(" ")),
        ("code_lifetime_seconds", policy.code_lifetime_seconds.seconds().to_string()),
    ];
    Fields::of(boxes.into_iter().chain(others))
}

/// Reads the settings of passkeys, if the policy has them.
fn passkeys(form: &mut Reader) -> Result<Option<MethodPolicy>, FieldRefused> {
    let (is_ticked, promotes) = (form.is_ticked("passkey")?, form.is_ticked("promote")?);
    let rules = PasskeyRules {
        user_verification: form.choice::<UserVerificationName>("user_verification")?.into(),
        synced: form.choice::<SyncedName>("synced")?.into(),
    };
    let when_bound = form.choice::<WhenBoundName>("when_bound")?.into();
    let promotion = if promotes { Promotion::On } else { Promotion::Off };
    Ok(is_ticked.then_some(MethodPolicy::Passkey { rules, when_bound, promotion }))
}

/// Reads the browsers that are remembered, if the policy has that.
fn remembered(form: &mut Reader) -> Result<Option<RememberBrowser>, FieldRefused> {
    let is_ticked = form.is_ticked("remember_browser")?;
    let days = form.text("remember_days")?.trim().parse().unwrap_or(0);
    let days = TrustDays::parse(days).map_err(malformed("remember_days"))?;
    let earned_by = form.choice::<EarnedByName>("earned_by")?.into();
    Ok(is_ticked.then_some(RememberBrowser { days, earned_by }))
}

/// Returns the fields of a grace: its kind, its last day, and its number.
fn grace_fields(grace: Option<Grace>) -> (&'static str, String, String) {
    let none = String::new;
    match grace {
        None => ("none", none(), none()),
        Some(Grace::Until(day)) => ("until", day.to_string(), none()),
        Some(Grace::SignIns(sign_ins)) => ("sign_ins", none(), sign_ins.number().to_string()),
        Some(Grace::Days(days)) => ("days", none(), days.number().to_string()),
    }
}

/// The kind of a grace, as the form names it.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum GraceKind {
    None,
    Until,
    SignIns,
    Days,
}

/// Reads if everybody has to enrol, and by when.
fn enforcement(form: &mut Reader) -> Result<Enforcement, FieldRefused> {
    let enforcement = form.choice::<EnforcementName>("enforcement")?.into();
    let kind = form.choice::<GraceKind>("grace")?;
    let (until, count) = (form.text("grace_until")?, form.text("grace_count")?);
    let count = count.trim().parse().unwrap_or(0);
    let grace = match kind {
        GraceKind::None => None,
        GraceKind::Until => {
            Some(Day::parse(until.trim()).map(Grace::Until).map_err(malformed("grace_until"))?)
        }
        GraceKind::SignIns => {
            let sign_ins = GraceSignIns::parse(count).map_err(malformed("grace_count"))?;
            Some(Grace::SignIns(sign_ins))
        }
        GraceKind::Days => {
            Some(Grace::Days(GraceDays::parse(count).map_err(malformed("grace_count"))?))
        }
    };
    match (enforcement, grace) {
        (EnforcementKind::Required, grace) => Ok(Enforcement::Required { grace }),
        (EnforcementKind::OptOut, None) => Ok(Enforcement::OptOut),
        (EnforcementKind::OptOut, Some(_)) => {
            Err(FieldRefused::at("grace", "console-refused-grace"))
        }
    }
}

fn malformed(field: &'static str) -> impl Fn(Malformed) -> FieldRefused {
    move |malformed| FieldRefused::said(field, format!("{malformed}."))
}

/// Reads the form. The settings of a method must be valid even if the method is not ticked.
pub fn read(fields: &Fields) -> Result<PolicyDraft, FieldRefused> {
    let mut form = fields.read();
    let (action, etag) = (form.hidden_choice("what")?, form.hidden("etag")?);
    let enabled = form.hidden_flag("enabled")?;
    let (app, issuer) = (form.is_ticked("app")?, form.filled("issuer")?);
    let email_fallback = form.choice::<EmailFallbackName>("email_fallback")?.into();
    let email =
        (form.is_ticked("email")?, form.choice::<DestinationName>("email_destination")?.into());
    let sms = (form.is_ticked("sms")?, form.choice::<DestinationName>("sms_destination")?.into());
    let issuer = issuer.map(|issuer| Issuer::parse(&issuer)).transpose();
    let issuer = issuer.map_err(malformed("issuer"))?;
    let methods = [
        passkeys(&mut form)?,
        app.then_some(MethodPolicy::AuthenticatorApp { issuer, email_fallback }),
        email.0.then_some(MethodPolicy::Email { destination: email.1 }),
        sms.0.then_some(MethodPolicy::Sms { destination: sms.1 }),
    ];
    let countries = form.text("allowed_countries")?;
    let countries = countries.split([' ', ',']).filter_map(filled);
    let countries: Result<Vec<Country>, Malformed> =
        countries.map(|code| Country::parse(&code)).collect();
    let remember_browser = remembered(&mut form)?;
    let lifetime = form.text("code_lifetime_seconds")?.trim().parse().unwrap_or(0);
    let policy = Policy {
        enabled,
        enforcement: enforcement(&mut form)?,
        switched_by: form.choice::<SwitchedByName>("switched_by")?.into(),
        methods: methods.into_iter().flatten().collect(),
        when_off: form.choice::<WhenOffName>("when_off")?.into(),
        when_on_again: form.choice::<WhenOnAgainName>("when_on_again")?.into(),
        after_reset: form.choice::<AfterResetName>("after_reset")?.into(),
        allowed_countries: countries.map_err(malformed("allowed_countries"))?,
        code_lifetime_seconds: CodeLifetime::parse(lifetime)
            .map_err(malformed("code_lifetime_seconds"))?,
        contact_hold: form.is_ticked("contact_hold")?,
        enrolment_proof: form.choice::<EnrolmentProofName>("enrolment_proof")?.into(),
        self_service: form.choice::<SelfServiceName>("self_service")?.into(),
        recovery_codes: form.choice::<RecoveryCodesName>("recovery_codes")?.into(),
        remember_browser,
        text_needs: form.choice::<TextNeedsName>("text_needs")?.into(),
    };
    let confirm_unlock = form.is_ticked("confirm_unlock")?;
    form.end()?;
    Ok(PolicyDraft { action, etag, policy, confirm_unlock })
}

/// Returns the field beside which a refusal is shown.
pub const fn field(refusal: PolicyRefusal) -> &'static str {
    match refusal {
        PolicyRefusal::NoMethod
        | PolicyRefusal::MethodTwice(_)
        | PolicyRefusal::PasskeysWithoutDomain => "methods",
        PolicyRefusal::FallbackForStaff => "email_fallback",
        PolicyRefusal::OptOutOfNothing => "enforcement",
        PolicyRefusal::GraceOfNothing => "grace",
        PolicyRefusal::RecoveryOfNothing | PolicyRefusal::RecoveryWithoutSelfService => {
            "recovery_codes"
        }
        PolicyRefusal::PromotionWithoutSelfService => "promote",
        PolicyRefusal::RememberButEveryTime => "remember_browser",
        PolicyRefusal::LinkWithoutPage => "after_reset",
        PolicyRefusal::NobodyButNotAlwaysOn => "switched_by",
    }
}
