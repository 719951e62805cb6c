//! `hejie serve`: the service itself.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use hejie_domain::case::validate;
use jiff::Timestamp;
use metrics_exporter_prometheus::PrometheusBuilder;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

use crate::app::{App, Setup};
use crate::auth::{Holder, Token};
use crate::cli::listen;
use crate::clock::Clock;
use crate::exchange::Identity;
use crate::identity::{Checksum, IdentitySecret, Service, Verifier};
use crate::node::Node;
use crate::{api, engine, exchange};

/// Settings of the service: flags, then `HEJIE_*` variables, then a TOML file.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// A TOML file with the settings below.
    #[arg(long)]
    config: Option<PathBuf>,
    /// Where to listen; port 0 takes a free one.
    #[arg(long)]
    listen: Option<String>,
    /// The folder of the embedded store and of compiled plugins.
    #[arg(long)]
    data: Option<PathBuf>,
    /// `sqlite:PATH` or `postgres://…`; in the data folder where nothing is said.
    #[arg(long)]
    store: Option<String>,
    /// A private host (or host:port) that look-ups may reach; may be repeated.
    #[arg(long)]
    look_up_host: Vec<String>,
    /// A private host (or host:port) that webhooks and partners may have; may be
    /// repeated.
    #[arg(long)]
    partner_host: Vec<String>,
    /// Where it is asked whether a name and a number are one person's
    /// (`schemas/json/identity-question.schema.json`); nowhere where nothing is said.
    #[arg(long)]
    identity_service: Option<String>,
    /// A private host (or host:port) that the identity service may have; may be repeated.
    #[arg(long)]
    identity_host: Vec<String>,
    /// What other systems know this server by.
    #[arg(long)]
    code: Option<String>,
    /// How often a delivery is tried before it is parked.
    #[arg(long)]
    delivery_tries: Option<u32>,
    /// Starts a rehearsal whose clock shows this moment and can be moved.
    #[arg(long)]
    rehearsal: Option<Timestamp>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    listen: String,
    data: PathBuf,
    store: Option<String>,
    look_up_hosts: Vec<String>,
    partner_hosts: Vec<String>,
    identity_service: Option<String>,
    identity_hosts: Vec<String>,
    /// What the identity service knows this server by; kept in the data folder where
    /// nothing is said.
    identity_service_secret: Option<String>,
    code: String,
    delivery_tries: u32,
    /// Plugin runs at once.
    concurrent_runs: u32,
    /// The operator's token; made at the first start where nothing is said.
    operator_token: Option<String>,
    /// 64 hexadecimal digits, the same for all nodes of a store; made at the first start
    /// where nothing is said.
    identity_secret: Option<String>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            listen: "127.0.0.1:8315".to_owned(),
            data: PathBuf::from("hejie-data"),
            store: None,
            look_up_hosts: Vec::new(),
            partner_hosts: Vec::new(),
            identity_service: None,
            identity_hosts: Vec::new(),
            identity_service_secret: None,
            code: "hubei".to_owned(),
            delivery_tries: 11,
            concurrent_runs: 8,
            operator_token: None,
            identity_secret: None,
        }
    }
}

fn settings(args: &Args) -> Result<Settings> {
    let mut figment = Figment::from(Serialized::defaults(Settings::default()));
    if let Some(file) = &args.config {
        figment = figment.merge(Toml::file_exact(file));
    }
    let mut settings: Settings = figment
        .merge(Env::prefixed("HEJIE_").ignore(&["log", "fault_point"]))
        .extract()?;
    if let Some(listen) = &args.listen {
        settings.listen.clone_from(listen);
    }
    if let Some(data) = &args.data {
        settings.data.clone_from(data);
    }
    if args.store.is_some() {
        settings.store.clone_from(&args.store);
    }
    settings
        .look_up_hosts
        .extend(args.look_up_host.iter().cloned());
    settings
        .partner_hosts
        .extend(args.partner_host.iter().cloned());
    if args.identity_service.is_some() {
        settings.identity_service.clone_from(&args.identity_service);
    }
    settings
        .identity_hosts
        .extend(args.identity_host.iter().cloned());
    if let Some(code) = &args.code {
        settings.code.clone_from(code);
    }
    settings.delivery_tries = args.delivery_tries.unwrap_or(settings.delivery_tries);
    check_code(&settings.code)?;
    Ok(settings)
}

