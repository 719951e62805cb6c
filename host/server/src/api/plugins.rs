//! Plugins of an organisation: install, set, activate, suspend. Upload is not
//! release: an uploaded version runs only once it is activated.

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hejie_domain::identifiers::digest::Digest;
use hejie_domain::text::Text;
use hejie_runtime::Package;
use hejie_store::directory::{PluginRow, VersionRow};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::engine::{PluginDocument, PluginState, breaker, package};
use crate::problem::Problem;

/// The largest package that is taken.
const MAX_PACKAGE: usize = 64 << 20;

pub fn routes() -> OpenApiRouter<App> {
    let upload = OpenApiRouter::new()
        .routes(routes!(install, list))
        .layer(DefaultBodyLimit::max(MAX_PACKAGE));
    OpenApiRouter::new()
        .merge(upload)
        .routes(routes!(set))
        .routes(routes!(activate))
        .routes(routes!(suspend))
}

/// A plugin as its organisation sees it. Secrets are never shown.
#[derive(Serialize, ToSchema)]
struct PluginView {
    organisation: String,
    plugin: String,
    state: PluginState,
    /// Stopped by itself after failed runs in a row; activating it again ends this.
    broken: bool,
    active: Option<String>,
    #[schema(value_type = Object)]
    settings: Option<Value>,
    /// Names of the secrets that are set.
    secrets: Vec<String>,
    /// Failed runs in a row.
    failures: u64,
    versions: Vec<VersionView>,
}

#[derive(Serialize, ToSchema)]
struct VersionView {
    digest: String,
    version: String,
    installed_at: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// Valid under the manifest's settings schema.
    #[schema(value_type = Object)]
    settings: Value,
    /// Added to those that are set; write-only.
    #[serde(default)]
    secrets: BTreeMap<String, String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Activation {
    /// The version, by the SHA-256 of its package.
    #[schema(value_type = String)]
    digest: Digest,
}

/// Installs a version: the package is checked and compiled, and runs nothing yet.
#[utoipa::path(post, path = "/organisations/{organisation}/plugins", tag = "plugins",
    params(("organisation" = String, Path, description = "The organisation's id")),
    request_body(content = Vec<u8>, content_type = "application/wasm"),
    responses((status = 201, body = PluginView), (status = 422, description = "Not a package")))]
async fn install(
    State(app): State<App>,
    principal: Principal,
    Path(organisation): Path<String>,
    bytes: Bytes,
) -> Result<(StatusCode, Json<PluginView>), Problem> {
    principal.require_admin_of(&organisation)?;
    let known: Option<Value> = app.store().organisation(&organisation).await?;
    known.ok_or_else(Problem::not_found)?;
    let checked = check(&app, bytes.to_vec()).await?;
    let id = checked.manifest.id.clone();
    let row = VersionRow {
        digest: checked.digest.clone(),
        organisation: organisation.clone(),
        plugin: id.clone(),
        version: checked.manifest.version.clone(),
        installed_at: app.clock().now(),
    };
    app.store()
        .add_version(row, STANDARD.encode(&checked.bytes))
        .await?;
    if find(&app, &organisation, &id).await.is_err() {
        put(&app, &organisation, &id, &PluginDocument::default()).await?;
    }
    Ok((
        StatusCode::CREATED,
        Json(view(&app, &organisation, &id).await?),
    ))
}

/// Validation and compilation take their time: off the threads that serve.
async fn check(app: &App, bytes: Vec<u8>) -> Result<Package, Problem> {
    let runtime = app.runtime().clone();
    let checked = tokio::task::spawn_blocking(move || {
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

/// The organisation's plugins.
#[utoipa::path(get, path = "/organisations/{organisation}/plugins", tag = "plugins",
    params(("organisation" = String, Path, description = "The organisation's id")),
    responses((status = 200, body = Vec<PluginView>)))]
async fn list(
    State(app): State<App>,
    principal: Principal,
    Path(organisation): Path<String>,
) -> Result<Json<Vec<PluginView>>, Problem> {
    principal.require_admin_of(&organisation)?;
    let mut views = Vec::new();
    for row in app.store().plugins::<PluginDocument>().await? {
        if row.organisation == organisation {
            views.push(view_of(&app, row).await?);
        }
    }
    Ok(Json(views))
}

/// Sets a plugin: checked against the newest version's settings schema.
#[utoipa::path(put, path = "/organisations/{organisation}/plugins/{plugin}/settings",
    tag = "plugins", request_body = Settings,
    params(("organisation" = String, Path, description = "The organisation's id"),
           ("plugin" = String, Path, description = "The plugin's id")),
    responses((status = 200, body = PluginView), (status = 422, description = "Settings that do not fit")))]
async fn set(
    State(app): State<App>,
    principal: Principal,
    Path((organisation, plugin)): Path<(String, String)>,
    Body { value, .. }: Body<Settings>,
) -> Result<Json<PluginView>, Problem> {
    principal.require_admin_of(&organisation)?;
    let mut document = find(&app, &organisation, &plugin).await?.document;
    let versions = app.store().versions(&organisation, &plugin).await?;
    let newest = versions.last().ok_or_else(Problem::not_found)?;
    let digest = document.active.as_ref().unwrap_or(&newest.digest);
    let package = load(&app, digest).await?;
    check_settings(&package, &value)?;
    document.settings = Some(value.settings);
    document.secrets.extend(value.secrets);
    put(&app, &organisation, &plugin, &document).await?;
    reload(&app).await?;
    Ok(Json(view(&app, &organisation, &plugin).await?))
}

