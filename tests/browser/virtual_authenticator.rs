//! Virtual authenticators: security keys and platform authenticators that Chromium plays, by the
//! domain `WebAuthn` of its DevTools protocol.

use super::Visitor;
use serde_json::{Value, json};

#[derive(Clone, Debug)]
pub struct Authenticator {
    id: String,
}

#[derive(Clone, Copy, Debug)]
pub struct Kind {
    pub protocol: &'static str,
    pub transport: &'static str,
    pub has_user_verification: bool,
    /// Its passkeys can be copied to other devices: the flags BE and BS.
    pub is_synced: bool,
}

/// The authenticator of a phone or laptop, whose passkeys stay there.
pub const PLATFORM: Kind = Kind {
    protocol: "ctap2",
    transport: "internal",
    has_user_verification: true,
    is_synced: false,
};

/// The password manager of a phone or laptop, which copies its passkeys.
pub const SYNCED: Kind = Kind { is_synced: true, ..PLATFORM };

/// A security key with a button alone, of before CTAP2.
pub const U2F_KEY: Kind =
    Kind { protocol: "u2f", transport: "usb", has_user_verification: false, is_synced: false };

impl Visitor {
    async fn authenticator_call(&self, method: &str, of: &Authenticator, more: Value) -> Value {
        let mut params = more;
        params["authenticatorId"] = json!(of.id);
        self.cdp(&format!("WebAuthn.{method}"), params).await
    }

    pub async fn plug_in(&self, kind: Kind) -> Authenticator {
        self.cdp("WebAuthn.enable", json!({ "enableUI": false })).await;
        let is_ctap2 = kind.protocol == "ctap2";
        let mut options = json!({
            "protocol": kind.protocol,
            "transport": kind.transport,
            "hasResidentKey": is_ctap2,
            "hasUserVerification": kind.has_user_verification,
            "isUserVerified": kind.has_user_verification,
            "automaticPresenceSimulation": true,
        });
        if is_ctap2 {
            options["ctap2Version"] = json!("ctap2_1");
            options["defaultBackupEligibility"] = json!(kind.is_synced);
            options["defaultBackupState"] = json!(kind.is_synced);
        }
        let added = self.cdp("WebAuthn.addVirtualAuthenticator", json!({ "options": options }));
        let id = added.await["authenticatorId"].as_str().unwrap().to_owned();
        Authenticator { id }
    }

    pub async fn unplug(&self, authenticator: &Authenticator) {
        self.authenticator_call("removeVirtualAuthenticator", authenticator, json!({})).await;
    }

    /// Says if the finger, face or PIN is the right one from now on.
    pub async fn recognise(&self, authenticator: &Authenticator, is_right: bool) {
        let right = json!({ "isUserVerified": is_right });
        self.authenticator_call("setUserVerified", authenticator, right).await;
    }

    /// Has it answer with a wrong signature (`isBogusSignature`), or without the flags UV
    /// (`isBadUV`) or UP (`isBadUP`); in no such way any more, if none is named.
    pub async fn spoil(&self, authenticator: &Authenticator, how: Option<&str>) {
        let bits = how.map_or(json!({}), |how| json!({ how: true }));
        self.authenticator_call("setResponseOverrideBits", authenticator, bits).await;
    }

    /// Returns the passkeys in it: `credentialId`, `rpId`, `userHandle`, `signCount`, `privateKey`.
    pub async fn passkeys(&self, authenticator: &Authenticator) -> Vec<Value> {
        let found = self.authenticator_call("getCredentials", authenticator, json!({})).await;
        found["credentials"].as_array().unwrap().clone()
    }

    /// Puts a passkey into it, as somebody does who copied the chip of another.
    pub async fn put_passkey(&self, authenticator: &Authenticator, passkey: Value) {
        let passkey = json!({ "credential": passkey });
        self.authenticator_call("addCredential", authenticator, passkey).await;
    }

    pub async fn clear_passkeys(&self, authenticator: &Authenticator) {
        self.authenticator_call("clearCredentials", authenticator, json!({})).await;
    }
}

/// Makes a passkey on a page of its own, and signs with it: the harness works without the product.
const CEREMONIES: &str = r#"
const [rpId, done] = arguments;
const bytes = (n) => new Uint8Array(n).fill(7);
(async () => {
  const made = await navigator.credentials.create({ publicKey: {
    rp: { id: rpId, name: "Test" }, user: { id: bytes(32), name: "anna", displayName: "Anna" },
    challenge: bytes(32), pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
    attestation: "none" } });
  const used = await navigator.credentials.get({ publicKey: {
    challenge: bytes(32), rpId, allowCredentials: [{ type: "public-key", id: made.rawId }] } });
  const flags = (data) => new Uint8Array(data)[32];
  return [made.response.getPublicKeyAlgorithm(), flags(made.response.getAuthenticatorData()),
    flags(used.response.authenticatorData), made.response.getPublicKey().byteLength];
})().then(done, (error) => done([error.name, error.message]));
"#;

#[tokio::test(flavor = "multi_thread")]
async fn p9_authenticators_of_each_kind_make_and_use_passkeys() {
    let visitor = Visitor::open_by_name(super::Script::On).await;
    visitor.go("/demo").await;
    let ceremonies = async |rp_id: &str| {
        let run = visitor.driver.execute_async(CEREMONIES, vec![json!(rp_id)]).await;
        run.unwrap().json().clone()
    };
    // UP and UV are 1 and 4, BE and BS 8 and 16; a registration has 64 too.
    for (kind, flags) in [(PLATFORM, 5), (SYNCED, 29), (U2F_KEY, 1)] {
        let authenticator = visitor.plug_in(kind).await;
        assert_eq!(ceremonies("localhost").await, json!([-7, 64 | flags, flags, 91]), "{kind:?}");
        let [passkey] = &visitor.passkeys(&authenticator).await[..] else { panic!("{kind:?}") };
        assert_eq!(passkey["signCount"], 2, "{passkey}");
        assert_eq!(ceremonies("example.com").await[0], "SecurityError");
        visitor.clear_passkeys(&authenticator).await;
        assert_eq!(visitor.passkeys(&authenticator).await.len(), 0);
        visitor.unplug(&authenticator).await;
    }
    let laptop = visitor.plug_in(PLATFORM).await;
    visitor.recognise(&laptop, false).await;
    assert_eq!(ceremonies("localhost").await[0], "NotAllowedError");
    visitor.close().await;
}
