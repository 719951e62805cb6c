//! How an enforcement case ended, told by the partner whose system keeps it.

use axum::Json;
use axum::extract::State;
use hejie_domain::case::Command;
use hejie_domain::report::{EnforcementResult, Report};
use hejie_domain::text::Text;
use serde::Deserialize;
use utoipa::ToSchema;

use super::signed::Signed;
use crate::act::Loaded;
use crate::api::cases::receipt::Receipt;
use crate::app::App;
use crate::body::read_value;
use crate::commit::Extras;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseResult {
    /// The number of the report that was handed over.
    report: String,
    /// The number of the case in the partner's system, as it was handed over.
    case_number: String,
    result: EnforcementResult,
}

/// Records how an enforcement case ended that was handed to this partner's system. The
/// request is signed as a batch of filings is; the same result once more changes nothing.
#[utoipa::path(post, path = "/partners/enforcement-results", tag = "partners",
    request_body = CaseResult, security(()),
    params(("Signature-Input" = String, Header, description = "RFC 9421"),
           ("Signature" = String, Header, description = "RFC 9421"),
           ("Content-Digest" = String, Header, description = "RFC 9530, `sha-256`")),
    responses((status = 200, body = Receipt),
        (status = 404, description = "Nothing of this number was handed to this partner"),
        (status = 409, description = "Another result was recorded"),
        (status = 422, description = "A field is wrong")))]
pub async fn record(State(app): State<App>, signed: Signed) -> Result<Json<Receipt>, Problem> {
    let told: CaseResult = read_value(&signed.value)?;
    let loaded = handed_to(&app, &signed, &told).await?;
    let enforcement = loaded.file.enforcement.as_ref();
    if enforcement.and_then(|it| it.result.as_ref()) == Some(&told.result) {
        return Ok(Json(Receipt::unchanged(&loaded.file)));
    }
    let command = Command::RecordEnforcement {
        result: told.result,
    };
    let actor = signed.actor();
    let done = app.act(loaded, &actor, command, |_| Extras::default());
    let done = done.await;
    let done = done.map_err(|fault| Problem::from(fault).within("/result", &FIELDS))?;
    Ok(Json(Receipt::of(&done)))
}

/// What was not handed to this partner is not there for it.
async fn handed_to(
    app: &App,
    signed: &Signed,
    told: &CaseResult,
) -> Result<Loaded<Report>, Problem> {
    let loaded = app.file_by_number::<Report>(&told.report).await?;
    let theirs = |it: &Loaded<Report>| it.file.handed_to() == Some(&signed.partner.id);
    let loaded = loaded.filter(theirs).ok_or_else(Problem::not_found)?;
    let known = loaded.file.handed().map(|it| it.case_number.as_str());
    match known == Some(&told.case_number) {
        true => Ok(loaded),
        false => {
            let text = Text::new("invalid-unknown-value");
            Err(Problem::invalid("/case_number", text))
        }
    }
}

const FIELDS: [&str; 5] = [
    "outcome",
    "decided_on",
    "penalty_fen",
    "decision",
    "summary",
];
