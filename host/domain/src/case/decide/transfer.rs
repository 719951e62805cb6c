//! Handing a complaint over to an authority with a system of its own, and what
//! comes back from it (Order 121 art. 33, 41).

use super::{Context, Decided, authority, by_platform, clocks, next, only, room, supervision};
use crate::case::actor::{Actor, Side};
use crate::case::clocks::periods;
use crate::case::event::Event;
use crate::case::phase::{Closing, Phase};
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::case::transfer::{ExternalStatus, MAX_TOLD, Transfer, TransferState};
use crate::case::validate;
use crate::units::UnitLevel;

const MAX_TRANSFERS: usize = 10;
const MAX_STATUSES: usize = 200;
const MAX_PROSE: usize = 1_000;
const MAX_NAME: usize = 100;
const MAX_ARTICLE: usize = 40;
const MAX_NUMBER: usize = 64;

/// Where a complaint goes, and why.
pub(super) struct Going {
    pub to: String,
    pub name: String,
    pub reason: String,
    pub article: String,
}

/// Before it is accepted, a complaint may go to another authority. Until that has received
/// it, the periods of this one go on.
pub(super) fn out(case: &Case, going: Going, context: &Context) -> Decided {
    const ACTION: &str = "transfer-out";
    handles_or_above(case, ACTION, context)?;
    sends_on(context)?;
    case.in_phase(ACTION, |phase| phase == Phase::Registered)?;
    let transfers = case.complaint.as_ref().map_or(0, |it| it.transfers.len());
    room("transfers", transfers, MAX_TRANSFERS)?;
    validate::key("/to", &going.to)?;
    validate::line("/name", &going.name, MAX_NAME)?;
    validate::prose("/reason", &going.reason, MAX_PROSE)?;
    validate::line("/article", &going.article, MAX_ARTICLE)?;
    let mut events = vec![Event::TransferredOut {
        seq: next(transfers),
        to: going.to,
        name: going.name,
        reason: going.reason,
        article: going.article,
    }];
    events.extend(clocks::stopped(case, periods::HANDLING_DISPUTE));
    events.extend(supervision::lapsed_of(case, periods::HANDLING_DISPUTE));
    Ok(events)
}

fn handles_or_above(case: &Case, action: &'static str, context: &Context) -> Result<(), Refusal> {
    only(action, context, &[Side::Officer])?;
    if authority::handles(case, action, context).is_err() {
        authority::superior(case, action, context)?;
    }
    Ok(())
}

/// A unit without power does not pass a file on itself: it returns it to intake, which
/// does (art. 41).
fn sends_on(context: &Context) -> Result<(), Refusal> {
    let units = context.rules.units();
    let own = authority::unit_of(context.actor);
    let level = own.and_then(|own| units.get(&own)).map(|unit| unit.level);
    match level {
        Some(UnitLevel::County | UnitLevel::Station) | None => Err(Refusal::Needs {
            what: "unit-that-sends-on",
        }),
        Some(UnitLevel::City | UnitLevel::Province | UnitLevel::National) => Ok(()),
    }
}

/// The other has it, also after it seemed to have failed: with that, all periods of this
/// authority are over, but for what a superior asked it.
pub(super) fn acknowledge(case: &Case, seq: u32, number: String, context: &Context) -> Decided {
    let transfer = on_its_way(case, "acknowledge-transfer", seq, context)?;
    if !transfer.is_under_way() {
        return Err(not_open(seq));
    }
    validate::line("/number", &number, MAX_NUMBER)?;
    let mut events = vec![Event::TransferAcknowledged {
        transfer: seq,
        number,
    }];
    events.extend(clocks::stop_all_but(case, None));
    Ok(events)
}

/// It could not be handed over.
pub(super) fn fail(case: &Case, seq: u32, why: String, context: &Context) -> Decided {
    let transfer = on_its_way(case, "fail-transfer", seq, context)?;
    if transfer.state != TransferState::Pending {
        return Err(not_open(seq));
    }
    validate::prose("/why", &why, MAX_PROSE)?;
    Ok(vec![Event::TransferFailed { transfer: seq, why }])
}

