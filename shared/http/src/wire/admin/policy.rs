use portcullis_domain::{
    Country, Policy,
    policy::{
        CodeLifetime, Issuer, MethodPolicy, PasskeyRules, Promotion, RememberBrowser, TrustDays,
    },
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use utoipa::ToSchema;

mod words;

pub use words::{
    AfterResetName, AudienceName, DestinationName, EarnedByName, EmailFallbackName,
    EnforcementName, EnrolmentProofName, RecoveryCodesName, SelfServiceName, SwitchedByName,
    SyncedName, TextNeedsName, UserVerificationName, WhenBoundName, WhenOffName, WhenOnAgainName,
};

use super::{EnforcementDocument, as_document};
use crate::wire::Parsed;

/// The policy of a portal, always whole.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "enabled": true, "enforcement": { "type": "required", "grace": null }, "switched_by": "portal_admin",
    "methods": [{ "type": "authenticator_app", "issuer": null, "email_fallback": "allowed_as_default" }],
    "when_off": "challenge_nobody", "when_on_again": "keep_enrolments", "after_reset": "open",
    "allowed_countries": [], "code_lifetime_seconds": 300, "contact_hold": false,
    "enrolment_proof": "none", "self_service": "off", "recovery_codes": "off",
    "remember_browser": null, "text_needs": "any"
}))]
pub struct PolicyDocument {
    /// True if the policy is on.
    enabled: bool,
    /// The choice whether users may decline to enrol.
    enforcement: EnforcementDocument,
    /// The admins who may switch the policy on and off.
    switched_by: SwitchedByName,
    /// The methods on offer, each once, in the order they are shown.
    #[schema(min_items = 1, max_items = 4)]
    methods: Vec<MethodDocument>,
    /// The treatment of enrolled users while the policy is off.
    when_off: WhenOffName,
    /// The treatment of enrolments when the policy is switched on again.
    when_on_again: WhenOnAgainName,
    /// The way to enrol again after a reset.
    after_reset: AfterResetName,
    /// Two-letter codes of countries text messages may go to; empty is the system's list, which
    /// this only narrows.
    allowed_countries: Vec<String>,
    /// The lifetime of a delivered code, in seconds.
    #[schema(minimum = 60, maximum = 600)]
    code_lifetime_seconds: u16,
    /// True if a changed address gets no codes in place of the app, and no link, for a day.
    contact_hold: bool,
    /// The proof that comes before a user's first enrolment.
    enrolment_proof: EnrolmentProofName,
    /// The right of users to change what they have bound, and to say that a change was not theirs.
    self_service: SelfServiceName,
    /// The recovery codes that users get when they enrol.
    recovery_codes: RecoveryCodesName,
    /// The methods that confirm a text in a step-up.
    text_needs: TextNeedsName,
    /// Set if users may have a browser remembered, in which they are not asked again for a while.
    remember_browser: Option<RememberBrowserDocument>,
}

/// A method on offer, with the settings that belong to it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum MethodDocument {
    /// Codes from an authenticator app.
    AuthenticatorApp {
        /// The name the app shows, at most 50 characters without `:`; the portal's description
        /// if it is null.
        #[schema(value_type = Option<String>, max_length = 50)]
        issuer: Option<Parsed<Issuer>>,
        /// The role of email if the app is out of reach.
        email_fallback: EmailFallbackName,
    },
    /// Codes by email.
    Email {
        /// The source of the address.
        destination: DestinationName,
    },
    /// Codes by text message.
    Sms {
        /// The source of the number.
        destination: DestinationName,
    },
    /// Passkeys, of which a user may have several.
    Passkey {
        /// The check of the person by the authenticator.
        user_verification: UserVerificationName,
        /// The use of passkeys that are copied to other devices.
        synced: SyncedName,
        /// The use of a passkey that is bound.
        when_bound: WhenBoundName,
        /// True if a passkey is offered after a sign-in by something weaker.
        promote: bool,
    },
}

impl From<MethodPolicy> for MethodDocument {
    fn from(method: MethodPolicy) -> Self {
        match method {
            MethodPolicy::AuthenticatorApp { issuer, email_fallback } => Self::AuthenticatorApp {
                issuer: issuer.map(Parsed),
                email_fallback: email_fallback.into(),
            },
            MethodPolicy::Email { destination } => Self::Email { destination: destination.into() },
            MethodPolicy::Sms { destination } => Self::Sms { destination: destination.into() },
            MethodPolicy::Passkey { rules, when_bound, promotion } => Self::Passkey {
                user_verification: rules.user_verification.into(),
                synced: rules.synced.into(),
                when_bound: when_bound.into(),
                promote: promotion == Promotion::On,
            },
        }
    }
}

