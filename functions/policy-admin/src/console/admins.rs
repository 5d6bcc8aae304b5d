//! Admins and their roles.

use axum::{
    extract::{Path, State},
    response::Response,
};
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_domain::{
    Refusal,
    admin::{AdminId, Right, Role},
};
use portcullis_http::{
    Problem, Strict,
    admin::{ChangeAdmins, May, ReadAdmins, SignedIn},
    wire::admin::{AdminMade, AdminView, NewAdmin, RoleDocument},
};
use portcullis_pages::{
    console::{
        FieldRefused, Fields, Form, Frame, Outcome, QueryFields, page, reasoned,
        view::{self, Admin, Admins, Dialog},
    },
    encoded,
};

use super::{
    on,
    portals::stays,
    role::{self, Choice},
};
use crate::{Administration, admins};

async fn shown(
    state: State<Administration>,
    by: May<ReadAdmins>,
    form: &Form,
    fields: Fields,
) -> Result<Admins, Problem> {
    let frame = Frame::of("Admins", &by.admin, form).around(&fields);
    let may_change = by.admin.role.has(Right::ChangeAdmins);
    let portals = if may_change { role::choices(&state.context).await? } else { vec![] };
    let portals = role::with_ticked(portals, &fields);
    let admins = admins::list(state, by).await?.0;
    Ok(Admins { frame, admins, may_change, portals, fields })
}

/// Every admin.
pub(crate) async fn list(
    state: State<Administration>,
    by: May<ReadAdmins>,
    form: Form,
) -> Result<Response, Problem> {
    Ok(page(StatusCode::OK, &shown(state, by, &form, Fields::default()).await?))
}

async fn first_password(
    context: &AppContext,
    form: &Form,
    title: &str,
    made: AdminMade,
) -> Result<Response, Problem> {
    let text = format!("{} signs in with this password, and chooses another one then.", made.name);
    let next = ("/console/admins".to_owned(), "To the admins");
    Outcome::new(title, text, next).with_secret(made.password).redirect(context, form).await
}

fn new_admin(fields: &Fields, portals: &[Choice]) -> Result<NewAdmin, FieldRefused> {
    let mut form = fields.read();
    let told = |malformed| FieldRefused::at("name", format!("{malformed}."));
    let name = AdminId::parse(&form.text("name")?).map_err(told)?.to_string();
    let role = role::read(&mut form, portals)?.into();
    form.end().map(|()| NewAdmin { name, role })
}

/// Makes an admin, and shows the first password, this once.
pub(crate) async fn make(
    state: State<Administration>,
    by: May<ChangeAdmins>,
    reader: May<ReadAdmins>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let context = state.context.clone();
    let request = match new_admin(&fields, &role::choices(&state.context).await?) {
        Ok(request) => request,
        Err(why) => {
            let again = shown(state, reader, &form, fields.refused(why)).await?;
            return Ok(page(StatusCode::BAD_REQUEST, &again));
        }
    };
    match admins::create(State(state.0.clone()), by, Strict(request)).await {
        Ok((_, made)) => first_password(&context, &form, "The admin is made", made.0).await,
        Err(problem) if stays(problem.code()) => {
            let list = shown(state, reader, &form, fields).await?;
            let frame = list.frame.with_alert(Some(problem.detail().to_owned()));
            Ok(page(problem.status(), &Admins { frame, ..list }))
        }
        Err(problem) => Err(problem),
    }
}

async fn one(
    state: State<Administration>,
    reader: May<ReadAdmins>,
    form: &Form,
    name: &str,
    filled: Option<Fields>,
) -> Result<Admin, Problem> {
    let frame = Frame::of(name, &reader.admin, form);
    let context = state.context.clone();
    let unknown = Problem::refused(&Refusal::UnknownAdmin, context.now());
    let all = admins::list(state, reader).await?.0;
    let known = |admin: &AdminView| admin.name == name && admin.removed_at.is_none();
    let admin = all.into_iter().find(known).ok_or(unknown)?;
    let fields = filled.unwrap_or_else(|| view::role_fields(&admin.role));
    let portals = role::with_ticked(role::choices(&context).await?, &fields);
    let frame = frame.around(&fields);
    Ok(Admin { frame, admin, portals, fields })
}

/// One admin, to change.
pub(crate) async fn show(
    state: State<Administration>,
    _: May<ChangeAdmins>,
    reader: May<ReadAdmins>,
    form: Form,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    Ok(page(StatusCode::OK, &one(state, reader, &form, &name, None).await?))
}

/// Asks before an admin is given another role, and says which one it was.
pub(crate) async fn ask_change(
    state: State<Administration>,
    by: May<ChangeAdmins>,
    reader: May<ReadAdmins>,
    form: Form,
    Path(name): Path<String>,
    QueryFields(fields): QueryFields,
) -> Result<Response, Problem> {
    let mut reading = fields.read();
    let portals = role::choices(&state.context).await?;
    let read = role::read(&mut reading, &portals);
    let role = match read.and_then(|role| reading.end().map(|()| role)) {
        Ok(role) => role,
        Err(why) => {
            let again = one(state, reader, &form, &name, Some(fields.refused(why))).await?;
            return Ok(page(StatusCode::BAD_REQUEST, &again));
        }
    };
    let now = one(state, reader, &form, &name, None).await?.admin.role;
    let back = format!("/console/admins/{}", encoded(&name));
    let dialog = Dialog {
        frame: Frame::of(format!("Change the role of {name}?"), &by.admin, &form),
        consequences: vec![
            format!("From: {}.", view::role(&now)),
            format!("To: {}.", view::role(&role)),
            "It holds from the admin's next request on.".to_owned(),
        ],
        asks_reason: false,
        fields: Fields::default(),
        hidden: [vec![("was", in_json(&now)?)], view::role_pairs(&role)].concat(),
        action: back.clone(),
        cancel: back,
    };
    Ok(page(StatusCode::OK, &dialog))
}

