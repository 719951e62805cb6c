//! The chain of draws: every byte as it was written, each after the one before, its columns
//! and its places as it says.

use sqlx::{AnyConnection, Row};

use crate::draws::{DrawEntry, all_places, digest_of_places};
use crate::error::StoreError;
use crate::fault::{Fault, Place};
use hejie_domain::identifiers::digest::Digest;

/// Draws at a time.
const SOME: i64 = 100;

pub(super) async fn check(connection: &mut AnyConnection) -> Result<Vec<Fault>, StoreError> {
    let (mut faults, mut head, mut after) = (Vec::new(), Digest::ZERO, 0);
    loop {
        let rows = sqlx::query(
            "SELECT position, id, unit, from_day, to_day, sampled, entry, hash
             FROM visit_draws WHERE position > $1 ORDER BY position LIMIT $2",
        )
        .bind(after)
        .bind(SOME)
        .fetch_all(&mut *connection)
        .await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            after = row.try_get("position")?;
            let (id, hash): (String, String) = (row.try_get("id")?, row.try_get("hash")?);
            let place = Place::Draw { id };
            if let Some(what) = fault(connection, row, &head).await? {
                faults.push(Fault { place, what });
            }
            // Goes on from what is written, so that one fault is told once.
            head = hash.parse().unwrap_or(Digest::ZERO);
        }
    }
    Ok(faults)
}

async fn fault(
    connection: &mut AnyConnection,
    row: &sqlx::any::AnyRow,
    head: &Digest,
) -> Result<Option<String>, StoreError> {
    let (text, hash): (String, String) = (row.try_get("entry")?, row.try_get("hash")?);
    if Digest::of(text.as_bytes()).to_string() != hash {
        return Ok(Some("its bytes do not give its hash".to_owned()));
    }
    let entry: DrawEntry = match serde_json::from_str(&text) {
        Ok(entry) => entry,
        Err(fault) => return Ok(Some(format!("it cannot be read: {fault}"))),
    };
    if entry.prev != *head {
        return Ok(Some("it does not follow from the draw before".to_owned()));
    }
    if !is_told_by(&entry, row)? {
        return Ok(Some("it is listed as another".to_owned()));
    }
    let places = all_places(connection, &entry.id).await?;
    let same = digest_of_places(&places) == entry.places;
    Ok((!same).then(|| "its files are not those that it was made from".to_owned()))
}

fn is_told_by(entry: &DrawEntry, row: &sqlx::any::AnyRow) -> Result<bool, StoreError> {
    let told = [
        ("id", &entry.id),
        ("unit", &entry.unit),
        ("from_day", &entry.from),
        ("to_day", &entry.to),
    ];
    for (column, wanted) in told {
        let kept: String = row.try_get(column)?;
        if kept != *wanted {
            return Ok(false);
        }
    }
    let sampled: i64 = row.try_get("sampled")?;
    Ok((sampled != 0) == entry.sampled)
}

/// SQLite: the one writer counted every draw, so none is missing up to the last one.
pub(super) async fn check_count(
    connection: &mut AnyConnection,
) -> Result<Option<Fault>, StoreError> {
    let (last, count): (Option<i64>, i64) = sqlx::query_as(
        "SELECT (SELECT seq FROM sqlite_sequence WHERE name = 'visit_draws'), COUNT(*)
         FROM visit_draws",
    )
    .fetch_one(connection)
    .await?;
    let last = last.unwrap_or(0);
    Ok((last != count).then(|| Fault {
        place: Place::Draws,
        what: format!("{last} were made and {count} are there"),
    }))
}