/// Others know this server by it: `schemas/json/external-status.schema.json`.
fn check_code(code: &str) -> Result<()> {
    validate::key("code", code).context("the server's code")?;
    ensure!(
        code.len() <= 32,
        "the server's code has more than 32 characters"
    );
    Ok(())
}

/// The store's address for a data folder.
pub fn store_of(data: &std::path::Path, store: Option<&str>) -> String {
    match store {
        Some(store) => store.to_owned(),
        None => format!("sqlite:{}", data.join("hejie.db").display()),
    }
}

pub async fn run(args: Args) -> Result<()> {
    let settings = settings(&args)?;
    std::fs::create_dir_all(&settings.data)
        .with_context(|| format!("{} cannot be made", settings.data.display()))?;
    let node = Node::take(&settings.data)?;
    let metrics = PrometheusBuilder::new().install_recorder()?;
    let app = App::open(Setup {
        store: store_of(&settings.data, settings.store.as_deref()),
        cache: settings.data.join("compiled"),
        concurrent_runs: settings.concurrent_runs,
        look_up_hosts: settings.look_up_hosts.clone(),
        identity_secret: identity_secret(&settings)?,
        verifier: verifier(&settings)?,
        partner_hosts: settings.partner_hosts.clone(),
        identity: Identity {
            code: settings.code.clone(),
            tries: settings.delivery_tries,
            key: exchange::of_folder(&settings.data)?,
        },
        clock: args.rehearsal.map_or_else(Clock::system, Clock::rehearsal),
        metrics,
    })
    .await?;
    keep_operator(&app, &settings).await?;
    let mut workers = engine::start(&app, &node, settings.concurrent_runs as usize).await?;
    exchange::start(&app, &node, &mut workers).await?;
    let listener = TcpListener::bind(&settings.listen)
        .await
        .with_context(|| format!("{} cannot be listened on", settings.listen))?;
    // Whoever reads that it listens may ask it to stop at once.
    let stop = stop_signal()?;
    println!("listening on http://{}", listener.local_addr()?);
    let stopping = app.clone();
    listen::until(listener, api::router(app.clone()), async move {
        stop.await;
        tracing::info!("stopping");
        stopping.stop();
    })
    .await;
    while workers.join_next().await.is_some() {}
    app.store().close().await;
    Ok(())
}

fn identity_secret(settings: &Settings) -> Result<IdentitySecret> {
    match &settings.identity_secret {
        Some(text) => IdentitySecret::read(text),
        None => IdentitySecret::kept(&settings.data.join("identity-secret")),
    }
}

/// The service that was named, or what this program can say by itself.
fn verifier(settings: &Settings) -> Result<Box<dyn Verifier>> {
    let Some(url) = &settings.identity_service else {
        return Ok(Box::new(Checksum));
    };
    let secret = match &settings.identity_service_secret {
        Some(secret) => secret.clone(),
        None => {
            let file = settings.data.join("identity-service-secret");
            std::fs::read_to_string(&file).with_context(|| {
                let file = file.display();
                format!("the identity service's secret is neither set nor in {file}")
            })?
        }
    };
    let hosts = settings.identity_hosts.clone();
    Ok(Box::new(Service::new(url, secret.trim(), hosts)?))
}

/// The operator's token: the one that is set, or one made at the first start and
/// kept in the data folder for the operator's eyes only.
async fn keep_operator(app: &App, settings: &Settings) -> Result<()> {
    let file = settings.data.join("operator-token");
    let text = match &settings.operator_token {
        Some(text) => text.clone(),
        None => match std::fs::read_to_string(&file) {
            Ok(text) => text,
            Err(_) => {
                let token = Token::random();
                write_private(&file, token.reveal())?;
                tracing::info!(file = %file.display(), "the operator's token was made");
                token.reveal().to_owned()
            }
        },
    };
    let token: Token = text
        .trim()
        .parse()
        .context("the operator's token is not well formed")?;
    let operator = Holder::Operator {
        id: "operator".to_owned(),
    };
    app.store()
        .add_token(&token.digest(), &operator, app.clock().now())
        .await?;
    Ok(())
}

/// Writes a new file for the operator's eyes only.
pub(crate) fn write_private(file: &std::path::Path, text: &str) -> Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = std::fs::OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(())
}

/// Ends when the service is asked to stop; from now on it is heard.
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
