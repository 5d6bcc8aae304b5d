//! The headers and cookies that all pages share.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, request::Parts};
use portcullis_domain::{
    Locale, Named, PortalId,
    portal::{Logo, LogoName, Profile},
};
use portcullis_messages::catalogue::preferred;

/// The URL outside this service that a page may lead to.
#[derive(Clone, Debug, Default)]
pub struct Reachable {
    /// The URL to which a form may redirect: browsers apply `form-action` to redirects, too.
    pub returns_to: Option<String>,
}

/// Makes a page that allows no foreign scripts or styles, and no frames, referrers or caching.
pub fn page(status: StatusCode, html: String, reach: &Reachable) -> Response {
    let mut response = (status, html).into_response();
    let headers = response.headers_mut();
    set(headers, header::CONTENT_TYPE, "text/html; charset=utf-8");
    protect(headers, reach);
    response
}

/// Redirects to another URL, which the browser fetches with GET (RFC 9110, section 15.4.4).
pub fn see_other(url: &str, reach: &Reachable) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    set(headers, header::LOCATION, url);
    protect(headers, reach);
    response
}

/// Has the browser send the same form to another URL (RFC 9110, section 15.4.8).
pub fn send_again(url: &str, reach: &Reachable) -> Response {
    let mut response = see_other(url, reach);
    *response.status_mut() = StatusCode::TEMPORARY_REDIRECT;
    response
}

/// Returns the path of a portal's logo, if it has one.
pub fn logo_path(portal: &PortalId, profile: &Profile) -> Option<String> {
    let name = LogoName { portal: portal.clone(), id: profile.logo? };
    Some(format!("/prompt/logo/{name}"))
}

/// Makes the answer with a logo. Its URL never shows another one, so browsers may keep it for a
/// year; opened as a page, it runs nothing.
pub fn logo(logo: &Logo) -> Response {
    let headers = [
        (header::CONTENT_TYPE, logo.format().name()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, logo.bytes().to_vec()).into_response()
}

/// Makes a style sheet or script, which browsers may cache for ten minutes.
pub fn asset(kind: &'static str, body: String) -> Response {
    let headers: [(HeaderName, &str); 2] =
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=600")];
    (headers, body).into_response()
}

#[must_use]
pub fn with_cookie(mut answer: Response, cookie: &str) -> Response {
    // A cookie made here is ASCII.
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}

pub fn protect(headers: &mut HeaderMap, reach: &Reachable) {
    let origin = reach.returns_to.as_deref().map(origin).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self' {origin}; \
         base-uri 'none'; frame-ancestors 'none'"
    );
    set(headers, header::CONTENT_SECURITY_POLICY, &policy);
    set(headers, header::X_FRAME_OPTIONS, "DENY");
    set(headers, header::REFERRER_POLICY, "no-referrer");
    set(headers, header::CACHE_CONTROL, "no-store");
    set(headers, header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    set(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
}

/// Returns the value of a cookie (RFC 6265, section 5.4).
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let given = headers.get_all(header::COOKIE).iter();
    let mut pairs = given.filter_map(|value| value.to_str().ok()).flat_map(|v| v.split("; "));
    pairs.find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// Returns the language that a browser asks for, if there are texts in it.
pub fn language(headers: &HeaderMap) -> Option<Locale> {
    let values = headers.get_all(header::ACCEPT_LANGUAGE).iter();
    let values: Vec<&str> = values.filter_map(|value| value.to_str().ok()).collect();
    preferred(&values.join(","))
}

/// Returns true if a program fetches a page before a person asks for it: a link preview, a mail
/// scanner, or a browser that prefetches.
pub fn is_prefetch(parts: &Parts) -> bool {
    let says = |name: &str, word: &str| {
        let mut values = parts.headers.get_all(name).iter();
        values
            .any(|value| value.to_str().is_ok_and(|text| text.to_ascii_lowercase().contains(word)))
    };
    parts.method == Method::HEAD
        || says("sec-purpose", "prefetch")
        || says("sec-purpose", "prerender")
        || says("purpose", "prefetch")
        || says("x-moz", "prefetch")
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    // The values are ASCII: parsed URLs, and our own words.
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// Returns the scheme, host and port of a URL.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = url.get(host..).and_then(|rest| rest.find(['/', '?', '#']));
    end.and_then(|end| url.get(..host + end)).unwrap_or(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_may_lead_back_to_the_origin_of_the_return_url_alone() {
        for (url, wanted) in [
            ("https://a.example/back?x=1", "https://a.example"),
            ("http://127.0.0.1:3000/back", "http://127.0.0.1:3000"),
            ("https://a.example", "https://a.example"),
            ("https://a.example?x", "https://a.example"),
        ] {
            assert_eq!(origin(url), wanted);
        }
    }
}
