//! What the server keeps and tells of each kind of file, besides its events.

pub mod case;
mod incident;
mod inquiry;
pub mod report;

use hejie_domain::case::Recorded;
use hejie_domain::case::clocks::{CaseClock, periods};
use hejie_domain::case::joint::Assisted;
use hejie_domain::case::moves::HandlingDispute;
use hejie_domain::file::File;
use hejie_store::{Attachment, CaseRow, NewDelivery, NewMessage, PartRow};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::act::{ActError, Done};
use crate::app::App;
use crate::commit::Base;
use crate::engine::Registry;
use crate::engine::plan::FollowUp;

/// A kind of file that the server keeps.
pub trait Kept: File {
    /// The projection: what lists are made by, and the snapshot.
    fn row(&self, id: &str, updated_at: Timestamp) -> Result<CaseRow, ActError>;

    /// What others are told of an event, without personal data.
    fn message(&self, recorded: &Recorded) -> Option<NewMessage>;

    /// The jobs that follow from a commit.
    fn follow_up(_: &Done<Self>, _: u64, _: &Registry, _: Timestamp) -> FollowUp {
        FollowUp::default()
    }

    /// What is to reach other authorities; `code` is what they know this server by.
    fn deliveries(_: &Done<Self>, _: u64, _: &str) -> Result<Vec<NewDelivery>, ActError> {
        Ok(Vec::new())
    }

    /// What must be part of the very same commit.
    fn complete(
        _: &App,
        _: &Base,
        _: &mut Done<Self>,
        _: Timestamp,
    ) -> Result<Vec<Attachment>, ActError> {
        Ok(Vec::new())
    }
}

/// What other units are still to do in a file; `None` where none ever had a part.
fn parts_of(file: &impl Assisted) -> Option<Vec<PartRow>> {
    if file.all_parts().is_empty() {
        return None;
    }
    let awaited = file.awaited_parts();
    let rows = awaited.map(|part| PartRow {
        seq: part.seq,
        unit: part.unit.to_string(),
        due_on: part.due.to_string(),
    });
    Some(rows.collect())
}

/// Besides them, the answer of the authority that is said to be competent instead (Order 121
/// art. 33), which is not any part: its number is 0.
fn awaited(
    file: &impl Assisted,
    clocks: &[CaseClock],
    dispute: Option<&HandlingDispute>,
) -> Option<Vec<PartRow>> {
    let clocks = clocks.iter();
    let mut disputes = clocks.filter(|clock| clock.is_of(periods::HANDLING_DISPUTE));
    let Some(latest) = disputes.next_back() else {
        return parts_of(file);
    };
    let mut rows = parts_of(file).unwrap_or_default();
    let due_on = latest.reading.ends_on().filter(|_| latest.is_running());
    if let (Some(dispute), Some(due_on)) = (dispute, due_on) {
        let row = PartRow {
            seq: 0,
            unit: dispute.with.to_string(),
            due_on: due_on.to_string(),
        };
        rows.insert(0, row);
    }
    Some(rows)
}

/// Something of a file as JSON.
fn json_of(id: &str, value: &impl Serialize) -> Result<Value, ActError> {
    serde_json::to_value(value).map_err(|fault| ActError::Unreadable {
        id: id.to_owned(),
        why: fault.to_string(),
    })
}
