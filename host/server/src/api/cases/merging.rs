//! Merging two complaints of the same dispute: one is closed, the other has what it held,
//! both or neither.

use axum::Json;
use axum::extract::State;
use hejie_domain::case::{Case, Command};
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::text::Text;
use hejie_store::Trait;
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
use crate::kept::case::likeness;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMerger {
    /// The complaint that is handled, at the same unit.
    #[schema(value_type = String)]
    into: CaseNumber,
    reason: String,
}

/// Merges this complaint, of which nothing was decided yet, into another of the same
/// person about the same respondent. She reads why, and the other number.
#[utoipa::path(post, path = "/cases/{number}/merger", tag = "commands", request_body = NewMerger,
    params(("number" = String, Path, description = "The case number")),
    responses((status = 200, body = Receipt), (status = 403), (status = 409), (status = 422)))]
pub async fn merge(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Path(number): Path<String>,
    Body { value, .. }: Body<NewMerger>,
) -> Result<Json<Receipt>, Problem> {
    let merged = app.together(|| decided(&app, &principal, &number, &value));
    merged.await.map(Json)
}

async fn decided(
    app: &App,
    principal: &Principal,
    number: &str,
    merger: &NewMerger,
) -> Result<(Together, Receipt), Problem> {
    let this = visible(app, principal, number).await?;
    let other = visible(app, principal, &merger.into.to_string()).await;
    let other = other.map_err(|_| at_fault("invalid-unknown-value"))?;
    same_dispute(&this.file, &other.file)?;
    let actor = principal.actor();
    let case = &this.file;
    let gains = Command::TakeInComplaint {
        from: case.number.clone(),
        statement: case.filing.statement.clone(),
        evidence: case
            .evidence
            .iter()
            // Papers that she was asked for stay where she handed them in.
            .filter(|it| !it.for_authority)
            .map(|it| it.reference.clone())
            .collect(),
    };
    let closes = Command::MergeComplaint {
        into: merger.into.clone(),
        reason: merger.reason.clone(),
    };
    let mut together = Together::default();
    let closed = app.decide(&mut together, this, &actor, closes)?;
    app.decide(&mut together, other, &actor, gains)?;
    Ok((together, Receipt::of(&closed)))
}

/// Who reads of the other number has it already, and so has the respondent.
fn same_dispute(this: &Case, other: &Case) -> Result<(), Problem> {
    let (these, those) = (likeness(this), likeness(other));
    let shares = |of: Trait| these.of(of).is_some() && these.of(of) == those.of(of);
    let account = this.consumer_id.is_some() && this.consumer_id == other.consumer_id;
    if !account && !shares(Trait::Person) {
        return Err(at_fault("invalid-other-person"));
    }
    if !shares(Trait::Operator) {
        return Err(at_fault("invalid-other-operator"));
    }
    Ok(())
}

fn at_fault(key: &'static str) -> Problem {
    Problem::invalid("/into", Text::new(key))
}
