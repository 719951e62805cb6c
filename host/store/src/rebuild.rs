//! Making the projections anew from the ledger.

use std::sync::Arc;

use hejie_faults::{FaultPoint, pass};
use sqlx::AnyConnection;

use crate::cases::{self, CaseRow};
use crate::chain::Chain;
use crate::commit::Committed;
use crate::connection::Store;
use crate::error::StoreError;
use crate::facts;
use crate::fault::Fault;
use crate::keys;
use crate::likeness;
use crate::meaning::Meaning;
use crate::members::{ACCOUNTS, INVOLVED};
use crate::parts;
use crate::verify::commits;
use crate::work;

/// What a rebuild did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rebuilt {
    pub cases: u64,
    /// Rows that had no ledger, now gone.
    pub removed: u64,
    /// Cases that were left as they are, and why.
    pub faults: Vec<Fault>,
}

enum Outcome {
    Rebuilt,
    Removed,
    Nothing,
    Left(Vec<Fault>),
}

impl Store {
    /// Folds every ledger again and puts the result in the projection's place;
    /// rows without a ledger go. A case whose ledger is not whole is left. Each
    /// case is read, folded and written in one transaction, in which no other can
    /// commit to it, so a server on the same database may go on.
    pub async fn rebuild(&self, meaning: Arc<dyn Meaning>) -> Result<Rebuilt, StoreError> {
        let mut rebuilt = Rebuilt::default();
        let mut after = String::new();
        loop {
            let mut connection = self.pool.acquire().await?;
            let Some(id) = keys::next(&mut connection, &after).await? else {
                break;
            };
            drop(connection);
            match self.rebuild_case(&id, meaning.clone()).await? {
                Outcome::Rebuilt => rebuilt.cases += 1,
                Outcome::Removed => rebuilt.removed += 1,
                Outcome::Nothing => {}
                Outcome::Left(faults) => rebuilt.faults.extend(faults),
            }
            pass(FaultPoint::FileRebuilt);
            after = id;
        }
        self.write(|connection| Box::pin(work::remove_strays(connection)))
            .await?;
        Ok(rebuilt)
    }

    async fn rebuild_case(
        &self,
        id: &str,
        meaning: Arc<dyn Meaning>,
    ) -> Result<Outcome, StoreError> {
        let (id, postgres) = (id.to_owned(), self.is_postgres());
        let kept = id.clone();
        let done = self
            .write(move |connection| {
                Box::pin(async move {
                    if postgres {
                        hold(connection, &id).await?;
                    }
                    let chain = Chain::read(connection, &id).await?;
                    replace(connection, chain, meaning.as_ref()).await
                })
            })
            .await;
        match done {
            Err(fault) if !fault.is_outage() => {
                let what = format!("it was left as it is: {fault}");
                Ok(Outcome::Left(vec![Fault::of_case(&kept, what)]))
            }
            other => other,
        }
    }
}

/// A commit to this case waits for the end of this transaction, or was before it.
async fn hold(connection: &mut AnyConnection, id: &str) -> Result<(), StoreError> {
    sqlx::query("SELECT version FROM cases WHERE case_id = $1 FOR UPDATE")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

async fn replace(
    connection: &mut AnyConnection,
    chain: Chain,
    meaning: &dyn Meaning,
) -> Result<Outcome, StoreError> {
    if !chain.faults.is_empty() {
        return Ok(Outcome::Left(chain.faults));
    }
    let reached = commits::reached(connection, &chain.case_id).await?;
    if reached > chain.version() && chain.version() > 0 {
        let what = format!("it was committed up to {reached} and its ledger ends before");
        return Ok(Outcome::Left(vec![Fault::of_case(&chain.case_id, what)]));
    }
    if chain.version() == 0 {
        return Ok(match remove(connection, &chain.case_id).await? {
            0 => Outcome::Nothing,
            _ => Outcome::Removed,
        });
    }
    let row = match meaning.fold(&chain.case_id, &chain.entries) {
        Ok(row) => row,
        Err(why) => {
            let what = format!("its entries do not fold: {why}");
            return Ok(Outcome::Left(vec![Fault::of_case(&chain.case_id, what)]));
        }
    };
    work::mend_index(connection, &chain.case_id).await?;
    put(connection, &chain, &row).await?;
    Ok(Outcome::Rebuilt)
}

async fn put(
    connection: &mut AnyConnection,
    chain: &Chain,
    row: &CaseRow,
) -> Result<(), StoreError> {
    remove(connection, &chain.case_id).await?;
    pass(FaultPoint::ProjectionRemoved);
    // A row that has taken this case's number or origin is wrong; its own turn puts
    // it right.
    sqlx::query("DELETE FROM cases WHERE number = $1 OR origin = $2")
        .bind(row.number.as_str())
        .bind(row.origin.as_deref())
        .execute(&mut *connection)
        .await?;
    let committed = Committed {
        case_id: chain.case_id.clone(),
        version: chain.version(),
        head: chain.head.clone(),
    };
    cases::put(connection, row, 0, &committed).await?;
    facts::put(connection, row).await
}

async fn remove(connection: &mut AnyConnection, id: &str) -> Result<u64, StoreError> {
    let listed = work::remove(connection, id).await?;
    let removed = sqlx::query("DELETE FROM cases WHERE case_id = $1")
        .bind(id)
        .execute(&mut *connection)
        .await?;
    let facts = facts::remove(connection, id).await?;
    let alike = likeness::remove(connection, id).await?;
    let accounts = ACCOUNTS.remove(connection, id).await?;
    let parts = parts::remove(connection, id).await?;
    let involved = INVOLVED.remove(connection, id).await?;
    // A case's row, its facts, its traits, its accounts, its parts, its units and its place
    // on the work list are one projection.
    let rows = [
        removed.rows_affected(),
        facts,
        listed,
        alike,
        accounts,
        parts,
        involved,
    ];
    Ok(rows.into_iter().max().unwrap_or_default())
}
