//! The sentences of the activity log, and of malformed requests. Those of refusals are in
//! `problem`, and those that users read are in the catalogue of `messages`.

mod activity;
mod method;
mod next_step;
mod sentence;

pub use method::method_words;
pub use sentence::Sentence;

pub(crate) use activity::activity;
pub(crate) use next_step::{
    LOCKED_PASSKEY_REASON, LOCKED_REASON, LOCKED_RECOVERY_REASON, rule_reason,
};

pub(crate) const NOT_BY_THE_EDGE: &str =
    "This is not the address of the service. Call it at its own domain.";
pub(crate) const OIDC_NEEDS_DOMAIN: &str = "OpenID Connect needs an https issuer, and this deployment has none. Deploy it with a domain of its own (the parameter DomainName), or set the parameter Issuer to the https URL that it is reached at.";
pub(crate) const UNKNOWN_ROUTE: &str =
    "There is nothing at this address. GET /v1/openapi.json lists the calls.";
pub(crate) const METHOD_NOT_ALLOWED: &str =
    "This address has no such method. GET /v1/openapi.json lists the calls.";
pub(crate) const NOT_AN_EVENT: &str = "This function answers HTTP API events of payload format 2.0. Check the integration's payload format version.";
pub(crate) const BAD_PATH: &str = "A path has only letters, digits, \"-\", \".\", \"_\" and \"~\" between its slashes. Send ids of users in the body, or in the query as id.";
pub(crate) const BAD_QUERY: &str = "The query has characters that a URL cannot hold. Percent-encode them, such as %20 for a blank.";
pub(crate) const WRONG_QUERY: &str =
    "The query has an unknown or malformed parameter. GET /v1/openapi.json lists the calls.";
pub(crate) const QUERY_ID_MISSING: &str = "Name the user in the query, as id=..., percent-encoded.";
pub(crate) const QUERY_ID_ALONE: &str =
    "The query names the user once, as id, and has nothing else.";
pub(crate) const QUERY_BROWSERS: &str =
    "The query names the user once, as id, may name one browser, as browser, and has nothing else.";
pub(crate) const QUERY_ID_PLUS: &str =
    "A plus in the query's id can mean a plus or a blank. Send %2B or %20.";
pub(crate) const QUERY_FIND_PLUS: &str =
    "A plus in the query's find can mean a plus or a blank. Send %2B or %20.";
pub(crate) const QUERY_ID_UTF8: &str = "The query's id must be UTF-8, percent-encoded.";
pub(crate) const ID_IN_QUERY_AND_BODY: &str =
    "This call names the user in the body alone. Leave id out of the query.";
pub(crate) const BAD_HOST: &str =
    "The Host header must name a host and perhaps a port, and nothing else.";
pub(crate) const BAD_COOKIES: &str = "The Cookie header has characters that a header cannot hold.";
pub(crate) const KEY_MISSING: &str = "Send the portal's API key as \"Authorization: Bearer pcl_...\". A missing, mistyped, expired or revoked key is refused, and so is one from an address outside its ranges.";
pub(crate) const TOO_LARGE: &str =
    "The request body is larger than 16 KiB. Send only the documented fields.";
