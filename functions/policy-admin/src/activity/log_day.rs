//! The lines of one portal's day, newest first, read from its partitions as they are asked for.

use futures_util::future::try_join_all;
use portcullis_domain::{PortalId, portal::LogPartitions};
use portcullis_store::{LogLine, LogPage, LogPlace, Store, StoreError};
use std::collections::VecDeque;

// The most lines of a partition that are read at once. A line takes at most 4 KB, and a query of
// the table gives at most 1 MB.
pub(super) const PAGE: usize = 250;

/// The rest of a portal's day. Each partition is read by a query of its own, and again only once
/// its lines were taken, so that no line is read twice.
pub(super) struct LogDay<'a> {
    store: &'a Store,
    portal: &'a PortalId,
    lines_at_once: usize,
    partitions: Vec<Partition>,
}

struct Partition {
    number: u8,
    lines: VecDeque<(LogPlace, LogLine)>,
    /// The place before which it may have more lines.
    rest: Option<LogPlace>,
}

impl Partition {
    fn newest(&self) -> Option<&str> {
        self.lines.front().map(|(place, _)| place.before.as_str())
    }

    fn must_be_read(&self) -> bool {
        self.rest.is_some() && self.lines.is_empty()
    }
}

impl<'a> LogDay<'a> {
    pub(super) fn before(
        store: &'a Store,
        portal: &'a PortalId,
        partitions: LogPartitions,
        place: &LogPlace,
        lines_at_once: usize,
    ) -> Self {
        let partition =
            |number| Partition { number, lines: VecDeque::new(), rest: Some(place.clone()) };
        let partitions = (0..partitions.on(place.day)).map(partition).collect();
        Self { store, portal, lines_at_once, partitions }
    }

    /// Returns the number of queries without which the next line is not known.
    pub(super) fn queries(&self) -> usize {
        self.partitions.iter().filter(|partition| partition.must_be_read()).count()
    }

    pub(super) async fn read(&mut self) -> Result<(), StoreError> {
        let (store, portal, limit) = (self.store, self.portal, self.lines_at_once);
        let missing = self.partitions.iter_mut().filter(|partition| partition.must_be_read());
        let pages = missing.map(|partition| async move {
            let Some(place) = partition.rest.take() else { return Ok(()) };
            let page = store.log_page(portal, partition.number, &place, limit).await?;
            let LogPage { lines, more } = page;
            partition.rest = lines.last().filter(|_| more).map(|(place, _)| place.clone());
            partition.lines.extend(lines);
            Ok::<_, StoreError>(())
        });
        try_join_all(pages).await.map(|_| ())
    }

    /// Returns the sort key of the newest line that was read and not taken.
    pub(super) fn newest(&self) -> Option<&str> {
        self.partitions.iter().filter_map(Partition::newest).max()
    }

    pub(super) fn take(&mut self) -> Option<(LogPlace, LogLine)> {
        let newest = self.partitions.iter_mut().max_by(|a, b| a.newest().cmp(&b.newest()));
        newest.and_then(|partition| partition.lines.pop_front())
    }

    pub(super) async fn next(&mut self) -> Result<Option<(LogPlace, LogLine)>, StoreError> {
        self.read().await?;
        Ok(self.take())
    }
}
