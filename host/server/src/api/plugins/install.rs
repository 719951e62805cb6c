//! Installing a version.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hejie_domain::text::Text;
use hejie_runtime::Package;
use hejie_store::directory::VersionRow;
use tokio::task::spawn_blocking;

use super::check_role;
use super::view::{PluginView, view};
use crate::api::organisations::kind_of;
use crate::app::App;
use crate::auth::Principal;
use crate::body;
use crate::engine::PluginDocument;
use crate::problem::Problem;

/// Installs a version: the package is checked and compiled, and runs nothing yet.
#[utoipa::path(post, path = "/organisations/{organisation}/plugins", tag = "plugins",
    params(("organisation" = String, Path, description = "The organisation's id")),
    request_body(content = Vec<u8>, content_type = "application/wasm"),
    responses((status = 201, body = PluginView), (status = 422, description = "Not a package")))]
pub async fn install(
    State(app): State<App>,
    principal: Principal,
    Path(organisation): Path<String>,
    request: Request,
) -> Result<(StatusCode, Json<PluginView>), Problem> {
    principal.require_admin_of(&organisation)?;
    kind_of(&app, &organisation).await?;
    // Read only now: a stranger's megabytes are not taken in.
    let bytes = body::read_package(request, &app).await?;
    let checked = check(&app, bytes.to_vec()).await?;
    check_role(&app, &organisation, checked.manifest.role).await?;
    let id = checked.manifest.id.clone();
    let row = VersionRow {
        digest: checked.digest.clone(),
        organisation: organisation.clone(),
        plugin: id.clone(),
        version: checked.manifest.version.clone(),
        installed_at: app.clock().now(),
    };
    let store = app.store();
    store
        .add_version(row, STANDARD.encode(&checked.bytes))
        .await?;
    let unset = PluginDocument::default();
    store
        .add_plugin(organisation.clone(), id.clone(), &unset)
        .await?;
    Ok((
        StatusCode::CREATED,
        Json(view(&app, &organisation, &id).await?),
    ))
}

/// Validation and compilation take their time: off the threads that serve, and
/// one at a time, also where the caller went away meanwhile.
async fn check(app: &App, bytes: Vec<u8>) -> Result<Package, Problem> {
    let runtime = app.runtime().clone();
    let turn = app
        .trial()
        .await
        .map_err(|fault| Problem::internal(&fault))?;
    let checked = spawn_blocking(move || {
        let _turn = turn;
        let package = Package::read(bytes).map_err(|fault| fault.to_string())?;
        runtime
            .prepare(&package)
            .map_err(|fault| fault.to_string())?;
        Ok(package)
    });
    let bad = |why: String| {
        let text = Text::new("problem-bad-package-detail").arg("why", why);
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad-package").detail(text)
    };
    checked
        .await
        .map_err(|fault| Problem::internal(&fault))?
        .map_err(bad)
}
