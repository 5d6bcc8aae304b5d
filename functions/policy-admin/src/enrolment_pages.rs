//! The pages where users set up passkeys, which a policy may need.

use portcullis_app::AppContext;
use portcullis_domain::{Portal, Refusal, Settings};
use portcullis_http::Problem;

/// The settings and the address that say where passkeys can be made.
pub(crate) struct EnrolmentPages<'a> {
    context: &'a AppContext,
    settings: Settings,
}

impl<'a> EnrolmentPages<'a> {
    pub(crate) async fn read(context: &'a AppContext) -> Result<Self, Problem> {
        let settings = context.store().settings().await?;
        Ok(Self { context, settings: settings.map(|stored| stored.value).unwrap_or_default() })
    }

    /// Refuses a policy of passkeys alone that nobody could set up.
    pub(crate) fn check(&self, portal: &Portal) -> Result<(), Refusal> {
        Ok(portal.check_enrolment(&self.settings, self.context.service())?)
    }

    /// Refuses a change after which nobody could set up anything any more. What was so before stays
    /// editable.
    pub(crate) fn check_change(&self, before: &Portal, after: &Portal) -> Result<(), Refusal> {
        self.check(before).map_or(Ok(()), |()| self.check(after))
    }
}
