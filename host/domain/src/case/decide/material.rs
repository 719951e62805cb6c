//! Completing the material of a complaint within a set time (Order 121 art. 10-11).

use jiff::civil::Date;

use super::{Context, Decided, authority, only};
use crate::case::actor::Side;
use crate::case::event::Event;
use crate::case::phase::Phase;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::state::Case;
use crate::case::validate;

const MAX_ITEMS: usize = 10;

/// The ground that a request for material must come before (art. 16(5)).
const MATERIAL_MISSING: &str = "material-missing";

pub(super) fn request(case: &Case, items: Vec<String>, due: Date, context: &Context) -> Decided {
    const ACTION: &str = "request-material";
    authority::handles(case, ACTION, context)?;
    case.in_phase(ACTION, |phase| phase == Phase::Registered)?;
    if items.is_empty() {
        return Err(Refusal::invalid("/items", Invalid::Missing));
    }
    validate::count("/items", items.len(), MAX_ITEMS)?;
    for (index, item) in items.iter().enumerate() {
        validate::line(&format!("/items/{index}"), item, 200)?;
    }
    let tomorrow = context.today().tomorrow().unwrap_or(Date::MAX);
    if due < tomorrow {
        let earliest = tomorrow.to_string();
        return Err(Refusal::invalid("/due", Invalid::TooEarly { earliest }));
    }
    validate::day_ahead("/due", due, context.today())?;
    Ok(vec![Event::MaterialRequested { items, due }])
}

pub(super) fn provide(case: &Case, note: String, context: &Context) -> Decided {
    const ACTION: &str = "provide-material";
    only(ACTION, context, &[Side::Consumer])?;
    case.in_phase(ACTION, |phase| phase == Phase::Registered)?;
    validate::prose("/note", &note, 2_000)?;
    let request = case.complaint.as_ref().and_then(|it| it.material.as_ref());
    match request {
        Some(request) if request.provided.is_none() => Ok(vec![Event::MaterialProvided { note }]),
        _ => Err(Refusal::Needs {
            what: "material-request",
        }),
    }
}

/// Whether what a side hands in now is what the authority asked the complainant for.
pub(super) fn is_awaited(case: &Case, side: Side) -> bool {
    let request = case.complaint.as_ref().and_then(|it| it.material.as_ref());
    let hers = matches!(side, Side::Consumer | Side::Officer);
    hers && case.phase == Phase::Registered && request.is_some_and(|it| it.provided.is_none())
}

/// Who was given a time has it: nothing is refused as missing before that day is over.
pub(super) fn may_refuse(case: &Case, ground: &str, context: &Context) -> Result<(), Refusal> {
    let request = case.complaint.as_ref().and_then(|it| it.material.as_ref());
    match request {
        Some(request)
            if ground == MATERIAL_MISSING
                && request.provided.is_none()
                && context.today() <= request.due =>
        {
            Err(Refusal::Needs {
                what: "material-time",
            })
        }
        _ => Ok(()),
    }
}
