//! Documents of the rules as they stand on the wire. The rules' own types are read and written; these say what they look
//! like, for the OpenAPI document, and a test holds both together.

use portcullis_domain::{
    Country, Malformed, OrganisationId, Policy, PortalId,
    admin::Role,
    policy::{
        AfterReset, CodeLifetime, Enforcement, MethodPolicy, SwitchedBy, WhenOff, WhenOnAgain,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a portal asks of its users, always whole.
#[derive(ToSchema)]
#[schema(example = json!({
    "enabled": true, "enforcement": "required", "switched_by": "portal_admin",
    "methods": [{ "type": "authenticator_app", "issuer": null, "email_fallback": "allowed_as_default" }],
    "when_off": "challenge_nobody", "when_on_again": "keep_enrolments", "after_reset": "open",
    "allowed_countries": [], "code_lifetime_seconds": 300
}))]
#[expect(dead_code, reason = "describes the rules' own type")]
pub struct PolicyDocument {
    /// True if the second step is asked for at all.
    enabled: bool,
    /// How strictly enrolling is asked for: users may decline, or may not.
    enforcement: EnforcementName,
    /// Who may switch the policy on and off.
    switched_by: SwitchedByName,
    /// The methods on offer, each once, in the order they are shown.
    #[schema(min_items = 1, max_items = 3)]
    methods: Vec<MethodDocument>,
    /// What happens to users who enrolled, while the policy is off.
    when_off: WhenOffName,
    /// What happens to enrolments when the policy is switched on again.
    when_on_again: WhenOnAgainName,
    /// How a user gets to enrol again after a reset.
    after_reset: AfterResetName,
    /// Two-letter codes of countries text messages may go to; empty is the system's list, which this only narrows.
    allowed_countries: Vec<String>,
    /// How long a delivered code is good.
    #[schema(minimum = 60, maximum = 600)]
    code_lifetime_seconds: u16,
}

/// Declares the words of a setting.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident: $($word:ident),+;)*) => {
        $($(#[$doc])*
        #[derive(ToSchema)]
        #[schema(rename_all = "snake_case")]
        #[expect(dead_code, reason = "describes the rules' own type")]
        pub enum $name { $($word),+ })*
    };
}

words! {
    /// How strictly enrolling is asked for: users may decline, or may not.
    EnforcementName: Required, OptOut;
    /// Who may switch a policy on and off.
    SwitchedByName: Nobody, Provider, PortalAdmin;
    /// What happens to users who enrolled, while the policy is off.
    WhenOffName: ChallengeEnrolled, ChallengeNobody;
    /// What happens to enrolments when the policy is switched on again.
    WhenOnAgainName: KeepEnrolments, EnrolAgain;
    /// How a user gets to enrol again after a reset.
    AfterResetName: Open, EmailedLink;
    /// What email may do when the app is out of reach.
    EmailFallbackName: Forbidden, Allowed, AllowedAsDefault;
    /// Whose destination a delivered method uses.
    DestinationName: Directory, User;
    /// Who signs in at a portal.
    AudienceName: Clients, Staff;
}

/// A method on offer, with the settings that belong to it.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the rules' own type")]
pub enum MethodDocument {
    /// Codes from an authenticator app.
    AuthenticatorApp {
        /// The name the app shows, at most 50 characters without `:`; the portal's description where it is null.
        #[schema(max_length = 50)]
        issuer: Option<String>,
        /// What email may do when the app is out of reach.
        email_fallback: EmailFallbackName,
    },
    /// Codes by email.
    Email {
        /// Whose address it is.
        destination: DestinationName,
    },
    /// Codes by text message.
    Sms {
        /// Whose number it is.
        destination: DestinationName,
    },
}

/// How a portal presents itself.
#[derive(ToSchema)]
#[schema(example = json!({
    "description": "Acme customer portal", "audience": "clients", "default_country": "NZ",
    "support": "Call 0800 123 456", "return_urls": ["https://portal.example/back"]
}))]
#[expect(dead_code, reason = "describes the rules' own type")]
pub struct ProfileDocument {
    /// Its name for people: 1 to 128 bytes on one line.
    description: String,
    /// Who signs in there.
    #[schema(required = false)]
    audience: AudienceName,
    /// Where phone numbers in national form belong, as a two-letter code.
    default_country: Option<String>,
    /// The language to write in where the user has none.
    locale: Option<String>,
    /// The name emails come from; the description where there is none.
    sender_name: Option<String>,
    /// A short plain name for text messages: up to 20 ASCII characters.
    sms_name: Option<String>,
    /// How users get help: shown with every refusal.
    support: Option<String>,
    /// The page a mailed link to enrol again leads to.
    enrolment_url: Option<String>,
    /// Where the hosted prompt may send a browser back to.
    #[schema(required = false, max_items = 5)]
    return_urls: Vec<String>,
    /// The colour of buttons on the hosted prompt: `#rrggbb`, with a contrast of at least 4.5 to 1 with white.
    #[schema(example = "#0b5fff")]
    color: Option<String>,
    /// A picture at the head of the hosted prompt: an https URL.
    logo_url: Option<String>,
}

