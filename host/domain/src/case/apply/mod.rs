//! Folding events into a case. Nothing is decided here: an event is a fact.

pub(crate) mod clocks;
mod complaint;
pub(crate) mod documents;
pub(crate) mod extensions;
mod handling;
pub(crate) mod joint;
mod mediation;
mod merging;
mod milestones;
pub(crate) mod moves;
mod offers;
mod outcome;
mod plugins;
mod representation;
pub(crate) mod supervision;
mod supplements;
mod talk;
mod transfer;

use std::collections::BTreeSet;

use super::actor::Side;
use super::entries::Evidence;
use super::event::{Event, Recorded};
use super::intake::Entered;
use super::link::Link;
use super::phase::Phase;
use super::state::{Case, Handling};
use super::visit::Visit;

/// Folding fails only on a ledger that no program of this kind wrote.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FoldError {
    #[error("the first event of a file must be its filing")]
    NotFiled,
    #[error("a file is filed only once")]
    FiledTwice,
}

impl Case {
    /// The case as its filing made it.
    pub(super) fn opened(first: &Recorded) -> Result<Case, FoldError> {
        let Event::CaseFiled {
            number,
            consumer_id,
            received_on,
            procedure,
            filing,
            intake,
        } = &first.event
        else {
            return Err(FoldError::NotFiled);
        };
        let negotiable = filing.respondent.organisation.is_some();
        let evidence = filing.evidence.iter().zip(1..);
        Ok(Case {
            number: number.clone(),
            consumer_id: consumer_id.clone(),
            entered: intake.as_ref().map(|intake| Entered {
                intake: intake.clone(),
                by: first.by.clone(),
            }),
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
                    for_authority: false,
                    reference: reference.clone(),
                })
                .collect(),
            filing: (**filing).clone(),
            act_consents: Vec::new(),
            identities: Vec::new(),
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
            supervisions: Vec::new(),
            visits: Vec::new(),
            extensions: Vec::new(),
            parts: Vec::new(),
            documents: Vec::new(),
            links: Vec::new(),
            closing: None,
            closed_by: None,
            origin: None,
            supplements: BTreeSet::new(),
            milestones: Default::default(),
        })
    }

    /// Folds one more event.
    pub(super) fn fold_in(&mut self, recorded: &Recorded) -> Result<(), FoldError> {
        let Recorded { at, by, event } = recorded;
        self.version += 1;
        self.apply_milestone(*at, event);
        extensions::fold_extension(&mut self.extensions, *at, by, event);
        joint::fold_part(&mut self.parts, *at, event);
        match event {
            Event::CaseFiled { .. } => return Err(FoldError::FiledTwice),
            Event::MessagePosted { .. }
            | Event::QuestionAsked { .. }
            | Event::QuestionAnswered { .. }
            | Event::EvidenceAdded { .. }
            | Event::ClaimRevised { .. }
            | Event::FilingCorrected { .. } => self.apply_talk(*at, by, event),
            Event::RepresentationRecorded { .. }
            | Event::ConsentRecorded { .. }
            | Event::IdentityChecked { .. } => self.apply_representation(*at, by, event),
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
            | Event::CaseReopened { .. } => self.apply_outcome(*at, by, event),
            Event::EscalationProposed { .. }
            | Event::Escalated { .. }
            | Event::ComplaintRegistered { .. }
            | Event::DossierSealed { .. }
            | Event::ComplaintAccepted
            | Event::ComplaintRefused { .. }
            | Event::DecisionNotified { .. }
            | Event::GroundWeighed { .. }
            | Event::DecisionRevoked { .. }
            | Event::ComplaintReopened => self.apply_complaint(*at, by, event),
            Event::OriginRecorded { .. }
            | Event::TransferredOut { .. }
            | Event::TransferAcknowledged { .. }
            | Event::TransferFailed { .. }
            | Event::TransferWithdrawn { .. }
            | Event::ExternalStatusRecorded { .. } => self.apply_transfer(*at, event),
            Event::SupplementTaken { supplement } => self.apply_supplement(*at, by, supplement),
            Event::DocumentIssued { .. } | Event::DocumentServed { .. } => {
                documents::fold_document(&mut self.documents, *at, by, event);
            }
            Event::FileLinked {
                to,
                relation,
                reason,
            } => self.links.push(Link {
                to: to.clone(),
                relation: *relation,
                reason: reason.clone(),
                at: *at,
            }),
            Event::ComplaintTakenIn { .. } | Event::ComplaintMerged { .. } => {
                self.apply_merging(*at, by, event);
            }
            Event::VisitRecorded {
                seq,
                means,
                satisfaction,
                note,
            } => self.visits.push(Visit {
                seq: *seq,
                at: *at,
                means: *means,
                satisfaction: *satisfaction,
                note: note.clone(),
            }),
            Event::MaterialRequested { .. }
            | Event::MaterialProvided { .. }
            | Event::FileDispatched { .. }
            | Event::DispatchReported { .. }
            | Event::FileReturned { .. }
            | Event::HandlingDisputed { .. }
            | Event::HandlingAgreed { .. }
            | Event::HandlingDesignated { .. }
            | Event::FileTakenUp { .. } => self.apply_move(*at, by, event),
            Event::MediationAnswered { .. }
            | Event::MediationScheduled { .. }
            | Event::SessionRecorded { .. }
            | Event::SessionCancelled { .. }
            | Event::MediationDelegated { .. }
            | Event::DelegationEnded { .. }
            | Event::RecusalRequested { .. }
            | Event::RecusalDecided { .. }
            | Event::AppraisalBegun { .. }
            | Event::AppraisalEnded { .. }
            | Event::MediationEnded
            | Event::MediationTerminated { .. }
            | Event::TerminationNotified { .. } => self.apply_mediation(*at, by, event),
            Event::SupervisionOpened { .. }
            | Event::SupervisionAnswered { .. }
            | Event::SupervisionRaised { .. }
            | Event::PeriodExtended { .. } => supervision::fold_supervision(
                &mut self.supervisions,
                &mut self.clocks,
                *at,
                by,
                event,
            ),
            Event::ClockStarted { .. }
            | Event::ClockMet { .. }
            | Event::ClockStopped { .. }
            | Event::ClockExpired { .. }
            | Event::ClockRecomputed { .. }
            | Event::ClockPaused { .. }
            | Event::ClockResumed { .. } => self.apply_clock(*at, event),
            // The rest tells of something else than what a case is, or is of another kind
            // of file.
            _ => {}
        }
        Ok(())
    }
}
