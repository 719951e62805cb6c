//! A case's projections against what its ledger folds to.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::{likeness, parts, work};
use crate::cases::{Cell, columns};
use crate::chain::Chain;
use crate::commit::Committed;
use crate::error::StoreError;
use crate::facts;
use crate::fault::Fault;
use crate::meaning::Meaning;
use crate::members::{ACCOUNTS, INVOLVED};

/// Every column as the ledger gives it, of the case and of its facts.
pub(super) async fn check(
    connection: &mut AnyConnection,
    chain: &Chain,
    meaning: &dyn Meaning,
) -> Result<Vec<Fault>, StoreError> {
    let case = find(connection, "SELECT * FROM cases WHERE case_id = $1", chain).await?;
    let found_facts = find(
        connection,
        "SELECT * FROM case_facts WHERE case_id = $1",
        chain,
    )
    .await?;
    let id = chain.case_id.as_str();
    let of_case = |what: &str| Fault::of_case(id, what);
    if chain.version() == 0 {
        let case = case.map(|_| of_case("it has a projection and no ledger"));
        let facts = found_facts.map(|_| of_case("it has facts and no ledger"));
        let mut faults: Vec<Fault> = [case, facts].into_iter().flatten().collect();
        faults.extend(work::check_stranger(connection, id).await?);
        faults.extend(likeness::check_stranger(connection, id).await?);
        faults.extend(ACCOUNTS.check_stranger(connection, id).await?);
        faults.extend(parts::check_stranger(connection, id).await?);
        faults.extend(INVOLVED.check_stranger(connection, id).await?);
        return Ok(faults);
    }
    let row = match meaning.fold(id, &chain.entries) {
        Ok(row) => row,
        Err(why) => return Ok(vec![of_case(&format!("its entries do not fold: {why}"))]),
    };
    let committed = Committed {
        case_id: id.to_owned(),
        version: chain.version(),
        head: chain.head.clone(),
    };
    let mut faults = Vec::new();
    match &case {
        Some(found) => {
            let wanted = columns(&row, &committed)?;
            faults.extend(differences(found, "projection's", id, wanted));
        }
        None => faults.push(of_case("it has a ledger and no projection")),
    }
    match (&found_facts, &row.facts) {
        (Some(found), Some(facts)) => {
            let wanted = facts::columns(&row, facts)?;
            faults.extend(differences(found, "facts'", id, wanted));
        }
        (None, Some(_)) => faults.push(of_case("it has a ledger and no facts")),
        (Some(_), None) => faults.push(of_case("it has facts that its ledger does not give")),
        (None, None) => {}
    }
    faults.extend(work::check(connection, &row).await?);
    faults.extend(likeness::check(connection, &row).await?);
    let accounts = ACCOUNTS.check(connection, &row.case_id, row.accounts.as_ref());
    faults.extend(accounts.await?);
    faults.extend(parts::check(connection, &row).await?);
    let involved = INVOLVED.check(connection, &row.case_id, row.involved.as_ref());
    faults.extend(involved.await?);
    Ok(faults)
}

async fn find(
    connection: &mut AnyConnection,
    statement: &'static str,
    chain: &Chain,
) -> Result<Option<AnyRow>, StoreError> {
    let found = sqlx::query(statement)
        .bind(chain.case_id.as_str())
        .fetch_optional(connection)
        .await?;
    Ok(found)
}

fn differences(
    found: &AnyRow,
    whose: &str,
    id: &str,
    wanted: impl IntoIterator<Item = (&'static str, Cell)>,
) -> Vec<Fault> {
    let different = |(name, cell): (&'static str, Cell)| {
        let what = difference(found, name, &cell)?;
        Some(Fault::of_case(id, format!("its {whose} {name} {what}")))
    };
    wanted.into_iter().filter_map(different).collect()
}

pub(super) fn difference(found: &AnyRow, name: &str, wanted: &Cell) -> Option<String> {
    let same = match wanted {
        Cell::Text(text) if matches!(name, "snapshot" | "facts") => {
            return json_difference(found, name, text);
        }
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
fn json_difference(found: &AnyRow, name: &str, wanted: &str) -> Option<String> {
    let found: String = match found.try_get(name) {
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
