//! What units are to do in files that others handle, and where they disagree on who does.

use axum::Json;
use axum::extract::State;
use hejie_domain::day;
use hejie_domain::text::Text;
use hejie_store::{AwaitedPart, PartPlace};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::subtree;
use crate::address::{Given, Parameters, Query, id};
use crate::app::App;
use crate::auth::Principal;
use crate::problem::Problem;

/// Which stretch of the list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// The `next` of the page before.
    #[param(value_type = Option<String>, max_length = 64)]
    next: Option<PartPlace>,
    /// 1 to 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

impl Parameters for Page {
    const NAMES: &'static [&'static str] = &["next", "limit"];

    fn read(given: &Given) -> Result<Page, Problem> {
        Ok(Page {
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

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Awaits {
    /// The part that the unit has.
    Part,
    /// Its word on who handles the file (Order 121 art. 33).
    Agreement,
}

#[derive(Serialize, ToSchema)]
struct PartSummary {
    /// The file's number.
    number: String,
    /// `dispute`, `report` or `inquiry`.
    kind: String,
    /// The unit that handles the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    handled_by: Option<String>,
    awaits: Awaits,
    /// The number of the part within the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<u32>,
    /// The unit whose part it is.
    unit: String,
    /// The last day to report or to answer.
    due_on: String,
}

/// The parts that the officer's unit and those below it are still to do in files of other
/// units, and the files that others say are theirs, the one that is due first foremost.
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
    let awaited = store.awaited_parts(digits, page.next.as_ref(), limit);
    let awaited = awaited.await?;
    Ok(Json(Parts {
        parts: awaited.parts.into_iter().map(summary).collect(),
        next: awaited.next.as_ref().map(cursor),
    }))
}

fn summary(awaited: AwaitedPart) -> PartSummary {
    // Parts are counted from 1.
    let part = Some(awaited.part.seq).filter(|seq| *seq > 0);
    PartSummary {
        number: awaited.number,
        kind: awaited.kind,
        handled_by: awaited.handled_by,
        awaits: match part {
            Some(_) => Awaits::Part,
            None => Awaits::Agreement,
        },
        part,
        unit: awaited.part.unit,
        due_on: awaited.part.due_on,
    }
}

/// A place as a page's `next` says it.
fn cursor(place: &PartPlace) -> String {
    format!("{}.{}.{}", place.due_on, place.case_id, place.seq)
}

fn place(cursor: &str) -> Option<PartPlace> {
    let mut members = cursor.split('.');
    let place = PartPlace {
        due_on: day::parse(members.next()?).ok()?.to_string(),
        case_id: id(members.next()?)?.to_string(),
        seq: members.next()?.parse().ok()?,
    };
    (self::cursor(&place) == cursor).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written_and_no_other_way() {
        let written = "2026-05-22.019a0000-0000-7000-8000-000000000001.2";
        let read = place(written).unwrap();
        assert_eq!((read.due_on.as_str(), read.seq), ("2026-05-22", 2));
        assert_eq!(cursor(&read), written);
        for wrong in [
            "",
            "2026-05-22",
            "2026-05-32.019a0000-0000-7000-8000-000000000001.2",
            "2026-05-22.019A0000-0000-7000-8000-000000000001.2",
            "2026-05-22.019a0000-0000-7000-8000-000000000001.02",
            "2026-05-22.019a0000-0000-7000-8000-000000000001.2.3",
            "2026-05-22.x.2",
        ] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
    }
}
