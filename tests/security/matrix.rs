//! A code is valid for one portal, user, sign-in, method and purpose: the whole matrix is accepted
//! only on its diagonal.

use crate::harness::{Portal, World, recovery_codes};
use serde_json::{Value, json};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slot {
    portal: usize,
    user: usize,
    sign_in: usize,
    method: usize,
}

const METHODS: [&str; 2] = ["email", "sms"];

impl Slot {
    fn all() -> impl Iterator<Item = Self> {
        (0..16).map(|n: usize| Self {
            portal: n & 1,
            user: n >> 1 & 1,
            sign_in: n >> 2 & 1,
            method: n >> 3 & 1,
        })
    }
}

/// Users for each try, because wrong codes would lock others.
struct Try<'a> {
    world: &'a World,
    portals: &'a [Portal; 2],
    n: usize,
    sign_ins: Vec<(Slot, Value)>,
}

impl Try<'_> {
    fn user(&self, slot: Slot) -> Value {
        let n = self.n * 2 + slot.user;
        json!({
            "id": format!("u{n}"), "email": format!("matrix{n}@example.com"), "email_verified": true,
            "phone": format!("+6421{}", 1_300_000 + n),
        })
    }

    /// Returns the sign-in of a slot, which is the same for both methods.
    async fn sign_in(&mut self, slot: Slot) -> Value {
        let whole = Slot { method: 0, ..slot };
        if let Some((_, known)) = self.sign_ins.iter().find(|(of, _)| *of == whole) {
            return known.clone();
        }
        let opened = self.portals[slot.portal].open(self.user(slot)).await;
        self.sign_ins.push((whole, opened.clone()));
        opened
    }

    async fn code(&mut self, slot: Slot) -> String {
        let sign_in = self.sign_in(slot).await;
        let method = json!({ "method": METHODS[slot.method] });
        let sent = self.portals[slot.portal].act(&sign_in, "challenge", method).await;
        assert_eq!(sent.status, 202, "{:?}", sent.body);
        let user = self.user(slot);
        let to = if slot.method == 0 { &user["email"] } else { &user["phone"] };
        self.world.code_sent_to(to.as_str().unwrap()).await
    }

    async fn tried(&mut self, code: &str, slot: Slot) -> (u16, String) {
        let sign_in = self.sign_in(slot).await;
        let body = json!({ "code": code, "method": METHODS[slot.method] });
        let reply = self.portals[slot.portal].act(&sign_in, "verify", body).await;
        (reply.status, reply.problem().1.to_owned())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s6_a_code_for_one_portal_user_sign_in_and_method_is_wrong_for_every_other() {
    let world = World::start().await;
    world.lift_caps().await;
    let portals = [world.portal("always_on"), world.portal("sms_enrolment")];
    world
        .change_policy(&portals[1], |policy| {
            let directory = |method: &str| json!({ "type": method, "destination": "directory" });
            policy["methods"] = json!([directory("email"), directory("sms")]);
        })
        .await;
    let mut n = 0;
    for from in Slot::all() {
        for to in Slot::all().filter(|to| *to != from) {
            n += 1;
            let mut attempt = Try { world: &world, portals: &portals, n, sign_ins: vec![] };
            attempt.code(to).await;
            let code = attempt.code(from).await;
            let crossed = attempt.tried(&code, to).await;
            assert_eq!(crossed, (403, "code_wrong".to_owned()), "{from:?} used for {to:?}");
            assert_eq!(attempt.tried(&code, from).await.0, 200, "{from:?} used for itself");
        }
        // The outbox keeps the last few hundred.
        world.http.delete(world.url("/local/outbox")).send().await.unwrap();
        world.advance(3_600);
    }
    assert_eq!(n, 240);
}

#[tokio::test(flavor = "multi_thread")]
async fn s6_a_code_for_an_enrolment_lets_nobody_in_and_one_for_a_sign_in_confirms_nothing() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment");
    let user = || json!({ "id": "anna" });
    let sign_in = portal.open(user()).await;
    let number = "+64211234567";
    let own = json!({ "method": "sms", "phone": number });
    assert_eq!(portal.act(&sign_in, "enrolment", own.clone()).await.status, 201);
    let enrols = world.code_sent_to(number).await;
    let as_sign_in =
        portal.act(&sign_in, "verify", json!({ "code": enrols, "method": "sms" })).await;
    assert_eq!(as_sign_in.problem(), (403, "method_not_offered"));
    assert_eq!(
        portal.act(&sign_in, "enrolment/confirm", json!({ "code": enrols })).await.status,
        200
    );
    world.advance(60);
    let sign_in = portal.open(user()).await;
    let lets_in = world.code_sent_to(number).await;
    assert_ne!(lets_in, enrols);
    let confirm = portal.act(&sign_in, "enrolment/confirm", json!({ "code": lets_in })).await;
    assert_eq!(confirm.problem(), (409, "another_step"));
    let old = portal.verify(&sign_in, &enrols).await;
    assert_eq!(
        old.problem(),
        (403, "code_wrong"),
        "the code of the enrolment, in the next sign-in"
    );
    assert_eq!(portal.verify(&sign_in, &lets_in).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn s6_a_recovery_code_of_another_user_portal_or_set_is_wrong_and_so_is_one_elsewhere() {
    let world = World::start().await;
    let portals = [world.portal("authenticator_app"), world.portal("authenticator_app_with_email")];
    let mut sets = vec![];
    for (portal, id) in [(0, "anna"), (0, "ben"), (1, "anna")] {
        let portal = &portals[portal];
        world.give_recovery_codes(portal, "offered").await;
        let sign_in = portal.open(json!({ "id": id })).await;
        let app = json!({ "method": "authenticator_app" });
        let started = portal.act(&sign_in, "enrolment", app).await;
        let code = json!({ "code": world.totp(started.secret()) });
        let done = portal.act(&sign_in, "enrolment/confirm", code).await;
        sets.push((portal, id, recovery_codes(&done.body)));
    }
    world.advance(30);
    for (place, (_, _, codes)) in sets.iter().enumerate() {
        for (other, (portal, id, _)) in sets.iter().enumerate() {
            let sign_in = portal.open(json!({ "id": id })).await;
            let reply = portal.verify(&sign_in, &codes[other]).await;
            let wanted = if place == other { (200, "none") } else { (403, "code_wrong") };
            assert_eq!(reply.problem(), wanted, "{place} used for {other}");
        }
    }
    // It confirms no enrolment, and is no code of six digits.
    let (portal, _, codes) = &sets[0];
    let sign_in = portal.open(json!({ "id": "carol" })).await;
    portal.act(&sign_in, "enrolment", json!({ "method": "authenticator_app" })).await;
    let confirm = json!({ "code": codes[5] });
    let reply = portal.act(&sign_in, "enrolment/confirm", confirm).await;
    assert_eq!(reply.problem(), (400, "bad_request"));
}
