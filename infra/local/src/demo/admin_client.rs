//! Admin calls, made through the gateway of this process.

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Request, header},
};
use serde_json::{Value, json};
use std::net::SocketAddr;
use totp_rs::{Builder, Secret};
use tower::ServiceExt as _;

use crate::{clock::LocalClock, error::LocalError};

pub(super) struct AdminClient {
    pub(super) gateway: Router,
    pub(super) clock: LocalClock,
}

pub(super) fn text(answer: &Value, field: &str) -> String {
    answer.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
}

impl AdminClient {
    /// Makes one call, which must succeed.
    pub(super) async fn call(
        &self,
        bearer: &str,
        method: &str,
        path: &str,
        etag: Option<&str>,
        body: Option<Value>,
    ) -> Result<Value, LocalError> {
        let failed = |why: String| LocalError::Demo(format!("{method} {path}: {why}"));
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "127.0.0.1")
            .extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 0))))
            .header(header::AUTHORIZATION, format!("Bearer {bearer}"))
            .header(header::CONTENT_TYPE, "application/json");
        if let Some(etag) = etag {
            request = request.header(header::IF_MATCH, etag);
        }
        let request = request
            .body(body.map_or(Body::empty(), |body| Body::from(body.to_string())))
            .map_err(|error| failed(error.to_string()))?;
        let Ok(response) = self.gateway.clone().oneshot(request).await;
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 20)
            .await
            .map_err(|error| failed(error.to_string()))?;
        if status.is_success() {
            serde_json::from_slice(&body).map_err(|error| failed(error.to_string()))
        } else {
            Err(failed(String::from_utf8_lossy(&body).into_owned()))
        }
    }

    /// Signs an admin in who has no authenticator app yet. Returns the session, and the app's key
    /// in base32.
    pub(super) async fn sign_in(
        &self,
        name: &str,
        password: &str,
    ) -> Result<(String, String), LocalError> {
        let path = "/v1/admin/session";
        let given = json!({ "name": name, "password": password });
        let session = text(&self.call("", "POST", path, None, Some(given)).await?, "session");
        let path = "/v1/admin/session/enrolment";
        let secret = text(&self.call(&session, "POST", path, None, None).await?, "secret");
        let code = json!({ "code": self.code(&secret)? });
        let path = "/v1/admin/session/verify";
        let active = self.call(&session, "POST", path, None, Some(code)).await?;
        Ok((text(&active, "session"), secret))
    }

    /// Puts a password of the admin's own in the place of the first one.
    pub(super) async fn choose_password(
        &self,
        session: &str,
        first: &str,
        password: &str,
    ) -> Result<(), LocalError> {
        let change = json!({ "current": first, "new": password });
        let path = "/v1/admin/session/password";
        self.call(session, "PUT", path, None, Some(change)).await.map(drop)
    }

    /// Returns the code that an authenticator app shows now.
    fn code(&self, secret: &str) -> Result<String, LocalError> {
        let failed = |_| LocalError::Demo("the authenticator app's key is not base32".to_owned());
        let secret = Secret::try_from_base32(secret).map_err(failed)?;
        let failed = |_| LocalError::Demo("the authenticator app's key is too short".to_owned());
        let totp = Builder::new().with_secret(secret).build().map_err(failed)?;
        Ok(totp.generate(self.clock.now().unix().unsigned_abs()).to_string())
    }
}
