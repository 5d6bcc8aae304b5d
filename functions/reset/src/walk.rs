//! The walk over the users that an admin does something for: at most a hundred with each step, ten
//! at a time. The place in the list and the progress until then are in a sealed cursor.

use futures_util::future::join_all;
use portcullis_app::{AppContext, SelectedFrom};
use portcullis_domain::{Locator, MfaState, Settings, UserId, decision::Selection};
use portcullis_http::{Cursor, Problem, ProblemCode, wire::admin::BulkFailure};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Users who are handled at the same time.
const AT_ONCE: usize = 10;
/// Seconds that the last of them, and the end of the step, may take.
const SPARE_SECONDS: u64 = 4;

/// A walk over a selection, with the cursors that belong to it alone.
pub(crate) struct Walk<'a> {
    pub context: &'a AppContext,
    pub from: SelectedFrom<'a>,
    pub cursors: Cursor,
}

pub(crate) struct Step<P> {
    /// The progress, with this step and those before it.
    pub progress: P,
    /// Ids that were named and that no user has.
    pub unknown_users: Vec<UserId>,
    /// The start of the next step; none after the last user.
    pub next_cursor: Option<String>,
}

/// The place in the list after a step, with the progress until then.
#[derive(Default, Deserialize, Serialize)]
struct Place<P> {
    after: Option<String>,
    progress: P,
}

/// Reads the settings, with which a selection is judged.
pub(crate) async fn settings(context: &AppContext) -> Result<Settings, Problem> {
    let stored = context.store().settings().await?;
    Ok(stored.map(|stored| stored.value).unwrap_or_default())
}

/// Notes a call that failed, unless the user was erased since the list was read, or moved out of
/// reach.
pub(crate) fn note_failure(
    problem: &Problem,
    id: &UserId,
    (failed, failures): (&mut u32, &mut Vec<BulkFailure>),
) {
    if problem.code() == ProblemCode::UserUnknown {
        return;
    }
    *failed += 1;
    let (user, reason) = (id.to_string(), problem.detail().to_owned());
    BulkFailure { user, reason }.name_in(failures);
}

impl Walk<'_> {
    /// Does something for the next users, and notes what became of each.
    pub(crate) async fn step<P, T, D>(
        &self,
        cursor: Option<&str>,
        act: impl Fn(Locator, UserId) -> D,
        note: impl Fn(&mut P, &UserId, Result<T, Problem>),
    ) -> Result<Step<P>, Problem>
    where
        P: Default + Serialize + DeserializeOwned,
        D: Future<Output = Result<T, Problem>>,
    {
        let Place { after, mut progress } = self.place(cursor).await?;
        let selected = self.context.selected_users(self.from, after, Selection::STEP).await?;
        let mut next = selected.next;
        for users in selected.users.chunks(AT_ONCE) {
            let acts = users.iter().map(|(locator, listed)| act(*locator, listed.id.clone()));
            for ((_, listed), done) in users.iter().zip(join_all(acts).await) {
                note(&mut progress, &listed.id, done);
            }
            let [.., (last, _)] = users else { continue };
            if !self.context.deadline().leaves(SPARE_SECONDS, self.context.now()) {
                next = Some(last.to_string());
                break;
            }
        }
        let next_cursor = self.cursor(next, &progress).await?;
        Ok(Step { progress, unknown_users: selected.missing, next_cursor })
    }

    /// Notes what the list knows of the users, as many as one call looks through. Nothing is
    /// changed.
    pub(crate) async fn count<P>(
        &self,
        cursor: Option<&str>,
        note: impl Fn(&mut P, &UserId, &MfaState),
    ) -> Result<Step<P>, Problem>
    where
        P: Default + Serialize + DeserializeOwned,
    {
        let Place { after, mut progress } = self.place(cursor).await?;
        let selected = self.context.selected_users(self.from, after, usize::MAX).await?;
        for (_, listed) in &selected.users {
            note(&mut progress, &listed.id, &listed.mfa_state);
        }
        let next_cursor = self.cursor(selected.next, &progress).await?;
        Ok(Step { progress, unknown_users: selected.missing, next_cursor })
    }

    async fn place<P: Default + DeserializeOwned>(
        &self,
        cursor: Option<&str>,
    ) -> Result<Place<P>, Problem> {
        let Some(cursor) = cursor else { return Ok(Place::default()) };
        let place = self.cursors.open(self.context, cursor).await?;
        serde_json::from_str(&place).map_err(|_| Problem::unavailable())
    }

    async fn cursor(
        &self,
        next: Option<String>,
        progress: &impl Serialize,
    ) -> Result<Option<String>, Problem> {
        let Some(after) = next else { return Ok(None) };
        let place = Place { after: Some(after), progress };
        let text = serde_json::to_string(&place).map_err(|_| Problem::unavailable())?;
        self.cursors.seal(self.context, &text).await.map(Some)
    }
}
