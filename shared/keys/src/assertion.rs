//! Our signed answer to a portal: a JWT (RFC 7519) with ES256 (RFC 7518, section 3.4), and the keys
//! to check it with.

use portcullis_domain::{
    Method, Named, Timestamp, limits,
    sign_in::{Acceptance, Mfa, Role, SignInView},
};
use serde::Serialize;

use crate::{KeyError, signing::Signer};

/// The claims of an assertion: those of RFC 7519, section 4.1, of OpenID Connect Core, section 2,
/// and our own.
#[derive(Debug, Serialize)]
pub struct Assertion<'a> {
    pub iss: &'a str,
    pub aud: &'a str,
    pub sub: &'a str,
    /// The portal's nonce, if it gave one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<&'a str>,
    pub jti: String,
    /// Seconds since the Unix epoch, like every moment here.
    pub iat: i64,
    pub nbf: i64,
    pub exp: i64,
    pub auth_time: i64,
    pub event: &'static str,
    /// Methods, by the names of RFC 8176.
    pub amr: Vec<&'static str>,
    pub acr: &'static str,
    pub mfa: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<&'static str>,
    pub reason: &'static str,
    pub generation: u32,
    /// Of a passkey: true if copies of it can lie on other devices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub synced: Option<bool>,
    /// The kinds of changes that the user made, if the event is `manage`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed: Option<Vec<&'static str>>,
    /// The SHA-256 of the text that the user confirmed, in base64url.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_sha256: Option<String>,
    /// True if the proof was of this text and of no other; absent without a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_bound: Option<bool>,
    /// The moment before which the portal should end the user's own sessions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sessions_not_before: Option<i64>,
}

/// A signed assertion and when it ends.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedAssertion {
    pub jwt: String,
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for SignedAssertion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SignedAssertion")
    }
}

impl<'a> Assertion<'a> {
    pub fn of(
        issuer: &'a str,
        view: &'a SignInView,
        acceptance: &Acceptance,
        issued_at: Timestamp,
    ) -> Self {
        let at = issued_at.unix();
        Self {
            iss: issuer,
            aud: view.id.portal.as_str(),
            sub: view.user.as_str(),
            nonce: Some(view.nonce.as_str()),
            jti: view.id.to_string(),
            iat: at,
            nbf: at,
            exp: at + limits::ASSERTION_SECONDS,
            auth_time: acceptance.proven_at.unwrap_or(acceptance.at).unix(),
            event: view.event.name(),
            amr: amr(acceptance),
            acr: acceptance.acr().name(),
            mfa: mfa(acceptance.mfa),
            method: acceptance.method.map(Method::as_str),
            reason: reason(acceptance),
            generation: acceptance.generation,
            synced: acceptance.passkey.map(|passkey| passkey.is_synced),
            changed: changed(view),
            text_sha256: view.text_hash.map(|hash| hash.to_string()),
            text_bound: view.text_hash.map(|_| acceptance.binds_text()),
            sessions_not_before: view.sessions_not_before.map(Timestamp::unix),
        }
    }

    pub(crate) fn sign(&self, signer: &Signer) -> Result<SignedAssertion, KeyError> {
        let expires_at = Timestamp::from_unix(self.exp);
        Ok(SignedAssertion { jwt: signer.sign(self)?, expires_at })
    }
}

fn changed(view: &SignInView) -> Option<Vec<&'static str>> {
    let kinds = || view.changed.iter().map(|kind| kind.name()).collect();
    (view.event.allows_changes() || !view.changed.is_empty()).then(kinds)
}

/// Returns the names of RFC 8176, section 2. Email has no value of its own there, and neither has a
/// recovery code, which is a code that is used once.
const fn amr_of(method: Method) -> &'static [&'static str] {
    match method {
        Method::AuthenticatorApp | Method::Email | Method::RecoveryCode => &["otp", "mfa"],
        Method::Sms => &["otp", "sms", "mfa"],
        Method::Passkey => &["pop", "mfa"],
    }
}

/// Returns the methods; `user` for a passkey whose authenticator checked who used it.
fn amr(acceptance: &Acceptance) -> Vec<&'static str> {
    let of_method = acceptance.method.map(amr_of).unwrap_or_default();
    let is_verified = acceptance.passkey.is_some_and(|passkey| passkey.is_user_verified);
    of_method.iter().copied().chain(is_verified.then_some("user")).collect()
}

/// Returns the word for how the user got in; the reason tells the two ways to skip apart.
fn mfa(mfa: Mfa) -> &'static str {
    match mfa {
        Mfa::Grace => Mfa::Skipped.name(),
        Mfa::Done | Mfa::Skipped | Mfa::NotRequired | Mfa::Bypass | Mfa::TrustedBrowser => {
            mfa.name()
        }
    }
}

