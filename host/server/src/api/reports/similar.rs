//! Reports on the same operator and the same matter: a suggestion, which an officer weighs
//! before she merges or marks one as repeated (Order 121 art. 35).

use axum::Json;
use axum::extract::State;
use hejie_domain::report::Report;
use hejie_store::Trait;

use crate::address::Path;
use crate::api::access::for_officers;
use crate::api::cases::likeness::{Shared, Similar, alike, of_officer, others_alike};
use crate::app::App;
use crate::auth::Principal;
use crate::kept::report::likeness;
use crate::problem::Problem;

/// Reports on the same operator, and of those the ones on the same class of breach. Who
/// reported is not compared: it is looked up by itself, with a reason.
#[utoipa::path(get, path = "/reports/{number}/similar", tag = "reports",
    params(("number" = String, Path, description = "The number of the report")),
    responses((status = 200, body = Similar), (status = 403), (status = 404)))]
pub async fn similar(
    State(app): State<App>,
    principal: Principal,
    Path(number): Path<String>,
) -> Result<Json<Similar>, Problem> {
    let digits = of_officer(&principal)?;
    let loaded = for_officers::<Report>(&app, &principal, &number).await?;
    let likeness = likeness(&loaded.file);
    let mut shared = Vec::new();
    for of in [Trait::ReportedBreach, Trait::Reported] {
        let Some(value) = likeness.of(of) else {
            continue;
        };
        let others = others_alike(&app, loaded.file.received_on, of, value).await?;
        let found = alike(&app, &loaded.id, (of, value), digits).await?;
        shared.push(Shared::of(of, others, found));
    }
    Ok(Json(Similar { shared }))
}
