//! Admins and their roles.

use axum::{
    extract::{Path, State},
    response::Response,
};
use http::StatusCode;
use portcullis_api::{
    Problem, Strict,
    admin::{ChangeAdmins, May, ReadAdmins, SignedIn},
    wire::admin::{AdminMade, ChangeAdmin, NewAdmin, ReasonedRequest, RoleDocument},
};
use portcullis_domain::{Refusal, admin::Right};
use portcullis_pages::{
    Filled,
    console::{
        Form, Frame, page,
        view::{Admin, Admins, Dialog, Outcome},
    },
    encoded,
};
use serde::Deserialize;

use super::{filled, on, portals::stays};
use crate::{Administration, admins};

async fn shown(
    state: State<Administration>,
    by: May<ReadAdmins>,
    form: &Form,
) -> Result<Admins, Problem> {
    let frame = Frame::of("Admins", &by.admin, form);
    let may_change = by.admin.role.has(Right::ChangeAdmins);
    let admins = admins::list(state, by).await?.0;
    Ok(Admins { frame, admins, may_change })
}

/// Every admin.
pub(crate) async fn list(
    state: State<Administration>,
    by: May<ReadAdmins>,
    form: Form,
) -> Result<Response, Problem> {
    Ok(page(StatusCode::OK, &shown(state, by, &form).await?))
}

/// A role, as a form has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fields {
    #[serde(default)]
    name: String,
    role: String,
    portals: String,
    organization: String,
}

fn role(fields: &Fields) -> Result<RoleDocument, Problem> {
    let portals: Vec<String> = fields.portals.split([' ', ',']).filter_map(filled).collect();
    let portal = || {
        let sole = portals.first().cloned().filter(|_| portals.len() == 1);
        sole.ok_or_else(|| Problem::bad_request("Enter the id of one portal for this role."))
    };
    Ok(match fields.role.as_str() {
        "operator" => RoleDocument::Operator {},
        "technician" => RoleDocument::Technician { portals },
        "portal_admin" => RoleDocument::PortalAdmin { portal: portal()? },
        "org_admin" => {
            let organization = fields.organization.trim().to_owned();
            RoleDocument::OrgAdmin { portal: portal()?, organization }
        }
        "auditor" => RoleDocument::Auditor {},
        _ => return Err(Problem::bad_request("Choose a role of the list.")),
    })
}

fn first_password(admin: &SignedIn, form: &Form, title: &str, made: AdminMade) -> Response {
    let text = format!("{} signs in with this password, and chooses another one then.", made.name);
    let frame = Frame::of(title, admin, form);
    let next = ("/console/admins".to_owned(), "To the admins");
    page(StatusCode::OK, &Outcome { frame, text, secret: Some(made.password), next })
}

/// Makes an admin, and shows the first password, this once.
pub(crate) async fn make(
    state: State<Administration>,
    by: May<ChangeAdmins>,
    reader: May<ReadAdmins>,
    form: Form,
    Filled(fields): Filled<Fields>,
) -> Result<Response, Problem> {
    let admin = by.admin.clone();
    let made = match role(&fields) {
        Ok(role) => {
            let request = NewAdmin { name: fields.name, role };
            admins::create(State(state.0.clone()), by, Strict(request)).await
        }
        Err(problem) => Err(problem),
    };
    match made {
        Ok((_, made)) => Ok(first_password(&admin, &form, "The admin is made", made.0)),
        Err(problem) if stays(problem.code()) => {
            let list = shown(state, reader, &form).await?;
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
) -> Result<Admin, Problem> {
    let frame = Frame::of(name, &reader.admin, form);
    let unknown = Problem::refused(&Refusal::UnknownAdmin, state.desk.now());
    let all = admins::list(state, reader).await?.0;
    let known = |admin: &portcullis_api::wire::admin::AdminView| {
        admin.name == name && admin.removed_at.is_none()
    };
    let admin = all.into_iter().find(known).ok_or(unknown)?;
    Ok(Admin { frame, admin })
}

/// One admin, to change.
pub(crate) async fn show(
    state: State<Administration>,
    _: May<ChangeAdmins>,
    reader: May<ReadAdmins>,
    form: Form,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    Ok(page(StatusCode::OK, &one(state, reader, &form, &name).await?))
}

/// Gives an admin another role.
pub(crate) async fn change(
    state: State<Administration>,
    by: May<ChangeAdmins>,
    reader: May<ReadAdmins>,
    form: Form,
    Path(name): Path<String>,
    Filled(fields): Filled<Fields>,
) -> Result<Response, Problem> {
    let changed = match role(&fields) {
        Ok(role) => {
            let path = Path(name.clone());
            admins::change(State(state.0.clone()), by, path, Strict(ChangeAdmin { role })).await
        }
        Err(problem) => Err(problem),
    };
    match changed {
        Ok(_) => Ok(on("/console/admins")),
        Err(problem) if stays(problem.code()) => {
            let shown = one(state, reader, &form, &name).await?;
            let frame = shown.frame.with_alert(Some(problem.detail().to_owned()));
            Ok(page(problem.status(), &Admin { frame, ..shown }))
        }
        Err(problem) => Err(problem),
    }
}

fn dialog(admin: &SignedIn, form: &Form, name: &str, what: &str, lines: &[&str]) -> Response {
    let back = format!("/console/admins/{}", encoded(name));
    let verb = if what == "reset" { "Reset" } else { "Remove" };
    let dialog = Dialog {
        frame: Frame::of(format!("{verb} the admin {name}?"), admin, form),
        consequences: lines.iter().map(|line| (*line).to_owned()).collect(),
        asks_reason: true,
        hidden: vec![("confirm", "true".to_owned())],
        action: format!("{back}/{what}"),
        cancel: back,
    };
    page(StatusCode::OK, &dialog)
}

/// Asks before an admin is reset.
pub(crate) async fn ask_reset(
    by: May<ChangeAdmins>,
    form: Form,
    Path(name): Path<String>,
) -> Response {
    let lines = [
        "Every session of the admin ends, and the authenticator app counts no longer.",
        "A password to begin with is shown once.",
    ];
    dialog(&by.admin, &form, &name, "reset", &lines)
}

/// Resets an admin.
pub(crate) async fn reset(
    state: State<Administration>,
    by: May<ChangeAdmins>,
    form: Form,
    path: Path<String>,
    Filled(request): Filled<ReasonedRequest>,
) -> Result<Response, Problem> {
    let admin = by.admin.clone();
    let made = admins::reset(state, by, path, Strict(request)).await?.0;
    Ok(first_password(&admin, &form, "The admin is reset", made))
}

/// Asks before an admin is removed.
pub(crate) async fn ask_remove(
    by: May<ChangeAdmins>,
    form: Form,
    Path(name): Path<String>,
) -> Response {
    let lines = ["Every session of the admin ends.", "The name can never be used again."];
    dialog(&by.admin, &form, &name, "remove", &lines)
}

/// Removes an admin.
pub(crate) async fn remove(
    state: State<Administration>,
    by: May<ChangeAdmins>,
    path: Path<String>,
    Filled(request): Filled<ReasonedRequest>,
) -> Result<Response, Problem> {
    admins::remove(state, by, path, Strict(request)).await.map(drop)?;
    Ok(on("/console/admins"))
}
