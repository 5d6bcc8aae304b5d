//! The drills of `cargo ops`, on a table and a stand-in of KMS.

mod dry_runs;
mod fail_over;
mod given_up;
mod index_users;
mod interrupted;
mod journal_copy;
mod leaked_root;
mod redrive;
mod restore;
mod restore_interrupted;
mod rewrap;
mod rotation;
mod torn;
mod under_load;
mod unopened_root;
mod waiting_notices;

pub use fail_over::sites_of_a_fail_over;
pub use interrupted::sites_of_a_reseal;
pub use restore_interrupted::sites_of_a_restore;
pub use rewrap::sites_of_a_rewrap;

use crate::harness::World;
use portcullis_app::system_rng;
use portcullis_domain::{WriteId, admin::AdminId, user::By};
use portcullis_keys::WrappedKeyring;
use portcullis_ops::{Line, Operator, Run};
use portcullis_store::Replacement;
use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};

/// An operator's shell, and what was printed there.
struct Shell {
    operator: Operator,
    printed: Arc<Mutex<Vec<String>>>,
}

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("drill-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _gone_already = std::fs::remove_dir_all(&self.0);
    }
}

impl Shell {
    async fn of(world: &World) -> Self {
        let printed = Arc::<Mutex<Vec<String>>>::default();
        let screen = printed.clone();
        let say = move |line: Line<'_>| match line {
            Line::Transcript(line) => screen.lock().unwrap().push(line.to_owned()),
            Line::Progress(_) => {}
        };
        let (context, _) = world.function().await;
        let operator = Operator {
            store: world.running.store.clone(),
            kms: context.kms().clone(),
            root_key_id: portcullis_local::ROOT_KEY_ID.to_owned(),
            clock: world.running.clock.as_clock(),
            rng: Arc::new(system_rng),
            by: Some(By::Ops(AdminId::parse("olivia").unwrap())),
            run: Run::Real,
            say: Arc::new(say),
        };
        Self { operator, printed }
    }

    /// The same shell, where nothing is written.
    fn dry(&self) -> Operator {
        Operator { run: Run::Dry, ..self.operator.clone() }
    }

    /// Returns what was printed since this was asked last.
    fn printed(&self) -> String {
        std::mem::take(&mut *self.printed.lock().unwrap()).join("\n")
    }
}

/// Publishes a root key of `seal` in a wrapping that KMS does not open.
pub async fn publish_a_root_key_that_does_not_open(world: &World) {
    let store = &world.running.store;
    let before = store.versioned_keyring::<WrappedKeyring>().await.unwrap().unwrap();
    let mut keyring = serde_json::to_value(&before.value).unwrap();
    let root = serde_json::json!({
        "purpose": "seal", "version": 2, "wrapped": "AAAA", "published_at": world.now().unix(),
    });
    keyring["roots"].as_array_mut().unwrap().push(root);
    let value: WrappedKeyring = serde_json::from_value(keyring).unwrap();
    let broken = Replacement { value, entries: None };
    store.replace_keyring(&before, &broken, WriteId::new([7; 12])).await.unwrap();
}

/// Returns the ids in the key set, as a portal reads it a second later.
async fn key_set(world: &World) -> serde_json::Value {
    world.advance(1);
    let path = "/.well-known/jwks.json";
    let reply = world.call("", "GET", path, None, None).await;
    assert_eq!(reply.status, 200, "{:?}", reply.body);
    reply.body
}

/// Returns the entries of this kind in the log of the console, the newest first.
async fn log_of_keys(world: &World, event: &str) -> Vec<serde_json::Value> {
    world.running.stream_is_delivered().await;
    let path = format!("/v1/admin/portals/console/activity?event={event}");
    let page = world.admin_ok("GET", &path, None).await;
    page["entries"].as_array().unwrap().clone()
}

fn kids(key_set: &serde_json::Value) -> Vec<String> {
    let keys = key_set["keys"].as_array().unwrap();
    keys.iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}
