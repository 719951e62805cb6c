//! One act on several files at once: each is decided by itself, and told by itself.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hejie_domain::case::Command;
use hejie_domain::file::FileKind;
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::inquiry::Inquiry;
use hejie_domain::report::Report;
use hejie_domain::text::Text;
use hejie_faults::{FaultPoint, pass};
use hejie_store::StoreError;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::act::{ActError, Done, Loaded};
use crate::api::access::for_officers;
use crate::api::cases::bodies::{Dispatch, Return, Supervision};
use crate::api::cases::receipt::{Once, Receipt, Request};
use crate::api::cases::visible;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::kept::Kept;
use crate::problem::{Problem, ProblemBody, Reader};

/// Files of one request, at the most.
const MOST: usize = 200;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Bulk {
    /// Of files of any kind, at most 200, each once.
    #[schema(max_items = 200, min_items = 1)]
    numbers: Vec<String>,
    act: Act,
}

/// What is done with each of them.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(tag = "kind", content = "with", rename_all = "snake_case")]
enum Act {
    /// Sends it down to a unit below (分送).
    Dispatch(Dispatch),
    /// Sends it back to intake (退回).
    Return(Return),
    /// Urges it on (督办).
    Supervision(Supervision),
    /// Accepts the complaint (受理).
    Acceptance,
    Note {
        body: String,
    },
}

/// The fields of all acts, which lie within `act` in the body.
const FIELDS: [&str; 7] = [
    "to",
    "note",
    "report_by",
    "reason",
    "urgency",
    "matter",
    "body",
];

impl From<Act> for Command {
    fn from(act: Act) -> Command {
        match act {
            Act::Dispatch(value) => Command::Dispatch {
                to: value.to,
                note: value.note,
                report_by: value.report_by,
            },
            Act::Return(value) => Command::ReturnToIntake {
                reason: value.reason,
                note: value.note,
            },
            Act::Supervision(value) => Command::Supervise {
                urgency: value.urgency,
                matter: value.matter,
            },
            Act::Acceptance => Command::AcceptComplaint,
            Act::Note { body } => Command::AddNote { body },
        }
    }
}

#[derive(Serialize, ToSchema)]
pub struct BulkAnswer {
    done: usize,
    refused: usize,
    /// In the order of the numbers.
    lines: Vec<Line>,
}

#[derive(Serialize, ToSchema)]
struct Line {
    number: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<Receipt>,
    /// Why it was not done.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<ProblemBody>,
}

/// Does the same with several files; for officers. One that is refused stops no other.
/// Under an `Idempotency-Key` a repeated request does nothing twice.
#[utoipa::path(post, path = "/work/bulk", tag = "work", request_body = Bulk,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses((status = 200, body = BulkAnswer), (status = 403), (status = 422)))]
pub async fn bulk(
    State(app): State<App>,
    principal: Principal,
    Reader(language): Reader,
    once: Once,
    Body { value, bytes }: Body<Bulk>,
) -> Result<Json<BulkAnswer>, Problem> {
    if !matches!(principal, Principal::Officer { .. }) {
        return Err(Problem::forbidden());
    }
    check(&value.numbers)?;
    let mut lines = Vec::with_capacity(value.numbers.len());
    for number in value.numbers {
        let request = once.part(&principal, &bytes, &number);
        let command = Command::from(value.act.clone());
        let told = one(&app, &principal, request, &number, command).await;
        let (receipt, problem) = match told {
            Ok(receipt) => (Some(receipt), None),
            Err(problem) => {
                let problem = problem.within("/act/with", &FIELDS);
                (None, Some(problem.body(language)))
            }
        };
        lines.push(Line {
            number,
            receipt,
            problem,
        });
        pass(FaultPoint::BulkLineDone);
    }
    let done = lines.iter().filter(|line| line.receipt.is_some()).count();
    Ok(Json(BulkAnswer {
        done,
        refused: lines.len() - done,
        lines,
    }))
}

fn check(numbers: &[String]) -> Result<(), Problem> {
    let wrong = |text: &str| Problem::invalid("/numbers", Text::new(text));
    if numbers.is_empty() {
        return Err(wrong("invalid-missing"));
    }
    if numbers.len() > MOST {
        let text = Text::new("invalid-too-many").arg("limit", MOST as u64);
        return Err(Problem::invalid("/numbers", text));
    }
    for (index, number) in numbers.iter().enumerate() {
        let field = format!("/numbers/{index}");
        if let Err(fault) = number.parse::<CaseNumber>() {
            return Err(Problem::invalid(field, fault.text()));
        }
        if numbers[..index].contains(number) {
            return Err(Problem::invalid(field, Text::new("invalid-repeated")));
        }
    }
    Ok(())
}

async fn one(
    app: &App,
    principal: &Principal,
    request: Request,
    number: &str,
    command: Command,
) -> Result<Receipt, Problem> {
    if let Some(receipt) = request.receipt(app).await? {
        return Ok(receipt);
    }
    let parsed: CaseNumber = number.parse().map_err(|_| Problem::not_found())?;
    let kind = app.store().kind_of(&parsed.to_string()).await?;
    let kind = kind.as_deref().and_then(FileKind::named);
    match kind.ok_or_else(Problem::not_found)? {
        // It is dealt with by its own commands, one at a time.
        FileKind::Incident => Err(Problem::forbidden()),
        FileKind::Dispute => {
            let loaded = visible(app, principal, number).await?;
            act(app, principal, &request, loaded, command).await
        }
        FileKind::Report => {
            let loaded = for_officers::<Report>(app, principal, number).await?;
            act(app, principal, &request, loaded, command).await
        }
        FileKind::Inquiry => {
            let loaded = for_officers::<Inquiry>(app, principal, number).await?;
            act(app, principal, &request, loaded, command).await
        }
    }
}

async fn act<F: Kept>(
    app: &App,
    principal: &Principal,
    request: &Request,
    loaded: Loaded<F>,
    command: Command,
) -> Result<Receipt, Problem> {
    let keep = |done: &Done<F>| request.extras(app, StatusCode::OK, done);
    told(app.act(loaded, &principal.actor(), command, keep).await)
}

/// The receipt; that of a rival with the same key, where he came first.
fn told<F: Kept>(done: Result<Done<F>, ActError>) -> Result<Receipt, Problem> {
    match done {
        Ok(done) => Ok(Receipt::of(&done)),
        Err(ActError::Store(StoreError::Repeated { answer, .. })) => {
            serde_json::from_str(&answer).map_err(|fault| Problem::internal(&fault))
        }
        Err(fault) => Err(fault.into()),
    }
}
