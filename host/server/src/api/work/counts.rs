//! How much work there is in each band.

use axum::Json;
use axum::extract::State;
use hejie_domain::urgency::{Band, Bands};
use hejie_store::WorkFilter;
use serde::Serialize;
use utoipa::ToSchema;

use super::filters::due;
use super::{bands, of_caller, subtree};
use crate::app::App;
use crate::auth::Principal;
use crate::problem::Problem;

/// Counting goes no further: a unit that has more learns that it has more.
const COUNTED: u32 = 10_000;

#[derive(Serialize, ToSchema)]
pub struct Counts {
    red: Count,
    amber: Count,
    green: Count,
    none: Count,
    /// The last day that is red, and the last that is amber.
    red_until: String,
    amber_until: String,
}

#[derive(Serialize, ToSchema)]
struct Count {
    /// At most 10,000 are counted.
    files: u64,
    /// There are more than were counted.
    more: bool,
}

/// The files of the unit's subtree that wait, band by band; for officers and the
/// operator.
#[utoipa::path(get, path = "/work/counts", tag = "work",
    responses((status = 200, body = Counts), (status = 403)))]
pub async fn counts(State(app): State<App>, principal: Principal) -> Result<Json<Counts>, Problem> {
    let (subtree, bands) = (subtree(&principal)?, bands(&app));
    let of = |band| count(&app, &principal, subtree, &bands, band);
    Ok(Json(Counts {
        red: of(Band::Red).await?,
        amber: of(Band::Amber).await?,
        green: of(Band::Green).await?,
        none: of(Band::None).await?,
        red_until: bands.red_until().to_string(),
        amber_until: bands.amber_until().to_string(),
    }))
}

async fn count(
    app: &App,
    principal: &Principal,
    subtree: &str,
    bands: &Bands,
    band: Band,
) -> Result<Count, Problem> {
    let filter = WorkFilter {
        subtree: subtree.to_owned(),
        due: due(Some(band), bands),
        ..WorkFilter::default()
    };
    let filter = of_caller(principal, filter);
    let counted = app.store().count_work(&filter, COUNTED).await?;
    Ok(Count {
        files: counted.files,
        more: counted.more,
    })
}
