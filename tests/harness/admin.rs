//! Admins of every role, as they come to be: made by an operator, signed in, with a password and an app of their own.

use super::{Reply, World};
use serde_json::{Value, json};

/// An admin who is signed in.
#[derive(Clone, Debug)]
pub struct Admin {
    pub name: String,
    pub password: String,
    pub secret: String,
    pub session: String,
}

impl World {
    /// Makes an admin, who chooses a password and sets up an app.
    pub async fn make_admin(&self, name: &str, role: Value) -> Admin {
        let admin = json!({ "name": name, "role": role });
        let made = self.admin_ok("POST", "/v1/admin/admins", Some(admin)).await;
        let first = made["password"].as_str().unwrap().to_owned();
        self.settle_in(name, &first).await
    }

    /// The first sign-in of an admin: an app is set up, and another password chosen.
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

    /// Signs an admin in who has no app yet: the session, and the key of the app.
    pub async fn enrol_admin(&self, name: &str, password: &str) -> (String, String) {
        let given = json!({ "name": name, "password": password });
        let opened = self.call("", "POST", "/v1/admin/session", None, Some(given)).await;
        assert_eq!((opened.status, &opened.body["status"]), (201, &json!("enrol")));
        let session = opened.body["session"].as_str().unwrap().to_owned();
        let app = self.call(&session, "POST", "/v1/admin/session/enrolment", None, None).await;
        let secret = app.body["secret"].as_str().unwrap().to_owned();
        let code = json!({ "code": self.totp(&secret) });
        let done = self.call(&session, "POST", "/v1/admin/session/verify", None, Some(code)).await;
        assert_eq!(done.status, 200, "{:?}", done.body);
        (done.body["session"].as_str().unwrap().to_owned(), secret)
    }

    /// A call of an admin.
    pub async fn by(&self, admin: &Admin, method: &str, path: &str, body: Option<Value>) -> Reply {
        self.call(&admin.session, method, path, None, body).await
    }
}

/// A user, a reason and a confirmation.
pub fn on_user(id: &str, reason: &str) -> Option<Value> {
    Some(json!({ "id": id, "reason": reason, "confirm": true }))
}

/// A reason and a confirmation.
pub fn because(reason: &str) -> Option<Value> {
    Some(json!({ "reason": reason, "confirm": true }))
}
