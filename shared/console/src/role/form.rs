use portcullis_domain::{OrganisationId, PortalId, admin::Role};
use serde::Deserialize;

use crate::{FieldRefused, Fields, Reader, Words};

/// The id and the description of a portal to choose.
pub type Choice = (String, String);

/// Adds the ticked portals that no longer exist, so that they can be unticked.
pub fn with_ticked(mut choices: Vec<Choice>, fields: &Fields, words: &Words) -> Vec<Choice> {
    for id in fields.read().ticked("portals") {
        if !choices.iter().any(|(known, _)| *known == id) {
            choices.push((id, words.say("console-role-deleted")));
        }
    }
    choices
}

pub fn pairs(role: &Role) -> Vec<(&'static str, String)> {
    let portals = role.portals().into_iter().map(|portal| ("portals", portal.to_string()));
    let organisation = match role {
        Role::OrgAdmin { organisation, .. } => organisation.to_string(),
        Role::Operator | Role::Technician { .. } | Role::PortalAdmin { .. } | Role::Auditor => {
            String::new()
        }
    };
    let others = [("role", role.as_str().to_owned()), ("organization", organisation)];
    portals.chain(others).collect()
}

pub fn fill(role: &Role) -> Fields {
    Fields::of(pairs(role))
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RoleName {
    Operator,
    Technician,
    PortalAdmin,
    OrgAdmin,
    Auditor,
}

/// Reads a role. The portals and the organisation are ignored if the role has none.
pub fn read(form: &mut Reader, choices: &[Choice]) -> Result<Role, FieldRefused> {
    let (name, ticked) = (form.choice("role")?, form.ticked("portals"));
    let organisation = form.parsed("organization", OrganisationId::parse)?;
    let refused = |malformed| FieldRefused::said("portals", format!("{malformed}."));
    let portal = |id: &String| match PortalId::parse(id) {
        Ok(portal) if choices.iter().any(|(known, _)| known == id) => Ok(portal),
        _ => Err(FieldRefused::at("portals", "console-refused-portals")),
    };
    let portals = ticked.iter().map(portal).collect::<Result<Vec<PortalId>, FieldRefused>>()?;
    let sole = || {
        let sole = portals.first().cloned().filter(|_| portals.len() == 1);
        sole.ok_or_else(|| FieldRefused::at("portals", "console-refused-one-portal"))
    };
    let role = match name {
        RoleName::Operator => Role::Operator,
        RoleName::Technician if portals.is_empty() => {
            return Err(FieldRefused::at("portals", "console-refused-technician"));
        }
        RoleName::Technician => Role::Technician { portals },
        RoleName::PortalAdmin => Role::PortalAdmin { portal: sole()? },
        RoleName::OrgAdmin => {
            let missing = || FieldRefused::at("organization", "console-refused-organisation");
            Role::OrgAdmin { portal: sole()?, organisation: organisation.ok_or_else(missing)? }
        }
        RoleName::Auditor => Role::Auditor,
    };
    role.check().map_err(refused)?;
    Ok(role)
}