const fn reason(acceptance: &Acceptance) -> &'static str {
    match (acceptance.mfa, acceptance.role) {
        (Mfa::NotRequired, _) => "policy_off",
        (Mfa::Skipped, _) => "opted_out",
        (Mfa::Grace, _) => "grace",
        (Mfa::TrustedBrowser, _) => "trusted_browser",
        (Mfa::Bypass, _) => "bypass_code",
        (Mfa::Done, Some(Role::Bound)) => "enrolled_method",
        (Mfa::Done, Some(Role::Old)) => "method_left_policy",
        (Mfa::Done, Some(Role::Directory)) => "contact_record",
        (Mfa::Done, Some(Role::Fallback)) => "fallback",
        (Mfa::Done, Some(Role::Enrol)) => "just_enrolled",
        (Mfa::Done, Some(Role::First)) => "enrolment_proof",
        (Mfa::Done, Some(Role::Recovery)) => "recovery_code",
        (Mfa::Done, None) => "code",
    }
}

/// The public keys assertions are checked with (RFC 7517, section 5).
#[derive(Clone, Debug, Serialize)]
pub struct Jwks {
    pub keys: Vec<Jwk>,
}

/// One public key on P-256 (RFC 7518, section 6.2.1).
#[derive(Clone, Debug, Serialize)]
pub struct Jwk {
    pub kty: &'static str,
    pub crv: &'static str,
    pub alg: &'static str,
    #[serde(rename = "use")]
    pub usage: &'static str,
    pub kid: String,
    /// The x coordinate, base64url.
    pub x: String,
    /// The y coordinate, base64url.
    pub y: String,
}

/// The public keys that ID tokens are checked with.
#[derive(Clone, Debug, Serialize)]
pub struct RsaJwks {
    pub keys: Vec<RsaJwk>,
}

/// One public RSA key (RFC 7518, section 6.3.1).
#[derive(Clone, Debug, Serialize)]
pub struct RsaJwk {
    pub kty: &'static str,
    pub alg: &'static str,
    #[serde(rename = "use")]
    pub usage: &'static str,
    pub kid: String,
    /// The modulus, base64url.
    pub n: String,
    /// The exponent, base64url.
    pub e: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keyring::tests::keyring;
    use jsonwebtoken::{Algorithm, DecodingKey, Validation};
    use portcullis_domain::{
        Locator, Nonce, PortalId, SignInId, SignInKey, TextHash, UserId,
        policy::SelfService,
        sign_in::{Acr, Event, RecoveryOffer, Screens, Status},
        user::PasskeyUse,
    };

    const AT: Timestamp = Timestamp::from_unix(1_800_000_000);

    fn by(mfa: Mfa, method: Option<Method>, role: Option<Role>) -> Acceptance {
        let (at, generation, passkey, proven_at) = (AT, 3, None, None);
        Acceptance { at, mfa, method, role, generation, passkey, proven_at }
    }

    fn view(acceptance: Acceptance) -> SignInView {
        let portal = PortalId::parse("acme").unwrap();
        let (locator, key) = (Locator::new([1; 16]), SignInKey::new([2; 21]));
        SignInView {
            id: SignInId::new(portal, locator, key, &keyring()),
            user: UserId::parse("anna").unwrap(),
            nonce: Nonce::parse("0123456789abcdef").unwrap(),
            event: Event::Invitation,
            acr: Acr::Delivered,
            text_hash: None,
            text: None,
            self_service: SelfService::Off,
            expires_at: AT,
            status: Status::Allowed(acceptance),
            options: vec![],
            unavailable: vec![],
            email_default: false,
            sent_code: None,
            enrolment: None,
            passkey: None,
            returned: vec![],
            unusable_passkey: None,
            codes_locked: None,
            chose_passkey: false,
            passkey_offered: false,
            uses_app: false,
            app_instead: None,
            settings: None,
            changed: vec![],
            settled_at: None,
            grace: None,
            link_mailed: false,
            screens: Screens::Portal,
            locale: None,
            sessions_not_before: Some(AT.plus(-60)),
            browser_token: None,
            remember: None,
            recovery: RecoveryOffer::None,
            made_codes: None,
            second_way: vec![],
            few_codes_left: None,
            can_renew_codes: false,
            codes_died: false,
        }
    }

    #[test]
    fn how_a_user_got_in_is_said_in_amr_acr_and_reason() {
        use Method::{AuthenticatorApp as App, Email, RecoveryCode, Sms};
        let done = |method, role| by(Mfa::Done, Some(method), Some(role));
        let otp: &[&str] = &["otp", "mfa"];
        let sms: &[&str] = &["otp", "sms", "mfa"];
        for (acceptance, amr_is, acr_is, reason_is) in [
            (by(Mfa::NotRequired, None, None), &[] as &[&str], "none", "policy_off"),
            (by(Mfa::Skipped, None, None), &[], "none", "opted_out"),
            (by(Mfa::Bypass, None, None), &[], "bypass", "bypass_code"),
            (done(App, Role::Bound), otp, "app", "enrolled_method"),
            (done(Sms, Role::Old), sms, "delivered", "method_left_policy"),
            (done(Email, Role::Directory), otp, "delivered", "contact_record"),
            (done(Email, Role::Fallback), otp, "fallback", "fallback"),
            (done(Sms, Role::Enrol), sms, "delivered", "just_enrolled"),
            (done(RecoveryCode, Role::Recovery), otp, "recovery", "recovery_code"),
            (by(Mfa::Done, Some(Email), None), otp, "delivered", "code"),
        ] {
            assert_eq!(amr(&acceptance), amr_is, "{acceptance:?}");
            assert_eq!(
                acceptance.acr().name(),
                format!("urn:portcullis:acr:{acr_is}"),
                "{acceptance:?}"
            );
            assert_eq!(reason(&acceptance), reason_is, "{acceptance:?}");
        }
    }

