//! Folding events into a case. Nothing is decided here: an event is a fact.

use jiff::Timestamp;

use super::actor::{Actor, PluginIdentity, PluginRole, Side};
use super::clocks::{CaseClock, ClockState};
use super::complaint::{Complaint, ComplaintDecision, EscalationCause};
use super::entries::{Evidence, LookUp, Message, Offer, OfferState, Opinion, Question, Timer};
use super::event::{Event, Recorded};
use super::phase::{Closing, Confirmation, Phase};
use super::run::{CaseRun, RunSummary};
use super::state::{Awaited, AwaitedCause, Case, Handling, Settlement};

/// Folding fails only on a ledger that no program of this kind wrote.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FoldError {
    #[error("the first event of a case must be its filing")]
    NotFiled,
    #[error("a case is filed only once")]
    FiledTwice,
}

impl Case {
    /// Folds a case's events from the first on.
    pub fn fold(events: impl IntoIterator<Item = Recorded>) -> Result<Case, FoldError> {
        let mut events = events.into_iter();
        let mut case = Case::open(&events.next().ok_or(FoldError::NotFiled)?)?;
        for recorded in events {
            case.apply(&recorded)?;
        }
        Ok(case)
    }

    /// The case as its filing made it.
    pub fn open(first: &Recorded) -> Result<Case, FoldError> {
        let Event::CaseFiled {
            number,
            consumer_id,
            received_on,
            procedure,
            filing,
        } = &first.event
        else {
            return Err(FoldError::NotFiled);
        };
        let negotiable = filing.respondent.organisation.is_some();
        let evidence = filing.evidence.iter().zip(1..);
        Ok(Case {
            number: number.clone(),
            consumer_id: consumer_id.clone(),
            received_on: *received_on,
            filed_at: first.at,
            procedure: procedure.clone(),
            version: 1,
            phase: if negotiable {
                Phase::Negotiating
            } else {
                Phase::Open
            },
            evidence: evidence
                .map(|(reference, seq)| Evidence {
                    seq,
                    by: Side::Consumer,
                    at: first.at,
                    question: None,
                    reference: reference.clone(),
                })
                .collect(),
            filing: (**filing).clone(),
            handling: Handling::Plugin,
            messages: Vec::new(),
            questions: Vec::new(),
            offers: Vec::new(),
            opinions: Vec::new(),
            look_ups: Vec::new(),
            timers: Vec::new(),
            runs: Vec::new(),
            memories: Default::default(),
            clocks: Vec::new(),
            mediation_requested: false,
            mediator_awaited: None,
            escalation_proposed: None,
            settlement: None,
            confirmation: None,
            complaint: None,
            closing: None,
        })
    }

    /// Folds one more event.
    pub fn apply(&mut self, recorded: &Recorded) -> Result<(), FoldError> {
        let Recorded { at, by, event } = recorded;
        self.version += 1;
        match event {
            Event::CaseFiled { .. } => return Err(FoldError::FiledTwice),
            Event::MessagePosted { .. }
            | Event::QuestionAsked { .. }
            | Event::QuestionAnswered { .. }
            | Event::EvidenceAdded { .. }
            | Event::ClaimRevised { .. } => self.apply_talk(*at, by, event),
            Event::OfferMade { .. }
            | Event::OfferAccepted { .. }
            | Event::OfferDeclined { .. }
            | Event::OfferWithdrawn { .. }
            | Event::OfferExpired { .. }
            | Event::OpinionGiven { .. } => self.apply_offer(*at, by, event),
            Event::PersonRequested
            | Event::HandedOver { .. }
            | Event::TakenOver { .. }
            | Event::MediatorHandedOver { .. }
            | Event::MediationRequested { .. } => self.apply_handling(*at, event),
            Event::LookUpRequested { .. }
            | Event::LookUpAnswered { .. }
            | Event::TimerSet { .. }
            | Event::TimerCancelled { .. }
            | Event::TimerFired { .. }
            | Event::PluginDecided { .. } => self.apply_plugin(*at, by, event),
            Event::SettlementReached { .. }
            | Event::PerformanceFellDue
            | Event::PerformanceRecorded { .. }
            | Event::OutcomeConfirmed { .. }
            | Event::CaseClosed { .. }
            | Event::CaseReopened { .. } => self.apply_outcome(*at, event),
            Event::EscalationProposed { .. }
            | Event::Escalated { .. }
            | Event::ComplaintRegistered { .. }
            | Event::DossierSealed { .. }
            | Event::ComplaintAccepted
            | Event::ComplaintRefused { .. } => self.apply_complaint(by, event),
            Event::ClockStarted { .. }
            | Event::ClockMet { .. }
            | Event::ClockStopped { .. }
            | Event::ClockExpired { .. }
            | Event::ClockRecomputed { .. } => self.apply_clock(*at, event),
            Event::NoteAdded { .. } | Event::SettingsChanged { .. } => {}
        }
        Ok(())
    }

