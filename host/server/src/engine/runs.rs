//! One run: build the input, run the plugin, turn the answer into commands, and
//! commit all of it with the decision record on the version the plugin saw. If
//! the case moved meanwhile, the run is thrown away and made again.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hejie_domain::case::event::HandOverCause;
use hejie_domain::case::run::RunSummary;
use hejie_domain::case::{Actor, Command, PluginRole, Recorded, Refusal, decide_all};
use hejie_domain::identifiers::digest::Digest;
use hejie_domain::rules::RuleBook;
use hejie_domain::text::Text;
use hejie_runtime::contract::{self, events as wit};
use hejie_runtime::{Record, Run};
use hejie_store::{Attachment, Job, StoreError};
use jiff::Timestamp;

use super::plan::{RunJob, event_name};
use super::registry::ActivePlugin;
use super::{breaker, input, translate};
use crate::act::{ATTEMPTS, ActError, Done, Loaded, pause};
use crate::app::App;
use crate::commit::Extras;

/// Runs of one case, over all plugins: more is no dispute but a loop.
const MAX_RUNS: usize = 300;
/// How often a run may be overtaken before the case waits for it.
const OVERTAKEN: usize = 3;
/// The outcome where a plugin leaves unanswered what waits for an answer.
const NO_ANSWER: &str = "no_answer";

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
    let phase = loaded.case.phase;
    let resolver = run.role == PluginRole::Resolver;
    let past = phase.is_with_regulator() || phase == hejie_domain::case::Phase::Closed;
    if past || (resolver && !loaded.case.is_automated()) {
        return done(app, job).await;
    }
    if loaded.case.runs.len() >= MAX_RUNS {
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

/// The consumer has filed, or a fact that the plugin asked for did not come.
fn awaits_answer(event: &contract::Event) -> bool {
    match event {
        contract::Event::CaseOpened => true,
        contract::Event::LookUpAnswered(result) => {
            matches!(result.outcome, wit::LookUpOutcome::Failed(_))
        }
        _ => false,
    }
}

fn plugin_of(app: &App, loaded: &Loaded, run: &RunJob) -> Option<Arc<ActivePlugin>> {
    let registry = app.registry();
    match &run.plugin {
        Some(id) => registry.find(&run.organisation, id),
        None => registry.resolver(&run.organisation, &loaded.case.filing.category),
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
    let decided = decide_all(&loaded.case, steps, app.clock().now(), &app.rules());
    match decided {
        Ok(decided) => commit(app, job, &loaded, decided, Vec::new()).await,
        // The case has left the hands that this was about.
        Err(_) => done(app, job).await,
    }
}

/// To a person of the side whose plugin it was. An opinion that is missing binds
/// nobody.
fn hand_over(role: PluginRole, outcome: &str) -> Option<Command> {
    let why = hejie_texts::both(&Text::new("hand-over-failure").arg("outcome", outcome));
    let cause = HandOverCause::Failure {
        outcome: outcome.to_owned(),
    };
    match role {
        PluginRole::Resolver => Some(Command::HandOver { cause, why }),
        PluginRole::Mediator => Some(Command::HandOverMediation { cause, why }),
        PluginRole::Reviewer => None,
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
    let input = input::build(&loaded.case, &plugin, run.event.clone(), &rules, now);
    let id = format!("{}.{}", loaded.case.number, loaded.case.runs.len() + 1);
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

type Decided = (hejie_domain::case::Case, Vec<Recorded>);

/// A run that ended, with what it was about. Its effects are decided at the moment
/// and under the rules that it saw.
struct Answer<'a> {
    now: Timestamp,
    rules: &'a RuleBook,
    plugin: &'a ActivePlugin,
    run: &'a RunJob,
    loaded: &'a Loaded,
}

impl Answer<'_> {
    /// The run's name, the events it leads to, and the documents to keep. An
    /// answer that the case or the manifest forbids counts as a failure.
    fn settle(&self, mut record: Record) -> Result<(String, Decided, Vec<Attachment>), ActError> {
        let mut outcome = record.outcome.name().to_owned();
        let mut refusal = None;
        let attachments = attachments(&mut record)?;
        let digest = attachments[0].digest();
        if let Some(decision) = &record.decision {
            let wanted = translate::commands(decision, self.plugin.manifest(), &self.loaded.case);
            let decided = wanted
                .map_err(|breach| breach.to_string())
                .and_then(|commands| {
                    let commands = self.never_silent(commands);
                    let summary = self.summary(&record, &digest, "answered", None);
                    self.decide(summary, commands)
                        .map_err(|refusal| refusal.to_string())
                });
            match decided {
                Ok(decided) => return Ok((outcome, decided, attachments)),
                Err(why) => {
                    tracing::warn!(plugin = %self.plugin.manifest().id, %why, "answer refused");
                    outcome = "refused_answer".to_owned();
                    refusal = Some(why);
                }
            }
        }
        let summary = self.summary(&record, &digest, &outcome, refusal);
        let decided = self.decide_failure(summary, &outcome)?;
        Ok((outcome, decided, attachments))
    }

    /// An answer that does nothing where one is waited for is completed by the host.
    fn never_silent(&self, mut commands: Vec<Command>) -> Vec<(Actor, Command)> {
        let quiet = commands
            .iter()
            .all(|command| matches!(command, Command::AddNote { .. }));
        let role = self.run.role;
        let awaited = role == PluginRole::Resolver && awaits_answer(&self.run.event);
        let by_host = (quiet && awaited)
            .then(|| hand_over(role, NO_ANSWER))
            .flatten();
        let plugin = Actor::Plugin(self.plugin.identity());
        let by_plugin = commands.drain(..).map(|command| (plugin.clone(), command));
        let by_host = by_host.map(|command| (Actor::Platform, command));
        by_plugin.chain(by_host).collect()
    }

    fn summary(
        &self,
        record: &Record,
        digest: &Digest,
        outcome: &str,
        refusal: Option<String>,
    ) -> RunSummary {
        let answered = record.decision.as_ref().filter(|_| outcome == "answered");
        RunSummary {
            id: record.run_id.clone(),
            plugin: self.plugin.identity(),
            answers: self.run.answers,
            saw_version: self.loaded.case.version,
            outcome: outcome.to_owned(),
            refusal,
            record: digest.clone(),
            input: record.input_digest.clone(),
            output: record.output_digest.clone(),
            fuel: record.fuel,
            peak_memory: record.peak_memory,
            reasons: answered.map(translate::reasons).unwrap_or_default(),
            memory: answered.map(|decision| STANDARD.encode(decision.memory())),
        }
    }

    fn decide(
        &self,
        run: RunSummary,
        commands: impl IntoIterator<Item = (Actor, Command)>,
    ) -> Result<Decided, Refusal> {
        let record = (Actor::Platform, Command::RecordRun { run: Box::new(run) });
        let steps = std::iter::once(record).chain(commands);
        decide_all(&self.loaded.case, steps, self.now, self.rules)
    }

    /// A failed run never silences anyone: the case goes to a person and says so.
    fn decide_failure(&self, run: RunSummary, outcome: &str) -> Result<Decided, Refusal> {
        let hand_over = hand_over(self.run.role, outcome);
        self.decide(run, hand_over.map(|command| (Actor::Platform, command)))
    }
}

/// The record first, then what the plugin saw and answered.
fn attachments(record: &mut Record) -> Result<Vec<Attachment>, ActError> {
    let text = record.canonical().map_err(|fault| ActError::Unreadable {
        id: record.run_id.clone(),
        why: fault.to_string(),
    })?;
    let documents = [
        Some(text),
        Some(record.input.clone()),
        record.output.clone(),
    ];
    Ok(documents
        .into_iter()
        .flatten()
        .map(Attachment::json)
        .collect())
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
        idempotency: None,
    };
    let done = Done {
        id: loaded.id.clone(),
        case,
        recorded,
    };
    app.commit(loaded.base(), done, extras).await?;
    Ok(())
}
