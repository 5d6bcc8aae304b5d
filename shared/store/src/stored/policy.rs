//! A portal's policy.

use portcullis_domain::{
    Malformed, Method, Policy,
    policy::{
        AfterReset, CodeLifetime, DestinationSource, EarnedBy, EmailFallback, Enforcement,
        EnforcementKind, EnrolmentProof, Grace, Issuer, MethodPolicy, MethodSettings, PasskeyRules,
        PasskeySettings, Promotion, RecoveryCodesPolicy, RememberBrowser, SelfService, SwitchedBy,
        SyncedPasskeys, TextNeeds, TrustDays, UserVerification, WhenBound, WhenOff, WhenOnAgain,
    },
};
use serde::{Deserialize, Serialize};

use super::{
    grace::StoredGrace,
    is_default,
    number::{Number, Numbered},
    value::{StoredCountries, Text},
};

/// A policy is a restriction: a member that is not known makes it unreadable.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StoredPolicy {
    #[serde(rename = "e")]
    enabled: bool,
    #[serde(rename = "f")]
    enforcement: Number<EnforcementKind>,
    /// Left out if there is none, and if users may decline for good.
    #[serde(rename = "g", default, skip_serializing_if = "is_default")]
    grace: Option<StoredGrace>,
    #[serde(rename = "s")]
    switched_by: Number<SwitchedBy>,
    #[serde(rename = "m")]
    methods: Vec<StoredMethod>,
    #[serde(rename = "o")]
    when_off: Number<WhenOff>,
    #[serde(rename = "a")]
    when_on_again: Number<WhenOnAgain>,
    #[serde(rename = "r")]
    after_reset: Number<AfterReset>,
    #[serde(rename = "c", default, skip_serializing_if = "is_default")]
    allowed_countries: StoredCountries,
    #[serde(rename = "l")]
    code_lifetime_seconds: u16,
    #[serde(rename = "h", default, skip_serializing_if = "is_default")]
    contact_hold: bool,
    /// Left out if none is asked for.
    #[serde(rename = "p", default, skip_serializing_if = "is_default")]
    enrolment_proof: Option<Number<EnrolmentProof>>,
    /// Left out if it is off.
    #[serde(rename = "u", default, skip_serializing_if = "is_default")]
    self_service: Option<Number<SelfService>>,
    /// Left out if there are none.
    #[serde(rename = "k", default, skip_serializing_if = "is_default")]
    recovery_codes: Option<Number<RecoveryCodesPolicy>>,
    /// The days, and the proofs that earn them; left out if no browser is remembered.
    #[serde(rename = "b", default, skip_serializing_if = "is_default")]
    remember_browser: Option<(u8, Number<EarnedBy>)>,
    /// Left out if any method confirms a text.
    #[serde(rename = "x", default, skip_serializing_if = "is_default")]
    text_needs: Option<Number<TextNeeds>>,
}

/// The method; the fallback of the app or the source of the destinations; the app's issuer; and the
/// settings of passkeys, which others leave out.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum StoredMethod {
    Passkey(Number<Method>, u16, Option<Text<Issuer>>, StoredPasskeys),
    Other(Number<Method>, u16, Option<Text<Issuer>>),
}

/// The settings of passkeys.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct StoredPasskeys(
    Number<UserVerification>,
    Number<SyncedPasskeys>,
    Number<WhenBound>,
    Number<Promotion>,
);

impl From<&Policy> for StoredPolicy {
    fn from(policy: &Policy) -> Self {
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
        } = policy;
        Self {
            enabled: *enabled,
            enforcement: Number(enforcement.kind()),
            grace: enforcement.grace().map(StoredGrace::from),
            switched_by: Number(*switched_by),
            methods: methods.iter().map(StoredMethod::from).collect(),
            when_off: Number(*when_off),
            when_on_again: Number(*when_on_again),
            after_reset: Number(*after_reset),
            allowed_countries: allowed_countries.as_slice().into(),
            code_lifetime_seconds: (*code_lifetime_seconds).into(),
            contact_hold: *contact_hold,
            enrolment_proof: Some(*enrolment_proof)
                .filter(|proof| *proof != EnrolmentProof::None)
                .map(Number),
            self_service: Some(*self_service)
                .filter(|service| *service != SelfService::Off)
                .map(Number),
            recovery_codes: Some(*recovery_codes)
                .filter(|codes| *codes != RecoveryCodesPolicy::Off)
                .map(Number),
            remember_browser: remember_browser
                .map(|RememberBrowser { days, earned_by }| (days.into(), Number(earned_by))),
            text_needs: Some(*text_needs).filter(|needs| *needs != TextNeeds::Any).map(Number),
        }
    }
}

