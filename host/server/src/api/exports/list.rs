//! The log of exports: for the operator of the platform of what it may take out itself, for
//! heads and supervisors of what the officers of their subtree took.

use axum::Json;
use axum::extract::State;
use hejie_domain::indicators::{Facts, InquiryFacts, ReportFacts};
use hejie_domain::officers::OfficerRole;
use hejie_store::ExportScope;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::address::{Given, Parameters, Query};
use crate::app::App;
use crate::auth::{Principal, subtree_of};
use crate::problem::Problem;

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// Where the page before ended: the last id.
    #[param(value_type = Option<String>, max_length = 36)]
    before: Option<Uuid>,
    /// 1 to 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

impl Parameters for Page {
    const NAMES: &'static [&'static str] = &["before", "limit"];

    fn read(given: &Given) -> Result<Page, Problem> {
        Ok(Page {
            before: given.before()?,
            limit: given.limit()?,
        })
    }
}

#[derive(Serialize, ToSchema)]
pub struct Export {
    id: String,
    at: String,
    /// Who took it, as the token said then.
    #[schema(value_type = Object)]
    principal: serde_json::Value,
    /// What was asked for, the caller's own subtree put in.
    #[schema(value_type = Object)]
    filter: serde_json::Value,
    /// Which table; not known of what was taken before tables were noted.
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<String>,
    /// `csv` or `xlsx`.
    form: String,
    rows: u64,
}

/// Who took which rows of which table, when and of what scope, newest first. What was
/// taken of reports and inquiries is the matter of their units.
#[utoipa::path(get, path = "/exports", tag = "operation", params(Page),
    responses((status = 200, body = Vec<Export>),
        (status = 403, description = "Neither the operator, nor a head or a supervisor")))]
pub async fn list(
    State(app): State<App>,
    principal: Principal,
    Query(page): Query<Page>,
) -> Result<Json<Vec<Export>>, Problem> {
    let scope = scope(&principal).ok_or_else(Problem::forbidden)?;
    let before = page.before.map(|id| id.to_string());
    let limit = page.limit.unwrap_or(50);
    let logged = app.store().exports(scope, before.as_deref(), limit).await?;
    let exports = logged.into_iter().map(|export| Export {
        id: export.id,
        at: export.at.to_string(),
        principal: export.principal,
        filter: export.filter,
        table: export.table,
        form: export.form,
        rows: export.rows,
    });
    Ok(Json(exports.collect()))
}

/// Tables whose files the operator of the platform does not know of.
const KEPT_APART: [&str; 2] = [ReportFacts::TABLE, InquiryFacts::TABLE];

fn scope(reader: &Principal) -> Option<ExportScope<'_>> {
    match reader {
        Principal::Operator { .. } => Some(ExportScope::AllBut(&KEPT_APART)),
        Principal::Officer {
            unit,
            role: OfficerRole::Head | OfficerRole::Supervisor,
            ..
        } => Some(ExportScope::Units(subtree_of(unit))),
        _ => None,
    }
}
