//! Makes and signs in admins of every role.

use super::{Portal, Reply, World};
use serde_json::{Value, json};

#[derive(Clone, Debug)]
pub struct Admin {
    pub name: String,
    pub password: String,
    pub secret: String,
    pub session: String,
}

impl World {
    pub async fn set_share(&self, portal: &Portal, per_minute: u32) {
        let path = format!("/v1/admin/portals/{}/share", portal.id);
        let share = Some(json!({ "per_minute": per_minute }));
        let set = self.admin("PUT", &path, None, share).await;
        assert_eq!((set.status, &set.body), (200, &json!({ "per_minute": per_minute })));
    }

    pub async fn make_admin(&self, name: &str, role: Value) -> Admin {
        let admin = json!({ "name": name, "role": role });
        let made = self.admin_ok("POST", "/v1/admin/admins", Some(admin)).await;
        let first = made["password"].as_str().unwrap().to_owned();
        self.settle_in(name, &first).await
    }

    /// Signs an admin in for the first time: sets up an app, and changes the password.
    pub async fn settle_in(&self, name: &str, first: &str) -> Admin {
        let (session, secret) = self.enrol_admin(name, first).await;
        let password = format!("the password of {name}");
        let change = json!({ "current": first, "new": password });
        let path = "/v1/admin/session/password";
        assert_eq!(self.call(&session, "PUT", path, None, Some(change)).await.status, 200);
        self.advance(30);
        let session = self.sign_in(name, &password, &secret).await;
        Admin { name: name.to_owned(), password, secret, session }
    }

    /// Signs an admin in who has no app yet; returns the session and the app's key.
    pub async fn enrol_admin(&self, name: &str, password: &str) -> (String, String) {
        let given = json!({ "name": name, "password": password });
        let opened = self.call("", "POST", "/v1/admin/session", None, Some(given)).await;
        assert_eq!((opened.status, &opened.body["status"]), (201, &json!("enrol")));
        let session = opened.session().to_owned();
        let app = self.call(&session, "POST", "/v1/admin/session/enrolment", None, None).await;
        let secret = app.secret().to_owned();
        let code = json!({ "code": self.totp(&secret) });
        let done = self.call(&session, "POST", "/v1/admin/session/verify", None, Some(code)).await;
        assert_eq!(done.status, 200, "{:?}", done.body);
        (done.session().to_owned(), secret)
    }

    /// Calls as this admin, who does the second step again if the call asks for it.
    pub async fn by(&self, admin: &Admin, method: &str, path: &str, body: Option<Value>) -> Reply {
        let reply = self.call(&admin.session, method, path, None, body.clone()).await;
        if reply.problem() != (403, "proof_needed") {
            return reply;
        }
        self.prove(&admin.session, &admin.secret).await;
        self.call(&admin.session, method, path, None, body).await
    }

    /// Does the second step again, with the next code if the present one was used.
    pub async fn prove(&self, session: &str, secret: &str) {
        let prove = async || {
            let code = Some(json!({ "code": self.totp(secret) }));
            self.call(session, "POST", "/v1/admin/session/proof", None, code).await
        };
        let mut proved = prove().await;
        if proved.problem() == (403, "code_reused") {
            self.advance(30);
            proved = prove().await;
        }
        assert_eq!(proved.status, 200, "{:?}", proved.body);
    }
}

pub fn on_user(id: &str, reason: &str) -> Option<Value> {
    Some(json!({ "id": id, "reason": reason, "confirm": true }))
}

pub fn reset_of(id: &str, reason: &str) -> Option<Value> {
    let checked_by = "called_back_on_record";
    Some(json!({ "id": id, "checked_by": checked_by, "reason": reason, "confirm": true }))
}

pub fn because(reason: &str) -> Option<Value> {
    Some(json!({ "reason": reason, "confirm": true }))
}
