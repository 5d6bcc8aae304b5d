//! Policies to start from: those of the five reference portals, and one for new portals.

use super::{
    AfterReset, CodeLifetime, DestinationSource, EmailFallback, Enforcement, EnrolmentProof,
    MethodPolicy, PasskeyRules, Policy, Promotion, RecoveryCodesPolicy, SelfService, SwitchedBy,
    SyncedPasskeys, TextNeeds, UserVerification, WhenBound, WhenOff, WhenOnAgain,
};
use crate::{Malformed, values::Named};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    AuthenticatorApp,
    AuthenticatorAppWithEmail,
    /// Email or SMS, chosen at each sign-in, and never off.
    AlwaysOn,
    SmsEnrolment,
    SmsEnrolmentOptOut,
    EmailEnrolment,
    EmailEnrolmentOptOut,
    /// An authenticator app, switched by the provider, with a mailed link after a reset.
    Managed,
    /// An authenticator app, with recovery codes and all that lets users help themselves.
    AppModern,
    /// Passkeys, with an app as the other way and all that lets users help themselves.
    PasskeyFirst,
}

impl Named for Preset {
    const ALL: &'static [Self] = &Self::ALL;

    fn name(self) -> &'static str {
        self.as_str()
    }
}

/// Passkeys as new portals have them: any that the user likes to use, offered to who has an app.
const PASSKEY: MethodPolicy = MethodPolicy::Passkey {
    rules: PasskeyRules {
        user_verification: UserVerification::Preferred,
        synced: SyncedPasskeys::Allowed,
    },
    when_bound: WhenBound::Prefer,
    promotion: Promotion::On,
};

impl Preset {
    pub const ALL: [Self; 10] = [
        Self::AuthenticatorApp,
        Self::AuthenticatorAppWithEmail,
        Self::AlwaysOn,
        Self::SmsEnrolment,
        Self::SmsEnrolmentOptOut,
        Self::EmailEnrolment,
        Self::EmailEnrolmentOptOut,
        Self::Managed,
        Self::AppModern,
        Self::PasskeyFirst,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AuthenticatorApp => "authenticator_app",
            Self::AuthenticatorAppWithEmail => "authenticator_app_with_email",
            Self::AlwaysOn => "always_on",
            Self::SmsEnrolment => "sms_enrolment",
            Self::SmsEnrolmentOptOut => "sms_enrolment_opt_out",
            Self::EmailEnrolment => "email_enrolment",
            Self::EmailEnrolmentOptOut => "email_enrolment_opt_out",
            Self::Managed => "managed",
            Self::AppModern => "app_modern",
            Self::PasskeyFirst => "passkey_first",
        }
    }

    pub fn parse(name: &str) -> Result<Self, Malformed> {
        let unknown = Malformed::new("preset", "is not one of GET /v1/admin/presets");
        Self::from_name(name).ok_or(unknown)
    }

    pub fn policy(self) -> Policy {
        let base = Policy {
            enabled: true,
            enforcement: Enforcement::REQUIRED,
            switched_by: SwitchedBy::PortalAdmin,
            methods: vec![],
            when_off: WhenOff::ChallengeNobody,
            when_on_again: WhenOnAgain::KeepEnrolments,
            after_reset: AfterReset::Open,
            allowed_countries: vec![],
            code_lifetime_seconds: CodeLifetime::DEFAULT,
            contact_hold: false,
            enrolment_proof: EnrolmentProof::None,
            self_service: SelfService::Off,
            recovery_codes: RecoveryCodesPolicy::Off,
            remember_browser: None,
            text_needs: TextNeeds::Any,
        };
        let app =
            |email_fallback| vec![MethodPolicy::AuthenticatorApp { issuer: None, email_fallback }];
        let users_own = |method| Policy {
            methods: vec![method],
            when_on_again: WhenOnAgain::EnrolAgain,
            ..base.clone()
        };
        let sms = || users_own(MethodPolicy::Sms { destination: DestinationSource::User });
        let email = || users_own(MethodPolicy::Email { destination: DestinationSource::User });
        let modern = |methods| Policy {
            methods,
            after_reset: AfterReset::EmailedLink,
            contact_hold: true,
            enrolment_proof: EnrolmentProof::EmailedCode,
            self_service: SelfService::WithProof,
            recovery_codes: RecoveryCodesPolicy::Offered,
            ..base.clone()
        };
        match self {
            Self::AuthenticatorApp => Policy { methods: app(EmailFallback::Forbidden), ..base },
            Self::AuthenticatorAppWithEmail => {
                Policy { methods: app(EmailFallback::AllowedAsDefault), ..base }
            }
            Self::AlwaysOn => Policy {
                switched_by: SwitchedBy::Nobody,
                methods: vec![
                    MethodPolicy::Email { destination: DestinationSource::Directory },
                    MethodPolicy::Sms { destination: DestinationSource::Directory },
                ],
                ..base
            },
            Self::SmsEnrolment => sms(),
            Self::SmsEnrolmentOptOut => Policy { enforcement: Enforcement::OptOut, ..sms() },
            Self::EmailEnrolment => email(),
            Self::EmailEnrolmentOptOut => Policy { enforcement: Enforcement::OptOut, ..email() },
            Self::Managed => Policy {
                switched_by: SwitchedBy::Provider,
                methods: app(EmailFallback::Forbidden),
                when_off: WhenOff::ChallengeEnrolled,
                after_reset: AfterReset::EmailedLink,
                ..base
            },
            Self::AppModern => modern(app(EmailFallback::Forbidden)),
            Self::PasskeyFirst => {
                let methods = [vec![PASSKEY], app(EmailFallback::Forbidden)].concat();
                modern(methods)
            }
        }
    }
}
