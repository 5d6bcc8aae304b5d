//! The way back to a page after its session ended: the login is told the page and the reason.

use http::{HeaderMap, Method, Uri};
use portcullis_app::AppContext;
use portcullis_domain::{admin::SessionEnd, percent_encoded};
use portcullis_http::page;

use crate::{guard::FormSession, see_other};

/// A page of the console to return to after signing in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next(String);

/// The cookie that carries the page through the prompt.
const COOKIE: &str = "__Host-console-next";
/// Seconds for which it does: as long as a sign-in is open.
const SECONDS: i64 = portcullis_domain::limits::SIGN_IN_SECONDS;
/// The most bytes of a page's URL.
const LONGEST: usize = 2_000;

/// The pages that are a step of signing in or the answer to a form, and have nothing to return to.
const NEVER: [&str; 6] = ["back", "done", "proof", "sign-in", "sign-out", "style.css"];
/// The last segments of URLs that take forms and show no page.
const ACTS: [&str; 7] = ["check", "end", "end-others", "find", "sign-out", "test", "verify"];

impl Next {
    /// Reads the URL of a page, with its query: a path of the console and nothing else, so that no
    /// one can make the login lead elsewhere.
    pub fn parse(text: &str) -> Option<Self> {
        let is_ours = |b: u8| b.is_ascii_alphanumeric() || b"-._~/%?=&".contains(&b);
        let path = text.split('?').next().unwrap_or_default();
        let rest = path.strip_prefix("/console/")?;
        let mut segments = rest.split('/');
        // Browsers read encoded dots as dots.
        let moves = |segment: &str| {
            let plain = segment.to_ascii_lowercase().replace("%2e", ".");
            segment.is_empty() || plain == "." || plain == ".."
        };
        let is_page = text.len() <= LONGEST
            && text.bytes().all(is_ours)
            && !segments.clone().any(moves)
            && !segments.any(|segment| NEVER.contains(&segment));
        is_page.then(|| Self(text.to_owned()))
    }

    /// Returns the page of a request: its own, or for a form the one with its fields.
    fn of_request(method: &Method, uri: &Uri) -> Option<Self> {
        if *method == Method::GET {
            return Self::parse(uri.path_and_query()?.as_str());
        }
        let path = uri.path();
        let page = match path.rsplit_once('/') {
            Some((above, last)) if ACTS.contains(&last) => above,
            Some(_) | None => path,
        };
        let is_session = page.starts_with("/console/sessions/");
        Self::parse(if is_session { "/console/sessions" } else { page })
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the page that the browser keeps while its admin is at the prompt.
    pub fn kept(headers: &HeaderMap) -> Option<Self> {
        page::cookie(headers, COOKIE).and_then(Self::parse)
    }

    /// Returns the cookie that keeps a page, or forgets the one before.
    pub fn cookie(next: Option<&Self>) -> String {
        let (value, seconds) = next.map_or(("", 0), |next| (next.as_str(), SECONDS));
        format!("{COOKIE}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax")
    }

    /// Returns the URL of the login that leads here afterwards.
    pub fn login(next: Option<&Self>) -> String {
        login(next, None)
    }
}

fn login(next: Option<&Next>, why: Option<SessionEnd>) -> String {
    let why = why.map(|why| format!("why={}", why.as_str()));
    let next = next.map(|next| format!("next={}", percent_encoded(next.as_str())));
    let query: Vec<String> = why.into_iter().chain(next).collect();
    match query.as_slice() {
        [] => "/console/sign-in".to_owned(),
        query => format!("/console/sign-in?{}", query.join("&")),
    }
}

/// Leads to the login, which says why the session ended, if there was one.
pub(crate) async fn to_login(
    context: &AppContext,
    session: Option<&FormSession>,
    method: &Method,
    uri: &Uri,
) -> axum::response::Response {
    let why = match session {
        Some(session) => context.store().admin(session.locator).await.ok().flatten(),
        None => None,
    };
    let why = why
        .zip(session)
        .and_then(|(stored, session)| stored.value.end_of_session(&session.hash, context.now()));
    see_other(&login(Next::of_request(method, uri).as_ref(), why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s22_the_login_leads_to_pages_of_the_console_and_nowhere_else() {
        for page in [
            "/console/portals",
            "/console/portals/acme/users/AAAA-_",
            "/console/portals/acme/activity?filter=abc&cursor=d%2Fe",
            "/console/admins/jo%40acme",
        ] {
            assert_eq!(Next::parse(page).as_ref().map(Next::as_str), Some(page));
        }
        let long = format!("/console/{}", "x".repeat(LONGEST));
        for other in [
            "",
            "/",
            "/console",
            "/console/",
            "//evil.example",
            "/console//evil.example",
            "/\\evil.example",
            "/console/\\evil.example",
            "https://evil.example/console/portals",
            "/consoles/portals",
            "/console/../prompt/x",
            "/console/%2e%2E/prompt/x",
            "/console/./portals",
            "/console/portals#x",
            "/console/portals\r\nset-cookie: a=b",
            "/console/portals; Domain=evil.example",
            "javascript:alert(1)",
            "/console/sign-in?next=x",
            "/console/sign-out",
            "/console/back?result_code=x",
            "/console/second-step/back",
            "/console/done/AAAA",
            "/console/proof",
            &long,
        ] {
            assert_eq!(Next::parse(other), None, "{other}");
        }
    }

    #[test]
    fn a_form_leads_back_to_the_page_that_has_it() {
        for (sent, page) in [
            ("/console/portals/acme/policy", Some("/console/portals/acme/policy")),
            ("/console/portals/acme/find", Some("/console/portals/acme")),
            ("/console/settings/test", Some("/console/settings")),
            ("/console/address/verify", Some("/console/address")),
            ("/console/sessions/AAAA/end", Some("/console/sessions")),
            ("/console/sessions/end-others", Some("/console/sessions")),
            ("/console/sign-out", None),
            ("/console/proof", None),
        ] {
            let next = Next::of_request(&Method::POST, &Uri::from_static(sent));
            assert_eq!(next.as_ref().map(Next::as_str), page, "{sent}");
        }
        let uri = Uri::from_static("/console/portals?cursor=x");
        let next = Next::of_request(&Method::GET, &uri);
        assert_eq!(next.as_ref().map(Next::as_str), Some("/console/portals?cursor=x"));
        assert_eq!(
            login(next.as_ref(), None),
            "/console/sign-in?next=%2Fconsole%2Fportals%3Fcursor%3Dx"
        );
        let idle = login(next.as_ref(), Some(SessionEnd::Idle));
        assert!(idle.starts_with("/console/sign-in?why=idle&next="), "{idle}");
        assert_eq!(login(None, None), "/console/sign-in");
    }
}
