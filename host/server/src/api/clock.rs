//! A rehearsal's clock, moved forward by the operator.

use axum::Json;
use axum::extract::State;
use hejie_domain::text::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::once::WithoutKey;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::engine;
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(advance))
}

/// 3652.5 days.
const TEN_YEARS: u32 = 315_576_000;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Advance {
    /// At most ten years at a time.
    #[schema(maximum = 315576000)]
    seconds: u32,
}

#[derive(Serialize, ToSchema)]
struct Advanced {
    now: String,
    /// Clocks, offers and due dates that this moved.
    moved: usize,
}

/// Moves the clock of a rehearsal forward; what falls due by then is done at once.
#[utoipa::path(post, path = "/clock", tag = "operation", request_body = Advance,
    responses((status = 200, body = Advanced), (status = 403, description = "Not a rehearsal")))]
async fn advance(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Body { value, .. }: Body<Advance>,
) -> Result<Json<Advanced>, Problem> {
    principal.require_operator()?;
    if value.seconds > TEN_YEARS {
        let text = Text::new("invalid-range")
            .arg("least", 0)
            .arg("most", TEN_YEARS);
        return Err(Problem::invalid("/seconds", text));
    }
    if !app.clock().advance(value.seconds) {
        return Err(Problem::forbidden());
    }
    let moved = engine::sweep_once(&app).await?;
    app.wake();
    Ok(Json(Advanced {
        now: app.clock().now().to_string(),
        moved,
    }))
}
