//! The eight presets, as the documentation describes them.

/// A way to prove who is signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// An authenticator app.
    App,
    /// A code by email.
    Email,
    /// A code by text message.
    Sms,
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 3] = [Self::App, Self::Email, Self::Sms];

    /// The word for it on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::App => "authenticator_app",
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }
}

/// A policy to start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// An app for everyone.
    App,
    /// An app, or email.
    AppOrEmail,
    /// Email or text message, to the contact record; never off.
    AlwaysOn,
    /// The user's own number.
    OwnNumber,
    /// The same, or none.
    OwnNumberOrNone,
    /// The user's own address.
    OwnAddress,
    /// The same, or none.
    OwnAddressOrNone,
    /// An app, which a mailed link stands before after a reset.
    Managed,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Self; 8] = [
        Self::App,
        Self::AppOrEmail,
        Self::AlwaysOn,
        Self::OwnNumber,
        Self::OwnNumberOrNone,
        Self::OwnAddress,
        Self::OwnAddressOrNone,
        Self::Managed,
    ];

    /// Its name in the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::App => "authenticator_app",
            Self::AppOrEmail => "authenticator_app_with_email",
            Self::AlwaysOn => "always_on",
            Self::OwnNumber => "sms_enrolment",
            Self::OwnNumberOrNone => "sms_enrolment_opt_out",
            Self::OwnAddress => "email_enrolment",
            Self::OwnAddressOrNone => "email_enrolment_opt_out",
            Self::Managed => "managed",
        }
    }

    /// What users set up themselves.
    pub(crate) const fn enrols(self) -> Option<Method> {
        match self {
            Self::App | Self::AppOrEmail | Self::Managed => Some(Method::App),
            Self::OwnNumber | Self::OwnNumberOrNone => Some(Method::Sms),
            Self::OwnAddress | Self::OwnAddressOrNone => Some(Method::Email),
            Self::AlwaysOn => None,
        }
    }

    /// Codes go where the contact record says.
    pub(crate) const fn uses_record(self) -> bool {
        matches!(self, Self::AlwaysOn)
    }

    /// Email may stand in for the app, and become the default.
    pub(crate) const fn falls_back(self) -> bool {
        matches!(self, Self::AppOrEmail)
    }

    /// Users may decline.
    pub(crate) const fn may_decline(self) -> bool {
        matches!(self, Self::OwnNumberOrNone | Self::OwnAddressOrNone)
    }

    /// It can be switched.
    pub(crate) const fn can_be_switched(self) -> bool {
        !matches!(self, Self::AlwaysOn)
    }

    /// Switched off, whoever has set something up is still asked.
    pub(crate) const fn asks_when_off(self) -> bool {
        matches!(self, Self::Managed)
    }

    /// Switched on again, everyone begins anew.
    pub(crate) const fn begins_anew(self) -> bool {
        matches!(
            self,
            Self::OwnNumber | Self::OwnNumberOrNone | Self::OwnAddress | Self::OwnAddressOrNone
        )
    }

    /// After a reset a mailed link comes first.
    pub(crate) const fn mails_link(self) -> bool {
        matches!(self, Self::Managed)
    }

    /// A method is one of the policy's.
    pub(crate) fn has(self, method: Method) -> bool {
        self.enrols() == Some(method) || (self.uses_record() && method != Method::App)
    }
}
