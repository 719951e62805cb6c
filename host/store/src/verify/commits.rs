//! The rows of all commits against the ledgers.

use sqlx::{AnyConnection, Row};

use crate::chain::Chain;
use crate::entry::natural;
use crate::error::StoreError;
use crate::fault::{Fault, Place};

/// A case's commits follow one another up to where its ledger stands, and each
/// left the head that is written there.
pub(super) async fn check(
    connection: &mut AnyConnection,
    chain: &Chain,
) -> Result<Vec<Fault>, StoreError> {
    let rows = sqlx::query(
        "SELECT base, version, head FROM commits WHERE case_id = $1 ORDER BY version, position",
    )
    .bind(chain.case_id.as_str())
    .fetch_all(connection)
    .await?;
    let mut faults = Vec::new();
    let mut reached = 0;
    for row in &rows {
        let base = natural(row.try_get("base")?)?;
        let version = natural(row.try_get("version")?)?;
        let head: String = row.try_get("head")?;
        if base != reached {
            faults.push(format!("the commit after version {reached} is missing"));
        }
        // What was cut from the end is told once, below.
        let written = chain.hashes.get(&version);
        if written.is_some_and(|written| *written != head) {
            faults.push(format!("version {version} is not the one committed"));
        }
        reached = version;
    }
    if reached > chain.version() {
        let stands = chain.version();
        faults.push(format!(
            "it was committed up to {reached} and its ledger ends at {stands}"
        ));
    } else if reached < chain.version() {
        faults.push(format!(
            "what comes after version {reached} was never committed"
        ));
    }
    let of_case = |what| Fault::of_case(&chain.case_id, what);
    Ok(faults.into_iter().map(of_case).collect())
}

/// The newest version that was committed of a case; 0 where none was.
pub(crate) async fn reached(connection: &mut AnyConnection, id: &str) -> Result<u64, StoreError> {
    let (reached,): (Option<i64>,) =
        sqlx::query_as("SELECT MAX(version) FROM commits WHERE case_id = $1")
            .bind(id)
            .fetch_one(connection)
            .await?;
    natural(reached.unwrap_or(0))
}

/// SQLite: the one writer counted every commit, so no number is missing up to the
/// last one given.
pub(super) async fn check_count(connection: &mut AnyConnection) -> Result<Vec<Fault>, StoreError> {
    let gaps: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT before, position FROM (
             SELECT position, LAG(position, 1, 0) OVER (ORDER BY position) AS before FROM (
                 SELECT position FROM commits
                 UNION ALL SELECT seq + 1 FROM sqlite_sequence WHERE name = 'commits'
             ) AS numbers
         ) AS pairs WHERE position <> before + 1 ORDER BY position LIMIT 100",
    )
    .fetch_all(connection)
    .await?;
    let fault = |(before, position): (i64, i64)| Fault {
        place: Place::Commits,
        what: format!("numbers {} to {} are missing", before + 1, position - 1),
    };
    Ok(gaps.into_iter().map(fault).collect())
}
