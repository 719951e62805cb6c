//! What the server keeps and tells of each kind of file, besides its events.

pub mod case;
pub mod incident;
mod inquiry;
pub mod report;

use hejie_domain::case::Recorded;
use hejie_domain::case::clocks::{CaseClock, periods};
use hejie_domain::case::inbox::{Inbox, Waiting};
use hejie_domain::case::joint::Assisted;
use hejie_domain::case::moves::HandlingDispute;
use hejie_domain::file::File;
use hejie_domain::identifiers::unit_id::UnitId;
use hejie_store::{Attachment, Awaited, CaseRow, NewDelivery, NewMessage, PartRow, Recalled};
use jiff::Timestamp;
use jiff::civil::Date;
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

    /// What was on its way to other authorities and is taken back.
    fn recalled(_: &Done<Self>) -> Vec<Recalled> {
        Vec::new()
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

/// What waits in a file for other units than the one that handles it: their parts, approvals,
/// answers, and the word of the authority that is said to be competent instead (Order 121
/// art. 33). `None` where no unit handles it.
fn awaited(
    file: &(impl Assisted + Inbox),
    clocks: &[CaseClock],
    dispute: Option<&HandlingDispute>,
    is_over: bool,
) -> Option<Vec<PartRow>> {
    if !file.is_handled() {
        return None;
    }
    let parts = file.awaited_parts();
    let parts = parts.map(|part| row_of(Awaited::Part, part.seq, &part.unit, part.due));
    let waiting = |what: Awaited, all: Vec<Waiting>| {
        let row = move |it: Waiting| row_of(what, it.seq, &it.unit, it.due);
        all.into_iter().map(row)
    };
    let approvals = waiting(Awaited::Approval, file.approvals());
    let answers = waiting(Awaited::Answer, file.answers(is_over));
    let agreement = dispute.and_then(|dispute| agreement(clocks, dispute));
    let undecided = dispute.and_then(|_| file.designation());
    let designation = waiting(Awaited::Designation, undecided.into_iter().collect());
    Some(
        parts
            .chain(approvals)
            .chain(answers)
            .chain(agreement)
            .chain(designation)
            .collect(),
    )
}

/// The answer to a disagreement; it may still be given after its period.
fn agreement(clocks: &[CaseClock], dispute: &HandlingDispute) -> Option<PartRow> {
    let mut disputes = clocks.iter().rev();
    let latest = disputes.find(|clock| clock.is_of(periods::HANDLING_DISPUTE))?;
    let due_on = latest.reading.work_to()?;
    Some(row_of(
        Awaited::Agreement,
        latest.seq,
        &dispute.with,
        due_on,
    ))
}

fn row_of(what: Awaited, seq: u32, unit: &UnitId, due_on: Date) -> PartRow {
    PartRow {
        what,
        seq,
        unit: unit.to_string(),
        due_on: due_on.to_string(),
    }
}

/// Something of a file as JSON.
fn json_of(id: &str, value: &impl Serialize) -> Result<Value, ActError> {
    serde_json::to_value(value).map_err(|fault| ActError::Unreadable {
        id: id.to_owned(),
        why: fault.to_string(),
    })
}
