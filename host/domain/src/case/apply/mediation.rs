//! Administrative mediation, folded.

use jiff::Timestamp;

use crate::case::actor::{Actor, Side};
use crate::case::entries::OfferState;
use crate::case::event::Event;
use crate::case::mediation::{
    Appraisal, Delegation, DelegationEnd, EarlierAnswer, Ending, Held, Mediation, MediationAnswer,
    Notice, Recusal, RecusalDecision, Session,
};
use crate::case::phase::Phase;
use crate::case::state::Case;

impl Case {
    pub(super) fn apply_mediation(&mut self, at: Timestamp, by: &Actor, event: &Event) {
        if let Event::MediationTerminated { .. } = event {
            self.phase = Phase::Terminated;
            self.close_offers();
        }
        let complaint = self.complaint.as_mut();
        let Some(mediation) = complaint.and_then(|it| it.mediation.as_mut()) else {
            return;
        };
        let was_delegated = mediation.delegated_to.is_some();
        fold(mediation, at, by, event);
        // What an association proposed in the authority's name goes with its mandate.
        if was_delegated && mediation.delegated_to.is_none() {
            self.close_offers_of(Side::Mediator);
        }
    }

    fn close_offers_of(&mut self, side: Side) {
        let open = self.offers.iter_mut();
        for offer in open.filter(|it| it.state == OfferState::Open && it.by.side() == side) {
            offer.state = OfferState::Superseded;
        }
    }
}

fn fold(mediation: &mut Mediation, at: Timestamp, by: &Actor, event: &Event) {
    match event {
        Event::MediationAnswered {
            side,
            agrees,
            delegation,
            means,
        } => {
            let answer = Some(MediationAnswer {
                agrees: *agrees,
                delegation: *delegation,
                means: *means,
                at,
            });
            let before = match side {
                Side::Consumer => std::mem::replace(&mut mediation.consumer, answer),
                _ => std::mem::replace(&mut mediation.respondent, answer),
            };
            let earlier = before.map(|answer| EarlierAnswer {
                side: *side,
                answer,
            });
            mediation.earlier_answers.extend(earlier);
            // Who takes back her consent takes the mediation back from the association.
            if !mediation.may_be_delegated() {
                end_delegation(mediation, at, None);
            }
        }
        Event::MediationDelegated { association } => {
            mediation.delegated_to = Some(association.clone());
            mediation.delegations.push(Delegation {
                association: association.clone(),
                at,
                ended: None,
            });
        }
        Event::DelegationEnded { reason } => {
            end_delegation(mediation, at, Some(reason.clone()));
        }
        Event::RecusalRequested {
            mediator,
            side,
            reason,
        } => mediation.recusals.push(Recusal {
            by: *side,
            reason: reason.clone(),
            mediator: mediator.clone().or_else(|| {
                let last = mediation.sessions.last();
                last.map(|it| it.mediator.clone())
            }),
            granted: None,
            decision: None,
            at: Some(at),
        }),
        Event::RecusalDecided { granted, reason } => {
            if let Some(recusal) = mediation.recusals.last_mut() {
                recusal.granted = Some(*granted);
                recusal.decision = Some(RecusalDecision {
                    by: by.clone(),
                    at,
                    reason: reason.clone(),
                });
            }
        }
        Event::MediationScheduled { .. }
        | Event::SessionRecorded { .. }
        | Event::SessionCancelled { .. } => fold_session(mediation, at, event),
        Event::AppraisalBegun { .. } | Event::AppraisalEnded { .. } => {
            fold_appraisal(mediation, at, event);
        }
        Event::MediationEnded => mediation.ending = Some(Ending::Agreed),
        Event::MediationTerminated { ground, reason } => {
            mediation.ending = Some(Ending::Terminated {
                ground: ground.clone(),
                reason: reason.clone(),
                by: by.clone(),
                notified: None,
            });
        }
        Event::TerminationNotified { means } => {
            if let Some(Ending::Terminated { notified, .. }) = &mut mediation.ending {
                *notified = Some(Notice { at, means: *means });
            }
        }
        _ => {}
    }
}

fn end_delegation(mediation: &mut Mediation, at: Timestamp, reason: Option<String>) {
    mediation.delegated_to = None;
    let latest = mediation.delegations.last_mut();
    if let Some(open) = latest.filter(|it| it.ended.is_none()) {
        open.ended = Some(DelegationEnd { at, reason });
    }
}

fn fold_session(mediation: &mut Mediation, now: Timestamp, event: &Event) {
    match event {
        Event::MediationScheduled {
            session,
            mode,
            at,
            place,
            mediator,
        } => mediation.sessions.push(Session {
            seq: *session,
            mode: *mode,
            at: *at,
            place: place.clone(),
            mediator: mediator.clone(),
            set_at: Some(now),
            held: None,
            cancelled: None,
            struck: Vec::new(),
        }),
        Event::SessionCancelled { session, reason } => {
            let found = mediation.sessions.iter_mut().find(|it| it.seq == *session);
            // What was recorded wrongly is struck out, and may be recorded anew.
            match found {
                Some(found) if found.held.is_some() => {
                    found.held = None;
                    found.struck.push(reason.clone());
                }
                Some(found) => found.cancelled = Some(reason.clone()),
                None => {}
            }
        }
        Event::SessionRecorded {
            session,
            absent,
            note,
        } => {
            let found = mediation.sessions.iter_mut().find(|it| it.seq == *session);
            if let Some(found) = found {
                found.held = Some(Held {
                    absent: absent.clone(),
                    note: note.clone(),
                });
            }
        }
        _ => {}
    }
}

fn fold_appraisal(mediation: &mut Mediation, at: Timestamp, event: &Event) {
    match event {
        Event::AppraisalBegun {
            body,
            chosen_by,
            from,
        } => mediation.appraisals.push(Appraisal {
            body: body.clone(),
            chosen_by: *chosen_by,
            from: *from,
            at: Some(at),
            to: None,
            result: None,
        }),
        Event::AppraisalEnded { to, result } => {
            if let Some(appraisal) = mediation.appraisals.last_mut() {
                appraisal.to = Some(*to);
                appraisal.result = Some(result.clone());
            }
        }
        _ => {}
    }
}
