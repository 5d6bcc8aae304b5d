//! Changing documents that others may change at the same time: under the ETag an admin read, or read and decided again.

use axum::extract::FromRequestParts;
use http::{header, request::Parts};
use portcullis_app::AppContext;
use portcullis_domain::{
    FormId, Locator, Portal, PortalId, Refusal, WriteId,
    admin::Admin,
    change,
    user::{By, Entry, EntryKind},
};
use portcullis_http::{Problem, ProblemCode};
use portcullis_store::{Document, Trail};
use std::convert::Infallible;

/// How often a change without an ETag is decided again when others are faster.
const TRIES: usize = 5;

/// The ETag a request wants to replace (RFC 9110, section 13.1.1).
#[derive(Debug)]
pub(crate) struct IfMatch(Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let value = parts.headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok());
        Ok(Self(value.map(str::to_owned)))
    }
}

impl IfMatch {
    /// The ETag a form was made with.
    pub(crate) const fn of(etag: String) -> Self {
        Self(Some(etag))
    }

    /// Refuses a change of something else than was read.
    pub(crate) fn is(&self, etag: &str) -> Result<(), Problem> {
        match &self.0 {
            Some(given) if given == etag => Ok(()),
            Some(_) => Err(changed_meanwhile()),
            None => Err(Problem::new(
                ProblemCode::IfMatchMissing,
                "Send the ETag of what you read as the header If-Match.",
            )),
        }
    }
}

pub(crate) fn changed_meanwhile() -> Problem {
    let detail = "It was changed meanwhile. Read it again, and repeat your change.";
    Problem::new(ProblemCode::ChangedMeanwhile, detail)
}

/// An entry of what an admin did.
pub(crate) fn entry(context: &AppContext, kind: EntryKind, by: By) -> Entry {
    kind.at(context.now()).done_by(by)
}

/// A portal, as stored.
pub(crate) async fn portal(
    context: &AppContext,
    id: &PortalId,
) -> Result<Document<Portal>, Problem> {
    let stored = context.store().portal(id).await?;
    stored.ok_or_else(|| Problem::refused(&Refusal::UnknownPortal, context.now()))
}

/// Puts a portal in place of the one that was read; `None` where another change was faster. The entry tells each field that
/// is different.
pub(crate) async fn put_portal(
    context: &AppContext,
    stored: &Document<Portal>,
    portal: Portal,
    entry: Entry,
) -> Result<Option<Document<Portal>>, Problem> {
    let write = WriteId::new(context.random()?);
    let changes = change::of_portal(Some(&stored.value), &portal);
    let trail = Trail::of(&portal.id, entry.changing(changes));
    let put = context.store().put_portal(&portal, &stored.write, write, &trail).await;
    let landed = put?;
    Ok(landed.then(|| Document { value: portal, write: write.to_string() }))
}

/// What a change is told that another one was faster than: perhaps that was the same form, sent twice at once.
pub(crate) async fn overtaken(
    context: &AppContext,
    id: &PortalId,
    form: Option<FormId>,
) -> Problem {
    let told = |refusal: Refusal| Problem::refused(&refusal, context.now());
    match portal(context, id).await {
        Ok(stored) => stored.value.acted.check(form).map_or_else(told, |()| changed_meanwhile()),
        Err(problem) => problem,
    }
}

/// Changes a portal, deciding again when another change was faster. A form changes it once.
pub(crate) async fn change_portal(
    context: &AppContext,
    id: &PortalId,
    form: Option<FormId>,
    change: impl Fn(Portal) -> Result<(Portal, Entry), Refusal>,
) -> Result<Document<Portal>, Problem> {
    for _ in 0..TRIES {
        let stored = portal(context, id).await?;
        let told = |refusal: Refusal| Problem::refused(&refusal, context.now());
        let mut before = stored.value.clone();
        before.acted.note(form, context.now()).map_err(told)?;
        let (changed, entry) = change(before).map_err(told)?;
        if let Some(put) = put_portal(context, &stored, changed, entry).await? {
            return Ok(put);
        }
    }
    Err(changed_meanwhile())
}

/// Changes an admin whose role stays, deciding again when another change was faster.
pub(crate) async fn change_admin(
    context: &AppContext,
    locator: Locator,
    change: impl Fn(&mut Admin) -> Result<Option<Entry>, Refusal>,
) -> Result<Admin, Problem> {
    for _ in 0..TRIES {
        let stored = context.store().admin(locator).await?;
        let unknown = || Problem::refused(&Refusal::UnknownAdmin, context.now());
        let Document { value: mut admin, write: last } = stored.ok_or_else(unknown)?;
        let entry =
            change(&mut admin).map_err(|refusal| Problem::refused(&refusal, context.now()))?;
        let trail = entry.map(|entry| Trail::of(&PortalId::console(), entry));
        let write = WriteId::new(context.random()?);
        let put = context.store().put_admin(locator, &admin, &last, write, trail.as_ref()).await;
        if put? {
            return Ok(admin);
        }
    }
    Err(changed_meanwhile())
}
