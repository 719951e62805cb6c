//! Linking two disputes, both or neither.

use axum::Json;
use axum::extract::State;
use hejie_domain::case::Command;
use hejie_domain::case::link::Relation;
use hejie_domain::file::decide_all;
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::text::Text;
use serde::Deserialize;
use utoipa::ToSchema;

use super::receipt::Receipt;
use super::visible;
use crate::act::{ATTEMPTS, ActError, Done, Loaded, pause};
use crate::address::Path;
use crate::api::once::WithoutKey;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::commit::{Extras, Together};
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLink {
    /// The other dispute; the officer's to see as well.
    #[schema(value_type = String)]
    to: CaseNumber,
    relation: Relation,
    reason: String,
}

/// Links two complaints that belong together; each file names the other. It decides
/// nothing about either.
#[utoipa::path(post, path = "/cases/{number}/links", tag = "commands", request_body = NewLink,
    params(("number" = String, Path, description = "The case number")),
    responses((status = 200, body = Receipt), (status = 403), (status = 409), (status = 422)))]
pub async fn link(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Path(number): Path<String>,
    Body { value, .. }: Body<NewLink>,
) -> Result<Json<Receipt>, Problem> {
    for attempt in 1..ATTEMPTS {
        match once(&app, &principal, &number, &value).await? {
            Err(fault) if fault.is_conflict() => tokio::time::sleep(pause(attempt)).await,
            other => return Ok(Json(Receipt::of(&other?))),
        }
    }
    let done = once(&app, &principal, &number, &value).await??;
    Ok(Json(Receipt::of(&done)))
}

async fn once(
    app: &App,
    principal: &Principal,
    number: &str,
    link: &NewLink,
) -> Result<Result<Done, ActError>, Problem> {
    let this = visible(app, principal, number).await?;
    let unknown = || Problem::invalid("/to", Text::new("invalid-unknown-value"));
    let other = visible(app, principal, &link.to.to_string()).await;
    let other = other.map_err(|_| unknown())?;
    let (own, theirs) = (this.case.number.clone(), link.to.clone());
    let mut together = Together::default();
    let done = add(app, &mut together, this, principal, theirs, link)?;
    if link.to != own {
        add(app, &mut together, other, principal, own, link)?;
    }
    Ok(app.commit_together(together).await.map(|()| done))
}

fn add(
    app: &App,
    together: &mut Together,
    loaded: Loaded,
    principal: &Principal,
    to: CaseNumber,
    link: &NewLink,
) -> Result<Done, Problem> {
    let command = Command::LinkFile {
        to,
        relation: link.relation,
        reason: link.reason.clone(),
    };
    let steps = [(principal.actor(), command)];
    let now = app.clock().now();
    let (case, recorded) = decide_all(&loaded.case, steps, now, &app.rules())?;
    let done = Done {
        id: loaded.id.clone(),
        case,
        recorded,
    };
    Ok(app.add(together, loaded.base(), done, Extras::default())?)
}
