//! A partner's batch: each line filed or refused by itself, and never twice.

use std::collections::HashSet;

use axum::Json;
use axum::extract::State;
use futures_util::{StreamExt, TryStreamExt, stream};
use hejie_domain::case::intake::Channel;
use hejie_domain::case::refusal::Invalid;
use hejie_domain::case::{Filing, Intake, validate};
use hejie_domain::identifiers::digest::Digest;
use hejie_domain::inquiry::InquiryFiling;
use hejie_domain::report::ReportFiling;
use hejie_domain::text::Text;
use hejie_store::{Numbers, PartnerFiling, StoreError};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::signed::Signed;
use crate::act::ActError;
use crate::api::filings::{Brought, Filed, Matter, Unfiled, Way, open};
use crate::api::inquiries::Contact;
use crate::api::receiving::By;
use crate::api::reports::Person;
use crate::app::App;
use crate::body::read_value;
use crate::commit::Extras;
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
    /// A complaint.
    #[serde(default)]
    filing: Option<Filing>,
    /// A report of a breach, alone or beside a complaint.
    #[serde(default)]
    report: Option<ReportFiling>,
    /// Who reports, where no complaint says it.
    #[serde(default)]
    reporter: Option<Person>,
    /// A consultation or a suggestion, by itself.
    #[serde(default)]
    inquiry: Option<InquiryFiling>,
    /// How the answer reaches who asked.
    #[serde(default)]
    contact: Option<Contact>,
}

impl PartnerLine {
    /// What it is to become, under its reference.
    fn matter(self) -> Result<Matter, Problem> {
        let intake = Intake {
            channel: Channel::Partner,
            reference: Some(self.reference),
            ..Intake::default()
        };
        let way = Way::Direct {
            intake,
            consumer_id: None,
        };
        let brought = Brought {
            filing: self.filing,
            report: self.report,
            reporter: self.reporter,
            inquiry: self.inquiry,
            contact: self.contact,
            caller: None,
        };
        brought.matter(way, Some(Channel::Partner))
    }
}

/// What became of a line, in the order of the batch.
#[derive(Serialize, ToSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum LineAnswer {
    Accepted {
        reference: String,
        /// Of the complaint, or of what came alone.
        number: String,
        /// The number of the report that came with the complaint.
        #[serde(skip_serializing_if = "Option::is_none")]
        report: Option<String>,
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

/// Files a batch of complaints, reports, consultations and suggestions. The request is signed (RFC 9421): Ed25519 over
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
        by: By {
            actor: signed.actor(),
            account: None,
        },
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
    by: By,
}

impl Sender<'_> {
    /// A fault of ours ends the batch; what was filed stays, and the batch may come again.
    async fn answer(&self, line: Value, again: bool) -> Result<LineAnswer, Problem> {
        let reference = reference_of(&line);
        match self.file(line, again).await {
            Ok((reference, numbers)) => Ok(LineAnswer::Accepted {
                reference,
                number: numbers.number,
                report: numbers.report,
            }),
            Err(fault) if fault.is_ours() => Err(fault),
            Err(problem) => Ok(LineAnswer::Refused {
                reference,
                problem: problem.body(self.signed.language),
            }),
        }
    }

    /// The reference and the numbers of what was filed under it, now or before.
    async fn file(&self, value: Value, again: bool) -> Result<(String, Numbers), Problem> {
        let line: PartnerLine = read_value(&value)?;
        validate::line("/reference", &line.reference, 64)?;
        if again {
            let text = Invalid::Repeated.text();
            return Err(Problem::invalid("/reference", text));
        }
        let bytes = serde_jcs::to_vec(&value).map_err(|fault| Problem::internal(&fault))?;
        let (reference, request) = (line.reference.clone(), Digest::of(&bytes));
        if let Some(numbers) = self.known(&reference, &request).await? {
            return Ok((reference, numbers));
        }
        let mut matter = line.matter()?;
        matter.check(self.app).await?;
        matter.identify(self.app, &self.by, |_| Vec::new()).await?;
        let numbers = self.open(&matter, &reference, &request).await?;
        Ok((reference, numbers))
    }

    async fn known(&self, reference: &str, request: &Digest) -> Result<Option<Numbers>, Problem> {
        let (store, partner) = (self.app.store(), &self.signed.partner.id);
        let known = store.partner_filing(partner, reference, request);
        known.await.map_err(of_line)
    }

    async fn open(
        &self,
        matter: &Matter,
        reference: &str,
        request: &Digest,
    ) -> Result<Numbers, Problem> {
        let numbers = |filed: &Filed| Numbers {
            number: filed.receipt.number.clone(),
            report: filed.report.as_ref().map(|it| it.number.clone()),
        };
        let keep = |filed: &Filed| Extras {
            partner: Some(PartnerFiling {
                partner: self.signed.partner.id.clone(),
                reference: reference.to_owned(),
                request: request.clone(),
                numbers: numbers(filed),
                at: self.app.clock().now(),
            }),
            ..Extras::default()
        };
        match open(self.app, &self.by, matter, keep).await {
            Ok(filed) => Ok(numbers(&filed)),
            // The same batch came twice at once.
            Err(Unfiled::Uncommitted(ActError::Store(StoreError::Repeated { .. }))) => {
                let known = self.known(reference, request).await?;
                known.ok_or_else(|| Problem::internal(&"a reference that was taken is free"))
            }
            Err(Unfiled::Uncommitted(ActError::Store(fault))) => Err(of_line(fault)),
            Err(fault) => Err(fault.into()),
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
