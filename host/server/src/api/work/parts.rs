//! What units are to do in files that others handle, where they disagree on who does, what
//! they are to approve, their tasks in incidents, and the answers that they wait for.

use axum::Json;
use axum::extract::State;
use hejie_domain::day;
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::text::Text;
use hejie_store::{Awaited, AwaitedPart, PartPlace, PartRow};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::subtree;
use crate::address::{Given, Parameters, Query};
use crate::app::App;
use crate::auth::Principal;
use crate::problem::Problem;

/// Which stretch of the list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// Only this: `part`, `agreement`, `approval`, `task`, `designation`, or `answer`, which is not the unit's to
    /// do but another's. Where nothing is said, all that the unit itself is to do.
    #[param(value_type = Option<String>, example = "approval")]
    awaits: Option<Awaits>,
    /// The `next` of the page before.
    #[param(value_type = Option<String>, max_length = 80)]
    next: Option<PartPlace>,
    /// 1 to 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

impl Parameters for Page {
    const NAMES: &'static [&'static str] = &["awaits", "next", "limit"];

    fn read(given: &Given) -> Result<Page, Problem> {
        Ok(Page {
            awaits: given.get("awaits", awaits, Text::new("invalid-unknown-value"))?,
            next: given.get("next", place, Text::new("invalid-cursor"))?,
            limit: given.limit()?,
        })
    }
}

#[derive(Serialize, ToSchema)]
pub struct Parts {
    parts: Vec<PartSummary>,
    /// To be sent as `next` for the page after this; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Awaits {
    /// The part that the unit has.
    Part,
    /// Its word on who handles the file (Order 121 art. 33).
    Agreement,
    /// Its decision on more time that was asked for: of its head, or of the unit itself where
    /// it waits for the answer that is to have more time.
    Approval,
    /// The answer of the unit that handles the file, which it supervises.
    Answer,
    /// The task that it has in an incident.
    Task,
    /// Its word on which of two authorities handles the file, which they did not agree on
    /// in time (Order 121 art. 33).
    Designation,
}

impl From<Awaited> for Awaits {
    fn from(what: Awaited) -> Awaits {
        match what {
            Awaited::Part => Awaits::Part,
            Awaited::Agreement => Awaits::Agreement,
            Awaited::Approval => Awaits::Approval,
            Awaited::Answer => Awaits::Answer,
            Awaited::Task => Awaits::Task,
            Awaited::Designation => Awaits::Designation,
        }
    }
}

impl From<Awaits> for Awaited {
    fn from(awaits: Awaits) -> Awaited {
        match awaits {
            Awaits::Part => Awaited::Part,
            Awaits::Agreement => Awaited::Agreement,
            Awaits::Approval => Awaited::Approval,
            Awaits::Answer => Awaited::Answer,
            Awaits::Task => Awaited::Task,
            Awaits::Designation => Awaited::Designation,
        }
    }
}

#[derive(Serialize, ToSchema)]
struct PartSummary {
    /// The file's number.
    number: String,
    /// `dispute`, `report`, `inquiry` or `incident`.
    kind: String,
    /// The unit that handles the file, or leads the incident.
    #[serde(skip_serializing_if = "Option::is_none")]
    handled_by: Option<String>,
    awaits: Awaits,
    /// The number of the part within the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<u32>,
    /// The number of the clock that is to be extended.
    #[serde(skip_serializing_if = "Option::is_none")]
    clock: Option<u32>,
    /// The number of the supervision.
    #[serde(skip_serializing_if = "Option::is_none")]
    supervision: Option<u32>,
    /// The number of the task within the incident.
    #[serde(skip_serializing_if = "Option::is_none")]
    task: Option<u32>,
    /// The unit that is to do it; of an answer, the unit that waits for it.
    unit: String,
    /// The last day to report or to answer, or that of the period that is to be extended.
    due_on: String,
}

/// What the officer's unit and those below it are still to do in files of other units: their
/// parts, their word on files that others say are theirs, more time that they are to
/// approve, which is asked for in their own files too, and their tasks in incidents; the one
/// that is due first foremost.
/// With `awaits=answer`, the supervisions whose answer they wait for.
#[utoipa::path(get, path = "/work/parts", tag = "work", params(Page),
    responses((status = 200, body = Parts), (status = 403)))]
pub async fn list(
    State(app): State<App>,
    principal: Principal,
    Query(page): Query<Page>,
) -> Result<Json<Parts>, Problem> {
    if !matches!(principal, Principal::Officer { .. }) {
        return Err(Problem::forbidden());
    }
    let (digits, limit) = (subtree(&principal)?, page.limit.unwrap_or(50));
    let store = app.store();
    let what = page.awaits.map(Awaited::from);
    let awaited = store.awaited_parts(digits, what, page.next.as_ref(), limit);
    let awaited = awaited.await?;
    Ok(Json(Parts {
        parts: awaited.parts.into_iter().map(summary).collect(),
        next: awaited.next.as_ref().map(cursor),
    }))
}

fn summary(awaited: AwaitedPart) -> PartSummary {
    let PartRow { what, seq, .. } = awaited.part;
    let number_of = |kind| Some(seq).filter(|_| what == kind);
    PartSummary {
        number: awaited.number,
        kind: awaited.kind,
        handled_by: awaited.handled_by,
        awaits: what.into(),
        part: number_of(Awaited::Part),
        clock: number_of(Awaited::Approval),
        supervision: number_of(Awaited::Answer),
        task: number_of(Awaited::Task),
        unit: awaited.part.unit,
        due_on: awaited.part.due_on,
    }
}

/// A place as a page's `next` says it.
fn cursor(place: &PartPlace) -> String {
    let PartPlace {
        due_on,
        number,
        what,
        seq,
    } = place;
    format!("{due_on}.{number}.{what}.{seq}")
}

fn awaits(name: &str) -> Option<Awaits> {
    Awaited::named(name).map(Awaits::from)
}

fn place(cursor: &str) -> Option<PartPlace> {
    let mut members = cursor.split('.');
    let place = PartPlace {
        due_on: day::parse(members.next()?).ok()?.to_string(),
        number: members.next()?.parse::<CaseNumber>().ok()?.to_string(),
        what: Awaited::named(members.next()?)?.name().to_owned(),
        seq: members.next()?.parse().ok()?,
    };
    (self::cursor(&place) == cursor).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written_and_no_other_way() {
        let written = "2026-05-22.HJ-260518-7K3M9QAB-U.part.2";
        let read = place(written).unwrap();
        assert_eq!((read.due_on.as_str(), read.seq), ("2026-05-22", 2));
        assert_eq!(cursor(&read), written);
        for wrong in [
            "",
            "2026-05-22",
            "2026-05-32.HJ-260518-7K3M9QAB-U.part.2",
            "2026-05-22.HJ-260518-7k3m9qab-U.part.2",
            "2026-05-22.HJ-260518-7K3M9QAB-U.part.02",
            "2026-05-22.HJ-260518-7K3M9QAB-U.part.2.3",
            "2026-05-22.x.part.2",
            "2026-05-22.HJ-260518-7K3M9QAB-U.all.2",
            "2026-05-22.HJ-260518-7K3M9QAB-U.2",
        ] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
    }
}