impl From<MethodDocument> for MethodPolicy {
    fn from(document: MethodDocument) -> Self {
        match document {
            MethodDocument::AuthenticatorApp { issuer, email_fallback } => Self::AuthenticatorApp {
                issuer: issuer.map(Parsed::value),
                email_fallback: email_fallback.into(),
            },
            MethodDocument::Email { destination } => {
                Self::Email { destination: destination.into() }
            }
            MethodDocument::Sms { destination } => Self::Sms { destination: destination.into() },
            MethodDocument::Passkey { user_verification, synced, when_bound, promote } => {
                let user_verification = user_verification.into();
                Self::Passkey {
                    rules: PasskeyRules { user_verification, synced: synced.into() },
                    when_bound: when_bound.into(),
                    promotion: if promote { Promotion::On } else { Promotion::Off },
                }
            }
        }
    }
}

impl From<Policy> for PolicyDocument {
    fn from(policy: Policy) -> Self {
        Self {
            enabled: policy.enabled,
            enforcement: policy.enforcement.into(),
            switched_by: policy.switched_by.into(),
            methods: policy.methods.into_iter().map(MethodDocument::from).collect(),
            when_off: policy.when_off.into(),
            when_on_again: policy.when_on_again.into(),
            after_reset: policy.after_reset.into(),
            allowed_countries: policy.allowed_countries.into_iter().map(String::from).collect(),
            code_lifetime_seconds: policy.code_lifetime_seconds.into(),
            contact_hold: policy.contact_hold,
            enrolment_proof: policy.enrolment_proof.into(),
            self_service: policy.self_service.into(),
            recovery_codes: policy.recovery_codes.into(),
            remember_browser: policy.remember_browser.map(RememberBrowserDocument::from),
            text_needs: policy.text_needs.into(),
        }
    }
}

