//! One admin: the role, a reset, and removal.

use axum::{
    extract::{FromRequestParts, Path, State},
    response::Response,
    routing::{MethodRouter, get},
};
use http::{StatusCode, request::Parts};
use portcullis_app::AppContext;
use portcullis_console::{
    Fields, Form, Frame, Outcome, QueryFields,
    admin::{form, view::Admin},
    dialog::{
        form::confirmed,
        view::{Dialog, Effect, ExtraFields, ReasonedAction},
    },
    page,
    role::form::{fill, pairs, with_ticked},
    see_other,
};
use portcullis_domain::{
    Decision, DecisionContext, PortalId, Refusal, User,
    admin::{AdminId, Role},
    percent_encoded,
};
use portcullis_http::{
    Problem, Strict,
    admin::{AppointAdmins, ChangeAdmins, Console, Permission, Permitted, ReadAdmins},
    wire::admin::{AddressView, AdminView, RoleDocument},
};

use super::{admins::first_password, belongs_on_form, role};
use crate::{AppState, admins, helped};

async fn admin_page(
    state: State<AppState>,
    reader: Permitted<ReadAdmins>,
    form: &Form,
    name: &str,
    filled: Option<Fields>,
) -> Result<Admin, Problem> {
    let frame = Frame::of(name, &reader.admin, form);
    let context = state.context.clone();
    let all = admins::list(state, reader).await?.0;
    let known = |admin: &AdminView| admin.name == name && admin.removed_at.is_none();
    let admin = all.into_iter().find(known).ok_or(Refusal::UnknownAdmin)?;
    let fields = filled.unwrap_or_else(|| fill(&admin.role));
    let portals = with_ticked(role::choices(&context).await?, &fields, &form.words);
    let frame = frame.with_form_error(&fields);
    let address = address(&context, &AdminId::parse(name)?).await?;
    Ok(Admin { frame, admin, address, portals, fields })
}

/// The masked address at which an admin is told of changes.
async fn address(context: &AppContext, admin: &AdminId) -> Result<Option<String>, Problem> {
    let locator = context.keyring().await?.locator(&PortalId::console(), admin.as_user());
    let look = |context: &DecisionContext<'_>, user: Option<User>| {
        Ok(Decision::unchanged(AddressView::of(user.as_ref(), context.now)))
    };
    let (view, _) = context.command(&Console::default(), locator, None, look).await?;
    Ok(view.address)
}

pub(crate) async fn show(
    state: State<AppState>,
    _: Permitted<ChangeAdmins>,
    reader: Permitted<ReadAdmins>,
    form: Form,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    Ok(page(StatusCode::OK, &admin_page(state, reader, &form, &name, None).await?))
}

/// Asks before an admin's role is changed, and shows the role before.
pub(crate) async fn ask_change(
    state: State<AppState>,
    by: Permitted<ChangeAdmins>,
    reader: Permitted<ReadAdmins>,
    form: Form,
    Path(name): Path<String>,
    QueryFields(fields): QueryFields,
) -> Result<Response, Problem> {
    let portals = role::choices(&state.context).await?;
    let role = match form::read(&fields, &portals) {
        Ok(role) => role,
        Err(refused) => {
            let again =
                admin_page(state, reader, &form, &name, Some(fields.refused(refused))).await?;
            return Ok(page(StatusCode::BAD_REQUEST, &again));
        }
    };
    let now = admin_page(state, reader, &form, &name, None).await?.admin.role;
    let back = admin_url(&name);
    let words = &form.words;
    let title = words.fill("console-admin-role-title").with("subject", &name);
    let line = |key, role| String::from(words.fill(key).with("role", words.role(role)));
    let dialog = Dialog {
        frame: Frame::of(title, &by.admin, &form),
        consequences: vec![
            line("console-admin-role-from", &now),
            line("console-admin-role-to", &role),
            words.say("console-admin-role-when"),
        ],
        reason: None,
        asked: ExtraFields::default(),
        hidden: [vec![("was", in_json(&now)?)], pairs(&role)].concat(),
        action: back.clone(),
        cancel: back,
        effect: Effect::Changes,
        verb: words.say("console-admin-role"),
    };
    Ok(page(StatusCode::OK, &dialog))
}

fn in_json(role: &Role) -> Result<String, Problem> {
    serde_json::to_string(&RoleDocument::from(role.clone())).map_err(|_| Problem::unavailable())
}

/// Changes an admin's role, unless it was changed since the question was shown.
pub(crate) async fn change(
    state: State<AppState>,
    by: Permitted<AppointAdmins>,
    reader: Permitted<ReadAdmins>,
    form: Form,
    Path(name): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    let (was, role) = match form::read_confirmed(&fields, &role::choices(&state.context).await?) {
        Ok(read) => read,
        Err(refused) => {
            let fields = Fields::of(fields.all_but(&["was"])).refused(refused);
            let again = admin_page(state, reader, &form, &name, Some(fields)).await?;
            return Ok(page(StatusCode::BAD_REQUEST, &again));
        }
    };
    match admins::change_from(&state.context, &by, &name, Some(was), role).await {
        Ok(_) => Ok(see_other("/console/admins")),
        Err(problem) if belongs_on_form(problem.code()) => {
            let shown = admin_page(state, reader, &form, &name, None).await?;
            let frame = shown.frame.with_alert(Some(problem.detail().to_owned()));
            Ok(page(problem.status(), &Admin { frame, ..shown }))
        }
        Err(problem) => Err(problem),
    }
}

