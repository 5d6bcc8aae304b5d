//! The secrets of one sign-in's prompt.

use super::way_back::WayBack;
use crate::{DecisionContext, KeyVersion, Refusal, SecretMac, SignInKey, User};

/// The secrets of one sign-in's prompt. They are derived and not stored, so that an item holds only
/// which key they are under; being set at all says that a browser has opened the prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Secret {
    /// The cookie of the browser that opened it first.
    Browser,
    /// The secret in its forms, so that no other site can post them.
    Form,
    /// The result code that the browser brings back to the portal.
    Result,
    /// The secret of an authorization code, which stands in for the result code if the portal uses
    /// OpenID Connect.
    Code,
}

impl Secret {
    pub(super) fn of(
        self,
        context: &DecisionContext<'_>,
        user: &User,
        key: SignInKey,
        version: KeyVersion,
    ) -> Result<SecretMac, Refusal> {
        // Tickets and bypass codes, which go the same way, hold no space.
        let word = match self {
            Self::Browser => "browser",
            Self::Form => "form",
            Self::Result => "result",
            Self::Code => "code",
        };
        Ok(context.keys.secret_mac(version, &user.id, &format!("{word} {key}"))?)
    }

    /// The secret that the browser brings to the portal.
    pub(super) const fn of_way_back(way_back: &WayBack) -> Self {
        match way_back {
            WayBack::Result => Self::Result,
            WayBack::Oidc(_) | WayBack::Unmet(_) => Self::Code,
        }
    }
}