/// Declares the body of a request with a policy, and its further fields.
macro_rules! policy_body {
    ($(#[$attribute:meta])* $name:ident { $($(#[$of:meta])* pub $more:ident: $type:ty,)* }) => {
        $(#[$attribute])*
        #[serde(deny_unknown_fields)]
        pub struct $name {
            enabled: bool,
            enforcement: EnforcementDocument,
            switched_by: SwitchedByName,
            #[schema(min_items = 1, max_items = 4)]
            methods: Vec<MethodDocument>,
            when_off: WhenOffName,
            when_on_again: WhenOnAgainName,
            after_reset: AfterResetName,
            #[schema(value_type = Vec<String>)]
            allowed_countries: Vec<Parsed<Country>>,
            #[serde(deserialize_with = "code_lifetime")]
            #[schema(value_type = u16, minimum = 60, maximum = 600)]
            code_lifetime_seconds: CodeLifetime,
            /// True if a changed address gets no codes in place of the app, and no link, for a day.
            #[serde(default)]
            contact_hold: bool,
            /// The proof that comes before a user's first enrolment.
            #[serde(default = "no_proof")]
            #[schema(required = false)]
            enrolment_proof: EnrolmentProofName,
            /// The right of users to change what they have bound.
            #[serde(default = "no_self_service")]
            #[schema(required = false)]
            self_service: SelfServiceName,
            /// The recovery codes that users get when they enrol.
            #[serde(default = "no_recovery_codes")]
            #[schema(required = false)]
            recovery_codes: RecoveryCodesName,
            /// Set if users may have a browser remembered, in which they are not asked again for
            /// a while.
            #[serde(default)]
            remember_browser: Option<RememberBrowserDocument>,
            /// The methods that confirm a text in a step-up.
            #[serde(default = "any_method")]
            #[schema(required = false)]
            text_needs: TextNeedsName,
            $($(#[$of])* pub $more: $type,)*
        }

        impl From<$name> for Policy {
            fn from(body: $name) -> Self {
                Self {
                    enabled: body.enabled,
                    enforcement: body.enforcement.into(),
                    switched_by: body.switched_by.into(),
                    methods: body.methods.into_iter().map(MethodPolicy::from).collect(),
                    when_off: body.when_off.into(),
                    when_on_again: body.when_on_again.into(),
                    after_reset: body.after_reset.into(),
                    allowed_countries: body
                        .allowed_countries
                        .into_iter()
                        .map(Parsed::value)
                        .collect(),
                    code_lifetime_seconds: body.code_lifetime_seconds,
                    contact_hold: body.contact_hold,
                    enrolment_proof: body.enrolment_proof.into(),
                    self_service: body.self_service.into(),
                    recovery_codes: body.recovery_codes.into(),
                    remember_browser: body.remember_browser.map(RememberBrowser::from),
                    text_needs: body.text_needs.into(),
                }
            }
        }
    };
}

policy_body! {
    /// The policy that replaces another.
    #[derive(Deserialize, ToSchema)]
    PolicyReplacement {
        /// True if the operator confirms replacing a policy that no one can switch.
        #[serde(default)]
        pub confirm_unlock: bool,
    }
}
impl PolicyReplacement {
    pub fn into_policy(self) -> Policy {
        self.into()
    }
}

policy_body! {
    /// The policy of a new portal.
    #[derive(Deserialize, ToSchema)]
    NewPolicy {}
}

/// The browsers that are remembered.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RememberBrowserDocument {
    /// The days for which a browser is remembered after a proof, however often it is used.
    #[serde(serialize_with = "days_number", deserialize_with = "trust_days")]
    #[schema(value_type = u8, minimum = 1, maximum = 90)]
    days: TrustDays,
    /// The proofs that a browser is remembered for.
    earned_by: EarnedByName,
}

impl From<RememberBrowser> for RememberBrowserDocument {
    fn from(RememberBrowser { days, earned_by }: RememberBrowser) -> Self {
        Self { days, earned_by: earned_by.into() }
    }
}

impl From<RememberBrowserDocument> for RememberBrowser {
    fn from(RememberBrowserDocument { days, earned_by }: RememberBrowserDocument) -> Self {
        Self { days, earned_by: earned_by.into() }
    }
}

const fn no_proof() -> EnrolmentProofName {
    EnrolmentProofName::None
}

const fn no_self_service() -> SelfServiceName {
    SelfServiceName::Off
}

const fn no_recovery_codes() -> RecoveryCodesName {
    RecoveryCodesName::Off
}

const fn any_method() -> TextNeedsName {
    TextNeedsName::Any
}

fn code_lifetime<'de, D: Deserializer<'de>>(deserializer: D) -> Result<CodeLifetime, D::Error> {
    CodeLifetime::parse(u16::deserialize(deserializer)?).map_err(D::Error::custom)
}

fn trust_days<'de, D: Deserializer<'de>>(deserializer: D) -> Result<TrustDays, D::Error> {
    TrustDays::parse(u8::deserialize(deserializer)?).map_err(D::Error::custom)
}

fn days_number<S: Serializer>(days: &TrustDays, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u8((*days).into())
}

/// A policy that was saved.
#[derive(Serialize, ToSchema)]
pub struct PolicySaved {
    /// The policy as it is now.
    #[serde(serialize_with = "as_document::<PolicyDocument, _, _>")]
    #[schema(value_type = PolicyDocument)]
    pub policy: Policy,
    /// The portal's generation; raised when everyone has to enrol again.
    pub generation: u32,
    /// Consequences of the policy that are easily missed.
    pub warnings: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::admin::{NewProfile, ProfileDocument};
    use portcullis_domain::{policy::Preset, portal::Profile};
    use serde_json::Value;
    use utoipa::PartialSchema;

    fn properties(schema: impl Serialize) -> Vec<String> {
        let schema = serde_json::to_value(schema).unwrap();
        schema["properties"].as_object().unwrap().keys().cloned().collect()
    }

    #[test]
    fn what_is_answered_can_be_sent_back() {
        let mut described = properties(PolicyDocument::schema());
        described.sort();
        for preset in Preset::ALL {
            let policy = serde_json::to_value(PolicyDocument::from(preset.policy())).unwrap();
            let mut fields: Vec<_> = policy.as_object().unwrap().keys().cloned().collect();
            fields.sort();
            assert_eq!(fields, described);
            let new: NewPolicy = serde_json::from_value(policy.clone()).unwrap();
            assert_eq!(Policy::from(new), preset.policy());
            let replacement: PolicyReplacement = serde_json::from_value(policy).unwrap();
            assert_eq!(replacement.into_policy(), preset.policy());
        }
        let plain = ProfileDocument::from(Profile::plain("Acme"));
        let mut profile = serde_json::to_value(plain).unwrap();
        for field in properties(ProfileDocument::schema()) {
            profile[&field] = match field.as_str() {
                "description" => "Acme".into(),
                "audience" => "staff".into(),
                "default_country" => "NZ".into(),
                "return_urls" => Value::Array(vec![]),
                "color" => "#0b5fff".into(),
                "passkeys" => serde_json::json!({
                    "rp_id": "example.com", "origins": ["https://login.example.com"],
                }),
                _ => "en".into(),
            };
        }
        let new: NewProfile = serde_json::from_value(profile.clone()).unwrap();
        let again = ProfileDocument::from(Profile::from(new));
        profile.as_object_mut().unwrap().remove("return_urls");
        assert_eq!(serde_json::to_value(again).unwrap(), profile);
    }
}
