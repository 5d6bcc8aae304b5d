//! Passkeys on the wire, in the JSON forms of Web Authentication Level 3 (sections 5.1.8 and
//! 5.1.9). Every binary member is unpadded base64url.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use portcullis_domain::{
    Malformed, Named,
    passkey::{ClientData, CredentialId, PasskeyAlgorithm},
    sign_in::{
        AskedPasskey, NewPasskey,
        passkey::{Registration, SignedResponse},
    },
};
use portcullis_keys::client_data;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::fmt;
use utoipa::ToSchema;

use crate::form;

/// The time that a browser gives its user, in milliseconds. The sign-in ends by itself.
const TIMEOUT: u32 = 300_000;

/// A kind of credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CredentialKind {
    PublicKey,
}

/// A passkey by its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PasskeyDescriptor {
    /// Always `public-key`.
    #[serde(rename = "type")]
    pub kind: CredentialKind,
    /// The id of the passkey.
    #[schema(example = "AWSzbE0G5KUXB7JSuFHx0w")]
    pub id: String,
}

impl From<&CredentialId> for PasskeyDescriptor {
    fn from(id: &CredentialId) -> Self {
        Self { kind: CredentialKind::PublicKey, id: id.to_string() }
    }
}

/// The options for a passkey that the user has:
/// `PublicKeyCredential.parseRequestOptionsFromJSON(options)`, then
/// `navigator.credentials.get({publicKey})`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PasskeyRequestOptions {
    /// The challenge of this sign-in.
    pub challenge: String,
    /// Milliseconds for which the browser asks.
    pub timeout: u32,
    /// The domain that the passkeys were made for.
    pub rp_id: String,
    /// The passkeys that the user has.
    pub allow_credentials: Vec<PasskeyDescriptor>,
    /// `required` or `preferred`, as the policy says.
    pub user_verification: &'static str,
}

impl PasskeyRequestOptions {
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl From<&AskedPasskey> for PasskeyRequestOptions {
    fn from(asked: &AskedPasskey) -> Self {
        let AskedPasskey { challenge, rp_id, allowed, user_verification } = asked;
        Self {
            challenge: challenge.to_string(),
            timeout: TIMEOUT,
            rp_id: rp_id.as_str().to_owned(),
            allow_credentials: allowed.iter().map(PasskeyDescriptor::from).collect(),
            user_verification: user_verification.name(),
        }
    }
}

/// The options for a passkey to be made:
/// `PublicKeyCredential.parseCreationOptionsFromJSON(options)`, then
/// `navigator.credentials.create({publicKey})`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PasskeyCreationOptions {
    /// The service.
    pub rp: PasskeyParty,
    /// The user.
    pub user: PasskeyAccount,
    /// The challenge of this enrolment.
    pub challenge: String,
    /// The algorithms, the best first.
    pub pub_key_cred_params: Vec<PasskeyParameter>,
    /// Milliseconds for which the browser asks.
    pub timeout: u32,
    /// The passkeys that the user has, none of which is made twice.
    pub exclude_credentials: Vec<PasskeyDescriptor>,
    /// The authenticators that are asked.
    pub authenticator_selection: PasskeySelection,
    /// Always `none`: nobody asks who made the authenticator.
    pub attestation: &'static str,
}

/// The service that a passkey is made for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PasskeyParty {
    /// The domain.
    pub id: String,
    /// The name that the browser shows.
    pub name: String,
}

/// The user that a passkey is made for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PasskeyAccount {
    /// A number of the user's, which says nothing of who it is.
    pub id: String,
    /// The name that the browser shows.
    pub name: String,
    /// The same.
    pub display_name: String,
}

/// An algorithm for the signatures of a passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PasskeyParameter {
    /// Always `public-key`.
    #[serde(rename = "type")]
    pub kind: CredentialKind,
    /// Its number in the registry of COSE.
    #[schema(example = -7)]
    pub alg: i32,
}

/// The authenticators that are asked for a passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PasskeySelection {
    /// Always `preferred`.
    pub resident_key: &'static str,
    /// `required` or `preferred`, as the policy says.
    pub user_verification: &'static str,
}

impl PasskeyCreationOptions {
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl From<&NewPasskey> for PasskeyCreationOptions {
    fn from(new: &NewPasskey) -> Self {
        let NewPasskey { challenge, rp_id, service, user_handle, account, excluded, .. } = new;
        let parameter = |algorithm: PasskeyAlgorithm| PasskeyParameter {
            kind: CredentialKind::PublicKey,
            alg: algorithm.cose(),
        };
        Self {
            rp: PasskeyParty { id: rp_id.as_str().to_owned(), name: service.clone() },
            user: PasskeyAccount {
                id: user_handle.to_string(),
                name: account.clone(),
                display_name: account.clone(),
            },
            challenge: challenge.to_string(),
            pub_key_cred_params: PasskeyAlgorithm::ALL.map(parameter).into(),
            timeout: TIMEOUT,
            exclude_credentials: excluded.iter().map(PasskeyDescriptor::from).collect(),
            authenticator_selection: PasskeySelection {
                resident_key: "preferred",
                user_verification: new.user_verification.name(),
            },
            attestation: "none",
        }
    }
}

/// The options for the passkey that is being enrolled; the same until it is confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PasskeyEnrolment {
    /// The options for the browser.
    pub passkey: PasskeyCreationOptions,
}

