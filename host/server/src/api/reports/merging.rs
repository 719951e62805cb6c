//! Merging a report into another that is being verified (Order 121 art. 35): one is
//! closed, the other has new facts and its period anew, both or neither.

use axum::Json;
use axum::extract::State;
use hejie_domain::case::Command;
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::report::{Report, ReportClosing};
use hejie_domain::text::Text;
use hejie_store::Trait;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::address::Path;
use crate::api::access::for_officers;
use crate::api::cases::receipt::Receipt;
use crate::api::once::WithoutKey;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::commit::Together;
use crate::kept::report::likeness;
use crate::problem::Problem;

/// Whether two reports may be about one thing (Order 121 art. 35): the same operator, and
/// the other one is handled for itself. What speaks against it, as a key.
pub fn is_on_the_same(report: &Report, other: &Report) -> Result<(), &'static str> {
    let (these, those) = (likeness(report), likeness(other));
    if these.of(Trait::Reported) != those.of(Trait::Reported) {
        return Err("invalid-other-operator");
    }
    match other.closing {
        Some(ReportClosing::Repeated { .. } | ReportClosing::Merged { .. }) => {
            Err("invalid-handled-elsewhere")
        }
        _ => Ok(()),
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Merger {
    /// The report it is merged into, of the same unit.
    #[schema(value_type = String)]
    into: CaseNumber,
    reason: String,
}

/// Merges this report into another: its facts are handled there, and the period begins
/// with the last report.
#[utoipa::path(post, path = "/reports/{number}/merger", tag = "reports", request_body = Merger,
    params(("number" = String, Path, description = "The number of the report")),
    responses((status = 200, body = Receipt),
        (status = 409, description = "Not possible in the present state of one of them"),
        (status = 422, description = "A field is wrong")))]
pub async fn merge(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Path(number): Path<String>,
    Body { value, .. }: Body<Merger>,
) -> Result<Json<Receipt>, Problem> {
    let merged = app.together(|| decided(&app, &principal, &number, &value));
    merged.await.map(Json)
}

async fn decided(
    app: &App,
    principal: &Principal,
    number: &str,
    merger: &Merger,
) -> Result<(Together, Receipt), Problem> {
    let report = for_officers::<Report>(app, principal, number).await?;
    let unknown = || Problem::invalid("/into", Text::new("invalid-unknown-value"));
    let into = for_officers::<Report>(app, principal, &merger.into.to_string()).await;
    let into = into.map_err(|_| unknown())?;
    is_on_the_same(&report.file, &into.file)
        .map_err(|key| Problem::invalid("/into", Text::new(key)))?;
    let actor = principal.actor();
    let close = Command::MergeReport {
        into: merger.into.clone(),
        reason: merger.reason.clone(),
    };
    let gain = Command::MergeFacts {
        from: report.file.number.clone(),
        received_on: report.file.received_on,
    };
    let mut together = Together::default();
    let closed = app.decide(&mut together, report, &actor, close)?;
    app.decide(&mut together, into, &actor, gain)?;
    Ok((together, Receipt::of(&closed)))
}
