//! Folding events into a report. Nothing is decided here: an event is a fact.

use jiff::Timestamp;

use super::state::{
    Enforcement, HandOver, Notice, Report, ReportClosing, ReportPhase, Supplement, Verification,
};
use crate::case::actor::Side;
use crate::case::apply::{clocks, documents, extensions, joint, moves, supervision};
use crate::case::{Event, FoldError, Recorded};
use crate::identifiers::unit_id::UnitId;

impl Report {
    pub(super) fn received(first: &Recorded) -> Result<Report, FoldError> {
        let Event::ReportReceived {
            number,
            reporter,
            received_on,
            procedure,
            filing,
            jurisdiction,
        } = &first.event
        else {
            return Err(FoldError::NotFiled);
        };
        Ok(Report {
            number: number.clone(),
            version: 1,
            received_on: *received_on,
            received_at: first.at,
            taken_down_by: Some(first.by.clone()).filter(|by| by.side() == Side::Officer),
            procedure: procedure.clone(),
            phase: ReportPhase::Verifying,
            reporter: reporter.clone(),
            filing: (**filing).clone(),
            unit: UnitId::of(&jurisdiction.division),
            jurisdiction: jurisdiction.clone(),
            moves: Vec::new(),
            dispute: None,
            clocks: Vec::new(),
            supplements: Vec::new(),
            extensions: Vec::new(),
            parts: Vec::new(),
            verification: None,
            enforcement: None,
            merged: Vec::new(),
            notices: Vec::new(),
            supervisions: Vec::new(),
            documents: Vec::new(),
            closing: None,
            closed_at: None,
        })
    }

    pub(super) fn fold_in(&mut self, recorded: &Recorded) -> Result<(), FoldError> {
        let Recorded { at, by, event } = recorded;
        self.version += 1;
        if matches!(event, Event::ReportReceived { .. }) {
            return Err(FoldError::FiledTwice);
        }
        clocks::fold_clock(&mut self.clocks, *at, event);
        documents::fold_document(&mut self.documents, *at, by, event);
        extensions::fold_extension(&mut self.extensions, *at, by, event);
        joint::fold_part(&mut self.parts, *at, event);
        supervision::fold_supervision(&mut self.supervisions, &mut self.clocks, *at, by, event);
        let way = moves::Way {
            unit: &mut self.unit,
            moves: &mut self.moves,
            dispute: &mut self.dispute,
        };
        way.fold(*at, event);
        self.fold_own(*at, event);
        Ok(())
    }

    fn fold_own(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::ReportSupplemented { text, evidence } => self.supplements.push(Supplement {
                at,
                text: text.clone(),
                evidence: evidence.clone(),
            }),
            Event::FilingCorrected { correction, .. } => {
                if let Some(respondent) = &correction.respondent {
                    respondent.correct_reported(&mut self.filing.reported);
                }
            }
            Event::ReportVerified { opens, reason } => {
                self.dispute = None;
                self.verification = Some(Verification {
                    opens: *opens,
                    reason: reason.clone(),
                    at,
                });
                if !opens {
                    self.close(at, ReportClosing::NotOpened);
                }
            }
            Event::EnforcementOpened => {
                self.phase = ReportPhase::Investigating;
                self.enforcement = Some(Enforcement::default());
            }
            Event::HandedToEnforcement {
                system,
                case_number,
                partner,
            } => {
                self.enforcement.get_or_insert_default().handed = Some(HandOver {
                    system: system.clone(),
                    case_number: case_number.clone(),
                    partner: partner.clone(),
                });
            }
            Event::EnforcementDecided { result } => {
                let enforcement = self.enforcement.get_or_insert_default();
                if enforcement.result.replace(result.clone()).is_none() {
                    self.close(at, ReportClosing::Decided);
                }
            }
            Event::ReportDeclined { reason, route } => {
                let (reason, route) = (reason.clone(), route.clone());
                self.close(at, ReportClosing::Declined { reason, route });
            }
            Event::ReportRepeated { of, .. } => {
                self.close(at, ReportClosing::Repeated { of: of.clone() });
            }
            Event::ReportMerged { into, .. } => {
                self.close(at, ReportClosing::Merged { into: into.clone() });
            }
            Event::FactsMerged { from } => self.merged.push(from.clone()),
            Event::ReporterNotified { means, result } => self.notices.push(Notice {
                at,
                means: *means,
                result: result.clone(),
            }),
            _ => {}
        }
    }

    fn close(&mut self, at: Timestamp, closing: ReportClosing) {
        self.phase = ReportPhase::Closed;
        self.dispute = None;
        self.closing = Some(closing);
        self.closed_at = Some(at);
    }
}
