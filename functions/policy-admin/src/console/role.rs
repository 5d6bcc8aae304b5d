//! The role of an admin, as a form has it.

use portcullis_app::AppContext;
use portcullis_domain::{OrganisationId, PortalId, admin::Role};
use portcullis_http::Problem;
use portcullis_pages::console::{FieldRefused, Fields, Reader};
use serde::Deserialize;

use crate::portals;

/// A portal to choose: its id, and its name.
pub(super) type Choice = (String, String);

/// The portals to choose from.
pub(super) async fn choices(context: &AppContext) -> Result<Vec<Choice>, Problem> {
    let all = portals::all(context).await?.into_iter();
    let others = all.filter(|(id, _)| id != PortalId::console().as_str());
    Ok(others.map(|(id, listed)| (id, listed.description)).collect())
}

/// The same, and what is ticked though there is no such portal any more: so that it can be unticked.
pub(super) fn with_ticked(mut choices: Vec<Choice>, fields: &Fields) -> Vec<Choice> {
    for id in fields.read().ticked("portals") {
        if !choices.iter().any(|(known, _)| *known == id) {
            choices.push((id, "Deleted:".to_owned()));
        }
    }
    choices
}

/// The name of a role.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RoleName {
    Operator,
    Technician,
    PortalAdmin,
    OrgAdmin,
    Auditor,
}

/// Reads a role of these portals. Portals and organisation count where the role has any.
pub(super) fn read(form: &mut Reader, choices: &[Choice]) -> Result<Role, FieldRefused> {
    let (name, ticked) = (form.choice("role")?, form.ticked("portals"));
    let organisation = form.parsed("organization", OrganisationId::parse)?;
    let told = |malformed| FieldRefused::at("portals", format!("{malformed}."));
    let portal = |id: &String| match PortalId::parse(id) {
        Ok(portal) if choices.iter().any(|(known, _)| known == id) => Ok(portal),
        _ => Err(FieldRefused::at("portals", "Tick portals of the list, and no others.")),
    };
    let portals = ticked.iter().map(portal).collect::<Result<Vec<PortalId>, FieldRefused>>()?;
    let sole = || {
        let sole = portals.first().cloned().filter(|_| portals.len() == 1);
        sole.ok_or_else(|| FieldRefused::at("portals", "Tick one portal for this role."))
    };
    let role = match name {
        RoleName::Operator => Role::Operator,
        RoleName::Technician if portals.is_empty() => {
            return Err(FieldRefused::at("portals", "Tick the portals of this technician."));
        }
        RoleName::Technician => Role::Technician { portals },
        RoleName::PortalAdmin => Role::PortalAdmin { portal: sole()? },
        RoleName::OrgAdmin => {
            let missing = || FieldRefused::at("organization", "Enter the id of the organisation.");
            Role::OrgAdmin { portal: sole()?, organisation: organisation.ok_or_else(missing)? }
        }
        RoleName::Auditor => Role::Auditor,
    };
    role.check().map_err(told)?;
    Ok(role)
}
