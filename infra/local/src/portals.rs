//! One demo portal for each preset, made through the product's own admin calls.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{fs, path::Path};
use tower::ServiceExt as _;

use crate::{LocalError, start::random};

/// What a script needs to know of a start.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Demo {
    /// The set-up secret, which opens the admin calls.
    pub set_up_secret: String,
    /// The portals.
    pub portals: Vec<DemoPortal>,
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
    /// What an earlier start left in a file; or a new secret, and no portals yet.
    pub(crate) fn load(file: Option<&Path>) -> Result<Self, LocalError> {
        match file.and_then(|file| fs::read(file).ok()) {
            Some(bytes) => serde_json::from_slice(&bytes)
                .map_err(|_| LocalError::KeyFile(file.unwrap_or(Path::new("")).to_owned())),
            None => {
                let secret: String =
                    random::<20>()?.iter().map(|byte| format!("{byte:02x}")).collect();
                Ok(Self { set_up_secret: secret, portals: vec![] })
            }
        }
    }

    /// Makes the settings and the portals at the first start.
    pub(crate) async fn set_up(
        &mut self,
        admin: Router,
        file: Option<&Path>,
    ) -> Result<(), LocalError> {
        if !self.portals.is_empty() {
            return Ok(());
        }
        let settings = json!({
            "email_from": "no-reply@portal.example", "sms": { "provider": "sns", "from": "Portal" },
            "countries": ["AU", "DE", "GB", "NL", "NZ", "US"],
        });
        self.call(&admin, "PUT", "/v1/admin/settings", Some(settings)).await?;
        let presets = self.call(&admin, "GET", "/v1/admin/presets", None).await?;
        for preset in presets
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|preset| preset.get("name")?.as_str())
        {
            let id = preset.replace('_', "-");
            let profile = json!({
                "description": format!("Demo {}", id.replace('-', " ")), "audience": "clients", "default_country": "NZ",
                "support": "Call 0800 123 456", "enrolment_url": "https://portal.example/enrol",
            });
            let made = self
                .call(
                    &admin,
                    "POST",
                    "/v1/admin/portals",
                    Some(json!({ "id": id, "profile": profile, "preset": preset })),
                )
                .await?;
            let key = made.get("api_key").and_then(Value::as_str).unwrap_or_default().to_owned();
            self.portals.push(DemoPortal { id, preset: preset.to_owned(), key });
        }
        match file {
            Some(file) => fs::write(file, serde_json::to_vec_pretty(self).unwrap_or_default())
                .map_err(LocalError::Folder),
            None => Ok(()),
        }
    }

    async fn call(
        &self,
        admin: &Router,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> Result<Value, LocalError> {
        let failed = |why: String| LocalError::Demo(format!("{method} {path}: {why}"));
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.set_up_secret))
            .header(header::CONTENT_TYPE, "application/json")
            .body(body.map_or(Body::empty(), |body| Body::from(body.to_string())))
            .map_err(|error| failed(error.to_string()))?;
        let Ok(response) = admin.clone().oneshot(request).await;
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 20)
            .await
            .map_err(|error| failed(error.to_string()))?;
        if status.is_success() || status == StatusCode::NOT_MODIFIED {
            serde_json::from_slice(&body).map_err(|error| failed(error.to_string()))
        } else {
            Err(failed(String::from_utf8_lossy(&body).into_owned()))
        }
    }
}
