//! A partner's batch: each line filed or refused by itself, and never twice.

use std::collections::HashSet;

use axum::Json;
use axum::extract::State;
use futures_util::{StreamExt, TryStreamExt, stream};
use hejie_domain::case::intake::Channel;
use hejie_domain::case::refusal::Invalid;
use hejie_domain::case::{Actor, Command, Filing, Intake, validate};
use hejie_domain::drafts::FILING_FIELDS;
use hejie_domain::identifiers::digest::Digest;
use hejie_domain::text::Text;
use hejie_store::{PartnerFiling, StoreError};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::signed::Signed;
use crate::act::{ActError, Done};
use crate::app::App;
use crate::body::read_value;
use crate::commit::Extras;
use crate::opening::check_filing;
use crate::problem::{Problem, ProblemBody};

/// The most lines of a batch.
const MAX_LINES: usize = 1_000;
/// Lines that are under way at once: the store writes them to disk together.
const AT_ONCE: usize = 32;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// 1 to 1,000 lines, each a `PartnerLine`. What is wrong in one is told of that one.
    #[schema(value_type = Vec<PartnerLine>)]
    lines: Vec<Value>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnerLine {
    /// The partner's own: 1 to 64 characters. The same reference with the same filing
    /// gets the same answer.
    reference: String,
    filing: Filing,
}

/// What became of a line, in the order of the batch.
#[derive(Serialize, ToSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum LineAnswer {
    Accepted {
        reference: String,
        /// The number of the case.
        number: String,
    },
    /// Nothing is kept of it: a line that was mended may come under its reference.
    Refused {
        #[serde(skip_serializing_if = "Option::is_none")]
        reference: Option<String>,
        problem: ProblemBody,
    },
}

#[derive(Serialize, ToSchema)]
pub struct BatchAnswer {
    lines: Vec<LineAnswer>,
}

/// Files a batch of complaints. The request is signed (RFC 9421): Ed25519 over
/// `@method`, `@path` and `content-digest` with `created` and a `keyid` of
/// `PARTNER/KEY`, not older than five minutes. A batch that comes again files nothing
/// twice and gets the same answers.
#[utoipa::path(post, path = "/partners/filings", tag = "partners", request_body = Batch, security(()),
    params(("Signature-Input" = String, Header, description = "RFC 9421"),
           ("Signature" = String, Header, description = "RFC 9421"),
           ("Content-Digest" = String, Header, description = "RFC 9530, `sha-256`")),
    responses((status = 200, body = BatchAnswer)))]
pub async fn file(State(app): State<App>, signed: Signed) -> Result<Json<BatchAnswer>, Problem> {
    let batch: Batch = read_value(&signed.value)?;
    check_count(batch.lines.len())?;
    let sender = Sender {
        app: &app,
        signed: &signed,
        actor: signed.actor(),
    };
    let mut seen = HashSet::new();
    let lines = batch.lines.into_iter().map(|line| {
        let again = reference_of(&line).is_some_and(|it| !seen.insert(it));
        (line, again)
    });
    let answers = stream::iter(lines)
        .map(|(line, again)| sender.answer(line, again))
        .buffered(AT_ONCE);
    let lines = answers.try_collect().await?;
    Ok(Json(BatchAnswer { lines }))
}

fn check_count(lines: usize) -> Result<(), Problem> {
    match lines {
        0 => Err(Problem::invalid("/lines", Text::new("invalid-missing"))),
        1..=MAX_LINES => Ok(()),
        _ => {
            let text = Text::new("invalid-too-many").arg("limit", MAX_LINES as u64);
            Err(Problem::invalid("/lines", text))
        }
    }
}

fn reference_of(line: &Value) -> Option<String> {
    let reference = line.get("reference")?.as_str()?;
    Some(reference.to_owned())
}

struct Sender<'a> {
    app: &'a App,
    signed: &'a Signed,
    actor: Actor,
}

impl Sender<'_> {
    /// A fault of ours ends the batch; what was filed stays, and the batch may come again.
    async fn answer(&self, line: Value, again: bool) -> Result<LineAnswer, Problem> {
        let reference = reference_of(&line);
        match self.file(line, again).await {
            Ok((reference, number)) => Ok(LineAnswer::Accepted { reference, number }),
            Err(fault) if fault.is_ours() => Err(fault),
            Err(problem) => Ok(LineAnswer::Refused {
                reference,
                problem: problem.body(self.signed.language),
            }),
        }
    }

    /// The reference and the number of what was filed under it, now or before.
    async fn file(&self, value: Value, again: bool) -> Result<(String, String), Problem> {
        let line: PartnerLine = read_value(&value)?;
        validate::line("/reference", &line.reference, 64)?;
        if again {
            let text = Invalid::Repeated.text();
            return Err(Problem::invalid("/reference", text));
        }
        let bytes = serde_jcs::to_vec(&value).map_err(|fault| Problem::internal(&fault))?;
        let request = Digest::of(&bytes);
        let (partner, reference) = (&self.signed.partner.id, &line.reference);
        let known = self
            .app
            .store()
            .partner_filing(partner, reference, &request);
        if let Some(number) = known.await.map_err(of_line)? {
            return Ok((line.reference, number));
        }
        check_filing(self.app, &line.filing)
            .await
            .map_err(in_filing)?;
        let number = self.open(&line, &request).await?;
        Ok((line.reference, number))
    }

    async fn open(&self, line: &PartnerLine, request: &Digest) -> Result<String, Problem> {
        let command = |number| Command::FileComplaint {
            number,
            filing: Box::new(line.filing.clone()),
            intake: Intake {
                channel: Channel::Partner,
                reference: Some(line.reference.clone()),
                ..Intake::default()
            },
            consumer_id: None,
            identities: Vec::new(),
        };
        let keep = |done: &Done| Extras {
            partner: Some(PartnerFiling {
                partner: self.signed.partner.id.clone(),
                reference: line.reference.clone(),
                request: request.clone(),
                number: done.file.number.to_string(),
                at: self.app.clock().now(),
            }),
            ..Extras::default()
        };
        match self.app.open_case(&self.actor, command, keep).await {
            Ok(done) => Ok(done.file.number.to_string()),
            // The same batch came twice at once.
            Err(ActError::Store(StoreError::Repeated { answer, .. })) => Ok(answer),
            Err(ActError::Store(fault)) => Err(of_line(fault)),
            Err(fault) => Err(in_filing(fault.into())),
        }
    }
}

/// The reference of another filing is the line's fault.
fn of_line(fault: StoreError) -> Problem {
    match fault {
        StoreError::IdempotencyMismatch => {
            Problem::invalid("/reference", Text::new("invalid-reference-used"))
        }
        other => other.into(),
    }
}

fn in_filing(problem: Problem) -> Problem {
    problem.within("/filing", &FILING_FIELDS)
}