    #[test]
    fn p7_a_passkey_says_if_it_checked_its_user_and_if_it_is_synced() {
        let by_passkey = by(Mfa::Done, Some(Method::Passkey), Some(Role::Bound));
        for (is_user_verified, is_synced, amr_is) in
            [(true, false, vec!["pop", "mfa", "user"]), (false, true, vec!["pop", "mfa"])]
        {
            let passkey = Some(PasskeyUse { is_user_verified, is_synced });
            let acceptance = Acceptance { passkey, ..by_passkey };
            let view = view(acceptance);
            let assertion = Assertion::of("https://mfa.example", &view, &acceptance, AT);
            assert_eq!(assertion.amr, amr_is);
            assert_eq!(
                (assertion.acr, assertion.synced),
                ("urn:portcullis:acr:passkey", Some(is_synced))
            );
        }
    }

    #[test]
    fn u2_an_assertion_names_the_text_and_if_the_proof_was_of_it() {
        use Method::{AuthenticatorApp, Email, Passkey, Sms};
        let hash = TextHash::new([0xfb; 32]);
        for (method, is_bound) in
            [(Email, true), (Sms, true), (Passkey, true), (AuthenticatorApp, false)]
        {
            let acceptance = by(Mfa::Done, Some(method), Some(Role::Bound));
            let without = view(acceptance);
            let assertion = Assertion::of("https://mfa.example", &without, &acceptance, AT);
            assert_eq!((assertion.text_sha256, assertion.text_bound), (None, None));
            let with = SignInView { text_hash: Some(hash), ..without };
            let assertion = Assertion::of("https://mfa.example", &with, &acceptance, AT);
            assert_eq!(
                assertion.text_sha256.as_deref(),
                Some(&*format!("{}-_s", "-_v7".repeat(10)))
            );
            assert_eq!(assertion.text_bound, Some(is_bound), "{method}");
        }
    }

    #[test]
    fn an_assertion_is_good_for_two_minutes_and_checks_with_the_newest_public_key() {
        let keyring = keyring();
        let acceptance = by(Mfa::Done, Some(Method::AuthenticatorApp), Some(Role::Bound));
        let view = view(acceptance);
        let issued_at = AT.plus(40);
        let signed = keyring.sign("https://mfa.example", &view, &acceptance, issued_at).unwrap();
        assert_eq!(signed.expires_at, issued_at.plus(limits::ASSERTION_SECONDS));
        assert_eq!(format!("{signed:?}"), "SignedAssertion");

        let [newest, older] = keyring.jwks().keys.as_slice() else { panic!("two keys") };
        let header = jsonwebtoken::decode_header(&signed.jwt).unwrap();
        assert_eq!(header.kid.as_ref(), Some(&newest.kid));
        assert_eq!((header.typ.as_deref(), header.alg), (Some("JWT"), Algorithm::ES256));
        let mut rules = Validation::new(Algorithm::ES256);
        rules.validate_exp = false;
        rules.set_audience(&["acme"]);
        let claims = |jwk: &Jwk| {
            let key = DecodingKey::from_ec_components(&jwk.x, &jwk.y).unwrap();
            jsonwebtoken::decode::<serde_json::Value>(&signed.jwt, &key, &rules)
        };
        assert!(claims(older).is_err());
        let expected = serde_json::json!({
            "iss": "https://mfa.example", "aud": "acme", "sub": "anna", "nonce": "0123456789abcdef",
            "jti": view.id.to_string(), "iat": issued_at.unix(), "nbf": issued_at.unix(),
            "exp": issued_at.unix() + 120, "auth_time": AT.unix(), "event": "invitation",
            "amr": ["otp", "mfa"], "acr": "urn:portcullis:acr:app", "mfa": "done",
            "method": "authenticator_app", "reason": "enrolled_method", "generation": 3,
            "sessions_not_before": AT.unix() - 60,
        });
        assert_eq!(claims(newest).unwrap().claims, expected);
    }

    #[test]
    fn public_keys_are_read_as_rfc_7517_says() {
        let keys = serde_json::to_value(keyring().jwks()).unwrap();
        let set: jsonwebtoken::jwk::JwkSet = serde_json::from_value(keys.clone()).unwrap();
        assert_eq!(set.keys.len(), 2);
        assert!(set.keys.iter().all(|key| DecodingKey::from_jwk(key).is_ok()));
        assert_eq!(keys["keys"][0]["use"], "sig");
        assert_eq!(keys["keys"][0]["alg"], "ES256");
    }
}
