//! Joint handling 联合办理. Whoever is above a unit orders it to take part; any other unit is
//! asked, and says itself whether it does. The file stays with the unit that handles it.

use jiff::civil::Date;

use super::dispatch::Moving;
use super::{Context, Decided, authority, by_platform, next, room};
use crate::case::command::Command;
use crate::case::event::Event;
use crate::case::handled::Handled;
use crate::case::joint::{Assisted, Part, PartState};
use crate::case::refusal::{Invalid, Refusal};
use crate::case::time::end_of_day;
use crate::case::validate;
use crate::identifiers::unit_id::UnitId;

const MAX_PARTS: usize = 20;
const MAX_REPORTS: usize = 20;
const MAX_PROSE: usize = 2_000;

/// The unit whose officer asks others in: the one that handles the file, or one above.
fn leading(file: &impl Moving, action: &'static str, context: &Context) -> Result<UnitId, Refusal> {
    authority::approves(file, action, context)?;
    is_open(file, action)?;
    authority::unit_of(context.actor).ok_or(Refusal::NotAllowed { action })
}

/// While the authority is at work on it.
fn is_open(file: &impl Moving, action: &'static str) -> Result<(), Refusal> {
    let phase = file.phase_name();
    let open = file.reach().is_some();
    open.then_some(())
        .ok_or(Refusal::WrongPhase { action, phase })
}

pub(super) fn invite(
    file: &impl Moving,
    unit: UnitId,
    task: String,
    due: Date,
    context: &Context,
) -> Decided {
    let by = leading(file, "invite-unit", context)?;
    let units = context.rules.units();
    let known = units.get(&unit).is_some() && file.unit() != Some(&unit);
    // A unit above would handle the file, and not have a part in it.
    let above = file.unit().is_some_and(|own| units.is_below(own, &unit));
    if !known || above {
        return Err(Refusal::invalid("/unit", Invalid::UnknownValue));
    }
    validate::prose("/task", &task, MAX_PROSE)?;
    validate::day_ahead("/due", due, context.today())?;
    let mut open = file.parts().iter().filter(|it| it.is_open());
    if open.any(|it| it.unit == unit) {
        return Err(Refusal::Repeated {
            what: "part",
            id: unit.to_string(),
        });
    }
    room("parts", file.parts().len(), MAX_PARTS)?;
    Ok(vec![Event::UnitInvited {
        seq: next(file.parts().len()),
        ordered: units.is_below(&unit, &by),
        unit,
        by,
        task,
        due,
    }])
}

/// The part, for officers of the very unit that has it.
fn own<'a>(
    file: &'a impl Moving,
    seq: u32,
    action: &'static str,
    context: &Context,
) -> Result<&'a Part, Refusal> {
    let part = found(file, seq)?;
    if authority::unit_of(context.actor).as_ref() != Some(&part.unit) {
        return Err(Refusal::NotAllowed { action });
    }
    is_open(file, action)?;
    Ok(part)
}

fn found(file: &impl Handled, seq: u32) -> Result<&Part, Refusal> {
    let part = file.parts().iter().find(|it| it.seq == seq);
    part.ok_or(Refusal::Unknown {
        what: "part",
        id: seq.to_string(),
    })
}

fn not_open(seq: u32) -> Refusal {
    Refusal::NotOpen {
        what: "part",
        id: seq.to_string(),
    }
}

pub(super) fn answer(
    file: &impl Moving,
    seq: u32,
    agrees: bool,
    reason: String,
    context: &Context,
) -> Decided {
    let part = own(file, seq, "answer-invitation", context)?;
    if part.state != PartState::Asked {
        return Err(not_open(seq));
    }
    // Whoever declines says why.
    if !agrees || !reason.is_empty() {
        validate::prose("/reason", &reason, MAX_PROSE)?;
    }
    Ok(vec![Event::InvitationAnswered {
        part: seq,
        agrees,
        reason,
    }])
}

pub(super) fn report(
    file: &impl Moving,
    seq: u32,
    text: String,
    done: bool,
    context: &Context,
) -> Decided {
    let part = own(file, seq, "report-part", context)?;
    if part.state != PartState::Joined {
        return Err(not_open(seq));
    }
    room("reports", part.reports.len(), MAX_REPORTS)?;
    validate::prose("/text", &text, MAX_PROSE)?;
    Ok(vec![Event::PartReported {
        part: seq,
        text,
        done,
    }])
}

/// It is no longer wanted.
pub(super) fn end(file: &impl Moving, seq: u32, reason: String, context: &Context) -> Decided {
    leading(file, "end-part", context)?;
    let part = found(file, seq)?;
    if !part.is_open() {
        return Err(not_open(seq));
    }
    validate::prose("/reason", &reason, MAX_PROSE)?;
    Ok(vec![Event::PartEnded { part: seq, reason }])
}

/// The last day of a part passed before it was done.
pub(super) fn note_overdue(file: &impl Moving, seq: u32, context: &Context) -> Decided {
    const ACTION: &str = "note-part-overdue";
    by_platform(ACTION, context)?;
    is_open(file, ACTION)?;
    let part = found(file, seq)?;
    if !part.is_open() || part.overdue {
        return Err(not_open(seq));
    }
    if end_of_day(part.due).is_none_or(|end| context.now < end) {
        return Err(Refusal::NotExpired {
            period: "part".into(),
        });
    }
    Ok(vec![Event::PartFellDue { part: seq }])
}

/// The part whose last day ends first, with the moment of that, while they count.
pub(crate) fn next_due(file: &impl Moving) -> Option<(jiff::Timestamp, u32)> {
    let late = file.awaited_parts().filter(|it| !it.overdue);
    late.filter_map(|part| Some((end_of_day(part.due)?, part.seq)))
        .min()
}

/// What the days of the parts ask.
pub(crate) fn due(file: &impl Moving, now: jiff::Timestamp) -> Option<Command> {
    let (_, part) = next_due(file).filter(|(at, _)| *at <= now)?;
    Some(Command::NotePartOverdue { part })
}

/// Whether a unit has a part in the file.
pub(crate) fn takes_part(file: &impl Handled, unit: &UnitId) -> bool {
    file.parts()
        .iter()
        .any(|part| part.unit == *unit && part.lets_see())
}
