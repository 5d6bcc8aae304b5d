//! Codes, links and marks of users that were made under a leaked root key for `codes`.

use portcullis_domain::{
    KeyVersion, StateChange, UserState, WriteKind,
    user::{Entry, EntryKind, WithdrawnCodes},
};
use portcullis_store::{Record as _, StoreError, UserChange, UserKey, WriteOutcome};
use std::time::Duration;

use super::Leaked;
use crate::{Operator, OpsError, Run};

/// The times that a user is read and written before it gives way to the user's own writes.
const TRIES: u32 = 5;

impl Operator {
    /// Takes from every user the codes and links that were made under the leaked version.
    pub(super) async fn withdraw_codes(
        &self,
        leaked: Leaked,
        pause: Duration,
    ) -> Result<(), OpsError> {
        let (mut users, mut sets, mut others, mut failed) = (0_u64, 0_u64, 0, 0_u64);
        let mut after = None;
        loop {
            let page = self.store.scan_users(after.as_deref()).await?;
            for (place, read) in page.users {
                users += 1;
                let done = match read {
                    Ok(mut user) => match user.withdraw_codes(leaked.version) {
                        WithdrawnCodes { recovery_codes: false, others: 0 } => continue,
                        WithdrawnCodes { .. } => self.withdraw_from(&place, leaked.version).await,
                    },
                    Err(error) => Err(error.into()),
                };
                match done {
                    Ok(WithdrawnCodes { recovery_codes, others: more }) => {
                        sets += u64::from(recovery_codes);
                        others += more;
                    }
                    Err(error) => {
                        failed += 1;
                        self.progress(format!("{place:?}: {error}"));
                    }
                }
                if self.run == Run::Real {
                    tokio::time::sleep(pause).await;
                }
            }
            self.progress(format!("{users} users were read"));
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        let done = match self.run {
            Run::Real => "taken away",
            Run::Dry => "would be taken away",
        };
        self.print(format!(
            "{users} users: {sets} sets of recovery codes and {others} other codes and links \
             {done}."
        ));
        match failed {
            0 => Ok(()),
            _ => Err(OpsError::Refused(format!(
                "{failed} users could not be written; the lines above say why, and the command may \
                 be run again"
            ))),
        }
    }

    /// Does so for one user, from what is there now.
    async fn withdraw_from(
        &self,
        user_key: &UserKey,
        leaked: KeyVersion,
    ) -> Result<WithdrawnCodes, OpsError> {
        for _ in 0..TRIES {
            let read = user_key.read(&self.store).await?;
            let nothing = WithdrawnCodes { recovery_codes: false, others: 0 };
            let Some(mut user) = read.user.clone() else { return Ok(nothing) };
            let gone = user.withdraw_codes(leaked);
            if gone == nothing || self.run == Run::Dry {
                return Ok(gone);
            }
            let kind = EntryKind::RecoveryCodesWithdrawn;
            let entry = Entry { by: self.by.clone(), ..kind.at(self.now()) };
            let entries = if gone.recovery_codes { vec![entry] } else { vec![] };
            user.remember(&entries);
            let state = UserState::Known(Box::new(user));
            let change = StateChange { state, entries, kind: WriteKind::Resealed };
            let change = UserChange { change, key: None };
            match user_key.write(&self.store, &read, change, self.write_id()?).await? {
                WriteOutcome::Written(_) => return Ok(gone),
                WriteOutcome::Conflict => {}
            }
        }
        Err(StoreError::Contended.into())
    }
}
