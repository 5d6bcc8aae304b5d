//! The providers' answers of a short time ago: a page that everybody opens does not ask each time.

use portcullis_domain::{Settings, Timestamp, settings::ReadyLine};
use portcullis_http::Problem;
use std::sync::{Arc, Mutex, PoisonError};

use crate::AppState;

/// Seconds for which an answer is shown.
const SHOWN: i64 = 300;

/// The last answer of the providers, in this process.
#[derive(Clone, Debug, Default)]
pub struct RecentReadiness(Arc<Mutex<Option<Answer>>>);

#[derive(Clone, Debug)]
struct Answer {
    at: Timestamp,
    /// The settings that they were asked about.
    settings: Settings,
    lines: Vec<ReadyLine>,
}

impl RecentReadiness {
    /// Returns what the providers say about these settings, asked at most five minutes ago.
    pub(crate) async fn lines(
        &self,
        state: &AppState,
        settings: &Settings,
    ) -> Result<Vec<ReadyLine>, Problem> {
        let now = state.context.now();
        if let Some(lines) = self.recent(settings, now) {
            return Ok(lines);
        }
        let keyring = state.context.keyring().await?;
        let lines = state.sender.readiness(&keyring, settings, &state.deployment).await;
        let answer = Answer { at: now, settings: settings.clone(), lines: lines.clone() };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
        Ok(lines)
    }

    fn recent(&self, settings: &Settings, now: Timestamp) -> Option<Vec<ReadyLine>> {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = last.as_ref().filter(|answer| answer.settings == *settings)?;
        (0..SHOWN).contains(&now.since(last.at)).then(|| last.lines.clone())
    }
}
