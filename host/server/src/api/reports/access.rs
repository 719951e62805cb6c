//! Who comes to a report, and as whom: an officer of the handling unit or of one above,
//! or its reporter. To all others it is as if it were not there.

use hejie_domain::case::Actor;
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::report::{Report, Reporter};
use hejie_store::Ownership;

use crate::act::Loaded;
use crate::app::App;
use crate::auth::{Principal, may_see_report};
use crate::problem::Problem;

/// How a principal shows that a report is her own; `None` of who has none.
pub fn ownership(principal: &Principal) -> Option<Ownership> {
    match principal {
        Principal::Consumer { .. } => Some(Ownership::Owner(principal.key())),
        Principal::Reporter { token } => Some(Ownership::Token(token.clone())),
        _ => None,
    }
}

/// The report, and the actor that the caller is in it.
pub async fn reached(
    app: &App,
    principal: &Principal,
    number: &str,
) -> Result<(Loaded<Report>, Actor), Problem> {
    let number: CaseNumber = number.parse().map_err(|_| Problem::not_found())?;
    let found = app.file_by_number::<Report>(&number.to_string()).await?;
    let loaded = found.ok_or_else(Problem::not_found)?;
    if may_see_report(principal, &loaded.case) {
        return Ok((loaded, principal.actor()));
    }
    let ownership = ownership(principal).ok_or_else(Problem::not_found)?;
    let own = app.store().identity_of(&loaded.id, &ownership).await?;
    let token = own.ok_or_else(Problem::not_found)?;
    let token = matches!(loaded.case.reporter, Reporter::Named { .. }).then_some(token);
    Ok((loaded, Actor::Reporter { token }))
}

/// The report, for officers alone.
pub async fn for_officers(
    app: &App,
    principal: &Principal,
    number: &str,
) -> Result<Loaded<Report>, Problem> {
    match reached(app, principal, number).await? {
        (loaded, Actor::Officer { .. }) => Ok(loaded),
        _ => Err(Problem::forbidden()),
    }
}
