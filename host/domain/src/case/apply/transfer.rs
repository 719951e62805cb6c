//! Hand-overs between authorities, folded.

use jiff::Timestamp;

use crate::case::event::Event;
use crate::case::phase::Phase;
use crate::case::state::Case;
use crate::case::transfer::{ExternalStatus, Transfer, TransferState};

impl Case {
    pub(super) fn apply_transfer(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::OriginRecorded { origin } => self.origin = Some(origin.clone()),
            Event::TransferredOut {
                seq,
                to,
                name,
                reason,
                article,
            } => self.transfer_out(Transfer {
                seq: *seq,
                to: to.clone(),
                name: name.clone(),
                reason: reason.clone(),
                article: article.clone(),
                at,
                from: self.complaint.as_ref().map(|it| it.unit.clone()),
                dossier: None,
                state: TransferState::Pending,
                moved_at: Some(at),
                statuses: Vec::new(),
            }),
            Event::TransferAcknowledged { transfer, number } => {
                let number = number.clone();
                self.set_transfer(*transfer, at, TransferState::Acknowledged { number });
            }
            Event::TransferFailed { transfer, why } => {
                let why = why.clone();
                self.set_transfer(*transfer, at, TransferState::Failed { why });
            }
            Event::TransferWithdrawn { transfer, reason } => {
                let reason = reason.clone();
                self.set_transfer(*transfer, at, TransferState::Withdrawn { reason });
                self.phase = Phase::Registered;
            }
            Event::ExternalStatusRecorded { transfer, status } => {
                if let Some(transfer) = self.transfer_mut(*transfer) {
                    put(&mut transfer.statuses, status.clone());
                }
            }
            _ => {}
        }
    }

    fn transfer_out(&mut self, transfer: Transfer) {
        if let Some(complaint) = &mut self.complaint {
            // With the file, the question whose it is has gone too.
            complaint.dispute = None;
            complaint.transfers.push(transfer);
        }
        self.phase = Phase::Transferred;
    }

    fn set_transfer(&mut self, seq: u32, at: Timestamp, state: TransferState) {
        if let Some(transfer) = self.transfer_mut(seq) {
            transfer.state = state;
            transfer.moved_at = Some(at);
        }
    }

    fn transfer_mut(&mut self, seq: u32) -> Option<&mut Transfer> {
        let complaint = self.complaint.as_mut()?;
        complaint.transfers.iter_mut().find(|it| it.seq == seq)
    }
}

fn put(statuses: &mut Vec<ExternalStatus>, status: ExternalStatus) {
    let at = statuses.partition_point(|it| it.sequence < status.sequence);
    statuses.insert(at, status);
}