    fn apply_talk(&mut self, at: Timestamp, by: &Actor, event: &Event) {
        match event {
            Event::MessagePosted { seq, body } => {
                self.messages.push(Message {
                    seq: *seq,
                    by: by.clone(),
                    at,
                    body: body.clone(),
                });
            }
            Event::QuestionAsked {
                seq,
                key,
                prompt,
                form,
            } => self.questions.push(Question {
                seq: *seq,
                by: by.clone(),
                at,
                key: key.clone(),
                prompt: prompt.clone(),
                form: form.clone(),
                answer: None,
            }),
            Event::QuestionAnswered {
                question, value, ..
            } => {
                self.set_answer(*question, value.clone());
            }
            Event::EvidenceAdded {
                seq,
                question,
                reference,
            } => {
                if let Some(question) = question {
                    self.set_answer(*question, serde_json::json!({ "evidence": seq }));
                }
                self.evidence.push(Evidence {
                    seq: *seq,
                    by: by.side(),
                    at,
                    question: *question,
                    reference: reference.clone(),
                });
            }
            Event::ClaimRevised { claim } => self.filing.claim = claim.clone(),
            _ => {}
        }
    }

    fn set_answer(&mut self, question: u32, value: serde_json::Value) {
        if let Some(question) = self.questions.iter_mut().find(|q| q.seq == question) {
            question.answer = Some(value);
        }
    }

    fn apply_offer(&mut self, at: Timestamp, by: &Actor, event: &Event) {
        match event {
            Event::OfferMade {
                seq,
                terms,
                in_reply_to,
                expires_at,
                note,
            } => {
                self.supersede_offers_of(by.side());
                if by.side() == Side::Respondent {
                    // The negotiation goes on: what was proposed before is past.
                    self.escalation_proposed = None;
                }
                let own = [by.side()]
                    .into_iter()
                    .filter(|side| *side != Side::Mediator);
                self.offers.push(Offer {
                    seq: *seq,
                    by: by.clone(),
                    at,
                    terms: terms.clone(),
                    state: OfferState::Open,
                    in_reply_to: *in_reply_to,
                    expires_at: *expires_at,
                    note: note.clone(),
                    accepted_by: own.collect(),
                });
            }
            Event::OfferAccepted { offer, side } => {
                if let Some(offer) = self.offer_mut(*offer) {
                    offer.accepted_by.insert(*side);
                }
            }
            Event::OfferDeclined { offer, .. } => self.set_offer(*offer, OfferState::Declined),
            Event::OfferWithdrawn { offer } => self.set_offer(*offer, OfferState::Withdrawn),
            Event::OfferExpired { offer } => self.set_offer(*offer, OfferState::Expired),
            Event::OpinionGiven {
                subject,
                floor,
                findings,
                summary,
            } => {
                self.opinions.push(Opinion {
                    by: by.clone(),
                    at,
                    subject: *subject,
                    floor: *floor,
                    findings: findings.clone(),
                    summary: summary.clone(),
                });
            }
            _ => {}
        }
    }

    fn offer_mut(&mut self, seq: u32) -> Option<&mut Offer> {
        self.offers.iter_mut().find(|offer| offer.seq == seq)
    }

    fn set_offer(&mut self, seq: u32, state: OfferState) {
        if let Some(offer) = self.offer_mut(seq) {
            offer.state = state;
        }
    }

    fn supersede_offers_of(&mut self, side: Side) {
        let open = self
            .offers
            .iter_mut()
            .filter(|offer| offer.state == OfferState::Open);
        for offer in open.filter(|offer| offer.by.side() == side) {
            offer.state = OfferState::Superseded;
        }
    }

