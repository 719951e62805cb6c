//! What goes to other authorities with a commit: the dossier of a file that is
//! transferred, what is added to it from then on, and a status whenever a file moves that came from one.

use hejie_domain::case::transfer::{Origin, Transfer};
use hejie_domain::case::{Case, Event, Phase, Recorded};
use hejie_store::{NewDelivery, Recalled};
use jiff::Timestamp;
use serde::Serialize;

use super::partner::{DOSSIER_TOPIC, DossierJob, STATUS_TOPIC, SUPPLEMENT_TOPIC, receiver};
use super::status::{self, Report};
use super::supplement;
use crate::act::{ActError, Done};

/// What follows from the events of a commit on top of `base`.
pub fn of(done: &Done, base: u64, code: &str) -> Result<Vec<NewDelivery>, serde_json::Error> {
    let mut deliveries = Vec::new();
    for (recorded, seq) in done.recorded.iter().zip(base + 1..) {
        deliveries.extend(dossier(&done.file, recorded)?);
        if let Some(origin) = &done.file.origin
            && let Some(report) = status::of(&done.file, origin, recorded, seq, code)
        {
            let to = receiver(&origin.authority);
            deliveries.push(delivery(to, STATUS_TOPIC, &report, recorded.at)?);
        }
        if let Some(transfer) = gone(&done.file)
            && let Some(addition) = supplement::of(&done.file, recorded, seq, code)
        {
            let to = receiver(&transfer.to);
            deliveries.push(delivery(to, SUPPLEMENT_TOPIC, &addition, recorded.at)?);
        }
    }
    Ok(deliveries)
}

/// All statuses of a file once more, for who takes it for new.
pub fn statuses(
    origin: &Origin,
    ledger: Vec<Recorded>,
    code: &str,
) -> Result<Vec<NewDelivery>, ActError> {
    let unreadable = |why: String| ActError::Unreadable {
        id: origin.number.clone(),
        why,
    };
    let all = status::all(ledger).map_err(|fault| unreadable(fault.to_string()))?;
    let told = all.into_iter().map(|status| {
        let at = status.at;
        let report = Report::to(origin, status, code);
        delivery(receiver(&origin.authority), STATUS_TOPIC, &report, at)
    });
    let told: Result<_, serde_json::Error> = told.collect();
    told.map_err(|fault| unreadable(fault.to_string()))
}

/// What is not to arrive any more.
pub fn recalled(done: &Done) -> Vec<Recalled> {
    let mut recalled = of_taken_back(done);
    recalled.extend(of_renewed(done));
    recalled
}

/// Of a file that came once more: its statuses all go out anew.
fn of_renewed(done: &Done) -> Option<Recalled> {
    let has = |is: fn(&Event) -> bool| done.recorded.iter().any(|it| is(&it.event));
    let is_renewed = has(|it| matches!(it, Event::OriginRecorded { .. }))
        && !has(|it| matches!(it, Event::CaseFiled { .. }));
    let origin = done.file.origin.as_ref().filter(|_| is_renewed)?;
    Some(Recalled {
        receiver: receiver(&origin.authority),
        topic: STATUS_TOPIC,
    })
}

/// The dossier of a transfer that is taken back, and what was added to it.
fn of_taken_back(done: &Done) -> Vec<Recalled> {
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
    delivery(receiver(&transfer.to), DOSSIER_TOPIC, &job, recorded.at).map(Some)
}

fn delivery<T: Serialize>(
    receiver: String,
    topic: &'static str,
    payload: &T,
    at: Timestamp,
) -> Result<NewDelivery, serde_json::Error> {
    Ok(NewDelivery {
        receiver,
        topic,
        payload: serde_json::to_string(payload)?,
        at,
    })
}
