//! Everything that a call could change or send.

use super::World;

#[derive(Debug, PartialEq, Eq)]
pub struct State {
    items: Vec<(String, String)>,
    messages: usize,
}

impl World {
    /// Returns what there is now. Notices come later, and of a change alone; shares count calls
    /// that change nothing, too.
    pub async fn state(&self) -> State {
        let kinds = ["USER#", "PORTAL#", "COUNT#"];
        let beside = ["COUNT#notified#", "COUNT#share#"];
        let counts = |pk: &str| !beside.iter().any(|start| pk.starts_with(start));
        let is_one = |pk: &str| kinds.iter().any(|kind| pk.starts_with(kind)) && counts(pk);
        let items = self.raw_items().await.into_iter();
        let mut items: Vec<_> = items.filter(|(pk, _)| is_one(pk)).collect();
        items.sort();
        State { items, messages: self.outbox().await.len() }
    }
}
