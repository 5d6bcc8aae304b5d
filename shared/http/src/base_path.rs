//! The part of a path that stands before the routes: the name of a stage, or the path of an API
//! mapping.
//!
//! A function answers the rest, and everything that leads back to the service gets the part again:
//! the links and forms of pages, redirects, cookies and `prompt_url`.

use axum::response::Response;
use http::{HeaderMap, HeaderValue, header};
use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpRequest;

/// The attributes of our pages that hold a URL. Text that people typed holds no quotation mark,
/// because templates escape it, so these are found in markup only.
const LINKS: [&str; 3] = [" href=\"/", " action=\"/", " src=\"/"];

/// The base path of the service; empty at the root of a domain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct BasePath(String);

impl BasePath {
    /// Divides the path of an event into the base path and the path of a route.
    pub(crate) fn split(event: &ApiGatewayV2httpRequest) -> (Self, String) {
        let raw = event.raw_path.as_deref().unwrap_or_default();
        let path = routed(event).filter(|path| raw.ends_with(path.as_str()));
        let path = path.unwrap_or_else(|| without_stage(event, raw).to_owned());
        // Behind an API mapping, the context may have the whole path where the event has not.
        let called = event.request_context.http.path.as_deref().unwrap_or(raw);
        let base = called.strip_suffix(path.as_str()).or(raw.strip_suffix(path.as_str()));
        (Self(base.unwrap_or_default().to_owned()), path)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Puts the base path before the redirect and the paths of the cookies of a response.
    pub(crate) fn lead_headers(&self, response: &mut Response) {
        if self.0.is_empty() {
            return;
        }
        let headers = response.headers_mut();
        let location = headers.get(header::LOCATION).and_then(|value| value.to_str().ok());
        let location = location.filter(|url| url.starts_with('/') && !url.starts_with("//"));
        let location = location.map(|url| format!("{}{url}", self.0));
        if let Some(Ok(location)) = location.map(|url| HeaderValue::from_str(&url)) {
            headers.insert(header::LOCATION, location);
        }
        for cookie in take_cookies(headers) {
            let led = cookie.to_str().ok().map(|text| self.lead_cookie(text));
            let led = led.and_then(|text| HeaderValue::from_str(&text).ok()).unwrap_or(cookie);
            headers.append(header::SET_COOKIE, led);
        }
    }

    /// A cookie for the whole host stays one: browsers take one with the prefix `__Host-` for no
    /// other path.
    fn lead_cookie(&self, cookie: &str) -> String {
        match cookie.split_once("; Path=/") {
            Some((start, rest)) if !rest.is_empty() && !rest.starts_with(';') => {
                format!("{start}; Path={}/{rest}", self.0)
            }
            Some(_) | None => cookie.to_owned(),
        }
    }

    /// Puts the base path before the links of a page.
    pub(crate) fn lead_page(&self, html: String) -> String {
        if self.0.is_empty() {
            return html;
        }
        LINKS.iter().fold(html, |html, link| {
            let (attribute, _) = link.split_at(link.len() - 1);
            html.replace(link, &format!("{attribute}{}/", self.0))
        })
    }
}

fn take_cookies(headers: &mut HeaderMap) -> Vec<HeaderValue> {
    let cookies = headers.get_all(header::SET_COOKIE).iter().cloned().collect();
    headers.remove(header::SET_COOKIE);
    cookies
}

/// Returns the path of the route that the gateway chose, with its variables filled in.
fn routed(event: &ApiGatewayV2httpRequest) -> Option<String> {
    let (_, route) = event.route_key.as_deref()?.split_once(' ')?;
    let segments = route.split('/').map(|segment| {
        let name = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        match name {
            Some(name) => event.path_parameters.get(name.trim_end_matches('+')).map(String::as_str),
            None => Some(segment),
        }
    });
    Some(segments.collect::<Option<Vec<&str>>>()?.join("/"))
}

/// Returns a path without the name of its stage, which it begins with at the address that AWS makes
/// unless the stage is the default.
fn without_stage<'a>(event: &ApiGatewayV2httpRequest, path: &'a str) -> &'a str {
    let stage = event.request_context.stage.as_deref().filter(|stage| *stage != "$default");
    let rest = stage.and_then(|stage| path.strip_prefix('/')?.strip_prefix(stage));
    rest.filter(|rest| rest.starts_with('/')).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::IntoResponse as _;
    use serde_json::json;

    fn split(stage: &str, raw: &str, called: &str, route: &str, proxy: &str) -> (String, String) {
        let event = json!({
            "routeKey": route,
            "rawPath": raw,
            "pathParameters": { "proxy": proxy, "id": "si_1" },
            "requestContext": { "stage": stage, "http": { "method": "GET", "path": called } },
        });
        let (base, path) = BasePath::split(&serde_json::from_value(event).unwrap());
        (base.0, path)
    }

    #[test]
    fn v20_what_stands_before_the_route_is_the_base_path() {
        let health = "ANY /v1/health";
        for (stage, raw, called, route, proxy, base, path) in [
            ("$default", "/v1/health", "/v1/health", health, "", "", "/v1/health"),
            ("prod", "/prod/v1/health", "/prod/v1/health", health, "", "/prod", "/v1/health"),
            ("$default", "/mfa/v1/health", "/mfa/v1/health", health, "", "/mfa", "/v1/health"),
            ("$default", "/v1/health", "/mfa/v1/health", health, "", "/mfa", "/v1/health"),
            ("prod", "/a/b/v1/health", "/a/b/v1/health", health, "", "/a/b", "/v1/health"),
            // A domain of its own has no stage in its addresses.
            ("prod", "/v1/health", "/v1/health", health, "", "", "/v1/health"),
            ("prod", "/prod/v1/health", "/v1/health", health, "", "", "/v1/health"),
            // A stage may have the name of a route's first segment.
            ("v1", "/v1/health", "/v1/health", health, "", "", "/v1/health"),
            ("v1", "/v1/v1/health", "/v1/v1/health", health, "", "/v1", "/v1/health"),
            (
                "prod",
                "/prod/console/portals",
                "/prod/console/portals",
                "ANY /console/{proxy+}",
                "portals",
                "/prod",
                "/console/portals",
            ),
            (
                "$default",
                "/console/console/console",
                "/console/console/console",
                "ANY /console/{proxy+}",
                "console",
                "/console",
                "/console/console",
            ),
            ("$default", "/console/", "/console/", "ANY /console/{proxy+}", "", "", "/console/"),
            (
                "$default",
                "/mfa/prompt/si_1/verify",
                "/mfa/prompt/si_1/verify",
                "ANY /prompt/{id}/verify",
                "",
                "/mfa",
                "/prompt/si_1/verify",
            ),
            // A gateway whose one route is the default.
            ("prod", "/prod/v1/health", "/prod/v1/health", "$default", "", "/prod", "/v1/health"),
            ("prod", "/product/x", "/product/x", "$default", "", "", "/product/x"),
        ] {
            let wanted = (base.to_owned(), path.to_owned());
            assert_eq!(split(stage, raw, called, route, proxy), wanted, "{stage} {raw} {called}");
        }
    }

    #[test]
    fn v20_what_leads_back_to_the_service_gets_the_base_path() {
        let base = BasePath("/mfa".to_owned());
        let led = |location: &'static str, cookie: &'static str| {
            let headers = [(header::LOCATION, location), (header::SET_COOKIE, cookie)];
            let mut response = headers.into_response();
            base.lead_headers(&mut response);
            let text = |name| response.headers()[name].to_str().unwrap().to_owned();
            (text(header::LOCATION), text(header::SET_COOKIE))
        };
        for (location, location_wanted, cookie, cookie_wanted) in [
            (
                "/console/",
                "/mfa/console/",
                "__Host-a=1; Path=/; Secure",
                "__Host-a=1; Path=/; Secure",
            ),
            (
                "https://a.example/b",
                "https://a.example/b",
                "a=1; Path=/x; Secure",
                "a=1; Path=/mfa/x; Secure",
            ),
            ("//a.example/b", "//a.example/b", "a=1; Path=/", "a=1; Path=/"),
        ] {
            let wanted = (location_wanted.to_owned(), cookie_wanted.to_owned());
            assert_eq!(led(location, cookie), wanted);
        }
        let page = "<a href=\"/console\">x</a><form method=\"post\" action=\"/prompt/si\"><script src=\"/prompt/enhance.js\">\
                    <a href=\"https://a.example/\"><input value=\"/console\"> href=&#34;/x";
        let wanted = "<a href=\"/mfa/console\">x</a><form method=\"post\" action=\"/mfa/prompt/si\"><script src=\"/mfa/prompt/enhance.js\">\
                      <a href=\"https://a.example/\"><input value=\"/console\"> href=&#34;/x";
        assert_eq!(base.lead_page(page.to_owned()), wanted);
        assert_eq!(BasePath::default().lead_page(page.to_owned()), page);
    }
}
