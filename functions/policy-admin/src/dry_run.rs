//! The dry run of a policy over the index: as many users as one call can look at.

use portcullis_app::AppContext;
use portcullis_domain::{Masked, Portal, dry_run::consequences, limits};
use portcullis_http::{Cursor, Problem, wire::admin::DryRunAnswer};

/// Users read at once.
const PAGE: usize = 2_000;

/// Looks at users after the cursor.
pub(crate) async fn run(
    context: &AppContext,
    before: &Portal,
    after: &Portal,
    cursor: Option<&str>,
) -> Result<DryRunAnswer, Problem> {
    let cursors = Cursor::of(&format!("dry-run:{}", before.id));
    let mut place = match cursor {
        Some(cursor) => Some(cursors.open(context, cursor).await?),
        None => None,
    };
    let settings = context.store().settings().await?;
    let settings = settings.map(|stored| stored.value).unwrap_or_default();
    let mut answer = DryRunAnswer::default();
    while answer.users < limits::LISTED_PER_CALL {
        let limit = PAGE.min(limits::LISTED_PER_CALL - answer.users);
        let page = context.store().users_page(&before.id, place.as_deref(), limit).await?;
        for (_, listed) in &page.items {
            let masked = || listed.name.clone().unwrap_or_else(|| Masked::name(listed.id.as_str()));
            let changes = consequences(before, after, &settings, &listed.mfa_state);
            answer.count(|| masked().to_string(), changes);
        }
        place = page.next;
        if place.is_none() {
            break;
        }
    }
    answer.complete = place.is_none();
    if let Some(place) = place {
        answer.next_cursor = Some(cursors.seal(context, &place).await?);
    }
    Ok(answer)
}
