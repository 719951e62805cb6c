//! How the filings of a partner stand, in the words in which one authority tells
//! another of a file (`schemas/json/external-status.schema.json`).

use axum::Json;
use axum::extract::State;
use hejie_domain::case::transfer::ExternalStatus;
use hejie_domain::file::File;
use hejie_domain::identifiers::unit_id::UnitId;
use hejie_domain::inquiry::Inquiry;
use hejie_domain::report::Report;
use hejie_domain::text::Text;
use hejie_store::Numbers;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::signed::Signed;
use super::told;
use crate::app::App;
use crate::body::read_value;
use crate::exchange::status;
use crate::problem::Problem;

/// The most references of a question; each is answered from the whole of its file.
const MAX_REFERENCES: usize = 100;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// 1 to 100 references under which this partner filed.
    references: Vec<String>,
}

#[derive(Serialize, ToSchema)]
pub struct Standings {
    /// In the order of the references.
    standings: Vec<Standing>,
}

#[derive(Serialize, ToSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Standing {
    Known {
        reference: String,
        #[serde(flatten)]
        file: FileStanding,
        /// The report that came with the complaint.
        #[serde(skip_serializing_if = "Option::is_none")]
        report: Option<FileStanding>,
    },
    /// Nothing was filed under it.
    Unknown { reference: String },
}

#[derive(Serialize, ToSchema)]
pub struct FileStanding {
    number: String,
    phase: &'static str,
    /// The division code of the unit that has it.
    unit: Option<String>,
    /// What was told of it since it was received, oldest first.
    #[schema(value_type = Vec<Object>)]
    statuses: Value,
}

/// Tells how filings stand. The request is signed as a batch is.
#[utoipa::path(post, path = "/partners/standings", tag = "partners", request_body = Question,
    security(()),
    params(("Signature-Input" = String, Header, description = "RFC 9421"),
           ("Signature" = String, Header, description = "RFC 9421"),
           ("Content-Digest" = String, Header, description = "RFC 9530, `sha-256`")),
    responses((status = 200, body = Standings)))]
pub async fn tell(State(app): State<App>, signed: Signed) -> Result<Json<Standings>, Problem> {
    let question: Question = read_value(&signed.value)?;
    check_count(question.references.len())?;
    let mut standings = Vec::with_capacity(question.references.len());
    for reference in question.references {
        let store = app.store();
        let numbers = store.partner_numbers(&signed.partner.id, &reference);
        let standing = match numbers.await? {
            Some(numbers) => known(&app, reference, numbers).await?,
            None => Standing::Unknown { reference },
        };
        standings.push(standing);
    }
    Ok(Json(Standings { standings }))
}

fn check_count(references: usize) -> Result<(), Problem> {
    let text = match references {
        0 => Text::new("invalid-missing"),
        1..=MAX_REFERENCES => return Ok(()),
        _ => Text::new("invalid-too-many").arg("limit", MAX_REFERENCES as u64),
    };
    Err(Problem::invalid("/references", text))
}

async fn known(app: &App, reference: String, numbers: Numbers) -> Result<Standing, Problem> {
    let report = match numbers.report {
        Some(number) => Some(standing(app, &number).await?),
        None => None,
    };
    Ok(Standing::Known {
        reference,
        file: standing(app, &numbers.number).await?,
        report,
    })
}

async fn standing(app: &App, number: &str) -> Result<FileStanding, Problem> {
    if let Some(loaded) = app.case_by_number(number).await? {
        let statuses = status::all(app.ledger(&loaded.id).await?);
        let statuses = statuses.map_err(|fault| Problem::internal(&fault))?;
        let unit = loaded.file.complaint.as_ref().map(|it| &it.unit);
        return Ok(FileStanding::of(&loaded.file, unit, &statuses));
    }
    if let Some(loaded) = app.file_by_number::<Report>(number).await? {
        let statuses = told::all(&app.ledger(&loaded.id).await?, &loaded.file.number);
        return Ok(FileStanding::of(
            &loaded.file,
            Some(&loaded.file.unit),
            &statuses,
        ));
    }
    if let Some(loaded) = app.file_by_number::<Inquiry>(number).await? {
        let statuses = told::all(&app.ledger(&loaded.id).await?, &loaded.file.number);
        return Ok(FileStanding::of(
            &loaded.file,
            Some(&loaded.file.unit),
            &statuses,
        ));
    }
    Err(Problem::internal(&format!("{number} has no file")))
}

impl FileStanding {
    fn of(file: &impl File, unit: Option<&UnitId>, statuses: &[ExternalStatus]) -> FileStanding {
        FileStanding {
            number: file.number().to_string(),
            phase: file.phase_name(),
            unit: unit.map(ToString::to_string),
            statuses: json!(statuses),
        }
    }
}