impl TryFrom<StoredPolicy> for Policy {
    type Error = Malformed;

    fn try_from(stored: StoredPolicy) -> Result<Self, Malformed> {
        let methods = stored.methods.into_iter().map(MethodPolicy::try_from);
        let remember = |(days, earned_by): (u8, Number<EarnedBy>)| {
            let (days, earned_by) = (TrustDays::parse(days)?, earned_by.value());
            Ok::<_, Malformed>(RememberBrowser { days, earned_by })
        };
        Ok(Self {
            enabled: stored.enabled,
            enforcement: enforcement(stored.enforcement.value(), stored.grace)?,
            switched_by: stored.switched_by.value(),
            methods: methods.collect::<Result<_, _>>()?,
            when_off: stored.when_off.value(),
            when_on_again: stored.when_on_again.value(),
            after_reset: stored.after_reset.value(),
            allowed_countries: stored.allowed_countries.try_into()?,
            code_lifetime_seconds: CodeLifetime::parse(stored.code_lifetime_seconds)?,
            contact_hold: stored.contact_hold,
            enrolment_proof: stored.enrolment_proof.map_or(EnrolmentProof::None, Number::value),
            self_service: stored.self_service.map_or(SelfService::Off, Number::value),
            recovery_codes: stored.recovery_codes.map_or(RecoveryCodesPolicy::Off, Number::value),
            remember_browser: stored.remember_browser.map(remember).transpose()?,
            text_needs: stored.text_needs.map_or(TextNeeds::Any, Number::value),
        })
    }
}

fn enforcement(
    kind: EnforcementKind,
    grace: Option<StoredGrace>,
) -> Result<Enforcement, Malformed> {
    let grace = grace.map(Grace::try_from).transpose()?;
    match (kind, grace) {
        (EnforcementKind::Required, grace) => Ok(Enforcement::Required { grace }),
        (EnforcementKind::OptOut, None) => Ok(Enforcement::OptOut),
        (EnforcementKind::OptOut, Some(_)) => {
            Err(Malformed { what: "a grace", why: "belongs to a policy that requires enrolling" })
        }
    }
}

impl From<&MethodPolicy> for StoredMethod {
    fn from(method: &MethodPolicy) -> Self {
        let MethodSettings { method, source, app, passkey } = method.settings();
        if let Some(PasskeySettings { rules, when_bound, promotion }) = passkey {
            let PasskeyRules { user_verification, synced } = rules;
            let (verification, synced) = (Number(user_verification), Number(synced));
            let passkeys =
                StoredPasskeys(verification, synced, Number(when_bound), Number(promotion));
            return Self::Passkey(Number(method), 0, None, passkeys);
        }
        let (issuer, fallback) = app.unzip();
        let setting = fallback.map(Numbered::number).or(source.map(Numbered::number));
        let issuer = issuer.cloned().flatten().map(Text);
        Self::Other(Number(method), setting.unwrap_or_default(), issuer)
    }
}

impl TryFrom<StoredMethod> for MethodPolicy {
    type Error = Malformed;

    fn try_from(stored: StoredMethod) -> Result<Self, Malformed> {
        let unknown = Malformed { what: "a method", why: "has a setting that is not known" };
        let (method, setting, issuer) = match stored {
            StoredMethod::Other(method, setting, issuer) => (method, setting, issuer),
            StoredMethod::Passkey(Number(Method::Passkey), _, _, passkeys) => {
                let StoredPasskeys(verification, synced, when_bound, promotion) = passkeys;
                let (user_verification, synced) = (verification.value(), synced.value());
                let rules = PasskeyRules { user_verification, synced };
                let (when_bound, promotion) = (when_bound.value(), promotion.value());
                return Ok(Self::Passkey { rules, when_bound, promotion });
            }
            StoredMethod::Passkey(..) => return Err(unknown),
        };
        let destination = || DestinationSource::from_number(setting).ok_or(unknown);
        Ok(match method.value() {
            Method::AuthenticatorApp => Self::AuthenticatorApp {
                issuer: issuer.map(Text::value),
                email_fallback: EmailFallback::from_number(setting).ok_or(unknown)?,
            },
            Method::Email => Self::Email { destination: destination()? },
            Method::Sms => Self::Sms { destination: destination()? },
            // Passkeys have settings; users are given recovery codes, and enrol none.
            Method::Passkey | Method::RecoveryCode => return Err(unknown),
        })
    }
}
