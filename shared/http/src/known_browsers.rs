//! The cookie of the tokens that say of which users a browser is known.

use http::HeaderMap;
use portcullis_domain::{BrowserToken, limits};

use crate::page;

/// Holds the tokens, with a dot between two.
const COOKIE: &str = "__Host-known";

/// Returns the tokens that a browser brought. What cannot be read makes it a stranger.
pub fn of(headers: &HeaderMap) -> Vec<BrowserToken> {
    let tokens = page::cookie(headers, COOKIE).unwrap_or_default().split('.');
    let tokens = tokens.filter_map(|text| BrowserToken::parse(text).ok());
    tokens.take(limits::KNOWN_USERS_PER_BROWSER).collect()
}

/// Returns the cookie that makes the browser known to these users.
pub fn cookie(tokens: &[BrowserToken]) -> String {
    let tokens: Vec<String> = tokens.iter().map(BrowserToken::expose).collect();
    let (tokens, seconds) = (tokens.join("."), limits::KNOWN_BROWSER_SECONDS);
    format!("{COOKIE}={tokens}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax")
}
