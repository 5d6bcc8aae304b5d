//! A table is restored to a moment, and what has ended since then is ended again by the journal.

use super::{Folder, Shell};
use crate::harness::{
    Browser, Portal, Restored, World, anna, because, recovery_codes, reset_of, user_path,
};
use portcullis_domain::{KeyVersion, PortalId, Timestamp, UserId};
use portcullis_keys::KeyPurpose;
use portcullis_ops::{Operator, OpsError};
use portcullis_store::UserKey;
use serde_json::{Value, json};

const EMAIL: &str = "testing@example.co.nz";
const ENROLLED: &str = "A new way to sign in was set up";

impl Folder {
    /// Copies the journal, as `aws s3 sync` does.
    pub(super) fn with_journal_of(world: &World, name: &str) -> Self {
        let folder = Self::new(name);
        for (name, text) in world.running.bucket.objects() {
            if let Some(name) = name.strip_prefix("journal/") {
                let (day, name) = name.split_once('/').unwrap();
                std::fs::create_dir_all(folder.0.join(day)).unwrap();
                std::fs::write(folder.0.join(day).join(name), text).unwrap();
            }
        }
        folder
    }
}

async fn on(world: &World, restored: &Restored) -> Shell {
    let shell = Shell::of(world).await;
    let operator = Operator { store: restored.store(), ..shell.operator.clone() };
    Shell { operator, ..shell }
}

fn user(id: &str) -> Value {
    json!({ "id": id, "email": format!("{id}@example.com"), "email_verified": true })
}

async fn user_key(world: &World, portal: &Portal, id: &str) -> UserKey {
    let (context, _) = world.function().await;
    let (portal, id) = (PortalId::parse(&portal.id).unwrap(), UserId::parse(id).unwrap());
    let locator = context.keyring().await.unwrap().locator(&portal, &id);
    UserKey { portal, locator }
}

async fn press(world: &World, link: &str) {
    let browser = Browser::new(world);
    let form = browser.open(link).await.form();
    assert_eq!(browser.post(link, &[("form", &form)]).await.status, 303);
}

async fn new_key(world: &World, portal: &Portal) -> (Portal, String) {
    let path = format!("/v1/admin/portals/{}/keys", portal.id);
    let made = world.admin_ok("POST", &path, Some(json!({}))).await;
    let key = made["api_key"].as_str().unwrap().to_owned();
    (Portal { key, ..portal.clone() }, format!("{path}/{}", made["id"].as_str().unwrap()))
}

