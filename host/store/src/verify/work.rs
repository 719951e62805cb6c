//! A case's row on the work list against what its ledger folds to.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::projection::difference;
use crate::cases::{CaseRow, Cell};
use crate::error::StoreError;
use crate::fault::{Fault, Place};
use crate::work::{self, WorkRow};

/// Every column as the ledger gives it, the place of the right day, the words as
/// they are to be and found.
pub(super) async fn check(
    connection: &mut AnyConnection,
    row: &CaseRow,
) -> Result<Vec<Fault>, StoreError> {
    let found = sqlx::query("SELECT * FROM work WHERE case_id = $1")
        .bind(row.case_id.as_str())
        .fetch_optional(&mut *connection)
        .await?;
    let faults = match (found, &row.work) {
        (None, None) => Vec::new(),
        (None, Some(_)) => vec!["it is missing on the work list".to_owned()],
        (Some(_), None) => {
            vec!["it is on the work list, and no authority has or had it".to_owned()]
        }
        (Some(found), Some(work)) => differences(connection, &found, row, work).await?,
    };
    let of_case = |what| Fault::of_case(&row.case_id, what);
    Ok(faults.into_iter().map(of_case).collect())
}

/// A case without a ledger has no row.
pub(super) async fn check_stranger(
    connection: &mut AnyConnection,
    id: &str,
) -> Result<Vec<Fault>, StoreError> {
    let found = sqlx::query("SELECT place FROM work WHERE case_id = $1")
        .bind(id)
        .fetch_optional(connection)
        .await?;
    let fault = |_| Fault::of_case(id, "it is on the work list and has no ledger");
    Ok(found.into_iter().map(fault).collect())
}

/// Every place that has words has a file.
pub(super) async fn check_strays(
    connection: &mut AnyConnection,
) -> Result<Option<Fault>, StoreError> {
    let strays = work::strays(connection).await?;
    Ok((strays > 0).then(|| Fault {
        place: Place::Work,
        what: format!("words are kept of {strays} places that have no file"),
    }))
}

async fn differences(
    connection: &mut AnyConnection,
    found: &AnyRow,
    row: &CaseRow,
    work: &WorkRow,
) -> Result<Vec<String>, StoreError> {
    let different = |(name, cell): (&'static str, Cell)| {
        let what = difference(found, name, &cell)?;
        Some(format!("on the work list, its {name} {what}"))
    };
    let columns = work::columns(row, work);
    let mut faults: Vec<String> = columns.into_iter().filter_map(different).collect();
    let place: i64 = found.try_get("place")?;
    if !work.day().has(place) {
        faults.push("its place on the work list is of another day".to_owned());
    }
    let words = work::check_words(connection, place, row, work).await?;
    faults.extend(words.map(str::to_owned));
    Ok(faults)
}
