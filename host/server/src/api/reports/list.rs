//! Lists of reports: a unit's and those below it, or one's own.

use axum::Json;
use axum::extract::State;
use hejie_domain::file::{File, FileKind};
use hejie_domain::report::Report;
use hejie_domain::text::Text;
use hejie_store::CaseScope;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::access::ownership;
use crate::address::{Given, Parameters, Query};
use crate::app::App;
use crate::auth::{Principal, subtree_of};
use crate::problem::Problem;

/// Of one's own, at the most.
const OWN: u32 = 200;

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// Where the page before ended.
    #[param(value_type = Option<String>, max_length = 36)]
    before: Option<Uuid>,
    /// 1 to 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

impl Parameters for Page {
    const NAMES: &'static [&'static str] = &["before", "limit"];

    fn read(given: &Given) -> Result<Page, Problem> {
        let before = |text: &str| {
            let id = Uuid::try_parse(text).ok();
            id.filter(|id| id.to_string() == text)
        };
        let limit = |text: &str| text.parse().ok().filter(|limit| (1..=200).contains(limit));
        let range = Text::new("invalid-range").arg("least", 1).arg("most", 200);
        Ok(Page {
            before: given.get("before", before, Text::new("invalid-cursor"))?,
            limit: given.get("limit", limit, range)?,
        })
    }
}

#[derive(Serialize, ToSchema)]
pub struct Reports {
    reports: Vec<ReportSummary>,
    /// To be sent as `before` for the next page; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct ReportSummary {
    number: String,
    phase: String,
    category: String,
    updated_at: String,
}

/// The reports of the officer's unit and those below it, newest first; a reporter's own.
#[utoipa::path(get, path = "/reports", tag = "reports", params(Page),
    responses((status = 200, body = Reports), (status = 403)))]
pub async fn list(
    State(app): State<App>,
    principal: Principal,
    Query(page): Query<Page>,
) -> Result<Json<Reports>, Problem> {
    let Principal::Officer { unit, .. } = &principal else {
        return own(&app, &principal).await.map(Json);
    };
    let scope = CaseScope::Other {
        kind: FileKind::Report.name(),
        digits: subtree_of(unit).to_owned(),
    };
    let before = page.before.map(|id| id.to_string());
    let limit = page.limit.unwrap_or(50);
    let found = app.store();
    let found = found.list_cases(&scope, None, before.as_deref(), limit);
    let found = found.await?;
    let reports = found.cases.into_iter().map(|report| ReportSummary {
        number: report.number,
        phase: report.phase,
        category: report.category,
        updated_at: report.updated_at.to_string(),
    });
    Ok(Json(Reports {
        reports: reports.collect(),
        next: found.next,
    }))
}

async fn own(app: &App, principal: &Principal) -> Result<Reports, Problem> {
    let ownership = ownership(principal).ok_or_else(Problem::forbidden)?;
    let mut reports = Vec::new();
    for id in app.store().files_of(&ownership, OWN).await? {
        let Some(loaded) = app.file::<Report>(&id).await? else {
            continue;
        };
        let report = loaded.case;
        reports.push(ReportSummary {
            number: report.number.to_string(),
            phase: report.phase_name().to_owned(),
            category: report.filing.category,
            updated_at: report.closed_at.unwrap_or(report.received_at).to_string(),
        });
    }
    Ok(Reports {
        reports,
        next: None,
    })
}
