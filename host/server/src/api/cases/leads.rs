//! A lead of a breach that came to light in a complaint (Order 121 art. 27): a report is
//! opened for it with what the complaint says of the operator, both files or neither.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use hejie_domain::case::{Case, Command};
use hejie_domain::identifiers::division_code::DivisionCode;
use hejie_domain::report::{Report, ReportFiling, Reported, Reporter, receive as decide};
use hejie_domain::text::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::receipt::Receipt;
use super::visible;
use crate::address::Path;
use crate::api::once::WithoutKey;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::commit::{Base, Extras, Together};
use crate::opening::open;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Lead {
    /// A class of breaches of the 12315 classification.
    breach: String,
    /// What came to light, with its factual basis.
    lead: String,
    /// Where the act happened, where that is known.
    #[schema(value_type = Option<String>)]
    act_place: Option<DivisionCode>,
    /// The complaint's own evidence that bears on it, by its numbers there.
    #[serde(default)]
    evidence: Vec<u32>,
}

#[derive(Serialize, ToSchema)]
pub struct LeadReceipt {
    complaint: Receipt,
    report: Receipt,
}

/// Opens a report on what came to light: verified in its own period by the authority that
/// found it, whatever becomes of the complaint. Neither party learns of it here.
#[utoipa::path(post, path = "/cases/{number}/leads", tag = "commands", request_body = Lead,
    params(("number" = String, Path, description = "The case number")),
    responses((status = 201, body = LeadReceipt), (status = 403), (status = 409), (status = 422)))]
pub async fn note(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Path(number): Path<String>,
    Body { value, .. }: Body<Lead>,
) -> Result<Response, Problem> {
    let opened = app.together(|| decided(&app, &principal, &number, &value));
    Ok((StatusCode::CREATED, Json(opened.await?)).into_response())
}

async fn decided(
    app: &App,
    principal: &Principal,
    number: &str,
    lead: &Lead,
) -> Result<(Together, LeadReceipt), Problem> {
    let complaint = visible(app, principal, number).await?;
    let actor = principal.actor();
    let filing = lead.filing(&complaint.file)?;
    let report = open::<Report>(app, &actor, decide, |number| Command::Report {
        number,
        reporter: Reporter::Authority {
            complaint: complaint.file.number.clone(),
        },
        filing: Box::new(filing),
    })?;
    let noted = Command::NoteLead {
        report: report.file.number.clone(),
        lead: lead.lead.clone(),
    };
    let mut together = Together::default();
    let complaint = app.decide(&mut together, complaint, &actor, noted)?;
    let report = app.add(&mut together, Base::nothing(), report, Extras::default())?;
    let receipt = LeadReceipt {
        complaint: Receipt::of(&complaint),
        report: Receipt::of(&report),
    };
    Ok((together, receipt))
}

impl Lead {
    /// Nothing that the complaint says already is written again.
    fn filing(&self, complaint: &Case) -> Result<ReportFiling, Problem> {
        let respondent = &complaint.filing.respondent;
        let of = |(at, seq): (usize, &u32)| {
            let mut known = complaint.evidence.iter();
            let found = known.find(|it| it.seq == *seq);
            let unknown = || {
                let field = format!("/evidence/{at}");
                Problem::invalid(&field, Text::new("invalid-unknown-value"))
            };
            found.map(|it| it.reference.clone()).ok_or_else(unknown)
        };
        let evidence = self.evidence.iter().enumerate().map(of);
        Ok(ReportFiling {
            reported: Reported {
                name: respondent.name.clone(),
                credit_code: respondent.credit_code.clone(),
                address: respondent.address.clone(),
                operator: respondent.operator.clone(),
            },
            act_place: self.act_place.clone(),
            advertising: None,
            category: complaint.filing.category.clone(),
            breach: self.breach.clone(),
            lead: self.lead.clone(),
            evidence: evidence.collect::<Result<_, _>>()?,
            channel: None,
        })
    }
}
