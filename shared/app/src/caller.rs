//! Callers, and the portals that admit them.

use portcullis_domain::{
    DecisionContext, Locale, Portal, PortalId, Refusal, Timestamp, TransactionText, User,
};

/// Someone who acts in one portal. Every key of the table is made from this portal: that of the API
/// key or the session, or on the prompt that of the sign-in id, whose tag is checked.
pub trait Caller: Sync {
    fn portal(&self) -> &PortalId;

    /// Lets the caller in, now that the portal is read.
    fn admit(&self, portal: Option<&Portal>, now: Timestamp) -> Result<(), Refusal>;

    /// The host that a browser calls on its own, if it does so by TLS.
    fn browser_host(&self) -> Option<&str> {
        None
    }

    /// Lets the caller act on this user, now that the user is read too; a portal's back end may act
    /// on each of its own.
    fn admit_to(&self, _: &DecisionContext<'_>, _: Option<&User>) -> Result<(), Refusal> {
        Ok(())
    }

    /// The language that the caller's browser asks for. It counts if neither the user nor the
    /// portal has one.
    fn asked_language(&self) -> Option<&Locale> {
        None
    }

    /// The text that the caller hands over, for the user to confirm.
    fn text(&self) -> Option<&TransactionText> {
        None
    }

    /// Returns true if the caller shows sign-ins to their users, and so gets the sign-in with a
    /// refusal, too.
    fn shows_sign_ins(&self) -> bool {
        false
    }

    /// The id of the API key that the caller came with.
    fn key(&self) -> Option<&str> {
        None
    }
}

/// A caller that hands over the text for the user to confirm, with each call that shows or sends
/// it.
#[derive(Debug)]
pub struct WithText<'a, C> {
    pub caller: &'a C,
    pub text: Option<TransactionText>,
}

impl<C: Caller> Caller for WithText<'_, C> {
    fn portal(&self) -> &PortalId {
        self.caller.portal()
    }

    fn admit(&self, portal: Option<&Portal>, now: Timestamp) -> Result<(), Refusal> {
        self.caller.admit(portal, now)
    }

    fn browser_host(&self) -> Option<&str> {
        self.caller.browser_host()
    }

    fn admit_to(&self, context: &DecisionContext<'_>, user: Option<&User>) -> Result<(), Refusal> {
        self.caller.admit_to(context, user)
    }

    fn asked_language(&self) -> Option<&Locale> {
        self.caller.asked_language()
    }

    fn text(&self) -> Option<&TransactionText> {
        self.text.as_ref().or_else(|| self.caller.text())
    }

    fn shows_sign_ins(&self) -> bool {
        self.caller.shows_sign_ins()
    }

    fn key(&self) -> Option<&str> {
        self.caller.key()
    }
}

/// Returns the language to write to a caller's user in.
pub(crate) fn language<'a>(
    caller: &'a impl Caller,
    portal: &'a Portal,
    user: Option<&'a User>,
) -> Option<&'a Locale> {
    portal.locale_for(user).or_else(|| caller.asked_language())
}
