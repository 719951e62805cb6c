//! One run: build the input, run the plugin, turn the answer into commands, and
//! commit all of it with the decision record on the version the plugin saw. If
//! the case moved meanwhile, the run is thrown away and made again.

use std::sync::Arc;

use hejie_domain::case::event::HandOverCause;
use hejie_domain::case::{Actor, Command, Phase, PluginRole};
use hejie_domain::file::decide_all;
use hejie_domain::text::Text;
use hejie_faults::{FaultPoint, pass};
use hejie_runtime::Run;
use hejie_store::{Attachment, Job, StoreError};

use super::answer::{Answer, Decided, NO_ANSWER, awaits_answer, hand_over};
use super::plan::{RunJob, event_name};
use super::registry::ActivePlugin;
use super::{breaker, input};
use crate::act::{ATTEMPTS, ActError, Done, Loaded, pause};
use crate::app::App;
use crate::commit::Extras;

/// Runs of one case, over all plugins: more is no dispute but a loop.
const MAX_RUNS: usize = 300;
/// How often a run may be overtaken before the case waits for it.
const OVERTAKEN: usize = 3;

/// Carries out a run job.
pub async fn carry_out(app: &App, job: &Job, run: RunJob) -> Result<(), ActError> {
    for tried in 0..ATTEMPTS {
        // A run may take its time, so it does not keep people from the case; one
        // that they overtake again and again has its turn.
        let turn = match tried {
            0..OVERTAKEN => None,
            _ => Some(app.alone(&job.case_id).await),
        };
        match attempt(app, job, &run).await {
            Err(fault) if fault.is_conflict() => {
                drop(turn);
                tokio::time::sleep(pause(tried)).await;
            }
            other => return other,
        }
    }
    Err(StoreError::Conflict.into())
}

async fn attempt(app: &App, job: &Job, run: &RunJob) -> Result<(), ActError> {
    let Some(loaded) = app.case(&job.case_id).await? else {
        return done(app, job).await;
    };
    let phase = loaded.file.phase;
    let resolver = run.role == PluginRole::Resolver;
    let past = phase.is_with_regulator() || phase == Phase::Closed;
    if past || (resolver && !loaded.file.is_automated()) {
        return done(app, job).await;
    }
    if loaded.file.runs.len() >= MAX_RUNS {
        return give_up(app, job, loaded, run.role, "run_budget").await;
    }
    match plugin_of(app, &loaded, run) {
        Some(plugin) if plugin.manifest().subscribes_to(event_name(&run.event)) => {
            run_plugin(app, job, run, loaded, plugin).await
        }
        // Of what it does not want to know the plugin is not told; but a consumer
        // who waits for an answer is never left to wait for one that cannot come.
        Some(_) if !(resolver && awaits_answer(&run.event)) => done(app, job).await,
        Some(_) => give_up(app, job, loaded, run.role, NO_ANSWER).await,
        None if resolver => no_plugin(app, job, loaded).await,
        None => done(app, job).await,
    }
}

fn plugin_of(app: &App, loaded: &Loaded, run: &RunJob) -> Option<Arc<ActivePlugin>> {
    let registry = app.registry();
    match &run.plugin {
        Some(id) => registry.find(&run.organisation, id),
        None => registry.resolver(&run.organisation, &loaded.file.filing.category),
    }
}

async fn done(app: &App, job: &Job) -> Result<(), ActError> {
    Ok(app.store().finish_job(job.lease.clone()).await?)
}

/// Nobody answers automatically: a person of the respondent is to.
async fn no_plugin(app: &App, job: &Job, loaded: Loaded) -> Result<(), ActError> {
    let why = hejie_texts::both(&Text::new("hand-over-no-plugin"));
    let command = Command::HandOver {
        cause: HandOverCause::NoPlugin,
        why,
    };
    finish_with(app, job, loaded, Some(command)).await
}

/// What cannot be run any more goes to a person.
pub async fn give_up(
    app: &App,
    job: &Job,
    loaded: Loaded,
    role: PluginRole,
    outcome: &str,
) -> Result<(), ActError> {
    finish_with(app, job, loaded, hand_over(role, outcome)).await
}

async fn finish_with(
    app: &App,
    job: &Job,
    loaded: Loaded,
    command: Option<Command>,
) -> Result<(), ActError> {
    let steps = command.map(|command| (Actor::Platform, command));
    let decided = decide_all(&loaded.file, steps, app.clock().now(), &app.rules());
    match decided {
        Ok(decided) => commit(app, job, &loaded, decided, Vec::new()).await,
        // The case has left the hands that this was about.
        Err(_) => done(app, job).await,
    }
}

async fn run_plugin(
    app: &App,
    job: &Job,
    run: &RunJob,
    loaded: Loaded,
    plugin: Arc<ActivePlugin>,
) -> Result<(), ActError> {
    let (rules, now) = (app.rules(), app.clock().now());
    let input = input::build(&loaded.file, &plugin, run.event.clone(), &rules, now);
    let id = format!("{}.{}", loaded.file.number, loaded.file.runs.len() + 1);
    let started = std::time::Instant::now();
    let (runtime, sandboxed) = (app.runtime().clone(), plugin.clone());
    let pinned = rules.clone();
    let record = tokio::task::spawn_blocking(move || {
        runtime.run(
            &sandboxed.plugin,
            Run {
                id,
                rules: pinned,
                input,
            },
        )
    })
    .await
    .map_err(|fault| ActError::Unreadable {
        id: job.case_id.clone(),
        why: fault.to_string(),
    })?;
    metrics::histogram!("hejie_run_seconds").record(started.elapsed().as_secs_f64());
    pass(FaultPoint::PluginRan);

    if record.outcome.is_hosts() {
        // It says nothing about the plugin: the job is tried again.
        let (id, why) = (record.run_id.clone(), format!("{:?}", record.outcome));
        return Err(ActError::Unreadable { id, why });
    }
    let answer = Answer {
        now,
        rules: &rules,
        plugin: &plugin,
        run,
        loaded: &loaded,
    };
    let (outcome, decided, attachments) = answer.settle(record)?;
    metrics::counter!("hejie_runs_total", "role" => run.role.name(), "outcome" => outcome.clone())
        .increment(1);
    commit(app, job, &loaded, decided, attachments).await?;
    breaker::note(app, &plugin, outcome == "answered").await;
    Ok(())
}

async fn commit(
    app: &App,
    job: &Job,
    loaded: &Loaded,
    (case, recorded): Decided,
    attachments: Vec<Attachment>,
) -> Result<(), ActError> {
    if recorded.is_empty() {
        return done(app, job).await;
    }
    let finish_job = Some(job.lease.clone());
    let extras = Extras {
        attachments,
        finish_job,
        ..Extras::default()
    };
    let done = Done {
        id: loaded.id.clone(),
        file: case,
        recorded,
    };
    app.commit(loaded.base(), done, |_| extras).await?;
    Ok(())
}
