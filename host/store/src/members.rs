//! Names that a file is listed under besides its own row: the accounts it is shown to, the
//! units it is of. One table for each, folded from the ledger as the row is.

use sqlx::AnyConnection;

use crate::error::StoreError;
use crate::fault::Fault;

/// A table of names by file, with what is said of it where it is not what the ledger gives.
pub(crate) struct Members {
    add: &'static str,
    remove: &'static str,
    kept: &'static str,
    differs: &'static str,
    stray: &'static str,
}

/// On whose list it is besides that of the complainant whose account its row names: others
/// whose dispute it is, an incident's commander.
pub(crate) const ACCOUNTS: Members = Members {
    add: "INSERT INTO case_accounts (account, case_id) VALUES ($1, $2)",
    remove: "DELETE FROM case_accounts WHERE case_id = $1",
    kept: "SELECT account FROM case_accounts WHERE case_id = $1 ORDER BY account",
    differs: "the accounts it is shown to are not what its ledger gives",
    stray: "it is shown to accounts and has no ledger",
};

/// Which units a file is of, where it is of several: an incident's.
pub(crate) const INVOLVED: Members = Members {
    add: "INSERT INTO involved (unit, case_id) VALUES ($1, $2)",
    remove: "DELETE FROM involved WHERE case_id = $1",
    kept: "SELECT unit FROM involved WHERE case_id = $1 ORDER BY unit",
    differs: "the units it is of are not what its ledger gives",
    stray: "it is of units and has no ledger",
};

impl Members {
    /// Puts the names of a file in the place of those before; `None` leaves what is there.
    pub async fn put(
        &self,
        connection: &mut AnyConnection,
        id: &str,
        names: Option<&Vec<String>>,
    ) -> Result<(), StoreError> {
        let Some(names) = names else {
            return Ok(());
        };
        self.remove(connection, id).await?;
        for name in names {
            sqlx::query(self.add)
                .bind(name.as_str())
                .bind(id)
                .execute(&mut *connection)
                .await?;
        }
        Ok(())
    }

    pub async fn remove(
        &self,
        connection: &mut AnyConnection,
        id: &str,
    ) -> Result<u64, StoreError> {
        let removed = sqlx::query(self.remove).bind(id).execute(connection);
        Ok(removed.await?.rows_affected())
    }

    /// A file's names against those that its ledger gives.
    pub async fn check(
        &self,
        connection: &mut AnyConnection,
        id: &str,
        names: Option<&Vec<String>>,
    ) -> Result<Option<Fault>, StoreError> {
        let mut wanted = names.cloned().unwrap_or_default();
        wanted.sort();
        let differs = self.kept(connection, id).await? != wanted;
        Ok(differs.then(|| Fault::of_case(id, self.differs)))
    }

    /// A file without a ledger has none.
    pub async fn check_stranger(
        &self,
        connection: &mut AnyConnection,
        id: &str,
    ) -> Result<Option<Fault>, StoreError> {
        let kept = self.kept(connection, id).await?;
        Ok((!kept.is_empty()).then(|| Fault::of_case(id, self.stray)))
    }

    /// In their order.
    async fn kept(
        &self,
        connection: &mut AnyConnection,
        id: &str,
    ) -> Result<Vec<String>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(self.kept)
            .bind(id)
            .fetch_all(connection)
            .await?;
        Ok(rows.into_iter().map(|(name,)| name).collect())
    }
}