fn check_settings(package: &Package, given: &Settings) -> Result<(), Problem> {
    let validator = jsonschema::validator_for(&package.manifest.settings_schema)
        .map_err(|fault| Problem::internal(&fault))?;
    validator.validate(&given.settings).map_err(|fault| {
        let text = Text::new("invalid-form").arg("detail", fault.to_string());
        Problem::invalid(format!("/settings{}", fault.instance_path()), text)
    })?;
    let known = |name: &&String| !package.manifest.secrets.contains(name);
    match given.secrets.keys().find(known) {
        Some(name) => Err(Problem::invalid(
            format!("/secrets/{name}"),
            Text::new("invalid-unknown-value"),
        )),
        None => Ok(()),
    }
}

/// A version that cannot answer a plain case, or not twice the same, stays out.
async fn try_out(app: &App, package: Package, settings: Value) -> Result<(), Problem> {
    let (runtime, rules) = (app.runtime().clone(), app.rules());
    let trial = tokio::task::spawn_blocking(move || {
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

/// Releases a version to the organisation's cases, after a trial run.
#[utoipa::path(post, path = "/organisations/{organisation}/plugins/{plugin}/activation",
    tag = "plugins", request_body = Activation,
    params(("organisation" = String, Path, description = "The organisation's id"),
           ("plugin" = String, Path, description = "The plugin's id")),
    responses((status = 200, body = PluginView), (status = 409, description = "Not set yet"),
               (status = 422, description = "It failed its trial")))]
async fn activate(
    State(app): State<App>,
    principal: Principal,
    Path((organisation, plugin)): Path<(String, String)>,
    Body { value, .. }: Body<Activation>,
) -> Result<Json<PluginView>, Problem> {
    principal.require_admin_of(&organisation)?;
    let mut document = find(&app, &organisation, &plugin).await?.document;
    let versions = app.store().versions(&organisation, &plugin).await?;
    if !versions
        .iter()
        .any(|version| version.digest == value.digest)
    {
        return Err(Problem::invalid(
            "/digest",
            Text::new("invalid-unknown-value"),
        ));
    }
    let package = load(&app, &value.digest).await?;
    let no_settings = || Problem::new(StatusCode::CONFLICT, "no-settings");
    let settings = document.settings.clone().ok_or_else(no_settings)?;
    check_settings(
        &package,
        &Settings {
            settings: settings.clone(),
            secrets: BTreeMap::new(),
        },
    )?;
    try_out(&app, package, settings).await?;
    document.active = Some(value.digest);
    document.state = PluginState::Active;
    put(&app, &organisation, &plugin, &document).await?;
    app.store().count_run(&organisation, &plugin, false).await?;
    reload(&app).await?;
    Ok(Json(view(&app, &organisation, &plugin).await?))
}

/// Stops a plugin at once; its cases go to persons.
#[utoipa::path(post, path = "/organisations/{organisation}/plugins/{plugin}/suspension",
    tag = "plugins",
    params(("organisation" = String, Path, description = "The organisation's id"),
           ("plugin" = String, Path, description = "The plugin's id")),
    responses((status = 200, body = PluginView)))]
async fn suspend(
    State(app): State<App>,
    principal: Principal,
    Path((organisation, plugin)): Path<(String, String)>,
) -> Result<Json<PluginView>, Problem> {
    principal.require_admin_of(&organisation)?;
    let mut document = find(&app, &organisation, &plugin).await?.document;
    document.state = PluginState::Suspended;
    put(&app, &organisation, &plugin, &document).await?;
    reload(&app).await?;
    Ok(Json(view(&app, &organisation, &plugin).await?))
}

async fn load(app: &App, digest: &Digest) -> Result<Package, Problem> {
    package(app.store(), digest)
        .await
        .map_err(|fault| Problem::internal(&fault))
}

async fn reload(app: &App) -> Result<(), Problem> {
    app.refresh()
        .await
        .map_err(|fault| Problem::internal(&fault))
}

async fn find(
    app: &App,
    organisation: &str,
    plugin: &str,
) -> Result<PluginRow<PluginDocument>, Problem> {
    let rows = app.store().plugins().await?;
    rows.into_iter()
        .find(|row| row.organisation == organisation && row.plugin == plugin)
        .ok_or_else(Problem::not_found)
}

async fn put(
    app: &App,
    organisation: &str,
    plugin: &str,
    document: &PluginDocument,
) -> Result<(), Problem> {
    let (organisation, plugin) = (organisation.to_owned(), plugin.to_owned());
    Ok(app
        .store()
        .put_plugin(organisation, plugin, document)
        .await?)
}

async fn view(app: &App, organisation: &str, plugin: &str) -> Result<PluginView, Problem> {
    view_of(app, find(app, organisation, plugin).await?).await
}

async fn view_of(app: &App, row: PluginRow<PluginDocument>) -> Result<PluginView, Problem> {
    let versions = app.store().versions(&row.organisation, &row.plugin).await?;
    let document = row.document;
    Ok(PluginView {
        organisation: row.organisation,
        plugin: row.plugin,
        state: document.state,
        broken: row.failures >= breaker::LIMIT,
        active: document.active.map(|digest| digest.to_string()),
        settings: document.settings,
        secrets: document.secrets.into_keys().collect(),
        failures: row.failures,
        versions: versions
            .into_iter()
            .map(|version| VersionView {
                digest: version.digest.to_string(),
                version: version.version,
                installed_at: version.installed_at.to_string(),
            })
            .collect(),
    })
}