pub(crate) static RESET: ReasonedAction = ReasonedAction {
    action: "reset",
    title: "console-admin-reset-title",
    lines: &["console-admin-reset-ends", "console-admin-reset-password"],
    effect: Effect::TakesAway,
    verb: "console-admin-reset",
};
pub(crate) static UNLOCK: ReasonedAction = ReasonedAction {
    action: "unlock",
    title: "console-admin-unlock-title",
    lines: &["console-admin-unlock-line"],
    effect: Effect::Changes,
    verb: "console-unlock",
};
pub(crate) static END_SESSIONS: ReasonedAction = ReasonedAction {
    action: "end-sessions",
    title: "console-admin-end-title",
    lines: &["console-admin-end-again", "console-admin-end-first"],
    effect: Effect::TakesAway,
    verb: "console-admin-end",
};
pub(crate) static BYPASS: ReasonedAction = ReasonedAction {
    action: "bypass-code",
    title: "console-admin-bypass-title",
    lines: &["console-admin-bypass-line"],
    effect: Effect::Changes,
    verb: "console-bypass",
};
pub(crate) static REMOVE: ReasonedAction = ReasonedAction {
    action: "remove",
    title: "console-admin-remove-title",
    lines: &["console-admin-remove-ends", "console-admin-remove-name"],
    effect: Effect::TakesAway,
    verb: "console-admin-remove-verb",
};

/// The admin that a dialog is about, by the name in the path, and the admin who may act on it.
pub(crate) struct OnAdmin<P> {
    state: AppState,
    by: Permitted<P>,
    form: Form,
    name: String,
}

impl<P: Permission> FromRequestParts<AppState> for OnAdmin<P> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let by = Permitted::from_request_parts(parts, state).await?;
        let Ok(form) = Form::from_request_parts(parts, state).await;
        let name = Path::from_request_parts(parts, state).await;
        let Path(name) = name.map_err(|_| Refusal::UnknownAdmin)?;
        Ok(Self { state: state.clone(), by, form, name })
    }
}

impl<P> OnAdmin<P> {
    fn ask(&self, question: &ReasonedAction, fields: Fields) -> Response {
        question.page(&self.by.admin, &self.form, &self.name, admin_url(&self.name), fields)
    }
}

fn admin_url(name: &str) -> String {
    format!("/console/admins/{}", percent_encoded(name))
}

pub(crate) fn asks(question: &'static ReasonedAction) -> MethodRouter<AppState> {
    get(move |on: OnAdmin<ChangeAdmins>| async move { on.ask(question, Fields::default()) })
}

pub(crate) async fn reset(on: OnAdmin<AppointAdmins>, fields: Fields) -> Result<Response, Problem> {
    let request = match confirmed(fields) {
        Ok(request) => request,
        Err(fields) => return Ok(on.ask(&RESET, fields)),
    };
    let OnAdmin { state, by, form, name } = on;
    let context = state.context.clone();
    let made = admins::reset(State(state), by, Path(name), Strict(request)).await?.0;
    first_password(&context, &form, "console-admin-was-reset", made).await
}

pub(crate) async fn unlock(on: OnAdmin<ChangeAdmins>, fields: Fields) -> Result<Response, Problem> {
    let request = match confirmed(fields) {
        Ok(request) => request,
        Err(fields) => return Ok(on.ask(&UNLOCK, fields)),
    };
    let back = admin_url(&on.name);
    helped::unlock(State(on.state), on.by, Path(on.name), Strict(request)).await.map(drop)?;
    Ok(see_other(&back))
}

pub(crate) async fn end_sessions(
    on: OnAdmin<ChangeAdmins>,
    fields: Fields,
) -> Result<Response, Problem> {
    let request = match confirmed(fields) {
        Ok(request) => request,
        Err(fields) => return Ok(on.ask(&END_SESSIONS, fields)),
    };
    let back = admin_url(&on.name);
    helped::end_sessions(State(on.state), on.by, Path(on.name), Strict(request)).await.map(drop)?;
    Ok(see_other(&back))
}

/// Issues a bypass code, and shows it once.
pub(crate) async fn issue_bypass(
    on: OnAdmin<AppointAdmins>,
    fields: Fields,
) -> Result<Response, Problem> {
    let request = match confirmed(fields) {
        Ok(request) => request,
        Err(fields) => return Ok(on.ask(&BYPASS, fields)),
    };
    let OnAdmin { state, by, form, name } = on;
    let context = state.context.clone();
    let back = (admin_url(&name), form.say("console-to-admin"));
    let (_, issued) = helped::bypass_code(State(state), by, Path(name), Strict(request)).await?;
    let (title, text) = (form.say("console-bypass-code"), form.say("console-admin-bypass-done"));
    let outcome = Outcome::new(title, text, back).with_secret(issued.0.code);
    outcome.redirect(&context, &form).await
}

pub(crate) async fn remove(on: OnAdmin<ChangeAdmins>, fields: Fields) -> Result<Response, Problem> {
    let request = match confirmed(fields) {
        Ok(request) => request,
        Err(fields) => return Ok(on.ask(&REMOVE, fields)),
    };
    admins::remove(State(on.state), on.by, Path(on.name), Strict(request)).await.map(drop)?;
    Ok(see_other("/console/admins"))
}
