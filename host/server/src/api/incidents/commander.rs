//! Who commands an incident: an officer whom the directory knows by this name.

use hejie_domain::incident::Commander;
use hejie_domain::officers::Officer;
use hejie_domain::text::Text;

use crate::app::App;
use crate::problem::Problem;

pub async fn is_known(app: &App, commander: &Commander) -> Result<(), Problem> {
    let unknown = |field| Problem::invalid(field, Text::new("invalid-unknown-value"));
    let found: Option<(Officer, u64)> = app.store().officer(&commander.id).await?;
    match found {
        None => Err(unknown("/commander/id")),
        Some((officer, _)) if officer.name() != commander.name => Err(unknown("/commander/name")),
        Some(_) => Ok(()),
    }
}
