//! A case's projection against what its ledger folds to.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::work;
use crate::cases::{Cell, columns};
use crate::chain::Chain;
use crate::commit::Committed;
use crate::error::StoreError;
use crate::fault::Fault;
use crate::meaning::Meaning;

/// Every column as the ledger gives it.
pub(super) async fn check(
    connection: &mut AnyConnection,
    chain: &Chain,
    meaning: &dyn Meaning,
) -> Result<Vec<Fault>, StoreError> {
    let id = chain.case_id.as_str();
    let found = sqlx::query("SELECT * FROM cases WHERE case_id = $1")
        .bind(id)
        .fetch_optional(&mut *connection)
        .await?;
    let found = match (found, chain.version()) {
        (Some(_), 0) => {
            return Ok(vec![Fault::of_case(
                id,
                "it has a projection and no ledger",
            )]);
        }
        (None, 0) => return work::check_stranger(connection, id).await,
        (None, _) => {
            return Ok(vec![Fault::of_case(
                id,
                "it has a ledger and no projection",
            )]);
        }
        (Some(found), _) => found,
    };
    let row = match meaning.fold(id, &chain.entries) {
        Ok(row) => row,
        Err(why) => {
            let what = format!("its entries do not fold: {why}");
            return Ok(vec![Fault::of_case(id, what)]);
        }
    };
    let committed = Committed {
        case_id: id.to_owned(),
        version: chain.version(),
        head: chain.head.clone(),
    };
    let different = |(name, cell): (&'static str, Cell)| {
        let what = difference(&found, name, &cell)?;
        Some(Fault::of_case(
            id,
            format!("its projection's {name} {what}"),
        ))
    };
    let wanted = columns(&row, &committed)?;
    let mut faults: Vec<Fault> = wanted.into_iter().filter_map(different).collect();
    faults.extend(work::check(connection, &row).await?);
    Ok(faults)
}

pub(super) fn difference(found: &AnyRow, name: &str, wanted: &Cell) -> Option<String> {
    let same = match wanted {
        Cell::Text(text) if name == "snapshot" => return snapshot_difference(found, text),
        Cell::Text(text) => found.try_get(name).map(|found: String| found == *text),
        Cell::MaybeText(text) => found
            .try_get(name)
            .map(|found: Option<String>| found == *text),
        Cell::Integer(integer) => found.try_get(name).map(|found: i64| found == *integer),
        Cell::MaybeInteger(integer) => found
            .try_get(name)
            .map(|found: Option<i64>| found == *integer),
    };
    match same {
        Ok(true) => None,
        Ok(false) => Some("is not what its ledger gives".to_owned()),
        Err(fault) => Some(format!("cannot be read: {fault}")),
    }
}

/// As JSON, so that the order of an object's fields is no difference.
fn snapshot_difference(found: &AnyRow, wanted: &str) -> Option<String> {
    let found: String = match found.try_get("snapshot") {
        Ok(found) => found,
        Err(fault) => return Some(format!("cannot be read: {fault}")),
    };
    if found == wanted {
        return None;
    }
    let parse = serde_json::from_str::<serde_json::Value>;
    match (parse(&found), parse(wanted)) {
        (Err(fault), _) => Some(format!("is no JSON: {fault}")),
        (Ok(found), Ok(wanted)) if found == wanted => None,
        _ => Some("is not what its ledger gives".to_owned()),
    }
}
