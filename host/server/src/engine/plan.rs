//! What follows from events: runs for the plugins they concern, look-ups, timers.

use hejie_domain::case::actor::Side;
use hejie_domain::case::event::{Event, Recorded};
use hejie_domain::case::phase::Confirmation;
use hejie_domain::case::terms::Terms;
use hejie_domain::case::{Case, PluginIdentity, PluginRole};
use hejie_runtime::contract::{self, events as wit};
use hejie_store::NewJob;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::input::{side, terms as view};
use super::registry::{ActivePlugin, Registry};
use crate::act::Done;

/// A run to be made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunJob {
    pub role: PluginRole,
    pub organisation: String,
    /// The plugin; a resolver is found anew when its turn comes.
    pub plugin: Option<String>,
    /// The ledger entry it answers.
    pub answers: u64,
    pub event: contract::Event,
}

/// A look-up to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookUpJob {
    pub requester: PluginIdentity,
    pub key: String,
    pub name: String,
    pub path: String,
}

/// A timer to fire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimerJob {
    pub owner: PluginIdentity,
    pub key: String,
}

/// Jobs to make and to cancel with a commit.
#[derive(Debug, Default)]
pub struct FollowUp {
    pub jobs: Vec<NewJob>,
    pub cancel: Vec<String>,
}

pub const RUN: &str = "run";
pub const LOOK_UP: &str = "look_up";
pub const TIMER: &str = "timer";

/// What follows from the events of a commit on top of `base`.
pub fn follow_up(done: &Done, base: u64, registry: &Registry, now: Timestamp) -> FollowUp {
    let mut plan = FollowUp::default();
    for (recorded, seq) in done.recorded.iter().zip(base + 1..) {
        plan.host_jobs(recorded, now);
        for (role, organisation, plugin, event) in asked(&done.file, recorded, registry) {
            let name = format!("run-{seq}");
            let job = RunJob {
                role,
                organisation,
                plugin,
                answers: seq,
                event,
            };
            plan.push(RUN, name, &job, now);
        }
    }
    plan
}

impl FollowUp {
    fn push<T: Serialize>(&mut self, kind: &'static str, name: String, job: &T, at: Timestamp) {
        // A job is made of strings and numbers: it always has a JSON form.
        if let Ok(payload) = serde_json::to_string(job) {
            self.jobs.push(NewJob {
                kind,
                name,
                payload,
                run_at: at,
            });
        }
    }

    fn host_jobs(&mut self, recorded: &Recorded, now: Timestamp) {
        let Some(owner) = recorded.by.plugin() else {
            return;
        };
        match &recorded.event {
            Event::LookUpRequested { key, name, path } => {
                let (requester, key) = (owner.clone(), key.clone());
                let job = LookUpJob {
                    requester,
                    key,
                    name: name.clone(),
                    path: path.clone(),
                };
                let name = format!("look-up-{}-{}", owner.key(), job.key);
                self.push(LOOK_UP, name, &job, now);
            }
            Event::TimerSet { key, fires_at } => {
                self.cancel.push(timer_name(owner, key));
                let job = TimerJob {
                    owner: owner.clone(),
                    key: key.clone(),
                };
                self.push(TIMER, timer_name(owner, key), &job, *fires_at);
            }
            Event::TimerCancelled { key } => self.cancel.push(timer_name(owner, key)),
            _ => {}
        }
    }
}

fn timer_name(owner: &PluginIdentity, key: &str) -> String {
    format!("timer-{}-{key}", owner.key())
}

type Asked = (PluginRole, String, Option<String>, contract::Event);