/// What an admin may do, and where.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "role", rename_all = "snake_case", deny_unknown_fields)]
pub enum RoleDocument {
    /// Everything, everywhere.
    Operator {},
    /// Policies and users of the portals assigned.
    Technician {
        /// The portals.
        #[schema(min_items = 1, max_items = 50)]
        portals: Vec<String>,
    },
    /// One portal.
    PortalAdmin {
        /// The portal.
        portal: String,
    },
    /// The users of one organisation: to find and to reset them.
    OrgAdmin {
        /// The portal.
        portal: String,
        /// The organisation.
        organization: String,
    },
    /// Everything everywhere, to read.
    Auditor {},
}

impl From<Role> for RoleDocument {
    fn from(role: Role) -> Self {
        match role {
            Role::Operator => Self::Operator {},
            Role::Technician { portals } => {
                Self::Technician { portals: portals.iter().map(ToString::to_string).collect() }
            }
            Role::PortalAdmin { portal } => Self::PortalAdmin { portal: portal.to_string() },
            Role::OrgAdmin { portal, organisation } => Self::OrgAdmin {
                portal: portal.to_string(),
                organization: organisation.to_string(),
            },
            Role::Auditor => Self::Auditor {},
        }
    }
}

impl RoleDocument {
    /// The role.
    ///
    /// # Errors
    /// [`Malformed`] naming the first id that is none, or what cannot be assigned.
    pub fn into_role(self) -> Result<Role, Malformed> {
        let role = match self {
            Self::Operator {} => Role::Operator,
            Self::Technician { portals } => {
                let portals: Result<Vec<_>, _> =
                    portals.iter().map(|id| PortalId::parse(id)).collect();
                Role::Technician { portals: portals? }
            }
            Self::PortalAdmin { portal } => Role::PortalAdmin { portal: PortalId::parse(&portal)? },
            Self::OrgAdmin { portal, organization } => Role::OrgAdmin {
                portal: PortalId::parse(&portal)?,
                organisation: OrganisationId::parse(&organization)?,
            },
            Self::Auditor {} => Role::Auditor,
        };
        role.check()?;
        Ok(role)
    }
}

/// A policy in place of another.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyReplacement {
    enabled: bool,
    #[schema(value_type = EnforcementName)]
    enforcement: Enforcement,
    #[schema(value_type = SwitchedByName)]
    switched_by: SwitchedBy,
    #[schema(value_type = Vec<MethodDocument>, min_items = 1, max_items = 3)]
    methods: Vec<MethodPolicy>,
    #[schema(value_type = WhenOffName)]
    when_off: WhenOff,
    #[schema(value_type = WhenOnAgainName)]
    when_on_again: WhenOnAgain,
    #[schema(value_type = AfterResetName)]
    after_reset: AfterReset,
    #[schema(value_type = Vec<String>)]
    allowed_countries: Vec<Country>,
    #[schema(value_type = u16, minimum = 60, maximum = 600)]
    code_lifetime_seconds: CodeLifetime,
    /// The operator means to replace a policy that nobody switches.
    #[serde(default)]
    pub confirm_unlock: bool,
}

impl PolicyReplacement {
    /// The policy.
    pub fn into_policy(self) -> Policy {
        Policy {
            enabled: self.enabled,
            enforcement: self.enforcement,
            switched_by: self.switched_by,
            methods: self.methods,
            when_off: self.when_off,
            when_on_again: self.when_on_again,
            after_reset: self.after_reset,
            allowed_countries: self.allowed_countries,
            code_lifetime_seconds: self.code_lifetime_seconds,
        }
    }
}

/// A policy that was saved.
#[derive(Serialize, ToSchema)]
pub struct PolicySaved {
    /// The policy as it is now.
    #[schema(value_type = PolicyDocument)]
    pub policy: Policy,
    /// The portal's generation; raised where everyone has to enrol again.
    pub generation: u32,
    /// What was saved and may still surprise.
    pub warnings: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use portcullis_domain::{policy::Preset, portal::Profile};
    use serde_json::Value;
    use utoipa::PartialSchema;

    fn properties(schema: impl Serialize) -> Vec<String> {
        let schema = serde_json::to_value(schema).unwrap();
        schema["properties"].as_object().unwrap().keys().cloned().collect()
    }

    #[test]
    fn the_documents_have_the_fields_of_the_rules_own_types() {
        let mut described = properties(PolicyDocument::schema());
        described.sort();
        for preset in Preset::ALL {
            let policy = serde_json::to_value(preset.policy()).unwrap();
            let mut fields: Vec<_> = policy.as_object().unwrap().keys().cloned().collect();
            fields.sort();
            assert_eq!(fields, described);
            assert!(serde_json::from_value::<PolicyReplacement>(policy).is_ok());
        }
        let mut profile = serde_json::to_value(Profile::plain("Acme")).unwrap();
        for field in properties(ProfileDocument::schema()) {
            profile[&field] = match field.as_str() {
                "description" => "Acme".into(),
                "audience" => "staff".into(),
                "default_country" => "NZ".into(),
                "return_urls" => Value::Array(vec![]),
                "color" => "#0b5fff".into(),
                _ => "en".into(),
            };
        }
        assert!(serde_json::from_value::<Profile>(profile).is_ok());
    }
}
