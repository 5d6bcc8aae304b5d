//! The numbers of each portal's days, counted from the log by a schedule. No write of a sign-in
//! pays for them, and they are exact because the log is.

use portcullis_app::CommandError;
use portcullis_domain::{PortalId, WriteId, user::RollUp};
use portcullis_store::{LogPlace, RollUps};

use crate::ActivityHandler;

/// Lines that a page asks for. The table gives at most 1 MB at once.
const PAGE: usize = 2_000;
/// Portals that a page of their list has.
const PORTALS: usize = 100;
/// Seconds that have to be left of the invocation for one more page, and to note how far it came.
const SECONDS_FOR_A_PAGE: u64 = 3;
/// Days that a turn looks back: the open ones, and a few on which no turn ran.
const LOOKS_BACK: i64 = RollUp::OPEN_DAYS + 7;

/// The end of a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountTurn {
    /// Nothing is left to count today.
    Done,
    /// The time was too short; the next turn goes on.
    Stopped,
}

/// Counts each day of each portal that is due, until the invocation has no time for more. What
/// fails for one portal keeps none of the others waiting.
///
/// # Errors
/// [`CommandError`] if the portals could not be read, or if one of them failed.
pub async fn count_days(handler: &ActivityHandler) -> Result<CountTurn, CommandError> {
    let today = handler.context.now().day();
    if handler.logs.is_counted_on(today) {
        return Ok(CountTurn::Done);
    }
    let (mut after, mut failed) = (None, None);
    loop {
        let page = handler.context.store().portals_page(after.as_deref(), PORTALS).await?;
        for portal in page.items.iter().filter_map(|(id, _)| PortalId::parse(id).ok()) {
            match count_portal(handler, &portal, today).await {
                Ok(CountTurn::Done) => {}
                Ok(CountTurn::Stopped) => return failed.map_or(Ok(CountTurn::Stopped), Err),
                Err(error) => {
                    tracing::error!(%error, cause = ?error.cause, %portal, "the days of a portal were not counted and will be tried again");
                    failed = Some(error);
                }
            }
        }
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    if let Some(error) = failed {
        return Err(error);
    }
    handler.logs.note_counted_on(today);
    Ok(CountTurn::Done)
}

async fn count_portal(
    handler: &ActivityHandler,
    portal: &PortalId,
    today: i64,
) -> Result<CountTurn, CommandError> {
    let (store, now) = (handler.context.store(), handler.context.now());
    let known = store.roll_ups(portal, today - LOOKS_BACK..=today - 1).await?;
    // Before the first day that was counted, the portal or its numbers were not there yet.
    let first = known.keys().next().copied().unwrap_or(today - 1);
    for day in first..today {
        let roll_up = known.get(&day).map(|known| known.value.clone()).unwrap_or_default();
        if roll_up.is_due(day, now)
            && count_day(handler, portal, day, &known).await? == CountTurn::Stopped
        {
            return Ok(CountTurn::Stopped);
        }
    }
    Ok(CountTurn::Done)
}

/// Counts a day from where the last turn stopped, and writes what came of it, unless another
/// process counts it too: that one's count is as good.
async fn count_day(
    handler: &ActivityHandler,
    portal: &PortalId,
    day: i64,
    known: &RollUps,
) -> Result<CountTurn, CommandError> {
    let ActivityHandler { context, logs, .. } = handler;
    let before = known.get(&day);
    let roll_up = before.map(|known| known.value.clone()).unwrap_or_default();
    let mut count = roll_up.going_on(context.now());
    let partitions = logs.plan(context, portal).await?.partitions.on(day);
    let mut turn = CountTurn::Done;
    while count.partition < partitions {
        if !context.deadline().leaves(SECONDS_FOR_A_PAGE, context.now()) {
            turn = CountTurn::Stopped;
            break;
        }
        let place = LogPlace { day, before: count.before.clone() };
        let page = context.store().log_page(portal, count.partition, &place, PAGE).await?;
        page.lines.iter().for_each(|(_, line)| count.numbers.add(&line.entry));
        match page.lines.last().filter(|_| page.more) {
            Some((place, _)) => count.before.clone_from(&place.before),
            None => count.next_partition(),
        }
    }
    let after = match turn {
        CountTurn::Done => RollUp::finished(count),
        CountTurn::Stopped => roll_up.stopped(count),
    };
    let write = WriteId::new(context.random()?);
    context.store().put_roll_up(portal, day, before, &after, write).await?;
    Ok(turn)
}
