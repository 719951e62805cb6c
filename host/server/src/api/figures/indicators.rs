//! All indicators of a scope.

use axum::Json;
use axum::extract::State;
use hejie_domain::file::FileKind;
use hejie_domain::indicators::{
    CaseFacts, FactFilter, Facts, Figure, InquiryFacts, NegotiationFacts, PickedBy, ReportFacts,
    State as Known, Tally,
};
use hejie_domain::text::Bilingual;
use hejie_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

use super::Filter;
use crate::address::Query;
use crate::app::App;
use crate::auth::{Principal, knows_kind};
use crate::problem::Problem;

#[derive(Serialize, ToSchema)]
pub struct Indicators {
    /// What was counted: as it was asked, with the digits of the caller's own subtree put in.
    #[schema(value_type = Object)]
    scope: FactFilter,
    /// The tables that the formulas name, as far as the caller may have them.
    tables: Vec<Table>,
    indicators: Vec<IndicatorView>,
}

/// A table of facts: `GET /exports/{name}.csv` has its rows.
#[derive(Serialize, ToSchema)]
struct Table {
    name: &'static str,
    /// How many of them are in the scope.
    rows: u64,
    picked_by: Columns,
}

/// The columns by which a scope picks rows, so that a figure of a smaller scope can be
/// computed from an export of a larger one.
#[derive(Serialize, ToSchema)]
struct Columns {
    /// Begins with the digits of the subtree.
    subtree: &'static str,
    /// The day that is not before `from` and not after `to`.
    day: &'static str,
    category: &'static str,
    /// One of them is the respondent.
    respondent: &'static [&'static str],
}

#[derive(Serialize, ToSchema)]
struct IndicatorView {
    id: &'static str,
    /// Of the definition; another version is another figure.
    version: u32,
    name: Bilingual,
    definition: Bilingual,
    /// Of whose rows it is computed.
    table: &'static str,
    /// In the columns of the table. `count` is of rows, `sum` and `median` are of the cells
    /// of a column that are not empty, where the middle of an even number is half the sum of
    /// the two there; `""` is an empty cell, and `and` comes before `or`.
    formula: String,
    /// `share`, `mean_days`, `median_days`, `mean_points` or `mean_fen`.
    measure: &'static str,
    state: FigureState,
    /// The figure is `numerator / denominator`, exactly.
    numerator: u64,
    /// Zero with `no_cases` only: then there is no figure.
    denominator: u64,
    /// How many files the figure is of.
    cases: u64,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum FigureState {
    Known,
    /// There is nothing it could be of, which is not the same as zero.
    NoCases,
}

impl From<PickedBy> for Columns {
    fn from(by: PickedBy) -> Columns {
        Columns {
            subtree: by.located.column(),
            day: by.day,
            category: by.category,
            respondent: by.respondent,
        }
    }
}

fn view(table: &'static str, figure: &Figure) -> IndicatorView {
    let indicator = figure.indicator;
    let (state, numerator, denominator) = match figure.state {
        Known::Known {
            numerator,
            denominator,
        } => (FigureState::Known, numerator, denominator),
        Known::NoCases => (FigureState::NoCases, 0, 0),
    };
    IndicatorView {
        id: indicator.id,
        version: indicator.version,
        name: hejie_texts::both(&indicator.name()),
        definition: hejie_texts::both(&indicator.definition()),
        table,
        formula: indicator.measure.formula(),
        measure: indicator.measure.name(),
        state,
        numerator,
        denominator,
        cases: figure.cases,
    }
}

/// Every indicator with its definition, its formula and its parts, of the files in
/// scope: for officers those of their own subtree and of negotiations with operators
/// there; for the operator of the platform all disputes. Reports and inquiries are told
/// to officers alone.
#[utoipa::path(get, path = "/indicators", tag = "figures", params(Filter),
    responses((status = 200, body = Indicators),
        (status = 403, description = "Not the caller's unit, or no officer")))]
pub async fn list(
    State(app): State<App>,
    principal: Principal,
    Query(filter): Query<Filter>,
) -> Result<Json<Indicators>, Problem> {
    let scope = filter.scope(&principal, &app.rules())?;
    let mut told = Indicators {
        scope,
        tables: Vec::new(),
        indicators: Vec::new(),
    };
    told.count::<CaseFacts>(&app).await?;
    told.count::<NegotiationFacts>(&app).await?;
    if knows_kind(&principal, FileKind::Report) {
        told.count::<ReportFacts>(&app).await?;
    }
    if knows_kind(&principal, FileKind::Inquiry) {
        told.count::<InquiryFacts>(&app).await?;
    }
    Ok(Json(told))
}

impl Indicators {
    async fn count<R: Facts>(&mut self, app: &App) -> Result<(), StoreError> {
        let tally = tally::<R>(app, &self.scope).await?;
        self.tables.push(Table {
            name: R::TABLE,
            rows: tally.rows(),
            picked_by: R::PICKED_BY.into(),
        });
        let figures = tally.figures();
        let views = figures.iter().map(|figure| view(R::TABLE, figure));
        self.indicators.extend(views);
        Ok(())
    }
}

async fn tally<R: Facts>(app: &App, filter: &FactFilter) -> Result<Tally<R>, StoreError> {
    let mut tally = Tally::default();
    let count = |text: &str| {
        let facts: R = serde_json::from_str(text)?;
        tally.add(&facts);
        Ok(true)
    };
    let (kind, located) = (R::KIND.name(), R::PICKED_BY.located);
    app.store().each_facts(kind, located, filter, count).await?;
    Ok(tally)
}
