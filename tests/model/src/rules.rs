//! The presets, as the documentation describes them.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    App,
    Email,
    Sms,
    Passkey,
}

impl Method {
    pub const ALL: [Self; 4] = [Self::App, Self::Email, Self::Sms, Self::Passkey];

    pub const fn word(self) -> &'static str {
        match self {
            Self::App => "authenticator_app",
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Passkey => "passkey",
        }
    }

    /// True if its codes go to a destination.
    pub(crate) const fn is_sent(self) -> bool {
        match self {
            Self::Email | Self::Sms => true,
            Self::App | Self::Passkey => false,
        }
    }
}

/// The least that a step-up asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acr {
    Delivered,
    App,
    Passkey,
}

impl Acr {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::App => "app",
            Self::Passkey => "passkey",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordProof {
    OldPassword,
    Email,
    Sms,
    Support,
}

impl PasswordProof {
    pub const fn word(self) -> &'static str {
        match self {
            Self::OldPassword => "old_password",
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Support => "support",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    App,
    AppOrEmail,
    AlwaysOn,
    OwnNumber,
    OwnNumberOrNone,
    OwnAddress,
    OwnAddressOrNone,
    /// After a reset, a mailed link comes before the app.
    Managed,
    /// An app, with everything that lets users help themselves.
    Modern,
    /// The same with passkeys, which come first.
    PasskeyFirst,
}

impl Preset {
    pub const ALL: [Self; 10] = [
        Self::App,
        Self::AppOrEmail,
        Self::AlwaysOn,
        Self::OwnNumber,
        Self::OwnNumberOrNone,
        Self::OwnAddress,
        Self::OwnAddressOrNone,
        Self::Managed,
        Self::Modern,
        Self::PasskeyFirst,
    ];

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
            Self::Modern => "app_modern",
            Self::PasskeyFirst => "passkey_first",
        }
    }

    /// Returns the method beside passkeys that users enrol themselves.
    pub(crate) const fn enrols(self) -> Option<Method> {
        match self {
            Self::App | Self::AppOrEmail | Self::Managed | Self::Modern | Self::PasskeyFirst => {
                Some(Method::App)
            }
            Self::OwnNumber | Self::OwnNumberOrNone => Some(Method::Sms),
            Self::OwnAddress | Self::OwnAddressOrNone => Some(Method::Email),
            Self::AlwaysOn => None,
        }
    }

    pub(crate) const fn uses_record(self) -> bool {
        matches!(self, Self::AlwaysOn)
    }

    pub(crate) const fn falls_back(self) -> bool {
        matches!(self, Self::AppOrEmail)
    }

    pub(crate) const fn may_decline(self) -> bool {
        matches!(self, Self::OwnNumberOrNone | Self::OwnAddressOrNone)
    }

    pub(crate) const fn can_be_switched(self) -> bool {
        !matches!(self, Self::AlwaysOn)
    }

    /// True if enrolled users are still asked while the policy is off.
    pub(crate) const fn asks_when_off(self) -> bool {
        matches!(self, Self::Managed)
    }

    /// True if everyone enrols again after the policy was off.
    pub(crate) const fn begins_anew(self) -> bool {
        matches!(
            self,
            Self::OwnNumber | Self::OwnNumberOrNone | Self::OwnAddress | Self::OwnAddressOrNone
        )
    }

    pub(crate) const fn mails_link(self) -> bool {
        matches!(self, Self::Managed | Self::Modern | Self::PasskeyFirst)
    }

    /// True if users look after themselves, an emailed code comes before the first enrolment, and a
    /// new address waits for a day.
    pub(crate) const fn is_modern(self) -> bool {
        matches!(self, Self::Modern | Self::PasskeyFirst)
    }
}
