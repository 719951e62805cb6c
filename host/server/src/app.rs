//! What every part of the server shares.

use std::path::PathBuf;
use std::sync::{Arc, RwLock};

use hejie_documents::Forms;
use hejie_domain::knowledge::{Article, Knowledge};
use hejie_domain::rules::RuleBook;
use hejie_runtime::look_up::LookUps;
use hejie_runtime::post::Posts;
use hejie_runtime::{Config, Limits, Runtime};
use hejie_store::Store;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::{AcquireError, Mutex, Notify, OwnedSemaphorePermit, Semaphore, watch};

use crate::alone::{Alone, Turn};
use crate::clock::Clock;
use crate::engine::Registry;
use crate::exchange::Identity;
use crate::identity::{IdentitySecret, Verifier};
use crate::published;
use crate::usual::Counted;

/// How a server is set up.
pub struct Setup {
    pub store: String,
    /// Where compiled plugins are kept.
    pub cache: PathBuf,
    pub concurrent_runs: u32,
    /// Private hosts that look-ups may reach.
    pub look_up_hosts: Vec<String>,
    /// What tokens of identities are made with.
    pub identity_secret: IdentitySecret,
    /// Who says whether a name and a number are one person's.
    pub verifier: Box<dyn Verifier>,
    /// Private hosts that webhooks and partners may have.
    pub partner_hosts: Vec<String>,
    pub identity: Identity,
    pub clock: Clock,
    pub metrics: PrometheusHandle,
}

/// The server; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    store: Store,
    rules: RwLock<Arc<RuleBook>>,
    registry: RwLock<Arc<Registry>>,
    knowledge: RwLock<Arc<Knowledge>>,
    /// Of the plugins, calendars, units and answered questions that are in memory.
    revision: Mutex<Option<i64>>,
    runtime: Arc<Runtime>,
    /// One at a time: compiling takes a processor and much memory.
    trials: Arc<Semaphore>,
    look_ups: LookUps,
    posts: Posts,
    identity: Identity,
    forms: Forms,
    verifier: Box<dyn Verifier>,
    identity_secret: IdentitySecret,
    clock: Clock,
    wake: Notify,
    stop: watch::Sender<bool>,
    metrics: PrometheusHandle,
    alone: Alone,
    counted: Counted,
}

impl App {
    pub async fn open(setup: Setup) -> anyhow::Result<App> {
        let store = Store::open(&setup.store).await?;
        if setup.clock.is_rehearsal()
            && let Some(recorded) = store.last_change().await?
        {
            setup.clock.not_before(recorded);
        }
        let runtime = Runtime::new(Config {
            cache: setup.cache,
            concurrent_runs: setup.concurrent_runs,
            limits: Limits::default(),
        })?;
        let app = App(Arc::new(Inner {
            store,
            rules: RwLock::new(Arc::new(RuleBook::builtin()?)),
            registry: RwLock::new(Arc::default()),
            knowledge: RwLock::new(Arc::default()),
            revision: Mutex::new(None),
            runtime: Arc::new(runtime),
            trials: Arc::new(Semaphore::new(1)),
            look_ups: LookUps::new(setup.look_up_hosts)?,
            posts: Posts::new(setup.partner_hosts)?,
            identity: setup.identity,
            forms: Forms::builtin()?,
            verifier: setup.verifier,
            identity_secret: setup.identity_secret,
            clock: setup.clock,
            wake: Notify::new(),
            stop: watch::channel(false).0,
            metrics: setup.metrics,
            alone: Alone::default(),
            counted: Counted::default(),
        }));
        app.refresh().await?;
        Ok(app)
    }

    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// What is usual among disputes, as it was counted.
    pub(crate) fn counted(&self) -> &Counted {
        &self.0.counted
    }

    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    pub fn runtime(&self) -> &Arc<Runtime> {
        &self.0.runtime
    }

    /// The right to compile or try out a version; waits while another does.
    pub async fn trial(&self) -> Result<OwnedSemaphorePermit, AcquireError> {
        self.0.trials.clone().acquire_owned().await
    }

    pub fn look_ups(&self) -> &LookUps {
        &self.0.look_ups
    }

    pub fn posts(&self) -> &Posts {
        &self.0.posts
    }

    /// What others know this server by.
    pub fn identity(&self) -> &Identity {
        &self.0.identity
    }

    pub fn metrics(&self) -> &PrometheusHandle {
        &self.0.metrics
    }

    /// The rules in use; a holder keeps them while others are put in place.
    pub fn rules(&self) -> Arc<RuleBook> {
        read(&self.0.rules)
    }

    /// The rules with the calendar that a run was made on; today's where no
    /// publication led to it (another version of this program carried it).
    pub async fn rules_on(&self, calendar: &str) -> anyhow::Result<RuleBook> {
        let published = self.0.store.calendars().await?;
        published::until(RuleBook::builtin()?, published, calendar)
    }

    /// The forms of official documents.
    pub fn forms(&self) -> &Forms {
        &self.0.forms
    }

    /// The answered questions.
    pub fn knowledge(&self) -> Arc<Knowledge> {
        read(&self.0.knowledge)
    }

    /// Who verifies identities.
    pub fn verifier(&self) -> &dyn Verifier {
        self.0.verifier.as_ref()
    }

    pub fn identity_secret(&self) -> &IdentitySecret {
        &self.0.identity_secret
    }

    /// The active plugins.
    pub fn registry(&self) -> Arc<Registry> {
        read(&self.0.registry)
    }

    /// Reads plugins, calendars, units and answered questions again where they changed, here or on another node.
    pub async fn refresh(&self) -> anyhow::Result<()> {
        let mut seen = self.0.revision.lock().await;
        let revision = self.0.store.directory_revision().await?;
        if *seen != Some(revision) {
            let calendars = self.0.store.calendars().await?;
            let units = self.0.store.units().await?;
            let rules = published::all(RuleBook::builtin()?, calendars, units)?;
            let known = self.registry();
            let registry = known.load(&self.0.store, &self.0.runtime).await?;
            let articles: Vec<(Article, u64)> = self.0.store.knowledge().await?;
            let articles = articles.into_iter();
            let knowledge = Knowledge::of(articles.map(|(it, at)| it.at(at)).collect());
            write(&self.0.knowledge, Arc::new(knowledge));
            write(&self.0.rules, Arc::new(rules));
            write(&self.0.registry, Arc::new(registry));
            *seen = Some(revision);
        }
        Ok(())
    }

    /// Tells the workers that there may be work.
    pub fn wake(&self) {
        self.0.wake.notify_waiters();
    }

    pub fn woken(&self) -> tokio::sync::futures::Notified<'_> {
        self.0.wake.notified()
    }

    /// Ends workers and live answers.
    pub fn stop(&self) {
        self.0.stop.send_replace(true);
        self.wake();
    }

    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.0.stop.subscribe()
    }

    /// The turn to change a case: for who loads, decides and commits by itself.
    /// [`App::act`] takes it too, so never call it with a turn in hand.
    pub async fn alone(&self, case_id: &str) -> Turn<'_> {
        self.0.alone.with(case_id).await
    }
}

/// A lock is poisoned only where a holder panicked; the value is whole either
/// way, because it is only ever replaced.
fn read<T: Clone>(lock: &RwLock<T>) -> T {
    lock.read()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
        .clone()
}

fn write<T>(lock: &RwLock<T>, value: T) {
    *lock
        .write()
        .unwrap_or_else(std::sync::PoisonError::into_inner) = value;
}
