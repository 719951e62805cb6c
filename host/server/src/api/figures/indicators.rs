//! All indicators of a scope.

use axum::Json;
use axum::extract::State;
use hejie_domain::indicators::{
    CaseFacts, FactFilter, Facts, Figure, InquiryFacts, ReportFacts, State as Known, Tally,
};
use hejie_domain::text::Bilingual;
use hejie_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

use super::Filter;
use crate::address::Query;
use crate::app::App;
use crate::auth::Principal;
use crate::problem::Problem;

#[derive(Serialize, ToSchema)]
pub struct Indicators {
    /// How many cases are in the scope.
    cases: u64,
    /// How many reports.
    reports: u64,
    /// How many consultations and suggestions.
    inquiries: u64,
    indicators: Vec<IndicatorView>,
}

#[derive(Serialize, ToSchema)]
struct IndicatorView {
    id: &'static str,
    /// Of the definition; another version is another figure.
    version: u32,
    name: Bilingual,
    definition: Bilingual,
    /// In the columns of `GET /exports/cases.csv`, or of `reports.csv` or `inquiries.csv`; `""` is an empty cell.
    formula: &'static str,
    /// `share`, `mean_days` or `median_days`.
    measure: &'static str,
    state: FigureState,
    /// The figure is `numerator / denominator`, exactly.
    #[serde(skip_serializing_if = "Option::is_none")]
    numerator: Option<u64>,
    /// Zero with `no_cases` only: then there is no figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    denominator: Option<u64>,
    /// How many files the figure is of.
    cases: u64,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum FigureState {
    Known,
    /// There is nothing it could be of, which is not the same as zero.
    NoCases,
    /// It counts cases that no authority has; the scope is a unit's.
    NotByUnit,
}

impl<R> From<Figure<R>> for IndicatorView {
    fn from(figure: Figure<R>) -> IndicatorView {
        let indicator = figure.indicator;
        let (state, numerator, denominator) = match figure.state {
            Known::Known {
                numerator,
                denominator,
            } => (FigureState::Known, Some(numerator), Some(denominator)),
            Known::NoCases => (FigureState::NoCases, Some(0), Some(0)),
            Known::NotByUnit => (FigureState::NotByUnit, None, None),
        };
        IndicatorView {
            id: indicator.id,
            version: indicator.version,
            name: hejie_texts::both(&indicator.name()),
            definition: hejie_texts::both(&indicator.definition()),
            formula: indicator.formula,
            measure: indicator.measure.name(),
            state,
            numerator,
            denominator,
            cases: figure.cases,
        }
    }
}

/// Every indicator with its definition, its formula and its parts, of the cases in
/// scope: for officers those of their own subtree, for the operator all.
#[utoipa::path(get, path = "/indicators", tag = "figures", params(Filter),
    responses((status = 200, body = Indicators),
        (status = 403, description = "Not the caller's unit, or no officer")))]
pub async fn list(
    State(app): State<App>,
    principal: Principal,
    Query(filter): Query<Filter>,
) -> Result<Json<Indicators>, Problem> {
    let filter = filter.scope(&principal, &app.rules())?;
    let disputes = tally::<CaseFacts>(&app, &filter).await?;
    let reports = tally::<ReportFacts>(&app, &filter).await?;
    let inquiries = tally::<InquiryFacts>(&app, &filter).await?;
    let of_inquiries = inquiries.figures(&filter).into_iter();
    let of_disputes = disputes.figures(&filter).into_iter();
    let of_reports = reports.figures(&filter).into_iter();
    let indicators = of_disputes.map(IndicatorView::from);
    Ok(Json(Indicators {
        cases: disputes.rows(),
        reports: reports.rows(),
        inquiries: inquiries.rows(),
        indicators: indicators
            .chain(of_reports.map(IndicatorView::from))
            .chain(of_inquiries.map(IndicatorView::from))
            .collect(),
    }))
}

async fn tally<R: Facts>(app: &App, filter: &FactFilter) -> Result<Tally<R>, StoreError> {
    let mut tally = Tally::default();
    let count = |text: &str| {
        let facts: R = serde_json::from_str(text)?;
        tally.add(&facts);
        Ok(true)
    };
    app.store()
        .each_facts(R::KIND.name(), filter, count)
        .await?;
    Ok(tally)
}
