//! The authentication context class that a sign-in reached, and the classes that a portal insists
//! on (OpenID Connect Core, sections 2 and 5.5.1.1).

use super::{Acceptance, Mfa, Progress, Role, SignIn};
use crate::{Method, values::named::named};

/// The class that a sign-in reached, weakest first. The names are those of the claim `acr`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReachedAcr {
    /// The password alone: nothing was asked for now.
    None,
    Bypass,
    Recovery,
    /// An emailed code in place of the app's.
    Fallback,
    /// A code that was sent.
    Delivered,
    App,
    Passkey,
}

named! {
    ReachedAcr {
        None: "urn:portcullis:acr:none", Bypass: "urn:portcullis:acr:bypass",
        Recovery: "urn:portcullis:acr:recovery", Fallback: "urn:portcullis:acr:fallback",
        Delivered: "urn:portcullis:acr:delivered", App: "urn:portcullis:acr:app",
        Passkey: "urn:portcullis:acr:passkey",
    }
}

/// The classes of which a sign-in has to reach one, or else it ends without success. An empty list
/// accepts every class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EssentialAcr(Vec<ReachedAcr>);

impl EssentialAcr {
    pub fn of(classes: impl IntoIterator<Item = ReachedAcr>) -> Self {
        let mut each = vec![];
        for class in classes {
            if !each.contains(&class) {
                each.push(class);
            }
        }
        Self(each)
    }

    pub fn as_slice(&self) -> &[ReachedAcr] {
        &self.0
    }

    pub fn is_met(&self, reached: ReachedAcr) -> bool {
        self.0.is_empty() || self.0.contains(&reached)
    }
}

impl Acceptance {
    /// Returns the class that it reached. The earlier proof of a trusted browser counts for what it
    /// was.
    pub const fn acr(&self) -> ReachedAcr {
        let Some(method) = self.method else {
            return match self.mfa {
                Mfa::Bypass => ReachedAcr::Bypass,
                Mfa::Done | Mfa::Skipped | Mfa::NotRequired | Mfa::TrustedBrowser | Mfa::Grace => {
                    ReachedAcr::None
                }
            };
        };
        match self.role {
            Some(Role::Fallback) => ReachedAcr::Fallback,
            Some(
                Role::Bound
                | Role::Old
                | Role::Directory
                | Role::Enrol
                | Role::First
                | Role::Recovery,
            )
            | None => match method {
                Method::AuthenticatorApp => ReachedAcr::App,
                Method::Email | Method::Sms => ReachedAcr::Delivered,
                Method::Passkey => ReachedAcr::Passkey,
                Method::RecoveryCode => ReachedAcr::Recovery,
            },
        }
    }
}

impl SignIn {
    /// Returns the acceptance, if it was begun by OpenID Connect and met what is essential.
    pub fn met_essential(&self) -> Option<Acceptance> {
        let essential = self.oidc.as_ref()?;
        match self.progress {
            Progress::Done(acceptance) if essential.is_met(acceptance.acr()) => Some(acceptance),
            Progress::Done(_) | Progress::Open | Progress::MayEnrol | Progress::Dead => None,
        }
    }

    /// Returns true if it was begun by OpenID Connect, and ended with less than what is essential.
    pub fn is_unmet(&self) -> bool {
        match self.progress {
            Progress::Done(_) => self.oidc.is_some() && self.met_essential().is_none(),
            Progress::Open | Progress::MayEnrol | Progress::Dead => false,
        }
    }
}