#[tokio::test(flavor = "multi_thread")]
async fn s50_what_ended_since_a_backup_is_in_force_again_after_a_restore() {
    let world = World::start().await;
    let portal = world.with_freeze_links("authenticator_app").await;
    world.give_recovery_codes(&portal, "offered").await;
    portal.enrol_app(&world, anna()).await;
    let freeze = world.freeze_link_in(ENROLLED, EMAIL).await;
    let mut secrets = vec![];
    for id in ["sam", "rita", "erin", "carl", "gail"] {
        secrets.push(portal.enrol_app(&world, user(id)).await);
    }
    let rex = portal.open(user("rex")).await;
    let started = portal.act(&rex, "enrolment", json!({ "method": "authenticator_app" })).await;
    let code = json!({ "code": world.totp(started.secret()) });
    let codes = recovery_codes(&portal.act(&rex, "enrolment/confirm", code).await.body);
    let skipping = world.portal("email_enrolment_opt_out");
    let oscar = skipping.open(user("oscar")).await;
    assert_eq!(skipping.act(&oscar, "skip", json!({})).await.body["status"], "allowed");
    let (leaked, path_of_leaked) = new_key(&world, &portal).await;
    for name in ["kim", "lee"] {
        world.make_admin(name, json!({ "role": "auditor" })).await;
    }
    let second = world.make_admin("boss", json!({ "role": "operator" })).await;
    world.advance(3_600);
    let backup = (world.backup().await, world.now());
    world.advance(3_600);

    // What comes after the backup.
    press(&world, &freeze).await;
    let path = format!("/v1/admin/portals/{}/user", portal.id);
    world.admin_ok("POST", &format!("{path}/reset"), reset_of("rita", "lost phone")).await;
    assert!(portal.send("DELETE", "/v1/user?id=erin", None).await.status < 300);
    let moved = json!({ "email": "new@example.org", "email_verified": true });
    assert_eq!(portal.put_user("carl", &moved).await.status, 200);
    let gail = portal.open(user("gail")).await;
    for _ in 0..4 {
        assert!(portal.verify(&gail, "000000").await.status >= 400);
    }
    let opened = portal.open(user("rex")).await;
    let used = portal.act(&opened, "verify", json!({ "code": codes[0] })).await;
    assert_eq!(used.status, 200, "{:?}", used.body);
    let opted = json!({ "id": "oscar", "confirm": true });
    assert!(skipping.post("/v1/user/opt-in", opted).await.status < 300);
    portal.enrol_app(&world, user("newt")).await;
    world.admin_ok("DELETE", &path_of_leaked, None).await;
    world.change_policy(&portal, |policy| policy["code_lifetime_seconds"] = json!(60)).await;
    world.set_caps(7, 8).await;
    world.admin_ok("POST", "/v1/admin/admins/kim/remove", because("left")).await;
    world.admin_ok("POST", "/v1/admin/admins/boss/remove", because("left")).await;
    world.admin_ok("POST", "/v1/admin/admins/lee/reset", because("lost phone")).await;
    world.running.stream_is_delivered().await;

    let restored = backup.0.restore(&world).await;
    let back_end = restored.portal(&portal);
    let leaked = restored.portal(&leaked);
    let lives = leaked.get(&user_path("/v1/user", "sam")).await;
    assert_eq!(lives.status, 200, "the backup alone has the leaked key: {:?}", lives.body);
    let folder = Folder::with_journal_of(&world, "restore");
    let shell = on(&world, &restored).await;
    let before = restored.items().await;
    shell.dry().restore(&folder.0, backup.1).await.unwrap();
    assert!(shell.printed().contains("Dry run: nothing was written."));
    assert_eq!(restored.items().await, before);

    world.aws.reset();
    shell.operator.restore(&folder.0, backup.1).await.unwrap();
    let (printed, calls) = (shell.printed(), world.aws.calls());
    println!("{printed}\n{calls:?}");
    // infra/docs/operate/restore.md reckons the time by these.
    let users = printed.lines().find(|line| line.contains(" users have records: ")).unwrap();
    let users: u32 = users.split(' ').next().unwrap().parse().unwrap();
    let of = |name: &str| calls.iter().find(|(of, _)| of == name).map_or(0, |(_, count)| *count);
    assert_eq!((of("Scan"), of("BatchGetItem")), (0, users), "one read for each user: {calls:?}");
    // The mark twice, the roster, four admins, and the users.
    assert!(of("PutItem") <= users + 2 + 1 + 4, "{calls:?}");
    assert_eq!(of("TransactWriteItems"), 2, "the portal and the settings");
    for words in [
        "1 frozen",
        "1 erased",
        "4 code_wrong",
        "key_revoked, policy_changed",
        "Admin kim: removed.",
        "Admin lee: as last changed.",
        "Restore number 1: recovery codes and trusted browsers of before no longer count.",
        "Next: deploy with this table as ExistingTableName.",
    ] {
        assert!(printed.contains(words), "{words}: {printed}");
    }

    // Run again, it changes nothing.
    let after = restored.items().await;
    shell.operator.restore(&folder.0, backup.1).await.unwrap();
    assert!(shell.printed().contains("0 changed"));
    assert_eq!(restored.items().await, after);

    assert_eq!(leaked.get(&user_path("/v1/user", "sam")).await.status, 401);
    let id = PortalId::parse(&portal.id).unwrap();
    let stored = restored.store().portal(&id).await.unwrap().unwrap().value;
    assert_eq!(stored.policy.code_lifetime_seconds.number(), 60);
    let settings = restored.store().settings().await.unwrap().unwrap().value;
    assert_eq!((settings.caps.texts_per_prefix_per_day, settings.restore_number), (7, 1));

    let frozen = back_end.open(anna()).await;
    assert_eq!((&frozen["status"], &frozen["reason"]), (&json!("denied"), &json!("frozen")));
    assert_eq!(back_end.open(user("rita")).await["status"], "enrol");
    assert_eq!(back_end.get(&user_path("/v1/user", "erin")).await.status, 404);
    let carl = user_key(&world, &portal, "carl").await;
    let carl = restored.store().read(&carl).await.unwrap().user.unwrap();
    assert_eq!(carl.contact.email, None, "no code goes to the address of before");
    assert_eq!(carl.authenticators.len(), 1);
    let gail = user_key(&world, &portal, "gail").await;
    let gail = restored.store().read(&gail).await.unwrap().user.unwrap();
    assert_eq!(gail.failures.codes().strangers.in_a_row, 4);
    let newt = user_key(&world, &portal, "newt").await;
    assert!(restored.store().read(&newt).await.unwrap().tombstone.unwrap().was_guarded);
    let rex = back_end.open(user("rex")).await;
    for code in &codes[..2] {
        let refused = back_end.act(&rex, "verify", json!({ "code": code })).await;
        assert!(refused.status >= 400, "{:?}", refused.body);
    }
    let again = restored.portal(&skipping).open(user("oscar")).await;
    assert_eq!(again["status"], "enrol", "{again}");

    // The first sign-in: nothing has ended for this user.
    let sign_in = back_end.open(user("sam")).await;
    let done = back_end.verify(&sign_in, &world.totp(&secrets[0])).await;
    assert_eq!((done.status, &done.body["status"]), (200, &json!("allowed")), "{:?}", done.body);

    // Admins are signed in nowhere, and who was removed does not come back.
    let operator = &world.running.demo.admins[0];
    let session = world.session.lock().unwrap().clone();
    let of_before = Portal { key: session, ..back_end.clone() };
    assert_eq!(of_before.get("/v1/admin/session").await.status, 401);
    let nobody = Portal { key: String::new(), ..back_end.clone() };
    for (name, password, status) in [
        (&*operator.name, &*operator.password, 201),
        (&*second.name, &*second.password, 401),
        ("kim", "the password of kim", 401),
        ("lee", "the password of lee", 401),
    ] {
        let given = json!({ "name": name, "password": password });
        let reply = nobody.post("/v1/admin/session", given).await;
        assert_eq!(reply.status, status, "{name}: {:?}", reply.body);
    }
    let roster = restored.store().roster().await.unwrap().unwrap().value;
    assert_eq!(roster.operators.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn s50_keys_that_leaked_since_the_backup_are_named_in_each_run_until_they_are_withdrawn() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    let backup = (world.backup().await, world.now());
    world.advance(3_600);
    let leaked = KeyVersion(1);
    for purpose in [KeyPurpose::Codes, KeyPurpose::Signing] {
        shell.operator.withdraw_root(purpose, leaked, u32::MAX).await.unwrap();
    }
    world.running.stream_is_delivered().await;
    let folder = Folder::with_journal_of(&world, "leaked");
    let restored = backup.0.restore(&world).await;
    let shell = on(&world, &restored).await;
    let run = async |operator: &Operator| {
        shell.printed();
        let done = operator.restore(&folder.0, backup.1).await;
        let refused = match done {
            Ok(()) => String::new(),
            Err(OpsError::Refused(words)) => words,
            other => panic!("{other:?}"),
        };
        (refused, shell.printed().contains("Next: deploy"))
    };
    let [codes, signing] = ["withdraw-root codes 1", "withdraw-root signing 1"];
    let names = |words: &str| [codes, signing, "the signing key "].map(|name| words.contains(name));
    for operator in [&shell.dry(), &shell.operator, &shell.operator] {
        let (refused, deploys) = run(operator).await;
        assert_eq!((names(&refused), deploys), ([true; 3], false), "{refused}");
    }
    shell.operator.withdraw_root(KeyPurpose::Codes, leaked, u32::MAX).await.unwrap();
    let (refused, deploys) = run(&shell.operator).await;
    assert_eq!((names(&refused), deploys), ([false, true, true], false), "{refused}");
    shell.operator.withdraw_root(KeyPurpose::Signing, leaked, u32::MAX).await.unwrap();
    assert_eq!(run(&shell.operator).await, (String::new(), true));
}

#[tokio::test(flavor = "multi_thread")]
async fn s50_a_restore_refuses_what_is_no_journal_and_a_moment_to_come() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    let folder = Folder::new("no-journal");
    let refused = async |backup: Timestamp| match shell.operator.restore(&folder.0, backup).await {
        Err(OpsError::Refused(words)) => words,
        other => panic!("{other:?}"),
    };
    assert!(refused(world.now()).await.starts_with("there are no objects of the journal"));
    std::fs::write(folder.0.join("1-2.ndjson"), "{\"v\":2}\n").unwrap();
    let words = refused(world.now()).await;
    assert!(words.contains("line 1 is no line of the journal"), "{words}");
    // A line that somebody else put into the bucket, and one that a newer release wrote.
    let (context, _) = world.function().await;
    let newer = context.keyring().await.unwrap().with_journal_mac(r#"{"v":2}"#);
    for (line, why) in [
        (newer.as_str(), "missing field"),
        (&newer.replace(":2,", ":1,"), "this service did not write it"),
        (r#"{"v":1}"#, "this service did not write it"),
    ] {
        std::fs::write(folder.0.join("1-2.ndjson"), format!("{line}\n")).unwrap();
        let words = refused(world.now()).await;
        assert!(
            words.contains("line 1 is no line of the journal") && words.contains(why),
            "{words}"
        );
    }
    assert!(refused(world.now().plus(1)).await.contains("is yet to come"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s50_nothing_counts_as_handled_before_the_journal_has_it() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, anna()).await;
    world.running.stream_is_delivered().await;
    let objects = world.running.bucket.objects();
    let of = |folder: &str| objects.iter().filter(|(name, _)| name.starts_with(folder)).count();
    assert!(of("journal/") > 0 && of("archive/") >= of("journal/"));
    let all: String = objects.iter().map(|(_, text)| text.as_str()).collect();
    assert!(all.contains("\"event\":\"enrolled\""), "{all}");
    for personal in ["anna", EMAIL, "example.co.nz\"", "+6421"] {
        assert!(!all.contains(personal), "{personal}: {all}");
    }
}
