//! The first page of the console: what needs attention, and the last days of each portal. It reads
//! what was counted, and no log and no list of users.

use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_console::{
    Form, Frame,
    overview::view::{Need, percentage, said},
    page, see_other,
    start::view::{LineFigures, LineUsers, PortalLine, Start},
};
use portcullis_domain::{
    Channel, Day, Portal, PortalId, Settings,
    admin::{Right, Role},
    decision::PortalNeed,
    settings::{ReadyLine, ReadyState},
    user::{DayNumbers, Figure},
};
use portcullis_http::{
    Cursor, Problem, StrictQuery,
    admin::SignedIn,
    wire::admin::{DayState, ListQuery},
};
use portcullis_store::PortalFigures;

use crate::{AppState, numbers, portals::visible, settings};

/// The whole days that the figures are of, and the portals of a page.
const DAYS: i64 = 7;
const PORTALS: usize = 20;

pub(crate) async fn show(
    State(state): State<AppState>,
    admin: SignedIn,
    form: Form,
    StrictQuery(query): StrictQuery<ListQuery>,
) -> Result<Response, Problem> {
    match &admin.role {
        Role::OrgAdmin { portal, .. } => {
            return Ok(see_other(&format!("/console/portals/{portal}/users")));
        }
        Role::Operator | Role::Technician { .. } | Role::PortalAdmin { .. } | Role::Auditor => {}
    }
    let context = &state.context;
    let cursors = Cursor::of("start");
    let after = match query.cursor {
        Some(cursor) => Some(cursors.open(context, &cursor).await?),
        None => None,
    };
    let (settings, _) = settings::with_etag(context).await?;
    let (ids, next) = visible(context, &admin.role, after.as_deref(), PORTALS).await?;
    let portals = portals(context, &form, &admin.role, &settings, &ids).await?;
    let needs = if admin.role.has(Right::ReadSettings) {
        sending(&state, &form, &settings).await?
    } else {
        vec![]
    };
    let next = match next {
        Some(place) => Some(cursors.seal(context, &place).await?),
        None => None,
    };
    let may_make = admin.role.has(Right::MakePortals);
    let frame = Frame::of(form.say("console-overview"), &admin, &form);
    Ok(page(StatusCode::OK, &Start { frame, needs, portals, next, days: DAYS, may_make }))
}

/// Returns the lines of these portals, those that need attention first.
async fn portals(
    context: &AppContext,
    form: &Form,
    role: &Role,
    settings: &Settings,
    ids: &[PortalId],
) -> Result<Vec<PortalLine>, Problem> {
    let today = context.now().day();
    let figures = context.store().portal_figures(ids, today - DAYS..=today - 1).await?;
    let mut lines = vec![];
    for (id, figures) in ids.iter().zip(&figures) {
        // One that was deleted a moment ago is left out.
        let Some(stored) = context.store().portal(id).await? else { continue };
        let days = counted(figures, today);
        let needs =
            PortalNeed::of(&stored.value, settings, context.service(), context.now(), &days);
        lines.push((
            needs.first().copied(),
            line(form, role, &stored.value, &needs, figures, &days),
        ));
    }
    // A portal without needs comes after all that have one; the sort keeps the order of the ids.
    lines.sort_by_key(|(first, _)| (first.is_none(), *first));
    Ok(lines.into_iter().map(|(_, line)| line).collect())
}

fn counted(figures: &PortalFigures, today: i64) -> Vec<DayNumbers> {
    let days = (today - DAYS..today).map(|day| numbers::of_day(&figures.roll_ups, day));
    let counted = days.filter(|(state, _)| *state != DayState::Uncounted);
    counted.map(|(_, numbers)| numbers).collect()
}

fn line(
    form: &Form,
    role: &Role,
    portal: &Portal,
    needs: &[PortalNeed],
    figures: &PortalFigures,
    days: &[DayNumbers],
) -> PortalLine {
    let mut total = DayNumbers::default();
    days.iter().for_each(|day| total.add_all(day));
    let of_days = LineFigures {
        sign_ins: total.total(Figure::LetIn),
        success: percentage(total.success()),
        sent: total.total(Figure::Sent),
        not_sent: total.total(Figure::NotSent),
    };
    let users = figures.users.last().map(|(day, users)| LineUsers {
        enrolled: percentage(users.percent_enrolled()),
        shut_out: users.shut_out,
        more: users.more,
        day: Day::from_number(day).map(|day| day.to_string()).unwrap_or_default(),
    });
    PortalLine {
        id: portal.id.to_string(),
        description: portal.profile.description.clone(),
        enabled: portal.policy.enabled,
        needs: needs.iter().map(|need| said(&form.words, role, &portal.id, *need)).collect(),
        figures: (!days.is_empty()).then_some(of_days),
        users,
    }
}

/// Returns what sending needs and does not have. A channel that nobody set up is none of it: a
/// portal that needs it says so.
async fn sending(state: &AppState, form: &Form, settings: &Settings) -> Result<Vec<Need>, Problem> {
    let is_set = |channel: Channel| settings.can_deliver(channel.method());
    let lines = state.readiness.lines(state, settings).await?;
    let missing =
        lines.into_iter().filter(|line| line.state == ReadyState::NotReady && is_set(line.channel));
    let need = |line: ReadyLine| Need {
        text: form
            .words
            .fill("console-need-sending")
            .with("channel", form.words.word("settings-channel", line.channel.as_str()))
            .with("detail", line.detail)
            .into(),
        href: "/console/settings/readiness".to_owned(),
    };
    Ok(missing.map(need).collect())
}