/// The use of a passkey: what `navigator.credentials.get()` returned.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UsedPasskey {
    /// `id`.
    id: String,
    /// `response.clientDataJSON`.
    client_data_json: String,
    /// `response.authenticatorData`.
    authenticator_data: String,
    /// `response.signature`.
    signature: String,
    /// `response.userHandle`, if it is not null.
    #[serde(default)]
    user_handle: Option<String>,
}

/// A passkey that was made: what `navigator.credentials.create()` returned.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MadePasskey {
    /// `id`.
    id: String,
    /// `response.clientDataJSON`.
    client_data_json: String,
    /// The result of `response.getAuthenticatorData()`.
    authenticator_data: String,
    /// The result of `response.getPublicKey()`.
    public_key: String,
    /// The result of `response.getPublicKeyAlgorithm()`.
    #[schema(example = -7)]
    algorithm: i32,
}

/// The form that a page's script posts: the browser's answer as JSON, in one field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "T: DeserializeOwned"))]
pub struct PasskeyForm<T> {
    #[serde(deserialize_with = "form::json")]
    pub passkey: T,
}

/// The use of a passkey, whose members are read.
pub struct PasskeyProof {
    credential: CredentialId,
    client_data: Vec<u8>,
    authenticator_data: Vec<u8>,
    signature: Vec<u8>,
    user_handle: Option<Vec<u8>>,
}

/// A passkey that was made, whose members are read.
pub struct PasskeyMade {
    client_data: Vec<u8>,
    authenticator_data: Vec<u8>,
    public_key: Vec<u8>,
    algorithm: i32,
}

fn bytes(what: &'static str, text: &str) -> Result<Vec<u8>, Malformed> {
    let malformed = Malformed { what, why: "must be unpadded base64url" };
    BASE64URL.decode(text).map_err(|_| malformed)
}

impl UsedPasskey {
    /// Decodes the members.
    pub fn read(&self) -> Result<PasskeyProof, Malformed> {
        let handle = self.user_handle.as_deref().filter(|handle| !handle.is_empty());
        Ok(PasskeyProof {
            credential: CredentialId::parse(&self.id)?,
            client_data: bytes("client_data_json", &self.client_data_json)?,
            authenticator_data: bytes("authenticator_data", &self.authenticator_data)?,
            signature: bytes("signature", &self.signature)?,
            user_handle: handle.map(|handle| bytes("user_handle", handle)).transpose()?,
        })
    }
}

impl MadePasskey {
    /// Decodes the members.
    pub fn read(&self) -> Result<PasskeyMade, Malformed> {
        // The id that counts is the one that the authenticator gave.
        CredentialId::parse(&self.id)?;
        Ok(PasskeyMade {
            client_data: bytes("client_data_json", &self.client_data_json)?,
            authenticator_data: bytes("authenticator_data", &self.authenticator_data)?,
            public_key: bytes("public_key", &self.public_key)?,
            algorithm: self.algorithm,
        })
    }
}

impl PasskeyProof {
    /// Reads what the browser says of the page.
    pub fn client_data(&self) -> Result<ClientData<'_>, Malformed> {
        client_data(&self.client_data)
    }

    /// Returns the form that the rules take.
    pub fn response<'a>(&'a self, client_data: &'a ClientData<'a>) -> SignedResponse<'a> {
        SignedResponse {
            credential: &self.credential,
            user_handle: self.user_handle.as_deref(),
            client_data,
            authenticator_data: &self.authenticator_data,
            signature: &self.signature,
        }
    }
}

impl PasskeyMade {
    /// Reads what the browser says of the page.
    pub fn client_data(&self) -> Result<ClientData<'_>, Malformed> {
        client_data(&self.client_data)
    }

    /// Returns the form that the rules take.
    pub fn registration<'a>(&'a self, client_data: &'a ClientData<'a>) -> Registration<'a> {
        Registration {
            client_data,
            authenticator_data: &self.authenticator_data,
            public_key: &self.public_key,
            algorithm: self.algorithm,
        }
    }
}

impl fmt::Debug for PasskeyProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasskeyProof")
    }
}

impl fmt::Debug for PasskeyMade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasskeyMade")
    }
}
