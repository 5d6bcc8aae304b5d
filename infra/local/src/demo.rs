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
    pub set_up_secret: String,
    pub admins: Vec<DemoAdmin>,
    pub portals: Vec<DemoPortal>,
    #[serde(skip)]
    pub session: Option<String>,
    /// The return URLs that the command line adds to each portal.
    #[serde(skip)]
    pub return_urls: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DemoAdmin {
    pub name: String,
    pub role: Value,
    pub password: String,
    /// The key of the authenticator app, in base32.
    pub totp_secret: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DemoPortal {
    pub id: String,
    pub preset: String,
    pub key: String,
}

/// Returns the name of a demo portal, which stands in each of its messages. In a text message names
/// are cut after 20 letters, so it fits if the portal sends any.
pub(crate) fn name_of(portal: &str) -> String {
    format!("Demo {}", portal.replace('-', " ").replace("sms enrolment opt out", "sms opt out"))
}

impl Demo {
    /// Reads the file of an earlier start, or begins with a new set-up secret.
    pub(crate) fn load(file: Option<&Path>) -> Result<Self, LocalError> {
        match file.and_then(|file| fs::read(file).ok()) {
            Some(bytes) => serde_json::from_slice(&bytes)
                .map_err(|_| LocalError::KeyFile(file.unwrap_or(Path::new("")).to_owned())),
            None => {
                let set_up_secret = random_hex::<20>()?;
                let (admins, portals, return_urls) = (vec![], vec![], vec![]);
                Ok(Self { set_up_secret, admins, portals, session: None, return_urls })
            }
        }
    }

    /// Each portal's id and API key.
    pub(crate) fn keys(&self) -> Vec<(String, String)> {
        self.portals.iter().map(|portal| (portal.id.clone(), portal.key.clone())).collect()
    }
}
