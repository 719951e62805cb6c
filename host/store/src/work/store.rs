//! Putting a file on the list, moving it and taking it off, in the transaction of
//! its case.

use hejie_domain::file::FileKind;
use sqlx::AnyConnection;

use super::place::Day;
use super::row::{columns, indexed};
use super::{WorkRow, words};
use crate::cases::{CaseRow, Cell};
use crate::error::StoreError;

/// Two who come at the same moment get places of their own; so often in a row
/// somebody else came first that something else is wrong.
const TRIES: i64 = 100;

const ADD: &str = "INSERT INTO work (place, case_id, number, phase, category, unit, period,
         due_on, received_on, consumer_name, respondent_name, kind, over_on)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     ON CONFLICT (place) DO NOTHING";

const CHANGE: &str = "UPDATE work SET number = $3, phase = $4, category = $5, unit = $6,
         period = $7, due_on = $8, received_on = $9, consumer_name = $10, respondent_name = $11,
         kind = $12, over_on = $13
     WHERE place = $1 AND case_id = $2";

/// Makes the list say of a case what its row says.
pub(crate) async fn put(connection: &mut AnyConnection, row: &CaseRow) -> Result<(), StoreError> {
    let Some(work) = &row.work else {
        // What never was an authority's is on no list.
        if row.division.is_some() || row.unit.is_some() {
            remove(connection, &row.case_id).await?;
        }
        return Ok(());
    };
    let place = match place_of(connection, &row.case_id).await? {
        Some(place) if work.day().has(place) => {
            write(connection, CHANGE, place, row, work).await?;
            place
        }
        Some(_) => {
            remove(connection, &row.case_id).await?;
            add(connection, row, work).await?
        }
        None => add(connection, row, work).await?,
    };
    words::put(connection, place, &indexed(row, work)).await
}

/// Takes a case off the list; how many rows it had there.
pub(crate) async fn remove(
    connection: &mut AnyConnection,
    case_id: &str,
) -> Result<u64, StoreError> {
    let Some(place) = place_of(connection, case_id).await? else {
        return Ok(0);
    };
    words::remove(connection, place).await?;
    let removed = sqlx::query("DELETE FROM work WHERE place = $1")
        .bind(place)
        .execute(connection)
        .await?;
    Ok(removed.rows_affected())
}

pub(crate) async fn place_of(
    connection: &mut AnyConnection,
    case_id: &str,
) -> Result<Option<i64>, StoreError> {
    let found: Option<(i64,)> = sqlx::query_as("SELECT place FROM work WHERE case_id = $1")
        .bind(case_id)
        .fetch_optional(connection)
        .await?;
    Ok(found.map(|(place,)| place))
}

/// Adds a file after all of the same day; a report where its place is drawn.
async fn add(
    connection: &mut AnyConnection,
    row: &CaseRow,
    work: &WorkRow,
) -> Result<i64, StoreError> {
    let day = work.day();
    let drawn = (row.kind == FileKind::Report.name()).then(|| day.drawn(&row.number));
    for further in 0..TRIES {
        let place = match drawn {
            Some(drawn) => drawn + further,
            None => last_of(connection, day).await? + 1,
        };
        if write(connection, ADD, place, row, work).await? == 1 {
            return Ok(place);
        }
    }
    Err(StoreError::Conflict)
}

/// The place of the last that came to a day in its turn, or that before all of it.
async fn last_of(connection: &mut AnyConnection, day: Day) -> Result<i64, StoreError> {
    let (last,): (Option<i64>,) =
        sqlx::query_as("SELECT MAX(place) FROM work WHERE place > $1 AND place < $2")
            .bind(day.before())
            .bind(day.first_drawn())
            .fetch_one(connection)
            .await?;
    Ok(last.unwrap_or(day.before()))
}

async fn write(
    connection: &mut AnyConnection,
    statement: &'static str,
    place: i64,
    row: &CaseRow,
    work: &WorkRow,
) -> Result<u64, StoreError> {
    let mut query = sqlx::query(statement).bind(place);
    for (_, cell) in columns(row, work) {
        query = match cell {
            Cell::Text(text) => query.bind(text),
            Cell::MaybeText(text) => query.bind(text),
            Cell::Integer(integer) => query.bind(integer),
            Cell::MaybeInteger(integer) => query.bind(integer),
        };
    }
    Ok(query.execute(connection).await?.rows_affected())
}
