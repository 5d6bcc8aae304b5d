//! The cookie that a browser keeps a session of the console in.

use http::request::Parts;
use portcullis_keys::SessionSecret;

use crate::page;

/// The name of the cookie.
const COOKIE: &str = "__Host-console";

/// The cookie of a new session.
pub fn signed_in_cookie(secret: &SessionSecret) -> String {
    format!("{COOKIE}={}; Path=/; Max-Age=28800; Secure; HttpOnly; SameSite=Lax", secret.expose())
}

/// The cookie of no session.
pub fn signed_out_cookie() -> String {
    format!("{COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax")
}

/// Returns the secret of the session whose cookie a browser sent.
pub fn session_of(parts: &Parts) -> Option<SessionSecret> {
    SessionSecret::parse(page::cookie(&parts.headers, COOKIE)?).ok()
}
