//! The addresses of notices that wait: they are sealed anew before their key is withdrawn.

use portcullis_domain::{KeyVersion, limits, user::Recipient};
use portcullis_keys::{KeyError, KeyPurpose, Keyring};
use portcullis_store::{NoticesChange, NoticesKey, Record as _, StoreError, WriteOutcome};

use crate::{Operator, OpsError, Run};

/// The times that an item is read and written before it gives way to whoever sends its notices.
const TRIES: u32 = 5;

impl Operator {
    /// Seals the addresses of notices that wait anew. One that fails keeps the key from nothing: if
    /// its address is nowhere else, the log of `notices` names what was lost.
    pub(crate) async fn reseal_notices(&self, keyring: &Keyring) -> Result<(), OpsError> {
        let in_use = keyring.in_use(KeyPurpose::Settings).map_err(KeyError::from)?;
        // None waits longer than it is kept.
        let all = self.now().plus(limits::NOTICE_SECONDS);
        let (mut after, mut resealed, mut failed) = (None, 0_u64, 0_u64);
        loop {
            let (waiting, next) = self.store.due_notices(all, after).await?;
            for key in waiting {
                match self.reseal_notices_to(&key, keyring, in_use).await {
                    Ok(is_resealed) => resealed += u64::from(is_resealed),
                    Err(error) => {
                        failed += 1;
                        self.progress(format!("{key}: {error}"));
                    }
                }
            }
            match next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        let done = match self.run {
            Run::Real => "sealed anew",
            Run::Dry => "would be sealed anew",
        };
        self.print(format!("Addresses of waiting notices: {resealed} {done}, {failed} failed."));
        Ok(())
    }

    /// Does so for one destination, from what is there now. Returns true if it was under another
    /// version.
    async fn reseal_notices_to(
        &self,
        key: &NoticesKey,
        keyring: &Keyring,
        in_use: KeyVersion,
    ) -> Result<bool, OpsError> {
        let name = key.to_string();
        for _ in 0..TRIES {
            let read = key.read(&self.store).await?;
            let Some(mut notices) = read.as_ref().map(|read| read.value.clone()) else {
                return Ok(false);
            };
            let waiting = notices.recipient.take();
            let old = waiting.filter(|recipient| recipient.sealed.version != in_use);
            let Some(Recipient { sealed, locale }) = old else { return Ok(false) };
            if self.run == Run::Dry {
                return Ok(true);
            }
            let to = keyring.open_destination(&name, &sealed)?;
            let sealed = keyring.seal_destination(&name, &to, self.random()?)?;
            notices.recipient = Some(Recipient { sealed, locale });
            let until = self.now().plus(limits::NOTICE_SECONDS);
            let change = NoticesChange { notices, until };
            match key.write(&self.store, &read, change, self.write_id()?).await? {
                WriteOutcome::Written(_) => return Ok(true),
                WriteOutcome::Conflict => {}
            }
        }
        Err(StoreError::Contended.into())
    }
}
