//! `index-users`: indexes the users whom an older release wrote. It may be stopped and run again.

use portcullis_app::AppContext;
use portcullis_domain::User;
use portcullis_keys::Purposes;
use portcullis_store::UserKey;
use std::time::Duration;

use crate::{Operator, OpsError, Run};

#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    users: u64,
    /// Those who were not found by something of theirs.
    indexed: u64,
    /// The values by which they were not found.
    values: usize,
    failed: u64,
}

impl Operator {
    /// Writes what is missing of the values that users are found by, of at most `per_second` users
    /// in a second.
    ///
    /// # Errors
    /// [`OpsError::Refused`] after the last user if some could not be indexed.
    pub async fn index_users(&self, per_second: u32) -> Result<(), OpsError> {
        let context = self.context(Purposes::lookup_and(&[]));
        let pause = Duration::from_secs(1) / per_second.max(1);
        let (mut sum, mut after) = (Sum::default(), None);
        loop {
            let page = self.store.scan_users(after.as_deref()).await?;
            for (user_key, read) in page.users {
                sum.users += 1;
                let done = match read {
                    Ok(user) => self.index_user(&context, &user_key, &user).await,
                    Err(error) => Err(error.into()),
                };
                match done {
                    Ok(values) => {
                        sum.indexed += u64::from(values > 0);
                        sum.values += values;
                        if values > 0 && self.run == Run::Real {
                            tokio::time::sleep(pause).await;
                        }
                    }
                    Err(error) => {
                        sum.failed += 1;
                        self.progress(format!("{user_key:?}: {error}"));
                    }
                }
            }
            self.progress(format!("{} users were read, {} indexed", sum.users, sum.indexed));
            match page.next {
                Some(next) => after = Some(next),
                None => return self.say_indexed(sum),
            }
        }
    }

    /// Indexes a user, and returns the number of values that were missing.
    async fn index_user(
        &self,
        context: &AppContext,
        user_key: &UserKey,
        user: &User,
    ) -> Result<usize, OpsError> {
        let missing = context.unindexed(user_key, user).await?;
        if self.run == Run::Real {
            context.index_user(user_key, &missing).await?;
        }
        Ok(missing.len())
    }

    fn say_indexed(&self, Sum { users, indexed, values, failed }: Sum) -> Result<(), OpsError> {
        self.print(match self.run {
            Run::Real => format!("{users} users: {indexed} indexed, by {values} values."),
            Run::Dry => format!(
                "Dry run: of {users} users, {indexed} would be indexed, by {values} values."
            ),
        });
        match failed {
            0 => Ok(()),
            _ => Err(OpsError::Refused(format!(
                "{failed} users could not be indexed; the lines above say why, and the command may \
                 be run again"
            ))),
        }
    }
}
