//! What comes of a run: its answer as commands of the plugin, or a hand-over to a
//! person; decided with the decision record in one step.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hejie_domain::case::event::HandOverCause;
use hejie_domain::case::run::RunSummary;
use hejie_domain::case::{Actor, Case, Command, PluginRole, Recorded, Refusal};
use hejie_domain::file::decide_all;
use hejie_domain::identifiers::digest::Digest;
use hejie_domain::rules::RuleBook;
use hejie_domain::text::Text;
use hejie_runtime::Record;
use hejie_runtime::contract::{self, events as wit};
use hejie_store::Attachment;
use jiff::Timestamp;

use super::plan::RunJob;
use super::registry::ActivePlugin;
use super::translate;
use crate::act::{ActError, Loaded};

/// The outcome where a plugin leaves unanswered what waits for an answer.
pub const NO_ANSWER: &str = "no_answer";

pub type Decided = (Case, Vec<Recorded>);

/// A run that ended, with what it was about. Its effects are decided at the moment
/// and under the rules that it saw.
pub struct Answer<'a> {
    pub now: Timestamp,
    pub rules: &'a RuleBook,
    pub plugin: &'a ActivePlugin,
    pub run: &'a RunJob,
    pub loaded: &'a Loaded,
}

impl Answer<'_> {
    /// The run's name, the events it leads to, and the documents to keep. An
    /// answer that the case or the manifest forbids counts as a failure.
    pub fn settle(
        &self,
        mut record: Record,
    ) -> Result<(String, Decided, Vec<Attachment>), ActError> {
        let mut outcome = record.outcome.name().to_owned();
        let mut refusal = None;
        let attachments = attachments(&mut record)?;
        let digest = attachments[0].digest();
        if let Some(decision) = &record.decision {
            let wanted = translate::commands(decision, self.plugin.manifest(), &self.loaded.file);
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
            saw_version: self.loaded.file.version,
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
        decide_all(&self.loaded.file, steps, self.now, self.rules)
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

/// The consumer has filed, or a fact that the plugin asked for did not come.
pub fn awaits_answer(event: &contract::Event) -> bool {
    match event {
        contract::Event::CaseOpened => true,
        contract::Event::LookUpAnswered(result) => {
            matches!(result.outcome, wit::LookUpOutcome::Failed(_))
        }
        _ => false,
    }
}

/// To a person of the side whose plugin it was. An opinion that is missing binds
/// nobody.
pub fn hand_over(role: PluginRole, outcome: &str) -> Option<Command> {
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
