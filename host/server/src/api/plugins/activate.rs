//! Releasing a version.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use hejie_domain::identifiers::digest::Digest;
use hejie_domain::text::Text;
use hejie_runtime::Package;
use serde::Deserialize;
use serde_json::Value;
use tokio::task::spawn_blocking;
use utoipa::ToSchema;

use super::change::{find, release};
use super::set::check_settings;
use super::view::{PluginView, view};
use super::{check_role, load, reload};
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::engine::{PluginDocument, PluginState};
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Activation {
    /// The version, by the SHA-256 of its package.
    #[schema(value_type = String)]
    digest: Digest,
}

/// Releases a version to the organisation's cases, after a trial run.
#[utoipa::path(post, path = "/organisations/{organisation}/plugins/{plugin}/activation",
    tag = "plugins", request_body = Activation,
    params(("organisation" = String, Path, description = "The organisation's id"),
           ("plugin" = String, Path, description = "The plugin's id")),
    responses((status = 200, body = PluginView), (status = 409, description = "Not set yet"),
               (status = 422, description = "It failed its trial")))]
pub async fn activate(
    State(app): State<App>,
    principal: Principal,
    Path((organisation, plugin)): Path<(String, String)>,
    Body { value, .. }: Body<Activation>,
) -> Result<Json<PluginView>, Problem> {
    principal.require_admin_of(&organisation)?;
    let seen = find(&app, &organisation, &plugin).await?.document;
    require_release(&principal, &seen)?;
    let versions = app.store().versions(&organisation, &plugin).await?;
    if !versions.iter().any(|known| known.digest == value.digest) {
        let text = Text::new("invalid-unknown-value");
        return Err(Problem::invalid("/digest", text));
    }
    let package = load(&app, &value.digest).await?;
    check_role(&app, &organisation, package.manifest.role).await?;
    let no_settings = || Problem::new(StatusCode::CONFLICT, "no-settings");
    let settings = seen.settings.clone().ok_or_else(no_settings)?;
    check_settings(&package.manifest, &settings)?;
    try_out(&app, package, settings).await?;
    release(&app, &organisation, &plugin, |document| {
        // Suspended or set anew during the trial: that stands.
        if *document != seen {
            return Err(Problem::conflict());
        }
        document.active = Some(value.digest.clone());
        document.state = PluginState::Active;
        Ok(())
    })
    .await?;
    reload(&app).await?;
    Ok(Json(view(&app, &organisation, &plugin).await?))
}

/// What the operator stopped only the operator starts again.
fn require_release(principal: &Principal, document: &PluginDocument) -> Result<(), Problem> {
    if document.state != PluginState::SuspendedByOperator {
        return Ok(());
    }
    let text = Text::new("problem-suspended-by-operator-detail");
    principal
        .require_operator()
        .map_err(|refused| refused.detail(text))
}

/// A version that cannot answer a plain case, or not twice the same, stays out.
async fn try_out(app: &App, package: Package, settings: Value) -> Result<(), Problem> {
    let (runtime, rules) = (app.runtime().clone(), app.rules());
    let turn = app
        .trial()
        .await
        .map_err(|fault| Problem::internal(&fault))?;
    let trial = spawn_blocking(move || {
        let _turn = turn;
        let plugin = runtime
            .prepare(&package)
            .map_err(|fault| fault.to_string())?;
        runtime
            .try_out(&plugin, &settings.to_string(), &rules)
            .map_err(|fault| fault.to_string())
    });
    let failed = |why: String| {
        let text = Text::new("problem-failed-trial-detail").arg("why", why);
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "failed-trial").detail(text)
    };
    trial
        .await
        .map_err(|fault| Problem::internal(&fault))?
        .map_err(failed)
}
