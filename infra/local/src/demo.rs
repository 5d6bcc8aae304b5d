//! The demo admins and portals, which outlive a start.

mod admin_client;
mod set_up;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{fs, path::Path};

use crate::{error::LocalError, random::random_hex};

/// The facts that a script needs to know of a start.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Demo {
    /// The set-up secret, which made the operator.
    pub set_up_secret: String,
    /// The admins, the operator first.
    pub admins: Vec<DemoAdmin>,
    /// The portals.
    pub portals: Vec<DemoPortal>,
    /// The operator's session, at the first start.
    #[serde(skip)]
    pub session: Option<String>,
}

/// A demo admin.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DemoAdmin {
    /// The name to sign in with.
    pub name: String,
    /// The role, with its portal or organisation.
    pub role: Value,
    /// The password.
    pub password: String,
    /// The key of the authenticator app, in base32.
    pub totp_secret: String,
}

/// A demo portal.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DemoPortal {
    /// Its id.
    pub id: String,
    /// The preset its policy was made from.
    pub preset: String,
    /// The API key of its back end.
    pub key: String,
}

impl Demo {
    /// What an earlier start left in a file; or a new secret, and nothing yet.
    pub(crate) fn load(file: Option<&Path>) -> Result<Self, LocalError> {
        match file.and_then(|file| fs::read(file).ok()) {
            Some(bytes) => serde_json::from_slice(&bytes)
                .map_err(|_| LocalError::KeyFile(file.unwrap_or(Path::new("")).to_owned())),
            None => {
                let set_up_secret = random_hex::<20>()?;
                Ok(Self { set_up_secret, admins: vec![], portals: vec![], session: None })
            }
        }
    }

    /// Each portal's id and API key.
    pub(crate) fn keys(&self) -> Vec<(String, String)> {
        self.portals.iter().map(|portal| (portal.id.clone(), portal.key.clone())).collect()
    }
}
