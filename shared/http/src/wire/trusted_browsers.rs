use portcullis_domain::{
    BrowserId, DecisionContext, Locale, Malformed, User, sign_in::ListedBrowser, user::Untrusted,
};
use portcullis_messages::device_name;
use serde::Serialize;
use utoipa::ToSchema;

/// A browser in which the user is not asked again for a while.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrustedBrowserView {
    /// Its id, which opens nothing.
    #[schema(example = "5tGdL2qWc0Y")]
    pub id: String,
    /// The name to show: its device.
    #[schema(example = "Chrome on Windows")]
    pub label: String,
    /// Unix time of the proof that earned the trust.
    pub since: i64,
    /// Unix time from which the user is asked in it again.
    pub until: i64,
}

impl TrustedBrowserView {
    pub(crate) fn of(browser: &ListedBrowser, locale: Option<&Locale>) -> Self {
        let ListedBrowser { id, device, since, until } = browser;
        Self {
            id: id.to_string(),
            label: device_name(locale, *device),
            since: since.unix(),
            until: until.unix(),
        }
    }

    /// Returns the browsers in which a user is not asked now, oldest first.
    pub(crate) fn all(
        context: &DecisionContext<'_>,
        user: &User,
        locale: Option<&Locale>,
    ) -> Vec<Self> {
        let browsers = ListedBrowser::all(context, user);
        browsers.iter().map(|browser| Self::of(browser, locale)).collect()
    }
}

/// Reads the browser that a request names; none means all of them.
pub(super) fn untrusted(browser: Option<&str>) -> Result<Untrusted, Malformed> {
    let browser = browser.map(BrowserId::parse).transpose()?;
    Ok(browser.map_or(Untrusted::All, Untrusted::One))
}
