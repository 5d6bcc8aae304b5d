//! The notices that came, compared with those that should.

use super::Driver;
use portcullis_model::{NOTICE_KINDS, Notice};
use std::{collections::BTreeMap, time::Duration};

impl Driver<'_> {
    /// Waits for the expected notices: the first of each kind comes at once, and the rest within
    /// the hour. An email says how many there were; of a text message only the kind is compared.
    pub async fn notices(&self, wanted: &[Notice]) -> Result<(), String> {
        let is_email = |(_, to): &Notice| to.contains('@');
        let counts = |all: Vec<(Notice, usize)>| {
            let mut counts = BTreeMap::<Notice, usize>::new();
            for (notice, count) in all {
                let at_most = if is_email(&notice) { usize::MAX } else { 1 };
                let sum = counts.entry(notice).or_default();
                *sum = (*sum + count).min(at_most);
            }
            counts
        };
        let wanted = counts(wanted.iter().map(|notice| (notice.clone(), 1)).collect());
        self.world.running.stream_is_delivered().await;
        let mut sent = BTreeMap::new();
        for look in 0..500 {
            self.messages();
            sent = counts(self.notices.lock().unwrap().clone());
            // A send under way whose claim a waiting user made old is taken up again, and repeated.
            let repeated = |(notice, count): (&Notice, &usize)| {
                wanted.get(notice).is_some_and(|of| (*of..=2 * of).contains(count))
            };
            if sent.len() == wanted.len() && sent.iter().all(repeated) {
                return Ok(());
            }
            // A sweep may still be on its way, and some hours begin later than others.
            if look % 50 == 49 {
                self.world.advance(3_600);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Err(format!("sent {sent:?}\n not {wanted:?}"))
    }
}

pub(super) fn notices_in(to: &str, text: &str) -> Vec<(Notice, usize)> {
    let notice = |line: &str| {
        let (kind, _) = NOTICE_KINDS.iter().find(|(_, words)| line.contains(words))?;
        // When and how the last of them came follows on the line.
        let times = line.split_once(" times)").and_then(|(start, _)| start.rsplit_once('('));
        let times = times.map_or(1, |(_, times)| times.parse().unwrap());
        Some(((*kind, to.to_ascii_lowercase()), times))
    };
    text.lines().filter_map(notice).collect()
}