    fn apply_handling(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::PersonRequested => {
                let cause = AwaitedCause::Requested;
                self.handling = Handling::Awaited(Awaited { since: at, cause });
            }
            Event::HandedOver { cause, .. } => {
                self.handling = Handling::Awaited(Awaited::handed_over(at, cause));
            }
            Event::MediatorHandedOver { cause, .. } => {
                self.mediator_awaited = Some(Awaited::handed_over(at, cause));
            }
            Event::TakenOver { agent } => {
                self.handling = Handling::Person {
                    agent: agent.clone(),
                    since: at,
                };
            }
            Event::MediationRequested { .. } => self.mediation_requested = true,
            _ => {}
        }
    }

    fn apply_plugin(&mut self, at: Timestamp, by: &Actor, event: &Event) {
        match event {
            Event::LookUpRequested { key, name, path } => self.look_ups.push(LookUp {
                by: by.clone(),
                key: key.clone(),
                name: name.clone(),
                path: path.clone(),
                answered: false,
            }),
            Event::LookUpAnswered { key, requester, .. } => self.answer_look_up(key, requester),
            Event::TimerSet { key, fires_at } => {
                self.drop_timer(key, by.plugin());
                self.timers.push(Timer {
                    by: by.clone(),
                    key: key.clone(),
                    fires_at: *fires_at,
                });
            }
            Event::TimerCancelled { key } => self.drop_timer(key, by.plugin()),
            Event::TimerFired { key, owner } => self.drop_timer(key, Some(owner)),
            Event::PluginDecided { run } => self.remember(at, run.clone()),
            _ => {}
        }
    }

    /// The memory goes to its place; the run is listed without it.
    fn remember(&mut self, at: Timestamp, mut run: RunSummary) {
        if let Some(memory) = run.memory.take() {
            self.memories.insert(run.plugin.key(), memory);
        }
        self.runs.push(CaseRun { at, summary: run });
    }

    fn answer_look_up(&mut self, key: &str, plugin: &PluginIdentity) {
        let of_plugin = |look_up: &&mut LookUp| look_up.key == key && look_up.by.is_plugin(plugin);
        if let Some(look_up) = self.look_ups.iter_mut().rev().find(of_plugin) {
            look_up.answered = true;
        }
    }

    fn drop_timer(&mut self, key: &str, plugin: Option<&PluginIdentity>) {
        let Some(plugin) = plugin else { return };
        self.timers
            .retain(|timer| timer.key != key || !timer.by.is_plugin(plugin));
    }

    fn apply_outcome(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::SettlementReached { offer, terms } => self.settle(at, *offer, terms.clone()),
            Event::PerformanceFellDue => {
                if let Some(settlement) = &mut self.settlement {
                    settlement.overdue = true;
                }
            }
            Event::PerformanceRecorded { performed_on, .. } => {
                if let Some(settlement) = &mut self.settlement {
                    settlement.performed_on = Some(*performed_on);
                }
                self.phase = Phase::Performed;
            }
            Event::OutcomeConfirmed { confirmation } => {
                self.confirmation = Some(*confirmation);
                if *confirmation == Confirmation::NotSolved {
                    self.phase = Phase::Open;
                }
            }
            Event::CaseClosed { closing } => {
                self.phase = Phase::Closed;
                self.closing = Some(*closing);
                self.close_offers();
                self.timers.clear();
            }
            Event::CaseReopened { .. } => {
                self.phase = Phase::Open;
                self.closing = None;
                // What she said of the outcome no longer stands.
                self.confirmation = None;
                self.escalation_proposed = None;
            }
            _ => {}
        }
    }

    fn settle(&mut self, at: Timestamp, offer: u32, terms: super::terms::Terms) {
        self.set_offer(offer, OfferState::Accepted);
        self.close_offers();
        self.timers.retain(|timer| {
            timer
                .by
                .plugin()
                .is_some_and(|plugin| plugin.role != PluginRole::Mediator)
        });
        self.settlement = Some(Settlement {
            offer,
            terms,
            at,
            performed_on: None,
            overdue: false,
        });
        self.confirmation = None;
        self.escalation_proposed = None;
        self.phase = Phase::Settled;
    }

    fn close_offers(&mut self) {
        for offer in self
            .offers
            .iter_mut()
            .filter(|offer| offer.state == OfferState::Open)
        {
            offer.state = OfferState::Superseded;
        }
    }

    fn apply_complaint(&mut self, by: &Actor, event: &Event) {
        match event {
            Event::EscalationProposed { why } => self.escalation_proposed = Some(why.clone()),
            Event::Escalated {
                consents,
                consumer_address,
                respondent_address,
                ..
            } => {
                self.filing.consents = *consents;
                complete(&mut self.filing.consumer.address, consumer_address);
                complete(&mut self.filing.respondent.address, respondent_address);
                self.close_offers();
                self.timers.clear();
            }
            Event::ComplaintRegistered {
                cause,
                received_on,
                procedure,
                jurisdiction,
            } => {
                self.register(*cause, *received_on, procedure, jurisdiction);
            }
            Event::DossierSealed { digest, .. } => {
                if let Some(complaint) = &mut self.complaint {
                    complaint.dossier = Some(digest.clone());
                }
            }
            Event::ComplaintAccepted => {
                self.decide_complaint(
                    Phase::Accepted,
                    ComplaintDecision::Accepted { by: by.clone() },
                );
            }
            Event::ComplaintRefused { ground, reason } => {
                let decision = ComplaintDecision::Refused {
                    by: by.clone(),
                    ground: ground.clone(),
                    reason: reason.clone(),
                };
                self.decide_complaint(Phase::Refused, decision);
            }
            _ => {}
        }
    }

    fn register(
        &mut self,
        cause: EscalationCause,
        received_on: jiff::civil::Date,
        procedure: &str,
        jurisdiction: &crate::jurisdiction::Jurisdiction,
    ) {
        self.complaint = Some(Complaint {
            cause,
            unit: jurisdiction.division.clone(),
            received_on,
            procedure: procedure.to_owned(),
            jurisdiction: jurisdiction.clone(),
            dossier: None,
            decision: None,
        });
        self.phase = Phase::Registered;
    }

    fn decide_complaint(&mut self, phase: Phase, decision: ComplaintDecision) {
        if let Some(complaint) = &mut self.complaint {
            complaint.decision = Some(decision);
        }
        self.phase = phase;
    }

    fn apply_clock(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::ClockStarted {
                clock,
                period,
                pack,
                start,
                reading,
            } => {
                self.clocks.push(CaseClock {
                    seq: *clock,
                    period: period.clone(),
                    pack: pack.clone(),
                    start: *start,
                    pauses: Vec::new(),
                    reading: reading.clone(),
                    state: ClockState::Running,
                });
            }
            Event::ClockMet { clock } => self.set_clock(*clock, ClockState::Met { at }),
            Event::ClockStopped { clock } => self.set_clock(*clock, ClockState::Stopped { at }),
            Event::ClockExpired { clock, period } => {
                self.set_clock(*clock, ClockState::Expired { at });
                if period == super::clocks::periods::ODR_NEGOTIATION
                    && self.phase == Phase::Negotiating
                {
                    self.phase = Phase::Open;
                }
            }
            Event::ClockRecomputed { clock, reading } => {
                if let Some(clock) = self.clock_mut(*clock) {
                    clock.reading = reading.clone();
                }
            }
            _ => {}
        }
    }

    fn clock_mut(&mut self, seq: u32) -> Option<&mut CaseClock> {
        self.clocks.iter_mut().find(|clock| clock.seq == seq)
    }

    fn set_clock(&mut self, seq: u32, state: ClockState) {
        if let Some(clock) = self.clock_mut(seq) {
            clock.state = state;
        }
    }
}

fn complete(kept: &mut Option<String>, given: &Option<String>) {
    if given.is_some() {
        kept.clone_from(given);
    }
}

/// How a confirmed outcome closes a case; `None` leaves it open.
pub(super) fn closing_of(confirmation: Confirmation) -> Option<Closing> {
    match confirmation {
        Confirmation::Solved => Some(Closing::Solved),
        Confirmation::Partly => Some(Closing::Partly),
        Confirmation::NoReply => Some(Closing::NoReply),
        Confirmation::NotSolved => None,
    }
}