fn in_json(role: &Role) -> Result<String, Problem> {
    serde_json::to_string(&RoleDocument::from(role.clone())).map_err(|_| Problem::unavailable())
}

/// Reads the change that was asked about: the role as it was, and as it shall be.
fn change_of(fields: &Fields, portals: &[Choice]) -> Result<(Role, Role), FieldRefused> {
    let mut form = fields.read();
    let was: RoleDocument =
        serde_json::from_str(&form.hidden("was")?).map_err(|_| FieldRefused::form())?;
    let was = was.into_role().map_err(|_| FieldRefused::form())?;
    let role = role::read(&mut form, portals)?;
    form.end().map(|()| (was, role))
}

/// Gives an admin another role, if the present one is still the one that was asked about.
pub(crate) async fn change(
    state: State<Administration>,
    by: May<ChangeAdmins>,
    reader: May<ReadAdmins>,
    form: Form,
    Path(name): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    let (was, role) = match change_of(&fields, &role::choices(&state.context).await?) {
        Ok(read) => read,
        Err(why) => {
            let fields = Fields::of(fields.all_but(&["was"])).refused(why);
            let again = one(state, reader, &form, &name, Some(fields)).await?;
            return Ok(page(StatusCode::BAD_REQUEST, &again));
        }
    };
    match admins::change_from(&state.context, &by, &name, Some(was), role).await {
        Ok(_) => Ok(on("/console/admins")),
        Err(problem) if stays(problem.code()) => {
            let shown = one(state, reader, &form, &name, None).await?;
            let frame = shown.frame.with_alert(Some(problem.detail().to_owned()));
            Ok(page(problem.status(), &Admin { frame, ..shown }))
        }
        Err(problem) => Err(problem),
    }
}

/// A question about an admin, for a reason.
#[derive(Clone, Copy)]
enum Question {
    Reset,
    Remove,
}

impl Question {
    const fn word(self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::Remove => "remove",
        }
    }

    /// Asks it.
    fn page(
        self,
        status: StatusCode,
        admin: &SignedIn,
        form: &Form,
        name: &str,
        fields: Fields,
    ) -> Response {
        let (verb, lines) = match self {
            Self::Reset => (
                "Reset",
                [
                    "Every session of the admin ends, and the authenticator app counts no longer.",
                    "A password to begin with is shown once.",
                ],
            ),
            Self::Remove => (
                "Remove",
                ["Every session of the admin ends.", "The name can never be used again."],
            ),
        };
        let back = format!("/console/admins/{}", encoded(name));
        let dialog = Dialog {
            frame: Frame::of(format!("{verb} the admin {name}?"), admin, form).around(&fields),
            consequences: lines.map(str::to_owned).into(),
            asks_reason: true,
            fields,
            hidden: vec![("confirm", "true".to_owned())],
            action: format!("{back}/{}", self.word()),
            cancel: back,
        };
        page(status, &dialog)
    }
}

/// Asks before an admin is reset.
pub(crate) async fn ask_reset(
    by: May<ChangeAdmins>,
    form: Form,
    Path(name): Path<String>,
) -> Response {
    Question::Reset.page(StatusCode::OK, &by.admin, &form, &name, Fields::default())
}

/// Resets an admin.
pub(crate) async fn reset(
    state: State<Administration>,
    by: May<ChangeAdmins>,
    form: Form,
    Path(name): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    let (admin, context) = (by.admin.clone(), state.context.clone());
    let request = match reasoned(&fields) {
        Ok(request) => request,
        Err(why) => {
            let (fields, status) = (fields.refused(why), StatusCode::BAD_REQUEST);
            return Ok(Question::Reset.page(status, &admin, &form, &name, fields));
        }
    };
    let made = admins::reset(state, by, Path(name), Strict(request)).await?.0;
    first_password(&context, &form, "The admin is reset", made).await
}

/// Asks before an admin is removed.
pub(crate) async fn ask_remove(
    by: May<ChangeAdmins>,
    form: Form,
    Path(name): Path<String>,
) -> Response {
    Question::Remove.page(StatusCode::OK, &by.admin, &form, &name, Fields::default())
}

/// Removes an admin.
pub(crate) async fn remove(
    state: State<Administration>,
    by: May<ChangeAdmins>,
    form: Form,
    Path(name): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    let request = match reasoned(&fields) {
        Ok(request) => request,
        Err(why) => {
            let (fields, status) = (fields.refused(why), StatusCode::BAD_REQUEST);
            return Ok(Question::Remove.page(status, &by.admin, &form, &name, fields));
        }
    };
    admins::remove(state, by, Path(name), Strict(request)).await.map(drop)?;
    Ok(on("/console/admins"))
}
