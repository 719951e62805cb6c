//! Linking two disputes, both or neither.

use axum::Json;
use axum::extract::State;
use hejie_domain::case::Command;
use hejie_domain::case::link::Relation;
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::text::Text;
use serde::Deserialize;
use utoipa::ToSchema;

use super::receipt::Receipt;
use super::visible;
use crate::address::Path;
use crate::api::once::WithoutKey;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::commit::Together;
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
    let linked = app.together(|| decided(&app, &principal, &number, &value));
    linked.await.map(Json)
}

async fn decided(
    app: &App,
    principal: &Principal,
    number: &str,
    link: &NewLink,
) -> Result<(Together, Receipt), Problem> {
    let this = visible(app, principal, number).await?;
    let unknown = || Problem::invalid("/to", Text::new("invalid-unknown-value"));
    let other = visible(app, principal, &link.to.to_string()).await;
    let other = other.map_err(|_| unknown())?;
    let (own, actor) = (this.file.number.clone(), principal.actor());
    let mut together = Together::default();
    let command = link.command(link.to.clone());
    let done = app.decide(&mut together, this, &actor, command)?;
    if link.to != own {
        app.decide(&mut together, other, &actor, link.command(own))?;
    }
    Ok((together, Receipt::of(&done)))
}

impl NewLink {
    fn command(&self, to: CaseNumber) -> Command {
        Command::LinkFile {
            to,
            relation: self.relation,
            reason: self.reason.clone(),
        }
    }
}
