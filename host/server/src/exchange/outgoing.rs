//! What goes to other authorities with a commit: the dossier of a file that is
//! transferred, what is added to it from then on, and a status whenever a file moves that came from one.

use hejie_domain::case::transfer::Transfer;
use hejie_domain::case::{Case, Event, Phase, Recorded};
use hejie_store::{NewDelivery, Recalled};
use serde::Serialize;

use super::partner::{DOSSIER_TOPIC, DossierJob, STATUS_TOPIC, SUPPLEMENT_TOPIC, receiver};
use super::{status, supplement};
use crate::act::Done;

/// What follows from the events of a commit on top of `base`.
pub fn of(done: &Done, base: u64, code: &str) -> Result<Vec<NewDelivery>, serde_json::Error> {
    let mut deliveries = Vec::new();
    for (recorded, seq) in done.recorded.iter().zip(base + 1..) {
        deliveries.extend(dossier(&done.file, recorded)?);
        if let Some(origin) = &done.file.origin
            && let Some(report) = status::of(&done.file, origin, recorded, seq, code)
        {
            let to = receiver(&origin.authority);
            deliveries.push(delivery(to, STATUS_TOPIC, &report, recorded)?);
        }
        if let Some(transfer) = gone(&done.file)
            && let Some(addition) = supplement::of(&done.file, recorded, seq, code)
        {
            let to = receiver(&transfer.to);
            deliveries.push(delivery(to, SUPPLEMENT_TOPIC, &addition, recorded)?);
        }
    }
    Ok(deliveries)
}

/// The dossier of a transfer that is taken back, and what was added to it, are not to arrive.
pub fn recalled(done: &Done) -> Vec<Recalled> {
    let taken_back =
        |recorded: &Recorded| matches!(recorded.event, Event::TransferWithdrawn { .. });
    let transfer = done.file.current_transfer();
    let transfer = transfer.filter(|_| done.recorded.iter().any(taken_back));
    let topics = |to: &Transfer| {
        let receiver = receiver(&to.to);
        [DOSSIER_TOPIC, SUPPLEMENT_TOPIC].map(|topic| Recalled {
            receiver: receiver.clone(),
            topic,
        })
    };
    transfer.into_iter().flat_map(topics).collect()
}

/// The transfer by which another authority has the file, or is to have it.
fn gone(case: &Case) -> Option<&Transfer> {
    let transfer = case.current_transfer();
    transfer.filter(|_| case.phase == Phase::Transferred)
}

/// The dossier that was sealed for a transfer.
fn dossier(case: &Case, recorded: &Recorded) -> Result<Option<NewDelivery>, serde_json::Error> {
    let Event::DossierSealed { digest, .. } = &recorded.event else {
        return Ok(None);
    };
    let Some(transfer) = case.current_transfer() else {
        return Ok(None);
    };
    let job = DossierJob {
        transfer: transfer.seq,
        digest: digest.clone(),
    };
    delivery(receiver(&transfer.to), DOSSIER_TOPIC, &job, recorded).map(Some)
}

fn delivery<T: Serialize>(
    receiver: String,
    topic: &'static str,
    payload: &T,
    recorded: &Recorded,
) -> Result<NewDelivery, serde_json::Error> {
    Ok(NewDelivery {
        receiver,
        topic,
        payload: serde_json::to_string(payload)?,
        at: recorded.at,
    })
}
