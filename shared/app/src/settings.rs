//! Changes of the system's settings by operators.

use portcullis_domain::{
    PortalId, Refusal, Settings, change,
    user::{By, EntryKind},
};
use portcullis_store::{AuditEntries, Replacement, SettingsRecord, Versioned};

use crate::{AppContext, CommandError, Conditions};

/// The entity tag of settings that were never set.
const NEVER_SET: &str = "\"none\"";

pub fn settings_etag(stored: Option<&Versioned<Settings>>) -> String {
    stored.map_or(NEVER_SET.to_owned(), Versioned::etag)
}

impl AppContext {
    /// Replaces the settings that were read; the entry tells each field that is different.
    pub async fn replace_settings(
        &self,
        held: Option<Versioned<Settings>>,
        conditions: &Conditions,
        settings: Settings,
        by: &By,
    ) -> Result<Versioned<Settings>, CommandError> {
        let decide = |stored: &Option<Versioned<Settings>>| {
            let etag = settings_etag(stored.as_ref());
            let before = stored.clone().map(|stored| stored.value).unwrap_or_default();
            let acted = conditions.meet(before.acted.clone(), &etag, self.now())?;
            let (unknown, restore_number) = (before.unknown.clone(), before.restore_number);
            let value = Settings { acted, unknown, restore_number, ..settings.clone() };
            let entry = self.entry(EntryKind::SettingsChanged, by);
            let entry = entry.changing(change::of_settings(&before, &value));
            let entries = Some(AuditEntries::of(&PortalId::console(), entry));
            Ok(Replacement { value, entries })
        };
        let after = self.update_by_admin(&SettingsRecord, Some(held), decide).await?;
        Ok(after.ok_or(Refusal::ChangedMeanwhile)?)
    }
}
