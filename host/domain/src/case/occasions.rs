//! The documents of a dispute that became a complaint, and what each of them tells of.

use jiff::Timestamp;

use super::actor::Side;
use super::complaint::{Complaint, ComplaintDecision};
use super::document::{Documented, IssuedDocument, addressees_of_dispute, after, forms};
use super::mediation::Ending;
use super::moves::last_dispatch;
use super::phase::Phase;
use super::refusal::{Invalid, Refusal};
use super::state::Case;

impl Documented for Case {
    const FORMS: &'static [&'static str] = &[
        forms::REGISTRATION,
        forms::DISPATCH_NOTICE,
        forms::IDENTITY_NOTICE,
        forms::ACCEPTANCE,
        forms::REFUSAL,
        forms::MEDIATION_NOTICE,
        forms::TERMINATION,
        forms::MEDIATION_AGREEMENT,
        forms::SETTLEMENT_AGREEMENT,
        forms::DOSSIER_COVER,
        forms::DOSSIER,
        forms::SERVICE_RECORD,
        "complaint-registration-2019",
        "dispatch-notice-2019",
        "complaint-acceptance-2019",
        "complaint-refusal-2019",
        "mediation-notice-2019",
        "mediation-termination-2019",
        "mediation-agreement-2019",
    ];

    fn documents(&self) -> &[IssuedDocument] {
        &self.documents
    }

    fn procedure_version(&self) -> &str {
        self.complaint_pack()
    }

    fn addressees(form: &str) -> &'static [Side] {
        addressees_of_dispute(form)
    }

    fn occasion(&self, purpose: &str, now: Timestamp) -> Result<(), Refusal> {
        // The parties' own, with or without an authority.
        if purpose == forms::SETTLEMENT_AGREEMENT {
            return after("settlement", self.settlement.is_some());
        }
        let complaint = self.complaint.as_ref();
        let complaint = complaint.ok_or(Refusal::Needs { what: "complaint" })?;
        match purpose {
            forms::REGISTRATION | forms::DOSSIER_COVER | forms::DOSSIER => Ok(()),
            forms::SERVICE_RECORD => after("served-document", self.was_served()),
            forms::DISPATCH_NOTICE => after("dispatch", last_dispatch(&complaint.moves).is_some()),
            forms::IDENTITY_NOTICE => after("material-request", complaint.material.is_some()),
            forms::ACCEPTANCE => after("acceptance", is_accepted(complaint)),
            forms::REFUSAL => after("refusal", is_refused(complaint)),
            forms::MEDIATION_NOTICE => after("session", has_session(complaint, now)),
            forms::TERMINATION => after("termination", is_terminated(complaint)),
            forms::MEDIATION_AGREEMENT => after("mediation-agreement", is_agreed(complaint)),
            _ => Err(Refusal::invalid("/form", Invalid::UnknownValue)),
        }
    }

    fn taken_back(&self, document: &IssuedDocument) -> Option<Timestamp> {
        let refused = match forms::purpose(&document.form) {
            forms::REFUSAL => true,
            forms::TERMINATION => false,
            _ => return None,
        };
        let complaint = self.complaint.as_ref()?;
        let later = turns_back(complaint, refused).filter(|at| document.is_before(*at));
        later.min()
    }
}

/// When a refusal, or else the end of a mediation, was taken back or handled anew.
fn turns_back(complaint: &Complaint, refused: bool) -> impl Iterator<Item = Timestamp> {
    let revoked = complaint.revoked.iter();
    let revoked = revoked.filter(move |it| (it.phase == Phase::Refused) == refused);
    let redone = complaint.redone.iter();
    let redone = redone.filter(move |it| it.refused == refused);
    revoked.map(|it| it.at).chain(redone.map(|it| it.at))
}

fn is_accepted(complaint: &Complaint) -> bool {
    matches!(complaint.decision, Some(ComplaintDecision::Accepted { .. }))
}

fn is_refused(complaint: &Complaint) -> bool {
    matches!(complaint.decision, Some(ComplaintDecision::Refused { .. }))
}

/// One to which somebody is still to be asked: its time is told in advance (art. 20).
fn has_session(complaint: &Complaint, now: Timestamp) -> bool {
    let mediation = complaint.mediation.as_ref();
    mediation.is_some_and(|it| it.next_session(now).is_some())
}

fn is_terminated(complaint: &Complaint) -> bool {
    matches!(ending(complaint), Some(Ending::Terminated { .. }))
}

fn is_agreed(complaint: &Complaint) -> bool {
    matches!(ending(complaint), Some(Ending::Agreed))
}

fn ending(complaint: &Complaint) -> Option<&Ending> {
    complaint.mediation.as_ref()?.ending.as_ref()
}
