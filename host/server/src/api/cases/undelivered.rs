//! What of a file has not reached the authority that it is for, told to the unit whose
//! file it is: it may be waited for there.

use std::collections::BTreeSet;

use hejie_domain::case::Case;
use hejie_domain::case::transfer::TransferState;
use hejie_store::StoreError;
use serde::Serialize;

use crate::act::Loaded;
use crate::api::deliveries::Delivery;
use crate::app::App;
use crate::exchange::{DOSSIER_TOPIC, receiver};

#[derive(Serialize)]
pub struct Undelivered {
    /// The code of the authority.
    authority: String,
    #[serde(flatten)]
    delivery: Delivery,
}

/// To the authority that the file came from, and to those it was sent on to.
pub async fn of(app: &App, loaded: &Loaded<Case>) -> Result<Vec<Undelivered>, StoreError> {
    let mut all = Vec::new();
    for authority in authorities(&loaded.file) {
        let receiver = receiver(authority);
        let waiting = app.store().undelivered(&receiver, &loaded.id).await?;
        // A status may have told that the file is there before its receipt did.
        let is_there = has_arrived(&loaded.file, authority);
        let waiting = waiting
            .into_iter()
            .filter(|it| !is_there || it.topic != DOSSIER_TOPIC);
        all.extend(waiting.map(|it| Undelivered {
            authority: authority.to_owned(),
            delivery: it.into(),
        }));
    }
    Ok(all)
}

fn has_arrived(case: &Case, authority: &str) -> bool {
    let transfer = case.transfer_to(authority);
    transfer.is_some_and(|it| matches!(it.state, TransferState::Acknowledged { .. }))
}

fn authorities(case: &Case) -> BTreeSet<&str> {
    let origin = case.origin.iter().map(|it| it.authority.as_str());
    let transfers = case.complaint.iter().flat_map(|it| &it.transfers);
    let transfers = transfers.filter(|it| !it.is_withdrawn());
    origin.chain(transfers.map(|it| it.to.as_str())).collect()
}