/// The plugins an event concerns.
fn asked(case: &Case, recorded: &Recorded, registry: &Registry) -> Vec<Asked> {
    if is_beyond_plugins(&recorded.event) {
        return Vec::new();
    }
    let Some(event) = translate(case, recorded) else {
        return Vec::new();
    };
    let category = case.filing.category.as_str();
    let mut asked = Vec::new();
    if let Some(owner) = owner(&recorded.event) {
        // What a plugin asked for and waited for comes to it and to no other.
        let waits = owner.role != PluginRole::Resolver || case.is_automated();
        let asked = (
            owner.role,
            owner.organisation.clone(),
            Some(owner.id.clone()),
            event,
        );
        return waits.then_some(asked).into_iter().collect();
    }
    if let Some(organisation) = &case.filing.respondent.organisation
        && concerns_resolver(case, recorded)
    {
        asked.push((
            PluginRole::Resolver,
            organisation.clone(),
            None,
            event.clone(),
        ));
    }
    if concerns_reviewer(&recorded.event) {
        let reviewers = registry.of_role(PluginRole::Reviewer, category);
        asked.extend(reviewers.map(|plugin| of(plugin, &event)));
    }
    if case.lets_associations_in() && concerns_mediator(case, recorded) {
        let mediators = registry.of_role(PluginRole::Mediator, category);
        asked.extend(mediators.map(|plugin| of(plugin, &event)));
    }
    asked
}

/// What goes straight to the authority is not negotiated, so no plugin opens it.
fn is_beyond_plugins(event: &Event) -> bool {
    matches!(
        event,
        Event::CaseFiled {
            intake: Some(_),
            ..
        }
    )
}

/// The plugin that waits for an event.
fn owner(event: &Event) -> Option<&PluginIdentity> {
    match event {
        Event::LookUpAnswered { requester, .. } => Some(requester),
        Event::TimerFired { owner, .. } => Some(owner),
        Event::SettingsChanged { plugin } => Some(plugin),
        _ => None,
    }
}

fn of(plugin: &ActivePlugin, event: &contract::Event) -> Asked {
    let manifest = plugin.manifest();
    let id = Some(manifest.id.clone());
    (
        manifest.role,
        plugin.organisation.clone(),
        id,
        event.clone(),
    )
}

/// What others do is the resolver's business; what its own side does is not.
fn concerns_resolver(case: &Case, recorded: &Recorded) -> bool {
    if !case.is_automated() {
        return false;
    }
    match &recorded.event {
        Event::QuestionAnswered { question, .. } => case
            .question(*question)
            .is_some_and(|asked| asked.by.side() == Side::Respondent),
        Event::MediationRequested { .. } => false,
        _ => recorded.by.side() != Side::Respondent,
    }
}

fn concerns_reviewer(event: &Event) -> bool {
    matches!(
        event,
        Event::CaseFiled { .. } | Event::ClaimRevised { .. } | Event::OfferMade { .. }
    )
}

fn concerns_mediator(case: &Case, recorded: &Recorded) -> bool {
    match &recorded.event {
        Event::MediationRequested { .. } => true,
        Event::QuestionAnswered { question, .. } => case
            .question(*question)
            .is_some_and(|asked| asked.by.side() == Side::Mediator),
        Event::OfferDeclined { offer, .. } | Event::OfferAccepted { offer, .. } => case
            .offer(*offer)
            .is_some_and(|offer| offer.by.side() == Side::Mediator),
        _ => false,
    }
}

