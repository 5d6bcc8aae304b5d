//! The cookie with a session of the console.

use http::request::Parts;
use portcullis_keys::SessionSecret;

use crate::page;

const COOKIE: &str = "__Host-console";

pub fn signed_in_cookie(secret: &SessionSecret) -> String {
    format!("{COOKIE}={}; Path=/; Max-Age=28800; Secure; HttpOnly; SameSite=Lax", secret.expose())
}

pub fn signed_out_cookie() -> String {
    format!("{COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax")
}

pub fn session_of(parts: &Parts) -> Option<SessionSecret> {
    SessionSecret::parse(page::cookie(&parts.headers, COOKIE)?).ok()
}
