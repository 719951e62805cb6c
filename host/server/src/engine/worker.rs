//! The workers: they lease jobs and carry them out until the server stops.

use std::time::Duration;

use hejie_domain::case::PluginRole;
use hejie_faults::{FaultPoint, pass};
use hejie_store::{Claim, Job, StoreError};
use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::plan::{LOOK_UP, RUN, TIMER};
use super::{look_ups, runs, sweep, timers, walks};
use crate::act::ActError;
use crate::app::App;
use crate::node::Node;

/// A worker that does not finish within this loses the job to another.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// Attempts at a job before it is given up.
const TRIES: u32 = 6;
const IDLE: Duration = Duration::from_millis(250);
const TICK: Duration = Duration::from_secs(1);
/// How long the answer to an idempotency key is kept.
const ANSWERS_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long a draft is kept that nobody changes.
const DRAFTS_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Frees what this node had under way when it last ended, then starts the
/// workers and the sweep; they end when the app stops.
pub async fn start(app: &App, node: &Node, workers: usize) -> Result<JoinSet<()>, StoreError> {
    let freed = app.store().release_jobs(node.id()).await?;
    if freed > 0 {
        tracing::info!(freed, "jobs of an earlier run go on");
    }
    let mut tasks = JoinSet::new();
    tasks.spawn(work(app.clone(), node.id(), workers));
    tasks.spawn(tick(app.clone()));
    Ok(tasks)
}

async fn tick(app: App) {
    let mut stopping = app.stopping();
    loop {
        if let Err(fault) = app.refresh().await {
            tracing::error!(%fault, "plugins and calendars could not be read again");
        }
        if let Err(fault) = walks::step(&app).await {
            tracing::error!(%fault, "the walks over open cases stand still");
        }
        if let Err(fault) = sweep::sweep_once(&app).await {
            tracing::error!(%fault, "the sweep of clocks failed");
        }
        if let Err(fault) = forget(&app).await {
            tracing::error!(%fault, "old answers and drafts could not be forgotten");
        }
        tokio::select! {
            _ = tokio::time::sleep(TICK) => {}
            _ = stopping.wait_for(|stop| *stop) => return,
        }
    }
}

/// Idempotency keys protect a caller who tries again, not one who returns; and what a
/// draft says of a person is not kept where nobody goes on with it (service rules 11).
async fn forget(app: &App) -> Result<(), StoreError> {
    let now = app.clock().now();
    if let Ok(before) = now.checked_sub(ANSWERS_KEPT) {
        app.store().forget_answers(before).await?;
    }
    if let Ok(before) = now.checked_sub(DRAFTS_KEPT) {
        app.store().forget_drafts(before).await?;
    }
    Ok(())
}

/// Keeps `limit` jobs under way while there are that many.
async fn work(app: App, node: Uuid, limit: usize) {
    let mut stopping = app.stopping();
    let mut under_way = JoinSet::new();
    while !*stopping.borrow() {
        let woken = app.woken();
        let free = limit.saturating_sub(under_way.len());
        let claimed = if free > 0 {
            claim(&app, node, free).await
        } else {
            Vec::new()
        };
        let idle = claimed.is_empty();
        for job in claimed {
            under_way.spawn(carry_out(app.clone(), job));
        }
        if idle {
            tokio::select! {
                _ = woken => {}
                Some(_) = under_way.join_next() => {}
                _ = tokio::time::sleep(IDLE) => {}
                _ = stopping.wait_for(|stop| *stop) => {}
            }
        }
        while under_way.try_join_next().is_some() {}
    }
    while under_way.join_next().await.is_some() {}
}

async fn claim(app: &App, node: Uuid, free: usize) -> Vec<Job> {
    let now = Timestamp::now();
    let claim = Claim {
        node,
        due: app.clock().now(),
        now,
        until: now.checked_add(LEASE).unwrap_or(now),
        limit: u32::try_from(free).unwrap_or(u32::MAX),
    };
    app.store().claim_jobs(claim).await.unwrap_or_else(|fault| {
        tracing::error!(%fault, "no jobs could be claimed");
        Vec::new()
    })
}

async fn carry_out(app: App, job: Job) {
    // A task of its own: a panic is a failed attempt like any other.
    let attempt = tokio::spawn(attempt(app.clone(), job.clone())).await;
    let done = attempt.unwrap_or_else(|fault| {
        let (id, why) = (job.name.clone(), fault.to_string());
        Err(ActError::Unreadable { id, why })
    });
    match done {
        Ok(()) | Err(ActError::Store(StoreError::LeaseLost)) => {}
        Err(fault) => failed(&app, job, &fault).await,
    }
    app.wake();
}

async fn attempt(app: App, job: Job) -> Result<(), ActError> {
    pass(FaultPoint::JobLeased);
    match job.kind.as_str() {
        RUN => with(&job, |run| runs::carry_out(&app, &job, run)).await,
        LOOK_UP => with(&job, |look_up| look_ups::carry_out(&app, &job, look_up)).await,
        TIMER => with(&job, |timer| timers::carry_out(&app, &job, timer)).await,
        other => Err(StoreError::Corrupt(format!("a job of kind {other}")).into()),
    }
}

async fn with<T, F>(job: &Job, carry_out: impl FnOnce(T) -> F) -> Result<(), ActError>
where
    T: DeserializeOwned,
    F: Future<Output = Result<(), ActError>>,
{
    let payload = serde_json::from_str(&job.payload).map_err(|fault| ActError::Unreadable {
        id: job.name.clone(),
        why: fault.to_string(),
    })?;
    carry_out(payload).await
}

/// A fault of ours: the job stays and is tried again, ever more slowly; one that
/// can never succeed must not leave a consumer waiting.
async fn failed(app: &App, job: Job, fault: &ActError) {
    tracing::error!(case = %job.case_id, job = %job.name, %fault, "a job failed");
    let lasting = !matches!(fault, ActError::Store(_)) && job.attempts + 1 >= TRIES;
    if lasting {
        match give_up(app, &job).await {
            Ok(()) => return,
            Err(fault) => tracing::error!(job = %job.name, %fault, "nor be given up"),
        }
    }
    later(app, job, fault).await;
}

/// The case goes to a person of the respondent and the job ends.
async fn give_up(app: &App, job: &Job) -> Result<(), ActError> {
    let Some(loaded) = app.case(&job.case_id).await? else {
        return Ok(app.store().finish_job(job.lease.clone()).await?);
    };
    runs::give_up(app, job, loaded, PluginRole::Resolver, "internal").await
}

async fn later(app: &App, job: Job, fault: &ActError) {
    let wait = SignedDuration::from_secs(1 << job.attempts.min(10));
    let again = app.clock().now().checked_add(wait).unwrap_or(job.run_at);
    if let Err(fault) = app
        .store()
        .retry_job(job.lease, again, fault.to_string())
        .await
    {
        tracing::error!(%fault, "a job could not be given back");
    }
}
