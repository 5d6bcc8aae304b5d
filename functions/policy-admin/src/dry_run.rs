//! The dry run of a change over the index: as many users as one call can look at.

use portcullis_app::AppContext;
use portcullis_domain::{
    Masked, Portal, PortalId, Settings,
    dry_run::{Configuration, Consequence, consequences},
    limits,
};
use portcullis_http::{
    Cursor, Problem,
    wire::admin::{DryRunAnswer, PasskeyDomainAnswer, PortalPasskeys},
};
use portcullis_store::Listed;

/// Users read at once.
const PAGE: usize = 2_000;
/// Portals looked at in one call.
const PORTALS: usize = 200;

/// A change that would be saved.
struct Change<'a> {
    before: Configuration<'a>,
    after: Configuration<'a>,
}

impl Change<'_> {
    /// Returns true if passkeys are made for another domain then, or for none.
    fn moves_passkeys(&self) -> bool {
        self.before.relying_parties() != self.after.relying_parties()
    }

    /// Looks at users after a place in the list, at most so many. Returns the place that it came
    /// to, or `None` if that was the last.
    async fn look(
        &self,
        context: &AppContext,
        mut place: Option<String>,
        most: usize,
        mut count: impl FnMut(&Listed, Vec<Consequence>),
    ) -> Result<Option<String>, Problem> {
        let (mut left, now) = (most, context.now());
        while left > 0 {
            let portal = &self.before.portal.id;
            let limit = PAGE.min(left);
            let page = context.store().users_page(portal, place.as_deref(), limit).await?;
            left = left.saturating_sub(page.items.len());
            for (_, listed) in &page.items {
                count(listed, consequences(self.before, self.after, &listed.mfa_state, now));
            }
            place = page.next;
            if place.is_none() {
                break;
            }
        }
        Ok(place)
    }
}

/// Looks at the users of a portal that would be changed, after the cursor.
pub(crate) async fn run(
    context: &AppContext,
    before: &Portal,
    after: &Portal,
    cursor: Option<&str>,
) -> Result<DryRunAnswer, Problem> {
    let cursors = Cursor::of(&format!("dry-run:{}", before.id));
    let place = match cursor {
        Some(cursor) => Some(cursors.open(context, cursor).await?),
        None => None,
    };
    let settings = context.store().settings().await?;
    let settings = settings.map(|stored| stored.value).unwrap_or_default();
    let service = context.service();
    let under = |portal| Configuration { portal, settings: &settings, service };
    let change = Change { before: under(before), after: under(after) };
    let mut answer = DryRunAnswer::default();
    let count = |listed: &Listed, changes| {
        let masked = || listed.name.clone().unwrap_or_else(|| Masked::name(listed.id.as_str()));
        answer.count(|| masked().to_string(), changes);
    };
    let place = change.look(context, place, limits::LISTED_PER_CALL, count).await?;
    answer.complete = place.is_none();
    if let Some(place) = place {
        answer.next_cursor = Some(cursors.seal(context, &place).await?);
    }
    Ok(answer)
}

/// The point that a dry run over all portals came to.
#[derive(Default)]
struct Progress {
    /// The last portal that it looked at.
    portal: Option<String>,
    /// The place in the list of that portal's users, if there are more of them.
    user: Option<String>,
}

impl Progress {
    fn parse(text: &str) -> Self {
        let (portal, user) = text.split_once('/').unwrap_or((text, ""));
        let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Self { portal: filled(portal), user: filled(user) }
    }

    fn text(&self) -> String {
        let text = |part: &Option<String>| part.clone().unwrap_or_default();
        format!("{}/{}", text(&self.portal), text(&self.user))
    }

    /// Goes to the next portal, unless there are more users of this one. Returns its id, or `None`
    /// after the last.
    async fn next(&mut self, context: &AppContext) -> Result<Option<PortalId>, Problem> {
        if self.user.is_none() {
            let page = context.store().portals_page(self.portal.as_deref(), 1).await?;
            let Some((id, _)) = page.items.into_iter().next() else { return Ok(None) };
            self.portal = Some(id);
        }
        Ok(self.portal.as_deref().map(PortalId::parse).transpose()?)
    }
}

/// Looks at the users of every portal whose passkeys other settings would move, after the cursor.
pub(crate) async fn across_portals(
    context: &AppContext,
    before: &Settings,
    after: &Settings,
    cursor: Option<&str>,
) -> Result<PasskeyDomainAnswer, Problem> {
    let cursors = Cursor::of("dry-run-passkey-domain");
    let mut progress = match cursor {
        Some(cursor) => Progress::parse(&cursors.open(context, cursor).await?),
        None => Progress::default(),
    };
    let mut answer = PasskeyDomainAnswer::default();
    for _ in 0..PORTALS {
        let left = limits::LISTED_PER_CALL.saturating_sub(answer.users);
        if left == 0 {
            break;
        }
        let Some(id) = progress.next(context).await? else {
            answer.complete = true;
            return Ok(answer);
        };
        let place = progress.user.take();
        // The list is late by moments: a portal in it may be deleted.
        let Some(portal) = context.store().portal(&id).await? else { continue };
        let (portal, service) = (&portal.value, context.service());
        let under = |settings| Configuration { portal, settings, service };
        let change = Change { before: under(before), after: under(after) };
        if !change.moves_passkeys() {
            continue;
        }
        let (mut users, mut counted) = (0, PortalPasskeys::default());
        let count = |_: &Listed, changes: Vec<Consequence>| {
            users += 1;
            counted.count(&changes);
        };
        progress.user = change.look(context, place, left, count).await?;
        counted.portal = id.to_string();
        answer.add(users, counted);
    }
    answer.next_cursor = Some(cursors.seal(context, &progress.text()).await?);
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dry_run_over_all_portals_goes_on_at_the_user_or_the_portal_that_it_came_to() {
        let some = |text: &str| Some(text.to_owned());
        for (portal, user, text) in [
            (None, None, "/"),
            (some("acme"), None, "acme/"),
            (some("acme"), some("a-_"), "acme/a-_"),
        ] {
            let progress = Progress { portal: portal.clone(), user: user.clone() };
            assert_eq!(progress.text(), text);
            let read = Progress::parse(text);
            assert_eq!((read.portal, read.user), (portal, user));
        }
    }
}