/// The event in the contract's words; `None` where plugins are not told of it.
fn translate(case: &Case, recorded: &Recorded) -> Option<contract::Event> {
    let by = side(recorded.by.side());
    Some(match &recorded.event {
        Event::CaseFiled { .. } => wit::Event::CaseOpened,
        Event::MessagePosted { seq, body } => wit::Event::MessagePosted(wit::Message {
            seq: *seq,
            by,
            body: super::input::body(body),
        }),
        Event::ClaimRevised { .. } => wit::Event::ClaimRevised,
        Event::OfferMade { seq, terms, .. } => wit::Event::OfferMade(offer(*seq, by, terms)),
        Event::OfferAccepted { offer, .. } => wit::Event::OfferAccepted(of_case(case, *offer)?),
        Event::OfferDeclined { offer, .. } => wit::Event::OfferDeclined(of_case(case, *offer)?),
        Event::OfferWithdrawn { offer } => wit::Event::OfferWithdrawn(of_case(case, *offer)?),
        Event::OfferExpired { offer } => wit::Event::OfferExpired(of_case(case, *offer)?),
        Event::EvidenceAdded { seq, .. } => wit::Event::EvidenceAdded(*seq),
        Event::QuestionAnswered {
            question,
            key,
            value,
        } => {
            let (question, key) = (*question, key.clone());
            wit::Event::QuestionAnswered(wit::Answer {
                question,
                key,
                value: value.to_string(),
            })
        }
        Event::LookUpAnswered { key, outcome, .. } => {
            let outcome = look_up(outcome);
            wit::Event::LookUpAnswered(wit::LookUpResult {
                key: key.clone(),
                outcome,
            })
        }
        Event::TimerFired { key, .. } => wit::Event::TimerFired(key.clone()),
        Event::SettingsChanged { .. } => wit::Event::SettingsChanged,
        Event::PerformanceFellDue => wit::Event::PerformanceDue,
        Event::OutcomeConfirmed { confirmation } => {
            wit::Event::OutcomeConfirmed(confirmed(*confirmation))
        }
        Event::MediationRequested { by } => wit::Event::MediationRequested(side(*by)),
        _ => return None,
    })
}

fn offer(seq: u32, by: contract::Side, terms: &Terms) -> wit::Offer {
    wit::Offer {
        seq,
        by,
        terms: view(terms),
    }
}

fn of_case(case: &Case, seq: u32) -> Option<wit::Offer> {
    let found = case.offer(seq)?;
    Some(offer(seq, side(found.by.side()), &found.terms))
}

fn look_up(outcome: &hejie_domain::case::entries::LookUpOutcome) -> wit::LookUpOutcome {
    use hejie_domain::case::entries::LookUpOutcome;
    match outcome {
        LookUpOutcome::Answered { status, body } => {
            let (status, body) = (*status, body.clone());
            wit::LookUpOutcome::Answered(wit::LookUpResponse { status, body })
        }
        LookUpOutcome::Failed { why } => wit::LookUpOutcome::Failed(why.clone()),
    }
}

fn confirmed(confirmation: Confirmation) -> wit::Confirmation {
    match confirmation {
        Confirmation::Solved => wit::Confirmation::Solved,
        Confirmation::Partly => wit::Confirmation::Partly,
        Confirmation::NotSolved => wit::Confirmation::NotSolved,
        Confirmation::NoReply => wit::Confirmation::NoReply,
    }
}

/// The name a manifest subscribes to an event by.
pub fn event_name(event: &contract::Event) -> &'static str {
    match event {
        wit::Event::CaseOpened => "case-opened",
        wit::Event::MessagePosted(_) => "message-posted",
        wit::Event::ClaimRevised => "claim-revised",
        wit::Event::OfferMade(_) => "offer-made",
        wit::Event::OfferAccepted(_) => "offer-accepted",
        wit::Event::OfferDeclined(_) => "offer-declined",
        wit::Event::OfferWithdrawn(_) => "offer-withdrawn",
        wit::Event::OfferExpired(_) => "offer-expired",
        wit::Event::EvidenceAdded(_) => "evidence-added",
        wit::Event::QuestionAnswered(_) => "question-answered",
        wit::Event::LookUpAnswered(_) => "look-up-answered",
        wit::Event::TimerFired(_) => "timer-fired",
        wit::Event::PerformanceDue => "performance-due",
        wit::Event::OutcomeConfirmed(_) => "outcome-confirmed",
        wit::Event::SettingsChanged => "settings-changed",
        wit::Event::MediationRequested(_) => "mediation-requested",
    }
}