/// One that failed is taken back: the authority has it as it had it before. What did not
/// arrive changes nothing in that it received the file (art. 15).
pub(super) fn withdraw(case: &Case, reason: String, context: &Context) -> Decided {
    const ACTION: &str = "withdraw-transfer";
    handles_or_above(case, ACTION, context)?;
    let transfer = current(case, ACTION)?;
    if !transfer.has_failed() {
        return Err(Refusal::Needs {
            what: "failed-transfer",
        });
    }
    validate::prose("/reason", &reason, MAX_PROSE)?;
    let mut events = vec![Event::TransferWithdrawn {
        transfer: transfer.seq,
        reason,
    }];
    // In older ledgers its period ended when it was sent.
    clocks::go_on(&mut events, case, &periods::OF_DECIDING, context);
    Ok(events)
}

/// What another authority says of the file. The same once more changes nothing, and what
/// comes late is put where it belongs. While that authority has the file, its final word
/// closes it here, and that it is handled there once more opens it again. Of a transfer that
/// was taken back it is kept as well: it shows that the file arrived all the same.
pub(super) fn record_status(case: &Case, status: ExternalStatus, context: &Context) -> Decided {
    const ACTION: &str = "record-external-status";
    let Actor::External { authority, .. } = context.actor else {
        return Err(Refusal::NotAllowed { action: ACTION });
    };
    let transfer = case
        .transfer_to(authority)
        .ok_or(Refusal::NotAllowed { action: ACTION })?;
    let known = transfer.statuses.iter();
    if let Some(known) = known.clone().find(|it| it.sequence == status.sequence) {
        return match *known == status {
            true => Ok(Vec::new()),
            false => Err(Refusal::Repeated {
                what: "status",
                id: status.sequence.to_string(),
            }),
        };
    }
    room("statuses", known.count(), MAX_STATUSES)?;
    check(&status)?;
    Ok(recorded(case, transfer, status))
}

fn check(status: &ExternalStatus) -> Result<(), Refusal> {
    validate::line("/file_number", &status.file_number, MAX_NUMBER)?;
    let texts = [
        ("/ground", &status.ground),
        ("/result", &status.result),
        ("/text", &status.text),
    ];
    for (field, text) in texts {
        if let Some(text) = text {
            validate::prose(field, text, MAX_TOLD)?;
        }
    }
    Ok(())
}

fn recorded(case: &Case, transfer: &Transfer, status: ExternalStatus) -> Vec<Event> {
    let is_there = case.is_with(transfer.seq);
    let follows = is_there.then(|| turn(case, transfer, &status)).flatten();
    let mut events = Vec::new();
    // Who tells of a file has it, whatever became of the word that it arrived.
    let arrives = is_there && transfer.is_under_way();
    if arrives {
        events.push(Event::TransferAcknowledged {
            transfer: transfer.seq,
            number: status.file_number.clone(),
        });
    }
    events.push(Event::ExternalStatusRecorded {
        transfer: transfer.seq,
        status,
    });
    if arrives || follows.is_some() {
        events.extend(clocks::stop_all_but(case, None));
    }
    events.extend(follows);
    events
}

/// What becomes of the file here with a further word of who has it.
fn turn(case: &Case, transfer: &Transfer, status: &ExternalStatus) -> Option<Event> {
    match (case.phase, transfer.is_over_with(status)) {
        (Phase::Transferred, true) => Some(Event::CaseClosed {
            closing: Closing::ConcludedElsewhere,
        }),
        (Phase::Closed, false) => Some(Event::ComplaintReopened),
        _ => None,
    }
}

/// The transfer that is meant, while the file is gone.
fn on_its_way<'a>(
    case: &'a Case,
    action: &'static str,
    seq: u32,
    context: &Context,
) -> Result<&'a Transfer, Refusal> {
    by_platform(action, context)?;
    let transfer = current(case, action)?;
    match transfer.seq == seq {
        true => Ok(transfer),
        false => Err(not_open(seq)),
    }
}

fn current<'a>(case: &'a Case, action: &'static str) -> Result<&'a Transfer, Refusal> {
    let phase = case.phase;
    case.current_transfer()
        .filter(|_| phase == Phase::Transferred)
        .ok_or(Refusal::WrongPhase {
            action,
            phase: phase.name(),
        })
}

fn not_open(seq: u32) -> Refusal {
    Refusal::NotOpen {
        what: "transfer",
        id: seq.to_string(),
    }
}
