//! Escalation and the unit's decision, folded.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::case::actor::Actor;
use crate::case::complaint::{
    Complaint, ComplaintDecision, EscalationCause, Redone, Revoked, WeighedGround,
};
use crate::case::event::Event;
use crate::case::mediation::{Mediation, Notice};
use crate::case::phase::{Closing, Phase};
use crate::case::representation::Consented;
use crate::case::state::Case;
use crate::identifiers::digest::Digest;
use crate::identifiers::unit_id::UnitId;
use crate::jurisdiction::Jurisdiction;

impl Case {
    pub(super) fn apply_complaint(&mut self, at: Timestamp, by: &Actor, event: &Event) {
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
                unit,
            } => {
                let competent = || UnitId::of(&jurisdiction.division);
                let unit = unit.clone().unwrap_or_else(competent);
                self.register(*cause, unit, *received_on, procedure, jurisdiction);
            }
            Event::DossierSealed { digest, .. } => {
                if let Some(complaint) = &mut self.complaint {
                    seal(complaint, digest);
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
            Event::GroundWeighed { ground, finding } => {
                if let Some(complaint) = &mut self.complaint {
                    complaint.weighed.retain(|it| it.ground != *ground);
                    complaint.weighed.push(WeighedGround {
                        ground: ground.clone(),
                        finding: finding.clone(),
                        by: by.clone(),
                        at,
                    });
                }
            }
            Event::DecisionNotified { means } => {
                if let Some(complaint) = &mut self.complaint {
                    complaint.told = Some(Notice { at, means: *means });
                }
            }
            Event::DecisionRevoked { reason } => {
                let phase = self.phase;
                if let Some(complaint) = &mut self.complaint {
                    complaint.revoked.push(Revoked {
                        at,
                        by: by.clone(),
                        reason: reason.clone(),
                        phase,
                        ground: complaint.ground().map(str::to_owned),
                    });
                }
            }
            Event::ComplaintReopened if self.closing == Some(Closing::ConcludedElsewhere) => {
                self.reopen_elsewhere();
            }
            Event::ComplaintReopened => self.reopen_complaint(),
            _ => {}
        }
    }

    /// Back to where it was decided: a refusal to be looked at again, a mediation to
    /// be taken up again with what both sides had agreed to.
    fn reopen_complaint(&mut self) {
        if self.closing == Some(Closing::Merged) {
            self.unlink_merged();
        }
        self.closing = None;
        self.closed_by = None;
        self.confirmation = None;
        self.settlement = None;
        // Who agreed to an end did not agree to the next.
        let of_an_end =
            |to: &Consented| matches!(to, Consented::Withdraw | Consented::SettleElsewhere { .. });
        self.act_consents.retain(|it| !of_an_end(&it.to));
        let Some(complaint) = &mut self.complaint else {
            return;
        };
        complaint.reopenings += 1;
        match &mut complaint.mediation {
            Some(mediation) => {
                mediation.ending = None;
                self.phase = Phase::Accepted;
            }
            None => {
                complaint.decision = None;
                complaint.told = None;
                self.phase = Phase::Registered;
            }
        }
    }

    /// The end that a visit has handled once more, as it was until now.
    pub(super) fn remember_end(&mut self, at: Timestamp) {
        if self.closing == Some(Closing::ConcludedElsewhere) {
            return;
        }
        let milestones = &self.milestones;
        let Some(complaint) = &mut self.complaint else {
            return;
        };
        let ended_at = match complaint.mediation {
            Some(_) => milestones.mediation_ended,
            None => milestones.decided,
        };
        let (by, reason) = complaint.ended_by().unzip();
        complaint.redone.push(Redone {
            at,
            ended_at,
            ground: complaint.ground().map(str::to_owned),
            by: by.cloned(),
            reason: reason.flatten().map(str::to_owned),
            refused: complaint.mediation.is_none(),
        });
    }

    /// Who has it handles it once more: here it is waited for again.
    fn reopen_elsewhere(&mut self) {
        self.closing = None;
        self.closed_by = None;
        self.phase = Phase::Transferred;
    }

    fn register(
        &mut self,
        cause: EscalationCause,
        unit: UnitId,
        received_on: Date,
        procedure: &str,
        jurisdiction: &Jurisdiction,
    ) {
        self.complaint = Some(Complaint {
            cause,
            unit,
            received_on,
            procedure: procedure.to_owned(),
            jurisdiction: jurisdiction.clone(),
            dossier: None,
            decision: None,
            told: None,
            moves: Vec::new(),
            weighed: Vec::new(),
            dispute: None,
            material: None,
            earlier_material: Vec::new(),
            agents: Vec::new(),
            mediation: None,
            transfers: Vec::new(),
            reopenings: 0,
            revoked: Vec::new(),
            taken_in: Vec::new(),
            merged_into: None,
            redone: Vec::new(),
            corrected: Vec::new(),
        });
        self.phase = Phase::Registered;
    }

    fn decide_complaint(&mut self, phase: Phase, decision: ComplaintDecision) {
        if let Some(complaint) = &mut self.complaint {
            complaint.mediation = (phase == Phase::Accepted).then(Mediation::default);
            complaint.decision = Some(decision);
            complaint.told = None;
            complaint.dispute = None;
        }
        self.phase = phase;
    }
}

/// The dossier of the transfer that has none yet, or else that of the complaint.
fn seal(complaint: &mut Complaint, digest: &Digest) {
    let sealed = match complaint.transfers.last_mut() {
        Some(transfer) => &mut transfer.dossier,
        None => &mut complaint.dossier,
    };
    *sealed = Some(digest.clone());
}

fn complete(kept: &mut Option<String>, given: &Option<String>) {
    if given.is_some() {
        kept.clone_from(given);
    }
}
