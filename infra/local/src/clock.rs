//! A clock that can be moved, so that a test need not wait for a code to expire.

use portcullis_app::{Clock, system_time};
use portcullis_domain::Timestamp;
use std::{
    fs,
    path::PathBuf,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicI64, Ordering},
    },
};

/// The time of day, and how far it was moved.
#[derive(Clone, Debug, Default)]
pub struct LocalClock {
    moved: Arc<AtomicI64>,
    file: Arc<OnceLock<ClockFile>>,
    stopped_at: Option<Timestamp>,
}

impl LocalClock {
    /// A clock that stands still unless it is moved, at ten past nine of the current day (UTC): a
    /// test that moves it by hours stays within the day, whenever it is run.
    pub fn stopped() -> Self {
        const TEN_PAST_NINE: i64 = 9 * 3_600 + 600;
        let now = system_time();
        let moment = now.plus(TEN_PAST_NINE - now.unix().rem_euclid(86_400));
        Self { stopped_at: Some(moment), ..Self::default() }
    }

    /// A clock that stands still at a moment unless it is moved.
    pub fn stopped_at(moment: Timestamp) -> Self {
        Self { stopped_at: Some(moment), ..Self::default() }
    }

    pub fn now(&self) -> Timestamp {
        self.stopped_at.unwrap_or_else(system_time).plus(self.moved.load(Ordering::Relaxed))
    }

    pub fn advance(&self, seconds: i64) {
        self.moved.fetch_add(seconds, Ordering::Relaxed);
        if let Some(file) = self.file.get() {
            file.write(self);
        }
    }

    pub fn as_clock(&self) -> Clock {
        let clock = self.clone();
        Arc::new(move || clock.now())
    }

    /// Returns the environment variables under which another process lives in this time, by the
    /// library libfaketime.
    pub(crate) fn as_environment(&self) -> Vec<(&'static str, String)> {
        let file = self.file.get_or_init(|| {
            let name = format!("portcullis-clock-{:x}", Arc::as_ptr(&self.moved).addr());
            ClockFile(std::env::temp_dir().join(format!("{name}-{}", std::process::id())))
        });
        file.write(self);
        vec![
            ("LD_PRELOAD", FAKETIME.to_owned()),
            ("FAKETIME_TIMESTAMP_FILE", file.0.display().to_string()),
            ("FAKETIME_FMT", "%s".to_owned()),
            ("FAKETIME_NO_CACHE", "1".to_owned()),
            // Time limits go on running by the true clock.
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
        ]
    }
}

/// Debian's package libfaketime puts it here; the dynamic linker finds it elsewhere by name.
const FAKETIME: &str = "/usr/$LIB/faketime/libfaketime.so.1";

/// The file by which other processes learn the time. It goes with the clock.
#[derive(Debug)]
struct ClockFile(PathBuf);

impl ClockFile {
    /// Says the time: a moment for a clock that stands still, else how far it was moved.
    fn write(&self, clock: &LocalClock) {
        let moved = clock.moved.load(Ordering::Relaxed);
        let time = match clock.stopped_at {
            Some(_) => clock.now().unix().to_string(),
            None => format!("{moved:+}"),
        };
        // Renamed into place, so that nobody reads half of it.
        let new = self.0.with_extension("new");
        if let Err(error) = fs::write(&new, time).and_then(|()| fs::rename(&new, &self.0)) {
            tracing::error!(%error, "other processes do not learn the time");
        }
    }
}

impl Drop for ClockFile {
    fn drop(&mut self) {
        let _gone_already = fs::remove_file(&self.0);
    }
}
