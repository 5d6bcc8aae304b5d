use portcullis_app::AppContext;
use portcullis_console::role::form::Choice;
use portcullis_domain::PortalId;
use portcullis_http::Problem;

use crate::portals;

/// Returns the portals that a role can name.
pub(super) async fn choices(context: &AppContext) -> Result<Vec<Choice>, Problem> {
    let all = portals::all(context).await?.into_iter();
    let others = all.filter(|(id, _)| id != PortalId::console().as_str());
    Ok(others.map(|(id, listed)| (id, listed.description)).collect())
}
