//! Stopping a plugin.

use axum::Json;
use axum::extract::{Path, State};

use super::change::change;
use super::reload;
use super::view::{PluginView, view};
use crate::app::App;
use crate::auth::Principal;
use crate::engine::PluginState;
use crate::problem::Problem;

/// Stops a plugin at once; its cases go to persons.
#[utoipa::path(post, path = "/organisations/{organisation}/plugins/{plugin}/suspension",
    tag = "plugins",
    params(("organisation" = String, Path, description = "The organisation's id"),
           ("plugin" = String, Path, description = "The plugin's id")),
    responses((status = 200, body = PluginView)))]
pub async fn suspend(
    State(app): State<App>,
    principal: Principal,
    Path((organisation, plugin)): Path<(String, String)>,
) -> Result<Json<PluginView>, Problem> {
    principal.require_admin_of(&organisation)?;
    let by_operator = principal.require_operator().is_ok();
    change(&app, &organisation, &plugin, |document| {
        document.state = stopped(document.state, by_operator);
        Ok(())
    })
    .await?;
    reload(&app).await?;
    Ok(Json(view(&app, &organisation, &plugin).await?))
}

/// The operator's word is not made weaker by the organisation's own.
fn stopped(state: PluginState, by_operator: bool) -> PluginState {
    if by_operator || state == PluginState::SuspendedByOperator {
        PluginState::SuspendedByOperator
    } else {
        PluginState::Suspended
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_operator_stopped_stays_stopped_by_the_operator() {
        let stopped_by_operator = stopped(PluginState::Active, true);
        assert_eq!(stopped_by_operator, PluginState::SuspendedByOperator);
        assert_eq!(stopped(stopped_by_operator, false), stopped_by_operator);
        assert_eq!(stopped(PluginState::Active, false), PluginState::Suspended);
    }
}
