//! Who comes to an incident: its commander, the unit that leads, those above it, and the
//! units that have a task in it with those above them. To all others it is as if it were
//! not there.

use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::incident::Incident;

use crate::act::Loaded;
use crate::app::App;
use crate::auth::{Principal, in_subtree};
use crate::problem::Problem;

pub fn may_see(principal: &Principal, incident: &Incident) -> bool {
    commands(principal, incident)
        || in_subtree(principal, &incident.unit)
        || incident
            .tasks
            .iter()
            .any(|task| in_subtree(principal, &task.unit))
}

fn commands(principal: &Principal, incident: &Incident) -> bool {
    matches!(principal, Principal::Officer { id, .. } if *id == incident.commander.id)
}

pub async fn reached(
    app: &App,
    principal: &Principal,
    number: &str,
) -> Result<Loaded<Incident>, Problem> {
    let number: CaseNumber = number.parse().map_err(|_| Problem::not_found())?;
    let found = app.file_by_number::<Incident>(&number.to_string()).await?;
    found
        .filter(|loaded| may_see(principal, &loaded.file))
        .ok_or_else(Problem::not_found)
}
